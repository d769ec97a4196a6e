// Writes notes until the program panics at `place`; returns the saved notes and the notice's delay.
const [place, after, number] = arguments;
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(0);
});
const notice = () => document.getElementById("panicked")?.open === true;
const state = () => document.documentElement.dataset.saveState;
const records = () => JSON.stringify(Object.entries(localStorage).sort());
return (async () => {
  const plan = { panicAt: place, after, at: null, get struck() { return this.at !== null; }, set struck(_) { this.at ??= performance.now(); } };
  window.postilChaos = plan;
  const saved = {};
  const length = postilRobot.length();
  const shown = async (limit) => {
    const start = performance.now();
    while (!notice() && performance.now() - start < limit) await turn();
    return notice();
  };
  let last = null;
  for (let count = 0; count < 24 && !plan.struck; count += 1) {
    const name = `P${number}-${count}`;
    try {
      if (place === "overflow" && count === after % 5) {
        // Timed from the engine's error: Firefox takes 3 s to make an exception of so deep a stack.
        addEventListener("error", () => { plan.struck = true; }, { once: true });
        setTimeout(() => postilRobot.overflow());
        const until = performance.now() + 10_000;
        while (!plan.struck && performance.now() < until) await turn();
        break;
      }
      const start = (number * 131 + count * 37) % (length - 60);
      const edits = last !== null && count % 3 === 2;
      const id = edits ? last : postilRobot.add(start, start + 20, `${name} v1`);
      const text = edits ? `${name} v2` : `${name} v1`;
      if (edits) postilRobot.edit(id, text);
      const until = performance.now() + 2000;
      while (state() !== "saved" && !plan.struck && performance.now() < until) await turn();
      if (state() === "saved" && !plan.struck) saved[id] = text;
      if (!plan.struck) { last = id; await new Promise((done) => setTimeout(done, 2)); }
    } catch (error) {
      if (!plan.struck) throw error;
    }
  }
  if (!plan.struck) { window.postilChaos = null; return { saved, struck: false }; }
  const came = await shown(3000);
  const took = performance.now() - plan.at;
  const before = records();
  await new Promise((done) => setTimeout(done, 60));
  return { saved, struck: true, came, took, wrote: records() !== before, focus: document.activeElement?.closest("dialog")?.id ?? null };
})();
