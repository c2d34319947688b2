// One story is written in one tab of a browser at a time. A tab that opens it asks
// whether another has it; whoever is told so waits, and takes over when somebody says.
const patience = 300; // milliseconds: tabs of one browser answer in a few

// oneTab joins the tabs that have a thing open. give() hands over what is typed there
// and stops; lost() says that another tab goes on.
export function oneTab(name, { give, lost }) {
  if (!window.BroadcastChannel) return { ask: async () => false, take: async () => null, hold() {} };
  const me = Math.random().toString(36).slice(2);
  const channel = new BroadcastChannel(name);
  let holds = false, answered;
  channel.addEventListener("message", ({ data }) => {
    if (data.to && data.to !== me) return;
    if (data.kind === "hello" && holds) channel.postMessage({ kind: "here", to: data.from });
    if (data.kind === "take" && holds) {
      holds = false;
      channel.postMessage({ kind: "given", to: data.from, copy: give() });
    }
    if (data.kind === "holding" && holds) { // this one slept when it was asked
      holds = false;
      lost();
    }
    if (data.kind === "here" || data.kind === "given") answered?.(data);
  });
  const call = (kind) => new Promise((resolve) => {
    answered = resolve;
    channel.postMessage({ kind, from: me });
    setTimeout(() => resolve(null), patience);
  });
  return {
    // ask reports that another tab has it.
    ask: async () => (await call("hello")) !== null,
    // take asks for what is typed there; null if nobody answers.
    take: async () => (await call("take"))?.copy || null,
    hold() {
      holds = true;
      channel.postMessage({ kind: "holding" });
    },
  };
}
