// The queue of replies without a new page for each decision. What is decided leaves the
// list at once and is sent in order; what the server refuses comes back with its reason.
// Keys come from desk-keys.js, which knows whether they are wanted.
const form = document.querySelector("[data-replies]");
if (form) moderate(form);

function moderate(form) {
  const list = form.querySelector(".queue");
  const status = form.querySelector("[role=status]");
  const undo = form.querySelector("[formaction]");
  const acts = { a: "approve", s: "spam", t: "trash" };
  const done = []; // decisions that can be taken back, the last one last
  const unsent = new Set(); // the fields of decisions that wait for those before them
  let sending = Promise.resolve();
  let waiting = 0; // decisions on their way
  let decided = -Infinity; // when something left the list
  let newer = ""; // what its writer changed since this page was made

  const rows = () => [...list?.querySelectorAll(":scope > li") ?? []];
  const current = () => document.activeElement?.closest?.(".queue > li");
  const ticked = () => rows().filter((row) => row.querySelector("[name=reply]").checked);
  const idOf = (row) => row.querySelector("[name=reply]").value;

  function go(row) {
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function say(text, batch) {
    document.querySelector("main > .done")?.remove(); // of what was done before
    status.textContent = text;
    form.querySelector(".bar").hidden = false;
    undo.hidden = !batch;
    undo.value = batch || "";
  }

  // recount shows how many there are now, in the tabs and to each story.
  function recount({ counts, stories }) {
    for (const count of document.querySelectorAll(".tabs [data-count]")) count.textContent = counts[count.dataset.count] ?? "";
    for (const story of document.querySelectorAll("#story option:not([value=''])")) story.textContent = story.textContent.replace(/\([^()]*\)$/, `(${stories[story.value] ?? 0})`);
  }

  async function ask(address, fields) {
    const body = new URLSearchParams(fields);
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.message);
    recount(said);
    return said;
  }

  // lost is the reason in words: the server's own, or that nothing came back.
  const lost = (error) => error instanceof TypeError || error instanceof SyntaxError ? form.dataset.lost : error.message;

  function take(chosen) {
    const all = rows();
    const taken = chosen.map((row) => ({ row, next: all[all.indexOf(row) + 1] }));
    for (const row of chosen) row.remove();
    decided = performance.now();
    return taken;
  }

  function putBack(taken) {
    for (const { row, next } of [...taken].reverse()) {
      list.insertBefore(row, next?.parentNode === list ? next : null);
      row.querySelector("[name=reply]").checked = false;
    }
  }

  function decide(act, chosen) {
    if (!chosen.length) return say(form.dataset.none, undo.hidden ? "" : undo.value);
    const all = rows();
    const after = all.slice(all.indexOf(chosen[chosen.length - 1]) + 1).concat(all.slice(0, all.indexOf(chosen[0])).reverse()).find((row) => !chosen.includes(row));
    const entry = { taken: take(chosen) }, fields = [["do", act], ...chosen.map((row) => ["reply", idOf(row)])];
    unsent.add(fields);
    go(after);
    waiting++;
    sending = sending.then(async () => {
      if (!unsent.delete(fields)) return;
      try {
        const said = await ask(form.action, fields);
        entry.batch = said.batch;
        newer ||= said.newer?.[0];
        putBack(entry.taken.filter(({ row }) => said.newer?.includes(idOf(row))));
        if (said.changed.length) done.push(entry);
        if (said.changed.length || !said.newer) say(said.said, said.changed.length ? said.batch : "");
      } catch (error) {
        entry.lost = true;
        putBack(entry.taken);
        say(lost(error));
        go(chosen[0]);
      }
      waiting--;
      if (!waiting && (newer && !entry.lost || !rows().length)) onward();
    });
  }

  // onward fetches what the list goes on with, once this page of it is empty, or what was
  // changed meanwhile.
  function onward() {
    const to = new URL(form.action);
    if (undo.value) to.searchParams.set("batch", undo.value);
    to.hash = newer ? `at-${newer}` : "next";
    if (newer) to.searchParams.set("newer", "yes");
    location.assign(to);
  }

  function takeBack() {
    sending = sending.then(async () => {
      const batch = undo.value;
      if (!batch || undo.hidden) return;
      try {
        const said = await ask(undo.formAction, [["batch", batch]]);
        const entry = done.at(-1)?.batch === batch && done.pop();
        if (!entry) { // it was decided on the page before
          const to = new URL(location);
          to.searchParams.delete("batch");
          to.searchParams.set("done", said.done);
          location.replace(to);
          return;
        }
        putBack(entry.taken);
        say(said.said, done.at(-1)?.batch);
        go(entry.taken[0].row);
      } catch (error) {
        say(lost(error));
      }
    });
  }

  // Whoever leaves the page has decided all the same.
  addEventListener("pagehide", () => {
    for (const fields of unsent) ask(form.action, fields).catch(() => {});
    unsent.clear();
  });

  function step(by) {
    const all = rows();
    const at = all.indexOf(current());
    go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  document.addEventListener("desk-key", (event) => {
    const key = event.detail;
    const row = current();
    event.preventDefault();
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "u") takeBack();
    else if (acts[key]) {
      const chosen = ticked().length ? ticked() : row ? [row] : [];
      if (!chosen.length || chosen.some((row) => row.querySelector(`[name=do][value^="${acts[key]} "]`))) decide(acts[key], chosen);
    }
    else if (key === "x" && row) row.querySelector("[name=reply]").click();
    else if (row) row.querySelector(`[data-go="${key}"]`)?.click();
  });

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name === "all") return;
    event.preventDefault();
    if (button === undo) return takeBack();
    if (!button.value) return; // Enter in a box
    const row = button.closest(".queue > li");
    // A second tap does not fall on what has moved under the thumb.
    if (row && performance.now() - decided < 400) return;
    decide(button.value.split(" ")[0], row ? [row] : ticked());
  });

  const all = form.querySelector("[data-all]");
  if (all) {
    all.closest("label").hidden = false;
    all.addEventListener("change", () => { for (const row of rows()) row.querySelector("[name=reply]").checked = all.checked; });
  }
  if (location.hash === "#next") {
    history.replaceState(null, "", location.pathname + location.search);
    go(rows()[0]);
  }
}
