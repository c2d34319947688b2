// The choice of light, dark or the device's own colours, and the way back to the desk.
// Pages need no script; this adds to them.
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* it lasts for this page */ } };
  const apply = (theme) => { theme ? root.dataset.theme = theme : delete root.dataset.theme; };
  apply(kept("theme"));

  // Public pages are the same for everybody. That somebody is signed in here is what the
  // desk last told this browser; the server asks anew.
  const door = () => {
    const out = document.querySelector("form[action='/sign-out']");
    if (out) keep("desk", "yes");
    else if (document.querySelector("form[action='/sign-in']") || location.pathname === "/me/leave") keep("desk", "");
    out?.addEventListener("submit", () => keep("desk", ""));
    const link = document.querySelector("[data-desk]");
    if (!link || !kept("desk")) return;
    link.textContent = link.dataset.desk;
    document.querySelector(".top a[href='/join']")?.parentNode.remove();
  };

  const colours = () => {
    const place = document.querySelector(".theme");
    if (!place) return;
    const label = document.createElement("label");
    label.append(place.dataset.label + " ");
    const select = document.createElement("select");
    for (const [value, text] of [["", place.dataset.auto], ["light", place.dataset.light], ["dark", place.dataset.dark]]) {
      select.append(new Option(text, value, false, value === kept("theme")));
    }
    select.addEventListener("change", () => {
      keep("theme", select.value);
      apply(select.value);
    });
    label.append(select);
    place.append(label);
  };

  document.addEventListener("DOMContentLoaded", () => { door(); colours(); });
})();
