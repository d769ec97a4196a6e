// The work of one tab among others; `window.torture` holds it and its progress.
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(0);
});
const now = () => performance.timeOrigin + performance.now();
const until = async (look, patience) => {
  const start = performance.now();
  while (!look()) {
    if (performance.now() - start > patience) return false;
    await turn();
  }
  return true;
};
// Long, since a disk may be busy; how long it really took is told.
const saved = async () => {
  const start = performance.now();
  const answer = await until(() => document.documentElement.dataset.saveState === "saved", 60_000);
  torture.longest = Math.max(torture.longest, performance.now() - start);
  return answer;
};
const torture = { done: false, acknowledged: {}, unsaved: 0, longest: 0, error: null, ages: [] };
window.torture = torture;
const begin = (work) => {
  Object.assign(torture, { done: false, acknowledged: {}, unsaved: 0, longest: 0, error: null, ages: [] });
  work().catch((error) => { torture.error = String(error); }).finally(() => { torture.done = true; });
};
// Many edits of the tab's own notes.
torture.own = (tab, edits, count) => begin(async () => {
  const length = postilRobot.length();
  const [ids, shown] = [[], {}];
  for (let index = 0; index < count; index += 1) {
    const start = (tab * 977 + index * 61) % (length - 40);
    ids.push(postilRobot.add(start, start + 16, `tab ${tab} begins ${index}`));
  }
  for (let edit = 0; edit < edits; edit += 1) {
    const id = ids[edit % count];
    const text = `tab ${tab} edit ${edit}`;
    postilRobot.edit(id, text);
    shown[id] = text;
    // Several edits in quick succession before waiting: then everything shown is saved.
    if (edit % 8 === 7 || edit === edits - 1) {
      if (await saved()) Object.assign(torture.acknowledged, shown);
      else torture.unsaved += 1;
    }
  }
});
// Edits of one shared note: each appends a word to the text that it sees.
torture.shared = (tab, edits, id) => begin(async () => {
  await until(() => postilRobot.text(id) !== null, 10_000);
  for (let edit = 0; edit < edits; edit += 1) {
    const word = `w${tab}x${edit}w`;
    postilRobot.edit(id, `${postilRobot.text(id)} ${word}`);
    if (await saved()) torture.acknowledged[word] = true;
    else torture.unsaved += 1;
    await new Promise((done) => setTimeout(done, (edit * 7 + tab * 5) % 23));
  }
});
// One tab writes the time, the others measure its age when they see it.
torture.speak = (id, times) => begin(async () => {
  for (let count = 0; count < times; count += 1) {
    postilRobot.edit(id, `at ${now()}`);
    await new Promise((done) => setTimeout(done, 60));
  }
  postilRobot.edit(id, "over");
});
torture.listen = (id) => begin(async () => {
  let last = postilRobot.text(id);
  for (;;) {
    await until(() => postilRobot.text(id) !== last, 20_000);
    const seen = now();
    last = postilRobot.text(id);
    if (!last?.startsWith("at ")) return;
    torture.ages.push(seen - Number(last.slice(3)));
  }
});
