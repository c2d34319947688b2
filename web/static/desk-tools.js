// A row of tools above a text in Markdown. Each writes the signs that somebody could
// have typed, in a way that the browser's own undo takes back.
const place = document.querySelector("[data-tools]");
const text = place && document.getElementById(place.dataset.tools);
if (text) offerTools(place, text);

function offerTools(place, text) {
  const acts = {
    bold: () => around(text, "**", "**"),
    italic: () => around(text, "*", "*"),
    link: () => link(text),
    heading: () => before(text, () => "## ", /^#{1,6} +/),
    list: () => before(text, () => "- ", /^[-*+] +/),
    quote: () => before(text, () => "> ", /^> ?/),
    image: () => openPictures(),
  };
  const keys = { b: "bold", i: "italic", k: "link" };
  const buttons = [];
  for (const name of Object.keys(acts)) {
    if (name === "image" && !document.querySelector("[data-picture]")) continue;
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = place.dataset[name];
    b.dataset.tool = name;
    const key = Object.keys(keys).find((k) => keys[k] === name);
    if (key) {
      const apple = /Mac|iP/.test(navigator.platform);
      b.setAttribute("aria-keyshortcuts", (apple ? "Meta+" : "Control+") + key.toUpperCase());
      b.title = b.textContent + " (" + (apple ? "⌘" : place.dataset.control + "+") + key.toUpperCase() + ")";
    }
    b.addEventListener("click", acts[name]);
    buttons.push(b);
  }
  place.append(...buttons);
  place.setAttribute("role", "toolbar");
  place.setAttribute("aria-label", place.dataset.label);
  place.setAttribute("aria-controls", text.id);
  place.hidden = false;
  walkByArrows(place, buttons);
  text.addEventListener("keydown", (event) => {
    const name = keys[event.key.toLowerCase()];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    acts[name]();
  });
}

// walkByArrows makes the row one stop of the Tab key, as toolbars are.
function walkByArrows(place, buttons) {
  const go = (to) => {
    for (const b of buttons) b.tabIndex = b === to ? 0 : -1;
  };
  go(buttons[0]);
  place.addEventListener("focusin", (event) => go(event.target));
  place.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const forth = getComputedStyle(place).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const to = { [forth]: (at + 1) % buttons.length, [back]: (at - 1 + buttons.length) % buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
}

// write replaces a part of the text and selects a part of what it wrote.
function write(text, from, to, words, select, selectTo) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text.setSelectionRange(select, selectTo);
}

// around puts signs on both sides of what is selected, or takes them away.
function around(text, open, close) {
  let { selectionStart: from, selectionEnd: to, value } = text;
  while (from < to && /\s/.test(value[from])) from++;
  while (to > from && /\s/.test(value[to - 1])) to--;
  const words = value.slice(from, to);
  const thick = open === "*" && value.slice(from - 2, from) === "**"; // bold is not italic
  if (!thick && value.slice(from - open.length, from) === open && value.slice(to, to + close.length) === close) {
    write(text, from - open.length, to + close.length, words, from - open.length, to - open.length);
    return;
  }
  write(text, from, to, open + words + close, from + open.length, to + open.length);
}

// link leaves the part to fill in selected: the words, or the address.
function link(text) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const words = value.slice(from, to);
  if (/^(https?:\/\/|\/|mailto:)\S+$/.test(words)) {
    write(text, from, to, "[](" + words + ")", from + 1, from + 1);
    return;
  }
  const address = "https://";
  const start = from + words.length + "[](".length;
  if (words) write(text, from, to, "[" + words + "](" + address + ")", start, start + address.length);
  else write(text, from, to, "[](" + address + ")", from + 1, from + 1);
}

// before puts a sign at the beginning of each line that is selected, or takes it away.
function before(text, sign, is) {
  const { selectionStart, selectionEnd, value } = text;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", Math.max(selectionEnd - (selectionEnd > selectionStart ? 1 : 0), from));
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const filled = lines.filter((l) => l.trim());
  const off = filled.length > 0 && filled.every((l) => is.test(l));
  const words = lines.map((l) => {
    if (off) return l.replace(is, "");
    return l.trim() || lines.length === 1 ? sign() + l.replace(is, "") : l;
  }).join("\n");
  write(text, from, to, words, lines.length > 1 ? from : from + words.length, from + words.length);
}

function openPictures() {
  const pictures = document.querySelector("[data-picture]");
  pictures.open = true;
  pictures.querySelector("[type=file]").focus();
}
