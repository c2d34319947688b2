// What is typed of a story is sent to the server as it is typed, one save after the
// other, each with its number, and kept in this browser until the server has it. A page
// that is offline or signed out goes on by itself when it can.
import { button, notice, offer, pairs, restore } from "./desk-form.js";
import * as copies from "./desk-copies.js";
import { oneTab } from "./desk-tabs.js";
import { stateLine } from "./desk-state.js";

const form = document.getElementById("editor");
if (form?.elements.draft_account?.value && form.dataset.autosave) autosave(form);

const soon = 400, rest = 1200, longest = 5000; // milliseconds: to the copy, to the save after a rest, to the save while typing
const mostWaiting = 15000, answerWithin = 60000, mostBesideLeaving = 60000;

function autosave(form) {
  const account = form.elements.draft_account.value;
  const state = stateLine(form);
  const writer = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const fields = () => JSON.stringify(pairs(form));
  const version = () => form.elements.version.value || "0";
  const id = form.elements.id.value;
  const keyOf = (name) => "waypost-draft:" + account + ":story:" + name;
  const own = (c) => c.writer === writer;

  let stored = form.dataset.autosave === "known"; // the server knows the identifier
  let seen = Number(form.elements.draft_after.value) || 0; // the last save that this page knows of
  let sequence = seen, confirmed = seen;
  let last = fields(); // what the copy or the server holds
  let waiting = false; // another tab writes
  let asking = false; // which of two texts goes on
  let leaving = false, kept = true;
  let timer, late, again, running = null, failures = 0;
  const key = () => keyOf(stored ? id : "");

  const shown = last, typedBefore = form.hasAttribute("data-typed");

  /* --- the copy in this browser --- */

  function keep(sent = false) {
    const now = fields();
    if (now !== last) { last = now; sequence++; }
    else if (!sent) return;
    if (sequence === confirmed && !sent) return;
    form.elements.draft_after.value = sequence;
    kept = copies.put(key(), { id, writer, at: Date.now(), version: version(), sequence, after: seen, fields: now, sent }, own);
  }

  /* --- to the server --- */

  function typed() {
    if (waiting) return;
    leaving = false; // whoever types on has not left
    clearTimeout(timer);
    timer = setTimeout(keep, soon);
    clearTimeout(late);
    late = setTimeout(send, rest);
    again ||= setTimeout(send, longest);
  }

  async function send() {
    clearTimeout(late);
    clearTimeout(again);
    again = undefined;
    if (waiting || leaving) return;
    keep();
    if (asking || running || sequence === confirmed) return;
    const abort = running = new AbortController();
    const ends = setTimeout(() => abort.abort(), answerWithin);
    state.saving();
    let next;
    try {
      next = await answered(await post(abort.signal));
    } catch {
      next = leaving ? null : failed("offline");
    }
    clearTimeout(ends);
    running = null;
    if (next === null || leaving || waiting) return;
    if (next) late = setTimeout(send, next);
    else if (fields() !== last || sequence !== confirmed) late = setTimeout(send, soon);
  }

  function post(signal) {
    const body = new URLSearchParams(pairs(form));
    for (const [name, value] of Object.entries({ version: version(), id, draft_account: account, draft_writer: writer, draft_sequence: sequence, draft_after: seen })) body.set(name, value);
    const where = stored ? "/desk/stories/" + id + "/draft" : "/desk/stories/new/draft";
    return fetch(where, { method: "POST", body, signal, headers: { Accept: "application/json" }, redirect: "error", keepalive: String(body).length < mostBesideLeaving });
  }

  // answered takes the answer in and returns after how long to save again; null for never.
  async function answered(answer) {
    const why = { 401: "signed_out", 403: "other", 404: "gone", 413: "large" }[answer.status] || (answer.ok ? "" : "server");
    if (why) return failed(why);
    const result = await answer.json();
    if (result.outcome === "elsewhere") return elsewhere(result);
    if (result.outcome === "outdated") { state.failed("outdated"); return null; }
    failures = 0;
    confirmed = seen = Math.max(seen, result.sequence);
    sequence = Math.max(sequence, confirmed);
    const done = (c) => own(c) && c.sequence <= result.sequence;
    copies.remove(key(), done);
    if (!stored) named();
    state.saved(result.saved_at);
    return 0;
  }

  // failed says why, and how long to wait before the next try.
  function failed(why) {
    state.failed(why, kept);
    if (why === "gone" || why === "large") return null;
    return Math.min(mostWaiting, 1000 * 2 ** failures++);
  }

  // named gives a new story the address that it has from now on.
  function named() {
    const mine = copies.read(key()).filter(own);
    copies.remove(key(), own);
    stored = true;
    for (const copy of mine) copies.put(key(), copy, own);
    form.action = "/desk/stories/" + id;
    for (const b of form.querySelectorAll("[formaction^='/desk/stories/new']")) b.setAttribute("formaction", form.getAttribute("action") + "#trail");
    history.replaceState(null, "", "/desk/stories/" + id);
  }

  // elsewhere asks which text goes on, after another device has sent one. Both are kept.
  function elsewhere(result) {
    asking = true;
    state.failed("elsewhere", kept);
    const mine = button(form.dataset.goOn, async () => {
      const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html").getElementById("editor");
      if (!page) return;
      copies.put(key(), { id, writer: "elsewhere", at: result.saved_at, version: page.elements.version.value, sequence: 0, after: 0, fields: JSON.stringify(pairs(page)) }, () => false);
      box.remove();
      seen = result.sequence;
      sequence = Math.max(sequence, seen) + 1;
      asking = false;
      send();
    });
    const theirs = button(form.dataset.showOther, () => { keep(); leaving = true; location.reload(); });
    const box = notice(form, form.dataset.elsewhere, theirs, mine);
    return null;
  }

  /* --- coming, going, and other tabs --- */

  // arrive forgets what became a version, waits for another tab that has the story, and
  // brings back what had not reached the server.
  async function arrive() {
    const address = new URL(location);
    if (address.searchParams.has("done")) {
      for (const k of [keyOf(id), keyOf("")]) copies.saved(k, version());
      address.searchParams.delete("done");
      history.replaceState(null, "", address);
    }
    listen();
    if (await tabs.ask()) return wait();
    tabs.hold();
    if (typedBefore) { last = ""; typed(); keep(); }
    copies.remove(key(), (c) => !own(c) && c.fields === shown && (stored || typedBefore));
    const found = copies.read(key()).filter((c) => !own(c));
    const fits = found.findLast((c) => stored && fields() === shown && String(c.version) === version() && c.sequence > seen &&
      (c.after === seen || c.writer === form.elements.draft_writer.value));
    for (const copy of found) {
      const drop = () => copies.remove(key(), (c) => c.at === copy.at && c.writer === copy.writer);
      const take = () => {
        seen = sequence = Math.max(seen, copy.sequence || 0);
        last = "";
        keep();
        drop();
        typed();
      };
      if (copy === fits && await restore(form, copy)) {
        take();
        notice(form, form.dataset.back.replace("{time}", state.clock(copy.at)));
        continue;
      }
      offer(form, copy, take, drop);
    }
  }

  function listen() {
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || event.submitter?.hasAttribute("data-preview")) return;
      clearTimeout(timer);
      leaving = true;
      running?.abort();
      keep(true);
    });
    const now = () => { failures = 0; if (!document.hidden) send(); };
    window.addEventListener("online", now);
    window.addEventListener("focus", now);
    document.addEventListener("visibilitychange", () => { if (document.hidden) send(); else now(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
    window.addEventListener("pagehide", () => { if (!waiting && !leaving) { keep(); if (!asking && sequence !== confirmed) post().catch(() => {}); } });
    window.addEventListener("beforeunload", (event) => {
      if (waiting || leaving) return;
      keep();
      if (!kept && sequence !== confirmed) event.preventDefault(); // nothing else has it
    });
  }

  const tabs = oneTab("waypost-story:" + account + ":" + id, {
    give() {
      keep();
      running?.abort();
      const copy = { id, version: version(), sequence, fields: last };
      wait();
      return copy;
    },
    lost: () => { keep(); wait(); },
  });

  // wait leaves the story to another tab until somebody wants to write here.
  function wait() {
    waiting = true;
    const still = form.querySelectorAll(".bar button:not([data-preview]), .columns");
    for (const part of still) part.inert = true;
    state.quiet();
    const box = notice(form, form.dataset.otherTab, button(form.dataset.writeHere, async () => {
      const copy = await tabs.take();
      if (!copy || !(await restore(form, copy))) { leaving = true; location.reload(); return; }
      for (const part of still) part.inert = false;
      box.remove();
      seen = sequence = Math.max(sequence, copy.sequence);
      waiting = asking = false;
      tabs.hold();
      last = "";
      keep();
      copies.remove(key(), (c) => !own(c) && c.sequence <= copy.sequence);
      send();
      form.elements.body.focus();
    }));
    box.dataset.tab = "";
  }

  arrive();
}
