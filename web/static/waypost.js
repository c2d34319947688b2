// The choice of light, dark or the device's own colours, the way back to the desk, and
// replies typed where they will stand. Pages need no script; this adds to them.
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
  const keep = (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* it lasts for this page */ } };
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

  // A draft that cannot be read is dropped.
  const drafted = (key) => {
    try {
      const typed = kept(key) && JSON.parse(kept(key));
      if (!typed || Array.isArray(typed) && typeof typed[0] === "string") return typed;
    } catch { /* it was changed by something else */ }
    keep(key, "");
  };

  // What is typed of a reply stays in this browser until it was sent, whatever happens.
  const draft = (form, answer) => {
    const key = "reply:" + form.getAttribute("action").split("/")[2], { name, email, body, watch, parent } = form.elements;
    const save = () => keep(key, body.value && JSON.stringify([body.value, parent.value, watch.checked, name?.value, email?.value]));
    form.addEventListener("input", () => { save(); keep("reply-sent", ""); });
    const typed = drafted(key);
    if (!body.value && typed) {
      const [text, to, ticked, ...who] = typed;
      [body.value, watch.checked] = [text, ticked];
      [name, email].forEach((field, i) => { if (field) field.value ||= who[i] || ""; });
      if (to) answer(to, "elsewhere");
      form.restored = true;
      stamp(form).catch(() => {});
    } else save();
    return save;
  };

  // The page is the same for everybody: when it was shown, and to whom, is asked when
  // somebody begins to type.
  const stamp = async (form) => {
    const answer = await fetch("/replies/stamp", { cache: "no-store" });
    const { stamp, name } = await answer.json(), button = form.querySelector("[data-send]");
    if (!answer.ok || form.elements.stamp.value || button.disabled) return; // on its way, one so new would say that nobody typed
    form.stamped = performance.now();
    form.elements.stamp.value = stamp;
    button.textContent = button.dataset.send;
    if (!name) return;
    for (const strangers of document.querySelectorAll("[data-member]")) strangers.remove();
    const as = document.createElement("p");
    as.textContent = form.dataset.as.replace("{name}", name);
    form.querySelector("[data-stranger]").replaceWith(as);
  };

  const reply = () => {
    const sent = document.querySelector("[data-sent]");
    if (sent && kept("reply-sent") === sent.dataset.sent) { // nothing was typed since
      keep("reply:" + sent.dataset.sent, "");
      keep("reply-sent", "");
    }
    const form = document.querySelector("form[data-reply]");
    if (!form) return;
    const whole = form.closest("[data-story]"), home = document.createComment(""), back = document.createElement("button");
    const said = form.querySelector("[data-said]"), send = form.querySelector("[data-send]");
    const title = whole?.querySelector("h2"), usual = title?.textContent;
    const link = document.createElement("a"), quote = document.createElement("q"); // to what is answered
    const answer = (id, elsewhere) => {
      const to = document.getElementById("reply-" + id);
      if (!whole || id && !to && !elsewhere) return false;
      form.elements.parent.value = id;
      (to || home).after(whole);
      const { to: named, toOther, see } = form.dataset, by = to?.querySelector("b")?.textContent;
      title.textContent = !id ? usual : by ? named.replace("{name}", () => by) : toOther;
      const words = [...(by ? to.querySelector(".body").textContent.trim().replace(/\s+/g, " ") : "")];
      quote.textContent = words.slice(0, 80).join("") + (words.length > 80 ? "…" : "");
      link.replaceChildren(by ? quote : see);
      link.href = by ? "#" + to.id : form.getAttribute("action") + "/" + id;
      back.hidden = link.hidden = !id;
      return true;
    };
    whole?.before(home);
    title?.after(link);
    [link.className, link.hidden, quote.dir] = ["hint", true, "auto"];
    [back.type, back.textContent, back.hidden] = ["button", form.dataset.back, true];
    send.after(" ", back);
    const save = draft(form, answer);
    const move = (id) => {
      if (!answer(id)) return false;
      save();
      form.elements.body.focus({ preventScroll: true });
      form.elements.body.scrollIntoView({ block: "center" });
      return true;
    };
    back.addEventListener("click", () => move(""));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-answer]");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && move(link.dataset.answer)) event.preventDefault();
    });
    form.addEventListener("focusin", () => stamp(form).catch(() => {}), { once: true });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      [send.disabled, said.hidden] = [true, true];
      try {
        await fetch("/replies/stamp", { cache: "no-store" }); // is there a way to the server?
        // What was typed before the page was opened is not held for having come too soon.
        if (form.restored) await new Promise((on) => { setTimeout(on, 3500 + (form.stamped || 0) - performance.now()); });
        keep("reply-sent", form.getAttribute("action").split("/")[2]);
        form.submit();
      } catch {
        [said.textContent, said.hidden, send.disabled] = [form.dataset.lost, false, false];
      }
    });
    addEventListener("pageshow", () => { send.disabled = false; });
  };

  document.addEventListener("DOMContentLoaded", () => { door(); colours(); reply(); });
})();
