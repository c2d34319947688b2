// Offers words of a list on the server while one is typed. Without script a
// button looks them up.
for (const list of document.querySelectorAll("[data-offers]")) {
  const field = document.querySelector(`[list="${list.id}"]`);
  let waiting, asked;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = field.value.trim();
    if (typed.length > 1 && typed !== asked) waiting = setTimeout(() => offer(list, (asked = typed)), 150);
  });
}

async function offer(list, typed) {
  const answer = await fetch(list.dataset.offers + "?q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  list.replaceChildren(...(await answer.json()).map((label) => Object.assign(document.createElement("option"), { value: label })));
}
