// The choice of light, dark or the device's own colours. Pages need no script;
// this adds the switch.
(() => {
  "use strict";
  const root = document.documentElement;
  const saved = () => { try { return localStorage.getItem("theme") || ""; } catch { return ""; } };
  const apply = (theme) => { theme ? root.dataset.theme = theme : delete root.dataset.theme; };
  apply(saved());

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector(".theme");
    if (!place) return;
    const label = document.createElement("label");
    label.append(place.dataset.label + " ");
    const select = document.createElement("select");
    for (const [value, text] of [["", place.dataset.auto], ["light", place.dataset.light], ["dark", place.dataset.dark]]) {
      select.append(new Option(text, value, false, value === saved()));
    }
    select.addEventListener("change", () => {
      try { localStorage.setItem("theme", select.value); } catch { /* the choice lasts for this page */ }
      apply(select.value);
    });
    label.append(select);
    place.append(label);
  });
})();
