// How long the text is, told as it is typed, and room for its buttons on a telephone.
const count = document.querySelector("[data-count]");
const text = document.getElementById("body");
if (count && text) tellLength(count, text);
stayInSight(document.querySelector(".editor .bar"));

// tellLength counts as the server does: what stands between spaces and has a letter or
// a digit is a word. Addresses of links and, in markup, tags are none.
function tellLength(count, text) {
  const words = count.querySelector("[data-words]"), minutes = count.querySelector("[data-minutes]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer;
  const tell = () => {
    const plain = "markup" in count.dataset ? text.value.replace(/<[^>]*>/g, " ") : text.value.replace(/\]\([^)\n]*\)/g, "] ");
    const n = plain.split(/\s+/u).filter((w) => /[\p{L}\p{Nd}]/u.test(w)).length;
    words.textContent = number.format(n);
    minutes.textContent = number.format(Math.max(1, Math.floor((n + 115) / 230)));
  };
  text.form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(tell, 300); });
  text.form.addEventListener("change", tell);
  tell();
}

// stayInSight keeps the bar on the part of the page that a keyboard on the screen leaves.
function stayInSight(bar) {
  const seen = window.visualViewport;
  if (!bar || !seen) return;
  const move = () => { bar.style.top = (seen.scale === 1 ? Math.max(0, Math.round(seen.offsetTop)) : 0) + "px"; };
  seen.addEventListener("resize", move);
  seen.addEventListener("scroll", move);
}
