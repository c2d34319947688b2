// Pictures dropped or pasted into the text: a line stands where each will be, what it
// shows is asked for right there, and the upload can be watched and ended.
const form = document.getElementById("editor");
const tools = document.querySelector("[data-tools]");
const text = tools && document.getElementById(tools.dataset.tools);
const place = form?.querySelector("[data-picture]");
if (text && place) takePictures(text, place);

// A picture that misses the text does not take its page away.
if (form) for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => {
  if (holdsFiles(event) && event.target.type !== "file") event.preventDefault();
});

function holdsFiles(event) { return [...(event.dataTransfer?.types || [])].includes("Files"); }

function takePictures(text, place) {
  const words = place.dataset;
  const list = document.createElement("div");
  list.className = "uploads";
  text.after(list);
  let number = 0;

  text.addEventListener("drop", (event) => {
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    const at = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    for (const file of files) add(file, at?.offsetNode === text ? at.offset : text.selectionStart);
  });
  text.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length || event.clipboardData.types.includes("text/plain")) return; // a table or words, with a picture of them
    event.preventDefault();
    for (const file of files) add(file, text.selectionEnd);
  });

  // add puts a line for a file after the line that holds a place of the text.
  function add(file, at) {
    const name = file.name.replace(/[[\]\\\n]/g, " ").trim() || words.unnamed;
    const mark = "![" + words.coming.replace("{name}", name) + " " + ++number + "]()";
    const end = text.value.indexOf("\n", at);
    const to = end < 0 ? text.value.length : end;
    put(to, to, (to ? "\n\n" : "") + mark + "\n");
    row(file, name, mark);
  }

  function put(from, to, line) {
    const { selectionStart, scrollTop } = text;
    text.setRangeText(line, from, to, selectionStart >= to ? "end" : "preserve");
    text.scrollTop = scrollTop;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // replace puts a line where a picture was announced, or at the end if somebody took
  // that away meanwhile.
  function replace(mark, line) {
    const at = text.value.indexOf(mark);
    if (at >= 0) put(at, at + mark.length + (line ? 0 : 1), line);
    else if (line) put(text.value.length, text.value.length, "\n\n" + line + "\n");
  }

  function row(file, name, mark) {
    const box = document.createElement("div"), label = document.createElement("label"), alt = document.createElement("input");
    const send = document.createElement("button"), stop = document.createElement("button"), said = document.createElement("p");
    const progress = document.createElement("progress");
    box.className = "upload";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", name);
    label.textContent = words.alt.replace("{name}", name);
    alt.id = label.htmlFor = "alt-" + number;
    alt.maxLength = 400;
    send.type = stop.type = "button";
    send.className = "primary";
    send.textContent = words.put;
    stop.textContent = words.cancel;
    progress.max = 1;
    progress.value = 0;
    progress.hidden = true;
    progress.setAttribute("aria-label", words.running);
    said.className = "fault";
    said.setAttribute("role", "status");
    box.append(label, alt, send, stop, progress, said);
    list.append(box);
    alt.focus();

    let request = null;
    const close = () => { box.remove(); text.focus(); };
    const refused = (why) => {
      request = null;
      progress.hidden = true;
      send.disabled = alt.readOnly = false;
      said.textContent = why;
      send.textContent = words.again;
    };
    const upload = () => {
      if (request) return;
      const body = new FormData();
      body.append("picture", file);
      body.append("alt", alt.value);
      said.textContent = "";
      progress.hidden = false;
      send.disabled = alt.readOnly = true;
      request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress.value = event.loaded / event.total; });
      request.addEventListener("load", () => {
        let result = {};
        try { result = JSON.parse(request.responseText); } catch { /* a page of an error */ }
        if (!result.markdown) return refused(result.problem || { 401: words.signedOut, 413: words.large }[request.status] || words.failed);
        replace(mark, result.markdown);
        close();
      });
      request.addEventListener("error", () => refused(words.offline));
      request.open("POST", words.endpoint);
      request.setRequestHeader("Accept", "application/json");
      request.send(body);
    };
    send.addEventListener("click", upload);
    stop.addEventListener("click", () => {
      request?.abort();
      replace(mark, "");
      close();
    });
    for (const kind of ["keydown", "keypress"]) alt.addEventListener(kind, (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault(); // Enter would save the story
      if (kind === "keypress") return;
      if (event.key === "Enter") upload(); else stop.click();
    });
  }
}
