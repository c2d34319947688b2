// Keys of one letter on the desk: J and K go through a list, others go to what a page
// offers. They do nothing while somebody types, and whoever does not want them, or whose
// voice types letters, turns them off for good in this browser (WCAG 2.1.4).
const help = document.querySelector("[data-keys-help]");
if (help) listen(help);

function listen(help) {
  const off = "waypost-keys-off";
  const button = help.querySelector("[data-off]");
  const note = help.querySelector("dialog");
  const wanted = () => { try { return localStorage.getItem(off) === null; } catch { return true; } };
  const say = () => { button.textContent = wanted() ? button.dataset.off : button.dataset.on; };
  button.addEventListener("click", () => {
    try { if (wanted()) localStorage.setItem(off, "1"); else localStorage.removeItem(off); } catch { /* nothing is kept here */ }
    say();
  });
  say();
  // The note stands over the page, which stays where it is: closing it, by Escape too, gives
  // the focus back to where it was.
  const show = () => { note.showModal(); note.querySelector("[data-close]").focus(); };
  help.querySelector("button").addEventListener("click", show);
  note.querySelector("[data-close]").addEventListener("click", () => note.close());
  help.hidden = false;

  const pressed = (event) => {
    taken = false;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (!/^[a-z?]$/.test(key) || !wanted()) return;
    taken = true;
    if (key !== "?") taken = !note.open && act(key);
    else if (note.open) note.close();
    else show();
    if (taken) event.preventDefault();
  };
  let taken = false; // the letter is not typed into the field that it led to
  document.addEventListener("keypress", (event) => { if (taken) event.preventDefault(); taken = false; });
  document.addEventListener("keydown", pressed);
  // Whoever has scrolled in the frame that shows the story has the focus in there.
  for (const frame of document.querySelectorAll("[data-keys] iframe")) {
    const inside = () => frame.contentDocument?.addEventListener("keydown", pressed);
    frame.addEventListener("load", inside);
    inside();
  }
  sendFromField();
  arrive();
}

function typing(target) {
  return target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]") != null;
}

// act does what a key is for and reports that it is for something.
function act(key) {
  // A list of its own kind takes its keys first.
  if (!document.dispatchEvent(new CustomEvent("desk-key", { detail: key, cancelable: true }))) return true;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  const there = document.querySelector('[data-key="' + key + '"]');
  if (there) return go(there);
  const chosen = document.activeElement?.closest("[data-keys=list] a");
  if (!chosen || !chosen.dataset.more?.includes(key)) return false;
  location.assign(chosen.href + "#key-" + key);
  return true;
}

// step goes to the next line of the page's lists.
function step(by) {
  const lines = [...document.querySelectorAll("[data-keys=list] li > div > a")];
  if (!lines.length) return false;
  const at = lines.indexOf(document.activeElement?.closest("li")?.querySelector("div > a"));
  const to = at < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + by));
  lines[to].focus();
  lines[to].scrollIntoView({ block: "nearest" });
  return true;
}

// go leads to the field that an act needs, or to its button. What is done for good is
// done by Enter, never by a letter that slipped.
function go(there) {
  if (there.matches("a")) {
    location.assign(there.href);
    return true;
  }
  const field = document.getElementById(there.dataset.focus);
  const place = field || there;
  if (field) field.dataset.sends = there.value;
  place.focus();
  place.scrollIntoView({ block: "center" });
  return true;
}

// sendFromField presses, by Enter together with Ctrl, the button that led to a field of
// several lines. Escape leaves a field, so that keys are keys again.
function sendFromField() {
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Escape" && typing(field)) field.blur();
    if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey) || !field.dataset?.sends) return;
    event.preventDefault();
    field.form.requestSubmit(field.form.querySelector('.verb [value="' + field.dataset.sends + '"]'));
  });
}

// arrive goes on where a key in the list has led.
function arrive() {
  const key = location.hash.match(/^#key-([a-z])$/)?.[1];
  const there = key && document.querySelector('[data-key="' + key + '"]');
  if (!there) return;
  history.replaceState(null, "", location.pathname + location.search);
  go(there);
}
