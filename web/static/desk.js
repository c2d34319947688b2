// The desk works without script. This saves by Ctrl+S, shows the preview beside the
// form, moves steps of the trail without a new page and puts uploaded pictures into the
// text.
const form = document.getElementById("editor");
const accent = document.getElementById("accent");
if (form) {
  saveByKey(form);
  previewHere(form);
  editTrail(form);
  insertPictures(form);
  offerOnce(form);
}
if (accent) pickColour(accent);
const setUp = document.querySelector("[data-own-zone] [name=time_zone]");
if (setUp?.value === "UTC") setUp.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

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
  const place = form.querySelector(".preview");
  const open = (so) => {
    place.hidden = !so;
    form.classList.toggle("previewing", so);
  };
  show.setAttribute("formtarget", "preview");
  show.addEventListener("click", () => {
    open(true);
    document.getElementById("preview-title").focus();
  });
  place.querySelector("[data-close]").addEventListener("click", () => { open(false); show.focus(); });
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

/* --- topics, pictures and colours --- */

// offerOnce takes the first topic out of the further ones.
function offerOnce(form) {
  const first = form.elements.topic;
  if (!first) return;
  form.addEventListener("change", () => {
    for (const box of form.querySelectorAll("[name=topics]")) box.closest("label").hidden = box.value === first.value;
  });
}

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
