// Passkeys are made and used by the browser alone: this carries what the site asks and
// what the browser answers. Without it a page says that mail works too.
const add = document.querySelector("[data-passkey-add]");
const signIn = document.querySelector("[data-passkey-signin]");
const renewed = 4 * 60_000; // what waits in a field is asked anew before the site forgets it
let waiting; // ends the wait in the field

if (window.PublicKeyCredential) {
  if (add) offerToAdd(add);
  if (signIn) offerToSignIn(signIn);
}

/* --- adding --- */

function offerToAdd(part) {
  const form = reveal(part);
  const name = form.querySelector("input");
  name.form.addEventListener("submit", (event) => {
    event.preventDefault();
    carry(part, form, async () => {
      const options = await ask("/me/ways/passkeys/options");
      const publicKey = { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: (options.excludeCredentials || []).map((c) => ({ ...c, id: bytes(c.id) })) };
      const credential = answered(await navigator.credentials.create({ publicKey }));
      const done = await ask("/me/ways/passkeys", { name: name.value, credential });
      return part.querySelector("[data-said]").dataset.next || done.next;
    });
  });
}

/* --- signing in --- */

function offerToSignIn(part) {
  const button = reveal(part).querySelector("button");
  button.addEventListener("click", () => {
    waiting?.abort();
    carry(part, button, () => get(part, {}));
  });
  inField(part);
}

// inField lets the browser offer passkeys in the field for the address, where there is
// one and the browser can.
async function inField(part) {
  if (!document.querySelector("input[autocomplete~=webauthn]") || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  for (;;) {
    waiting = new AbortController();
    const late = setTimeout(() => waiting.abort("late"), renewed);
    try {
      location.assign(await get(part, { mediation: "conditional", signal: waiting.signal }));
      return;
    } catch (error) {
      if (error !== "late" && waiting.signal.reason !== "late") {
        if (error instanceof Refused) say(part, error.message);
        return;
      }
    } finally {
      clearTimeout(late);
    }
  }
}

async function get(part, how) {
  const options = await ask("/sign-in/passkey/options");
  const credential = answered(await navigator.credentials.get({ ...how, publicKey: { ...options, challenge: bytes(options.challenge) } }));
  return (await ask("/sign-in/passkey", { credential, next: part.querySelector("[data-said]").dataset.next })).next;
}

/* --- both --- */

// reveal shows what needs script in place of the words that say so.
function reveal(part) {
  for (const plain of part.querySelectorAll("[data-plain]")) plain.hidden = true;
  const scripted = part.querySelector("[data-scripted]");
  scripted.hidden = false;
  return scripted;
}

// carry does one thing at a time, goes where it leads, and says why it does not.
async function carry(part, control, act) {
  const buttons = control.matches("button") ? [control] : [...control.querySelectorAll("button")];
  say(part, "");
  for (const b of buttons) b.disabled = true;
  try {
    location.assign(await act());
  } catch (error) {
    say(part, error instanceof Refused ? error.message : part.querySelector("[data-said]").dataset.failed);
    for (const b of buttons) b.disabled = false;
    buttons[0].focus();
  }
}

function say(part, text) {
  const said = part.querySelector("[data-said]");
  said.textContent = text;
  said.hidden = !text;
}

// Refused is what the site says in words.
class Refused extends Error {}

async function ask(path, value = {}) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(value) });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.message);
  return said;
}

// answered is a credential as JSON, its bytes in base64url.
function answered(c) {
  const response = { clientDataJSON: text(c.response.clientDataJSON) };
  if (c.response.attestationObject) {
    response.attestationObject = text(c.response.attestationObject);
    response.transports = c.response.getTransports?.() || [];
  } else {
    response.authenticatorData = text(c.response.authenticatorData);
    response.signature = text(c.response.signature);
    if (c.response.userHandle) response.userHandle = text(c.response.userHandle);
  }
  return { id: c.id, rawId: text(c.rawId), type: c.type, authenticatorAttachment: c.authenticatorAttachment || undefined,
    clientExtensionResults: c.getClientExtensionResults(), response };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}

function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
