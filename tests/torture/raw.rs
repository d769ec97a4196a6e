//! The positive control: puts the same strings raw into a page. A string without effect there
//! proves nothing about the app.

use serde_json::json;

use crate::strings::{Attack, Goal};
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};

/// Number of strings in one page, each in a frame of its own.
const AT_ONCE: usize = 24;

/// Numbers of the strings that had their effect.
pub async fn effective(reader: &Reader, site: &Server, attacks: &[Attack]) -> Vec<usize> {
    site.put("/raw", Answer::html("<!doctype html><title>Raw</title>"));
    let mut effective = Vec::new();
    for some in attacks.chunks(AT_ONCE) {
        reader.open(&site.address_of("/raw")).await;
        let done = reader.run(PUT, vec![json!(some)]).await;
        let done: Vec<usize> = serde_json::from_value(done).expect("numbers");
        effective.extend(done);
    }
    let called: Vec<usize> = called(site);
    let all = attacks.iter().map(|attack| attack.number);
    all.filter(|number| effective.contains(number) || called.contains(number))
        .collect()
}

/// Numbers of the strings that called the attackers' server.
pub fn called(site: &Server) -> Vec<usize> {
    let asked = site.asked();
    let numbers = asked.iter().filter_map(|path| {
        let path = path.trim_start_matches('/');
        let end = path.find(|letter: char| !letter.is_ascii_digit());
        path[..end.unwrap_or(path.len())].parse().ok()
    });
    numbers.collect()
}

/// For each goal, the number of strings that had their effect and the number of all.
pub fn by_goal(attacks: &[Attack], effective: &[usize]) -> Vec<(Goal, usize, usize)> {
    let goals = [
        Goal::Run,
        Goal::Call,
        Goal::Cover,
        Goal::Clobber,
        Goal::Markdown,
        Goal::Pollute,
        Goal::Disguise,
    ];
    let of = |goal| attacks.iter().filter(move |attack| attack.goal == goal);
    let ran = |goal| of(goal).filter(|attack| effective.contains(&attack.number));
    goals
        .map(|goal| (goal, ran(goal).count(), of(goal).count()))
        .to_vec()
}

/// Runs in an empty page: writes each string into a frame, and triggers whatever it can.
const PUT: &str = r##"
const [attacks] = arguments;
return (async () => {
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => {};
const pause = (time) => new Promise((done) => setTimeout(done, time));
// As simple as a converter can be: what it makes of links and pictures is what an author wrote.
const converted = (text) => {
  const known = Object.fromEntries([...text.matchAll(/^\[(\w+)\]: <?([^\s>]+)/gm)].map(([, name, to]) => [name, to]));
  return text
    .replace(/!\[(.*?)\]\(<?([^\s)]+(?:\([^)]*\))?[^\s)>]*)>?[^)]*\)/g, '<img alt="$1" src="$2">')
    .replace(/\[(.*?)\]\(<?(\\?[^\s(]+(?:\(.*\)[^)\s]*)?)>?( "(.*)")?\)/g, '<a href="$2" title="$4">$1</a>')
    .replace(/!\[(.*?)\]\[(\w+)\]/g, (all, words, name) => `<img src="${known[name]}">`)
    .replace(/\[(.*?)\]\[(\w+)\]/g, (all, words, name) => `<a href="${known[name]}">${words}</a>`)
    .replace(/<(javascript:[^>]+)>/g, '<a href="$1">$1</a>');
};
const merge = (into, from) => {
  for (const key of Object.keys(from)) {
    if (from[key] && typeof from[key] === "object") merge((into[key] ??= {}), from[key]);
    else into[key] = from[key];
  }
};
const pollutes = ({ text, number }) => {
  merge({}, JSON.parse(text));
  // Firefox's driver has a prototype of its own, which is the one that is changed here.
  const polluted = {}.polluted === number;
  delete Object.prototype.polluted;
  delete Object.prototype.toString.toString;
  return polluted;
};
// The strings may take the names of the page's own functions: that is what some of them are for.
const all = (page, selector) => [...Document.prototype.querySelectorAll.call(page, selector)];
const byId = (page, id) => Document.prototype.getElementById.call(page, id);
const attributesOf = (element) => [...Object.getOwnPropertyDescriptor(Element.prototype, "attributes").get.call(element)];
const press = (page, view) => {
  for (const element of all(page, "*")) {
    for (const { name } of attributesOf(element)) {
      if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2)));
    }
    if (element.matches("[autofocus]")) element.focus();
    if (element.matches("a, area, button, summary, input[type=submit], [onclick]")) {
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view }));
    }
  }
};
const probe = '<button id=probe style="position:absolute;left:0;top:0;width:40px;height:40px">p</button>';
const frames = [];
const done = new Set();
for (const attack of attacks) {
  if (attack.goal === "pollute") {
    if (pollutes(attack)) done.add(attack.number);
    continue;
  }
  const frame = document.createElement("iframe");
  frame.style = "width:500px;height:300px";
  document.body.append(frame);
  const page = frame.contentDocument;
  page.open();
  page.write(`<!doctype html><body>${probe}${attack.goal === "markdown" ? converted(attack.text) : attack.text}`);
  page.close();
  frames.push({ frame, attack });
}
await pause(250);
for (const { frame, attack } of frames) {
  let page;
  try { page = frame.contentDocument; } catch { continue; }
  if (!page) continue;
  const own = byId(page, "probe");
  if (attack.goal === "cover") {
    const style = own && getComputedStyle(own);
    const there = own && style.visibility === "visible" && Document.prototype.elementFromPoint.call(page, 20, 20) === own;
    if (!there) done.add(attack.number);
  }
  if (attack.goal === "clobber") {
    const named = all(page, "[id]:not(#probe), [name]");
    const reached = (name) => [byId(page, name), page[name], frame.contentWindow[name]];
    const taken = (element) => [element.getAttribute("id"), element.getAttribute("name")].filter(Boolean).some((name) =>
      reached(name).some((thing) => thing === element || thing?.[0] === element || (thing && thing === element.contentWindow)));
    if (named.some(taken)) done.add(attack.number);
  }
}
for (const { frame } of frames) {
  try { press(frame.contentDocument, frame.contentWindow); } catch { /* It has gone elsewhere. */ }
}
await pause(350);
return [...new Set([...done, ...window.ran])];
})();
"##;
