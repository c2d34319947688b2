// What stands in a form of the desk, as a list of names and values, and back again.

// unkept are fields that are no part of what somebody types.
const unkept = new Set(["version", "id", "draft_account", "draft_writer", "draft_sequence", "draft_after"]);

export function pairs(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !unkept.has(name));
}

// restore puts a copy into the form and reports that all of it is there. The server
// makes the fields that the form does not have, as those of a step that was added.
export async function restore(form, copy) {
  const stored = JSON.parse(copy.fields);
  if (steps(stored) !== steps(pairs(form)) || !fill(form, stored)) {
    const body = new FormData();
    for (const [name, value] of stored) if (name !== "do") body.append(name, value);
    body.append("version", copy.version);
    if (copy.id) body.append("id", copy.id);
    body.append("do", "edit");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of ["[data-trail]", "#authors", "#cover"]) {
        const place = form.querySelector(part), fresh = page.querySelector("#editor " + part);
        if (place && !fresh) return false;
        place?.replaceWith(fresh);
      }
    } catch { return false; }
  }
  const whole = fill(form, stored);
  if (form.elements.version) form.elements.version.value = copy.version; // what somebody saved meanwhile is shown beside it
  form.dispatchEvent(new Event("change", { bubbles: true }));
  return whole;
}

// steps names the fields of the path.
function steps(list) {
  return list.map(([name]) => name).filter((name) => name.startsWith("trail.") && !name.endsWith(".detour")).sort().join();
}

// fill writes values into the fields that the form has and reports that all have a place.
function fill(form, stored) {
  const values = new Map();
  for (const [name, value] of stored) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || ["file", "submit", "button"].includes(field.type) || unkept.has(field.name)) continue;
    const typed = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
    else if (typed.length) field.value = typed.shift();
  }
  const now = pairs(form).map(String);
  return stored.every((pair) => !pair[1] || now.includes(String(pair)));
}

export function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

// notice is a box under the bar with words and buttons.
export function notice(form, text, ...buttons) {
  const box = document.createElement("div");
  const said = document.createElement("p");
  box.className = "draft";
  box.setAttribute("role", "status");
  said.textContent = text;
  box.append(said, ...buttons);
  form.querySelector(".bar").after(box);
  return box;
}

// offer asks whether a copy of this browser shall stand in the form.
export function offer(form, copy, taken, dropped) {
  const when = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const take = button(form.dataset.take, async () => {
    take.disabled = leave.disabled = true;
    if (await restore(form, copy)) {
      taken();
      box.remove();
      form.querySelector("#title")?.focus();
      return;
    }
    box.querySelector("p").textContent = form.dataset.partly; // the copy stays
    take.disabled = leave.disabled = false;
  });
  const leave = button(form.dataset.drop, () => { dropped(); box.remove(); });
  const box = notice(form, form.dataset.restore + " (" + when + ")", take, leave);
  box.dataset.offered = "";
}
