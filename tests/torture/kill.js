// Writes notes until the browser is killed, and reports what the page has shown as saved.
const SEED = 0;
(async () => {
  await ready();
  const raw = await settled();
  await tell("found", { raw, notes: postilRobot.notes(), drafts: postilRobot.drafts() });
  const roll = dice(SEED + run);
  const pressed = {};
  watchSaving((state) => state === "saved" && tell("saved", { notes: { ...pressed } }));
  for (let number = 0; ; number += 1) {
    const name = `N${run}-${number}`;
    (await takeHold(roll)).click();
    const versions = 1 + Math.floor(roll() * 3);
    for (let version = 1; version <= versions; version += 1) {
      const text = `${name} v${version} ${"some words ".repeat(1 + Math.floor(roll() * 3))}.`;
      // Typed letter by letter, or pasted.
      if (roll() < 0.6) await type(text, (typed) => tell("typed", { text: typed }), roll);
      else put(await until(noteBox, 3000), text);
      pressed[name] = version;
      button("Save", document.querySelector("aside")).click();
      await until(() => !noteBox(), 3000);
      // Waits for the note's own card: until this is drawn another one may be chosen.
      const card = () => [...document.querySelectorAll("aside .card")].find((one) => one.textContent.includes(`${name} v`));
      if (version < versions) (await until(() => card() && button("Edit", card()), 3000)).click();
    }
    await pause(roll() * 40);
  }
})().catch((error) => tell("stuck", { error: String(error) }));
