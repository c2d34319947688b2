// The desk works without script. This keeps what is typed until the server has it,
// saves by Ctrl+S, shows the preview beside the form, moves steps of the trail
// without a new page and puts uploaded pictures into the text.
const form = document.getElementById("editor");
const accent = document.getElementById("accent");
if (form) {
  keepDrafts(form);
  saveByKey(form);
  previewHere(form);
  editTrail(form);
  insertPictures(form);
}
if (accent) pickColour(accent);

/* --- what is typed, until the server confirms it --- */

function keepDrafts(form) {
  const key = "waypost-draft:" + form.dataset.draft;
  const version = form.dataset.version || "0";
  const fields = () => JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "version"));
  const atFirst = fields();
  const stored = read(key);
  let leaving = false;

  const address = new URL(location);
  const confirmed = address.searchParams.has("done");
  if (confirmed) {
    drop("waypost-draft:" + form.dataset.draft.split(":")[0] + ":"); // that of a new one, which now has a name
    address.searchParams.delete("done");
    history.replaceState(null, "", address);
  }
  if (confirmed && stored?.version !== version) drop(key);
  else if (stored && (stored.version !== version || stored.fields !== atFirst)) offer(form, stored, key);

  let timer;
  const keep = () => { if (fields() !== atFirst) write(key, { version, fields: fields() }); };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  form.addEventListener("submit", (event) => {
    keep();
    leaving = !event.submitter?.hasAttribute("data-preview");
  });
  window.addEventListener("beforeunload", (event) => {
    const changed = fields() !== atFirst || document.querySelector(".summary");
    if (!leaving && changed) { keep(); event.preventDefault(); }
  });
}

function offer(form, stored, key) {
  const box = document.createElement("div");
  box.className = "draft";
  box.setAttribute("role", "status");
  const said = document.createElement("p");
  said.textContent = form.dataset.restore;
  const take = button(form.dataset.take, () => { fill(form, JSON.parse(stored.fields)); box.remove(); });
  const leave = button(form.dataset.drop, () => { drop(key); box.remove(); });
  box.append(said, take, leave);
  form.querySelector(".bar").after(box);
}

function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

// fill puts values into the fields that the form has; steps of the trail that it
// lacks can be brought back from the saved versions.
function fill(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "submit" || field.name === "version") continue;
    const typed = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
    else if (typed.length) field.value = typed[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } }
function write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the server still has the last save */ } }
function drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } }

/* --- keys and preview --- */

function saveByKey(form) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
}

function previewHere(form) {
  const show = form.querySelector("[data-preview]");
  const place = document.querySelector(".preview");
  show.setAttribute("formtarget", "preview");
  show.addEventListener("click", () => {
    place.hidden = false;
    document.getElementById("preview-title").focus();
  });
}

/* --- the trail: the server answers with the whole page, this takes its part --- */

function editTrail(form) {
  let plainly = false; // the answer could not be used: send the form as without script
  form.addEventListener("submit", async (event) => {
    const act = event.submitter?.value || "";
    if (plainly || !/^(step|change)\./.test(act)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const body = new FormData(form, event.submitter);
    for (const name of ["cover_file", "body_file"]) body.delete(name);
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-trail]");
      if (!fresh) throw new Error("no trail in the answer");
      form.querySelector("[data-trail]").replaceWith(fresh);
      const rows = fresh.querySelectorAll(act.startsWith("change") ? "fieldset.step input" : "details > summary");
      (act.endsWith(".add") ? [...rows].at(-1) : rows[0])?.focus();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    } catch {
      plainly = true;
      form.requestSubmit(event.submitter);
    }
  }, true);
}

/* --- pictures and colours --- */

function insertPictures(form) {
  const place = form.querySelector("[data-picture]");
  if (!place) return;
  const said = place.querySelector("[data-said]");
  place.querySelector("button").addEventListener("click", async (event) => {
    const file = place.querySelector("[type=file]");
    if (!file.files.length) return;
    event.preventDefault();
    const body = new FormData();
    body.append("picture", file.files[0]);
    body.append("alt", form.elements.body_alt.value);
    const answer = await fetch(place.dataset.endpoint, { method: "POST", body, headers: { Accept: "application/json" } });
    const result = await answer.json().catch(() => ({ problem: answer.statusText }));
    said.textContent = result.problem || "";
    if (!result.markdown) return;
    const text = form.elements.body;
    text.setRangeText("\n\n" + result.markdown + "\n\n", text.selectionStart, text.selectionEnd, "end");
    file.value = form.elements.body_alt.value = "";
    text.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function pickColour(text) {
  const pick = document.createElement("input");
  const row = document.createElement("div");
  pick.type = "color";
  pick.setAttribute("aria-label", text.labels[0].textContent);
  const follow = () => { if (/^#[0-9a-f]{6}$/i.test(text.value)) pick.value = text.value; };
  follow();
  pick.addEventListener("input", () => { text.value = pick.value; });
  text.addEventListener("input", follow);
  row.className = "accent-pick";
  text.replaceWith(row);
  row.append(text, pick);
}
