// What is typed is kept in this browser until the server confirms that it has it. A
// copy that was found at the start stays as it is, beside what is typed now, until
// somebody drops it or all of it stands in the form again.
const form = document.getElementById("editor");
if (form) keepDrafts(form);

const mostCopies = 5;

function keepDrafts(form) {
  const key = "waypost-draft:" + form.dataset.draft;
  const fields = () => JSON.stringify(pairs(form));
  const version = () => form.elements.version?.value || "0";
  const atFirst = fields();

  const address = new URL(location);
  if (address.searchParams.has("done")) {
    forget("waypost-draft:" + form.dataset.draft.split(":")[0] + ":", version()); // that of a new one, which now has a name
    forget(key, version());
    address.searchParams.delete("done");
    history.replaceState(null, "", address);
  }

  // This page's own copy is the one that the server has just shown, if there is one.
  let own = read(key).find((c) => c.fields === atFirst)?.at || Date.now();
  for (const copy of read(key)) if (copy.at !== own) offer(copy);

  let leaving = false, timer;
  const keep = (sent = false) => {
    if (fields() === atFirst && !read(key).some((c) => c.at === own)) return;
    const others = read(key).filter((c) => c.at !== own);
    write(key, [...others, { at: own, version: version(), fields: fields(), sent }].slice(-mostCopies));
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    leaving = !event.submitter?.hasAttribute("data-preview");
    keep(leaving);
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    const changed = fields() !== atFirst || document.querySelector(".summary");
    if (!leaving && changed) { keep(); event.preventDefault(); }
  });

  function offer(copy) {
    const box = document.createElement("div");
    box.className = "draft";
    box.setAttribute("role", "status");
    const said = document.createElement("p");
    const when = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    said.textContent = form.dataset.restore + " (" + when + ")";
    const take = button(form.dataset.take, async () => {
      take.disabled = leave.disabled = true;
      const whole = await restore(form, copy);
      if (!whole) { // the copy stays
        said.textContent = form.dataset.partly;
        take.disabled = leave.disabled = false;
        return;
      }
      remove(key, (c) => c.at === copy.at);
      keep();
      box.remove();
      form.querySelector("#title")?.focus();
    });
    const leave = button(form.dataset.drop, () => { remove(key, (c) => c.at === copy.at); box.remove(); });
    box.append(said, take, leave);
    form.querySelector(".bar").after(box);
  }
}

// restore puts a copy into the form and reports that all of it is there. The server
// makes the fields of steps that the form does not have, as when a step is added.
async function restore(form, copy) {
  const stored = JSON.parse(copy.fields);
  const place = form.querySelector("[data-trail]");
  if (place) {
    const body = new FormData();
    for (const [name, value] of stored) if (name !== "do") body.append(name, value);
    body.append("version", copy.version);
    body.append("do", "edit");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of ["[data-trail]", "#authors", "#cover"]) {
        const fresh = page.querySelector("#editor " + part);
        if (!fresh) return false;
        form.querySelector(part).replaceWith(fresh);
      }
    } catch { return false; }
  }
  fill(form, stored);
  if (form.elements.version) form.elements.version.value = copy.version; // what somebody saved meanwhile is shown beside it
  form.dispatchEvent(new Event("change", { bubbles: true }));
  const now = pairs(form).map(String);
  return stored.every((pair) => !pair[1] || now.includes(String(pair)));
}

function fill(form, stored) {
  const values = new Map();
  for (const [name, value] of stored) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || ["file", "submit", "button"].includes(field.type) || field.name === "version") continue;
    const typed = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
    else if (typed.length) field.value = typed.shift();
  }
}

function pairs(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "version");
}

function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

/* Copies of one page: a list, the oldest first. */

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key)) || [];
    return Array.isArray(kept) ? kept : [{ at: 0, ...kept }];
  } catch { return []; }
}
function write(key, copies) {
  try {
    if (copies.length) localStorage.setItem(key, JSON.stringify(copies));
    else localStorage.removeItem(key);
  } catch { /* full or forbidden: the server still has the last save */ }
}
function remove(key, which) { write(key, read(key).filter((c) => !which(c))); }

// forget drops what was sent, once the server has confirmed a newer version.
function forget(key, version) { remove(key, (c) => c.sent && c.version !== version); }
