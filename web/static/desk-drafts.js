// What is typed into a form that the server does not keep as it is typed is kept in this
// browser until it is saved. A copy that was found at the start stays as it is, beside
// what is typed now, until somebody drops it or all of it stands in the form again.
import { offer, pairs } from "./desk-form.js";
import * as copies from "./desk-copies.js";

const form = document.getElementById("editor");
if (form && !form.elements.draft_account) keepDrafts(form);

function keepDrafts(form) {
  const key = "waypost-draft:" + form.dataset.draft;
  const fields = () => JSON.stringify(pairs(form));
  const version = () => form.elements.version?.value || "0";
  const atFirst = fields();

  const address = new URL(location);
  if (address.searchParams.has("done")) {
    copies.saved("waypost-draft:" + form.dataset.draft.split(":")[0] + ":", version()); // that of a new one, which now has a name
    copies.saved(key, version());
    address.searchParams.delete("done");
    history.replaceState(null, "", address);
  }

  // This page's own copy is the one that the server has just shown, if there is one.
  let own = copies.read(key).find((c) => c.fields === atFirst)?.at || Date.now();
  const drop = (copy) => copies.remove(key, (c) => c.at === copy.at);
  for (const copy of copies.read(key)) if (copy.at !== own) offer(form, copy, () => { drop(copy); keep(); }, () => drop(copy));

  let leaving = false, timer;
  const keep = (sent = false) => {
    if (fields() === atFirst && !copies.read(key).some((c) => c.at === own)) return;
    copies.put(key, { at: own, version: version(), fields: fields(), sent }, (c) => c.at === own);
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
}
