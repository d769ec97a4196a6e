//! Edits of five thousand of ten thousand notes at once: how long the page is busy at a stretch, and
//! how long it takes until it is done.

use postil::ui::strings::EN;
use serde_json::json;

use crate::finding::TYPE;
use crate::opening::{BYTES, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const NOTES: usize = 10_000;
/// Number of notes that are picked: every second.
const PICKED: usize = NOTES / 2;
/// Goal for the longest task, in milliseconds.
const GOAL: f64 = 50.0;
/// The tag that is added.
const TAG: &str = "bench";
/// Shows half of the notes, and each edit of them shows or hides them all: so the number of notes
/// that are shown says when it is done.
const SEARCH: &str = "color:yellow,red,green,blue -tag:bench";
/// The part of the page with the search.
const PLACE: &str = ".notes";
/// Says how many notes are shown of how many.
const SHOWN: &str = ".notes-head > .count";
/// Says how many notes are picked.
const COUNT: &str = ".picked .count";
/// The tools for picked notes, the choices of one of them, and the bar's buttons.
const TOOLS: &str = ".picked [role=toolbar] button";
const CHOICES: &str = ".picked .choices button";
const BAR: &str = ".bar button";
/// How often everything is done.
const ROUNDS: usize = 2;

/// Presses a button (or Ctrl-A on a card, if there is none), and waits until a part of the page says
/// what is wanted and everything is stored; milliseconds until it is said, and the longest task of the
/// page's own thread until it is stored. A task of less than 50 ms is not told, and counts as none.
const STEP: &str = "const [[selector, label], place, wanted, done] = arguments;
    let longest = 0;
    const count = (entries) => {
        for (const { duration } of entries) longest = Math.max(longest, duration);
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'longtask' });
    const named = (one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === label;
    const button = selector && [...document.querySelectorAll(selector)].find(named);
    const card = document.querySelector('.notes [data-card]');
    if (!selector) card.focus();
    const press = () => {
        const start = performance.now();
        if (selector) button.click();
        else card.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', ctrlKey: true, bubbles: true, cancelable: true }));
        let said = 0;
        const look = () => {
            if (!said && document.querySelector(place)?.textContent.trim() === wanted) said = performance.now() - start;
            const late = performance.now() - start > 60000;
            if (!late && (!said || document.documentElement.dataset.saveState === 'saving')) return setTimeout(look, 10);
            // A task is told of only after its end.
            setTimeout(() => {
                count(observer.takeRecords());
                observer.disconnect();
                done([said || null, longest]);
            }, 300);
        };
        setTimeout(look);
    };
    // What was busy before is not counted.
    setTimeout(() => {
        observer.takeRecords();
        longest = 0;
        press();
    }, 300);";

/// Puts a word into the form of a tool.
const FILL: &str = "const [word, done] = arguments;
    document.querySelector('.picked .choices input').value = word;
    done(true)";

/// Picks half of the notes, changes them together in each way, and takes each change back.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let article = sample::article(BYTES);
    keep(reader, &article, NOTES).await;
    open_kept(reader, &article, NOTES).await;
    run_async(reader, TYPE, vec![json!(PLACE), json!(SEARCH)]).await;
    let mut bench = Bench {
        reader,
        steps: Vec::new(),
    };
    bench.wait_shown().await;
    for _ in 0..ROUNDS {
        bench.round().await;
    }
    let mut worst: f64 = 0.0;
    for (name, taken, longest) in &bench.steps {
        report.series(&format!("{name}: until it is done"), taken);
        report.series(&format!("{name}: the longest task meanwhile"), longest);
        worst = worst.max(percentile(longest, 0.5));
    }
    report.number(
        "bulk: the longest task of any step (its median) / 50 ms",
        worst / GOAL,
        "(goal <= 1)",
    );
}

/// Names a step, with the times until it was done and its longest tasks, in milliseconds.
type Step = (String, Vec<f64>, Vec<f64>);

struct Bench<'a> {
    reader: &'a Reader,
    steps: Vec<Step>,
}

impl Bench<'_> {
    /// Everything once; afterwards all notes are as they were.
    async fn round(&mut self) {
        let say = EN.picked;
        let (all, none) = (shown(PICKED, NOTES), shown(0, NOTES));
        let picked = (say.count)(PICKED, 0);
        self.step("pick", None, (COUNT, &picked)).await;

        self.open(say.colour).await;
        let purple = Some((CHOICES, "Purple"));
        self.step("recolour", purple, (SHOWN, &none)).await;
        self.undo("recolour", &all).await;

        self.open(say.add_tag).await;
        run_async(self.reader, FILL, vec![json!(TAG)]).await;
        let add = Some((CHOICES, say.add));
        self.step("add a tag", add, (SHOWN, &none)).await;
        self.undo("add a tag", &all).await;
        let redo = Some((BAR, EN.bar.redo));
        self.step("redo a tag", redo, (SHOWN, &none)).await;

        self.open(say.remove_tag).await;
        let tag = (say.remove_tag_from)(TAG, PICKED);
        let tag = Some((CHOICES, tag.as_str()));
        self.step("remove the tag", tag, (SHOWN, &all)).await;
        self.undo("remove the tag", &none).await;
        self.undo("add a tag", &all).await;

        let remove = Some((TOOLS, say.remove));
        let fewer = shown(0, NOTES - PICKED);
        self.step("remove", remove, (SHOWN, &fewer)).await;
        self.undo("remove", &all).await;
    }

    /// Shows the choices of a tool.
    async fn open(&self, tool: &str) {
        let tools = self.reader.toolbar(EN.picked.label);
        tools.button(tool).click().await;
        self.reader.by_role("group", tool).wait().await;
    }

    async fn undo(&mut self, what: &str, wanted: &str) {
        let undo = Some((BAR, EN.bar.undo));
        let name = format!("undo: {what}");
        self.step(&name, undo, (SHOWN, wanted)).await;
    }

    /// Presses a button, or Ctrl-A; `place` is a part of the page and what it says in the end.
    async fn step(&mut self, name: &str, button: Option<(&str, &str)>, place: (&str, &str)) {
        let arguments = vec![
            json!(button.unwrap_or_default()),
            json!(place.0),
            json!(place.1),
        ];
        let took = run_async(self.reader, STEP, arguments).await;
        let taken = took[0].as_f64();
        let taken = taken.unwrap_or_else(|| panic!("{name}: {place:?} is not said in 60 s"));
        let longest = took[1].as_f64().expect("milliseconds");
        let name = format!("bulk, {PICKED} of {NOTES} notes, {name}");
        match self.steps.iter_mut().find(|(other, ..)| *other == name) {
            Some((_, all, tasks)) => {
                all.push(taken);
                tasks.push(longest);
            }
            None => self.steps.push((name, vec![taken], vec![longest])),
        }
    }

    /// Waits until half of the notes are shown.
    async fn wait_shown(&self) {
        let wanted = shown(PICKED, NOTES);
        let script = "return document.querySelector(arguments[0])?.textContent.trim()";
        let look = async || match self.reader.run(script, vec![json!(SHOWN)]).await {
            said if said == json!(wanted) => Ok(()),
            said => Err(format!("the notes say {said} and not {wanted:?}")),
        };
        self.reader.wait_for(look).await;
    }
}

fn shown(some: usize, all: usize) -> String {
    (EN.notes.shown_of)(some, all)
}
