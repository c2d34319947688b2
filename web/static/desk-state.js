// The line that says whether what is typed is saved, and the banner that says what is
// to be done if it is not. The line is read out where it changes, so it changes seldom:
// a save says that it runs only if it takes long, and the minute only when it is another.
const slow = 1500; // milliseconds

export function stateLine(form) {
  const line = form.querySelector("[data-saving]");
  const banner = form.querySelector("[data-banner]");
  const words = line.dataset;
  let timer;
  const say = (text) => { clearTimeout(timer); if (line.textContent !== text) line.textContent = text; };
  const clock = (ms) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: words.zone }).format(ms);
  return {
    saving() {
      clearTimeout(timer);
      timer = setTimeout(() => say(words.running), slow);
    },
    saved(at) {
      say(words.saved.replace("{time}", clock(at)));
      banner.hidden = true;
    },
    // failed names what keeps the text from being saved, in the words of the page.
    failed(why, kept = true) {
      const reasons = banner.dataset;
      const name = why.replace(/_(.)/, (_, letter) => letter.toUpperCase());
      say(words.not.replace("{why}", reasons[name]));
      banner.querySelector("p").textContent = [reasons[name + "Banner"], kept ? "" : reasons.unkept].filter(Boolean).join(" ");
      banner.querySelector("a").hidden = why !== "signed_out" && why !== "other";
      banner.hidden = !reasons[name + "Banner"] && kept;
    },
    clock,
    quiet() { say(""); banner.hidden = true; },
  };
}
