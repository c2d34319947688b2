// Copies of what was typed that this browser keeps until the server has it: under each
// key a list, the oldest first.
const most = 5;

export function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key)) || [];
    return Array.isArray(kept) ? kept : [{ at: 0, ...kept }];
  } catch { return []; }
}

// write reports that the browser keeps the list: it may be full, or be told not to.
export function write(key, list) {
  try {
    if (list.length) localStorage.setItem(key, JSON.stringify(list.slice(-most)));
    else localStorage.removeItem(key);
    return true;
  } catch { return false; }
}

// put takes the place of the copy that is the same one, of an earlier moment.
export function put(key, copy, same) {
  return write(key, [...read(key).filter((c) => !same(c)), copy]);
}

export function remove(key, which) {
  const list = read(key);
  if (list.some(which)) write(key, list.filter((c) => !which(c)));
}

// saved drops what was sent by a form's button, once the page shows another version.
export function saved(key, version) {
  remove(key, (c) => c.sent && String(c.version) !== String(version));
}
