//! The policy: it blocks what it is meant to block, and nothing that a reader does violates it.

use postil::model::notice::Message;
use postil::ui::strings::EN;
use postil::ui::strings::page::EN as PAGE_TEXTS;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, SITE, Server};

in_both_browsers!(
    what_the_page_forbids_does_nothing,
    a_journey_never_violates_the_policy,
    a_journey_never_violates_the_policy_of_a_strict_host,
    the_app_runs_in_no_frame,
    a_strict_host_lets_nobody_frame_it,
    a_changed_file_stops_the_app,
    a_changed_worker_is_refused,
    a_part_that_does_not_come_can_be_asked_for_again,
    what_is_typed_before_the_box_comes_is_no_command,
    nothing_is_fetched_twice,
    pictures_come_by_way_of_memory,
);

/// Attempts to run code or call home, in `deeds` by name. `ORIGIN` is another server.
const DEEDS: &str = r#"
const ran = [];
window.ran = (name) => ran.push(name);
const refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
const add = (name, set) => { const element = document.createElement(name); set(element); document.body.append(element); };
const deeds = {
  inline: () => add("script", (script) => script.append("window.ran('inline')")),
  markup: () => { const box = document.createElement("div"); box.innerHTML = "<img src=x: onerror=\"window.ran('markup')\">"; document.body.append(box); },
  eval: () => setTimeout("window.ran('eval')"),
  handler: () => add("p", (p) => { p.setAttribute("onclick", "window.ran('handler')"); p.click(); }),
  link: () => add("a", (link) => { link.href = "javascript:window.ran('link')"; setTimeout(() => link.click()); }),
  script: () => add("script", (script) => { script.src = "ORIGIN/script"; }),
  picture: () => add("img", (img) => { img.src = "ORIGIN/picture"; }),
  frame: () => add("iframe", (frame) => { frame.src = "ORIGIN/frame"; }),
  object: () => add("object", (object) => { object.data = "ORIGIN/object"; }),
  style: () => add("link", (link) => { link.rel = "stylesheet"; link.href = "ORIGIN/style"; }),
  sheet: () => add("style", (style) => { style.append("body { border-top: 7px solid }"); setTimeout(() => getComputedStyle(document.body).borderTopWidth === "7px" && window.ran("sheet")); }),
  fetch: () => fetch("ORIGIN/fetch", { mode: "no-cors" }).catch(() => undefined),
  beacon: () => navigator.sendBeacon("ORIGIN/beacon"),
  font: () => new FontFace("other", "url(ORIGIN/font)").load().catch(() => undefined),
  media: () => add("audio", (audio) => { audio.src = "ORIGIN/media"; audio.preload = "auto"; }),
  worker: () => new Worker(URL.createObjectURL(new Blob(["fetch('ORIGIN/worker', { mode: 'no-cors' })"]))),
  base: () => add("base", (base) => { base.href = "ORIGIN/base/"; setTimeout(() => document.baseURI.includes("/base/") && window.ran("base")); }),
};
const thrown = [];
for (const [name, deed] of Object.entries(deeds)) {
  try { deed(); } catch (error) { thrown.push(name); }
}
add("iframe", (frame) => { frame.name = "other"; });
add("form", (form) => { form.action = "ORIGIN/form"; form.target = "other"; setTimeout(() => form.submit()); });
setInterval(() => { document.documentElement.dataset.found = JSON.stringify({ ran, refused, thrown }); }, 50);
"#;

/// The attempts that run code on an unprotected page, and those that call home.
const ALL_RUN: [&str; 7] = [
    "base", "eval", "handler", "inline", "link", "markup", "sheet",
];
const ALL_CALL: [&str; 11] = [
    "/beacon", "/fetch", "/font", "/form", "/frame", "/media", "/object", "/picture", "/script",
    "/style", "/worker",
];

/// Records every violation from the start, where any script can read it.
const RECORDER: &str = r#"
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample, sourceFile }) => {
  const known = JSON.parse(document.documentElement.dataset.refused ?? "[]");
  known.push([effectiveDirective, blockedURI, sample, sourceFile].join(" "));
  document.documentElement.dataset.refused = JSON.stringify(known);
});
"#;

/// Serves the page with a script of the test's own before all others.
fn serve_with_script(reader: &Reader, script: &str) {
    let page = String::from_utf8(reader.server.built("index.html")).expect("a page");
    let page = page.replacen(
        "<meta charset",
        "<script src=./test.js></script><meta charset",
        1,
    );
    assert!(page.contains("test.js"));
    let path = |inside: &str| format!("{SITE}{inside}");
    reader.server.put(SITE, Answer::html(&page));
    let script = Answer::new("text/javascript", script);
    reader.server.put(&path("test.js"), script);
}

async fn data(reader: &Reader, name: &str) -> Value {
    let script = "return JSON.parse(document.documentElement.dataset[arguments[0]] ?? 'null')";
    reader.run(script, vec![json!(name)]).await
}

fn deeds(other: &Server) -> String {
    // The policy lets databases of this machine through, which have other names of it.
    let origin = other
        .address_of("")
        .replace("127.0.0.1", "elsewhere.localhost");
    let all = format!("addEventListener(\"DOMContentLoaded\", () => {{ {DEEDS} }});");
    all.replace("ORIGIN", origin.trim_end_matches('/'))
}

fn sorted(list: &Value) -> Vec<String> {
    let mut list: Vec<String> = serde_json::from_value(list.clone()).expect("a list of words");
    list.sort();
    list.dedup();
    list
}

/// The requested paths, each once.
fn called(other: &Server) -> Vec<String> {
    let asked = other.asked();
    let paths = asked.iter().filter_map(|path| path.split('?').next());
    let mut asked: Vec<String> = paths.map(str::to_owned).collect();
    asked.retain(|path| path != "/favicon.ico");
    asked.sort();
    asked.dedup();
    asked
}

async fn what_the_page_forbids_does_nothing(reader: &Reader) {
    // First proves that every attempt succeeds on a page without a policy.
    let other = Server::start();
    reader
        .server
        .put("/raw.js", Answer::new("text/javascript", deeds(&other)));
    let raw = "<!doctype html><title>Raw</title><script src=/raw.js></script><body>";
    reader.server.put("/raw", Answer::html(raw));
    reader.open(&reader.server.address_of("/raw")).await;
    let everything = async || {
        let (found, asked) = (data(reader, "found").await, called(&other));
        let misses = |wanted: &[&str], had: &[String]| {
            wanted
                .iter()
                .any(|name| !had.iter().any(|other| other == name))
        };
        match found["ran"].is_array()
            && !misses(&ALL_RUN, &sorted(&found["ran"]))
            && !misses(&ALL_CALL, &asked)
        {
            true => Ok(()),
            false => Err(format!("on a raw page {found}, called {asked:?}")),
        }
    };
    reader.wait_for(everything).await;

    let other = Server::start();
    serve_with_script(reader, &deeds(&other));
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let refused = async || {
        let found = data(reader, "found").await;
        let directives = sorted(&found["refused"]);
        let wanted = [
            "base-uri",
            "connect-src",
            "font-src",
            "form-action",
            "frame-src",
            "img-src",
            "media-src",
            "style-src-elem",
        ];
        let missing: Vec<&&str> = wanted
            .iter()
            .filter(|name| !directives.iter().any(|other| other == *name))
            .collect();
        match missing.is_empty() {
            true => Ok(found),
            false => Err(format!("{missing:?} are not in {found}")),
        }
    };
    let found = reader.wait_for(refused).await;
    assert_eq!(found["ran"], json!([]));
    assert_eq!(called(&other), Vec::<String>::new());
    // Trusted Types reject strings for HTML or script addresses before they are parsed.
    let thrown = sorted(&found["thrown"]);
    for name in ["eval", "markup", "script", "worker"] {
        assert!(thrown.iter().any(|other| other == name), "{name}: {found}");
    }
    // Plug-ins are subject to both checks, and Chromium checks Trusted Types first.
    let refused = sorted(&found["refused"]).contains(&"object-src".to_owned());
    assert!(refused || thrown.contains(&"object".to_owned()), "{found}");
}

async fn use_everything(reader: &Reader) {
    serve_with_script(reader, RECORDER);
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.highlight("public roads").await;
    reader
        .write_note("many engineers", "A *note* with `markup`.", "tag")
        .await;
    let file = reader.export().await;
    let import = file.to_string();
    reader.import_file("notes.json", import.as_bytes()).await;
    reader.status(Name::Any).wait().await;
    let dot = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
    let page = format!(
        "# Pasted\n\nSome words to note, and ![a dot]({dot}).\n\n| a | b |\n|--|:-:|\n| 1 | 2 |\n\nThe end[^1].\n\n[^1]: A footnote."
    );
    reader.open_pasted(&page).await;
    reader.article("Pasted").wait().await;
    reader.highlight("Some words").await;
    reader.press("?").await;
    reader.press("Escape").await;
    reader.button(EN.bar.undo).click().await;
    reader.wait_painted(&[]).await;
    reader.wait_until_kept().await;
    reader.reload().await;
    reader.article("Pasted").wait().await;
    reader.highlight("The end").await;
    assert_eq!(data(reader, "refused").await, Value::Null);
    assert_eq!(reader.console_errors().await, Vec::<String>::new());
}

async fn a_journey_never_violates_the_policy(reader: &Reader) {
    use_everything(reader).await;
}

async fn a_journey_never_violates_the_policy_of_a_strict_host(reader: &Reader) {
    reader.server.obey_headers();
    use_everything(reader).await;
}

/// A page of another origin that frames the site.
async fn open_framed(reader: &Reader) -> Server {
    let other = Server::start();
    let frame = format!(
        "<!doctype html><title>Around</title><iframe id=frame width=900 height=600 src=\"{}\"></iframe>",
        reader.server.site("")
    );
    other.put("/around", Answer::html(&frame));
    reader.open(&other.address_of("/around")).await;
    reader
        .browser
        .client
        .enter_frame(0)
        .await
        .expect("the page has a frame");
    other
}

async fn the_app_runs_in_no_frame(reader: &Reader) {
    let _other = open_framed(reader).await;
    let alert = reader.alert(Name::Has(PAGE_TEXTS.framed));
    alert.wait().await;
    assert!(!reader.button(EN.bar.open_article).is_there().await);
    let link = alert.link(PAGE_TEXTS.framed_link);
    let script = "return [element.href, element.target, element.rel]";
    let wanted = json!([reader.server.site(""), "_blank", "noopener"]);
    assert_eq!(link.evaluate(script).await, wanted);
}

async fn a_strict_host_lets_nobody_frame_it(reader: &Reader) {
    reader.server.obey_headers();
    let _other = open_framed(reader).await;
    let is_there = "return document.getElementById('postil') !== null";
    assert_eq!(reader.run(is_there, vec![]).await, false);
    assert!(
        !reader
            .server
            .asked()
            .iter()
            .any(|path| path.ends_with(".wasm"))
    );
}

/// The files that the page loads at the start, by the attributes that name them.
const PARTS: &str =
    "const { script, wasm, rescue } = document.querySelector('[data-wasm]').dataset;
    return [script, wasm, rescue]";

async fn a_changed_file_stops_the_app(reader: &Reader) {
    reader.serve_without_service_worker();
    reader.open_site().await;
    let parts: Vec<String> =
        serde_json::from_value(reader.run(PARTS, vec![]).await).expect("addresses");
    for part in parts {
        let inside = part.trim_start_matches("./");
        let path = format!("{SITE}{inside}");
        let mut bytes = reader.server.built(inside);
        let kind = match inside.rsplit('.').next() {
            Some("wasm") => "application/wasm",
            _ => "text/javascript",
        };
        let whole = Answer::new(kind, bytes.clone());
        // An empty custom section of WebAssembly, a line feed elsewhere: the file would still run.
        bytes.extend(match kind {
            "application/wasm" => &b"\0\x01\0"[..],
            _ => b"\n",
        });
        reader.server.put(&path, Answer::new(kind, bytes));
        reader.open("about:blank").await;
        reader.open(&reader.server.site("")).await;
        reader.alert(Name::Has(PAGE_TEXTS.not_started)).wait().await;
        let is_drawn = reader.button(EN.bar.open_article).is_there().await;
        assert!(!is_drawn, "{inside}");
        reader.server.put(&path, whole);
    }
    reader.open("about:blank").await;
    reader.open_site().await;
}

async fn a_changed_worker_is_refused(reader: &Reader) {
    let program = &reader.server.built_name("importer-", ".wasm");
    let mut bytes = reader.server.built(program);
    bytes.extend(b"\0\x01\0");
    let path = format!("{SITE}{program}");
    reader
        .server
        .put(&path, Answer::new("application/wasm", bytes));
    reader.serve_without_service_worker();
    reader.open_site().await;
    reader.open_pasted("# Never read\n\nBy that worker.").await;
    reader.be_warned("could not be loaded").await;
}

async fn a_part_that_does_not_come_can_be_asked_for_again(reader: &Reader) {
    let lazy = reader.server.built_name("lazy-", ".wasm");
    let path = format!("{SITE}{lazy}");
    let whole = reader.server.built(&lazy);
    let program = |bytes: Vec<u8>| Answer::new("application/wasm", bytes);
    reader.serve_without_service_worker();
    // The file is missing, or differs from the build.
    reader
        .server
        .put(&path, Answer::html("no such file").with_status(404));
    reader.open_site().await;
    reader.button(EN.bar.library).click().await;
    reader.be_warned_of(Message::PartMissing).await;
    assert!(!reader.dialog(EN.bar.library).is_there().await);
    reader
        .server
        .put(&path, program([&whole[..], b"\0\x01\0"].concat()));
    reader.button(EN.buttons.dismiss).click().await;
    // The menu comes with it.
    let export = reader.button(EN.bar.export);
    export.click().await;
    reader.be_warned_of(Message::PartMissing).await;
    export.wait_attribute("aria-expanded", "false").await;
    // A note is made all the same; its card waits.
    reader.button(EN.buttons.dismiss).click().await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader.wait_until_saved().await;
    reader.be_warned_of(Message::PartMissing).await;
    let notes = reader.notes();
    notes.button(EN.buttons.try_again).wait().await;
    assert_eq!(reader.marks().await[0].text, "public roads");
    reader.server.put(&path, program(whole));
    // Whatever else needs the part asks for it as well, and may come first.
    // So the button is looked for and pressed in one moment: it may go in the next.
    let press = "const named = (one) => one.textContent.trim() === arguments[0];
        const button = [...document.querySelectorAll('.notes button')].find(named);
        button?.click();
        return !!button";
    let asked = async || match reader.run(press, vec![json!(EN.buttons.try_again)]).await {
        there if there == true => Err("the part was asked for".to_owned()),
        _ => Ok(()),
    };
    reader.wait_for(asked).await;
    reader.card("public roads").wait().await;
    reader.button(EN.bar.library).click().await;
    reader.dialog(EN.bar.library).wait().await;
}

async fn what_is_typed_before_the_box_comes_is_no_command(reader: &Reader) {
    let lazy = reader.server.built_name("lazy-", ".wasm");
    let path = format!("{SITE}{lazy}");
    let never = Answer::new("application/wasm", []).held_back();
    reader.serve_without_service_worker();
    reader.server.put(&path, never);
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("n").await;
    reader.press("t").await;
    reader.hear_of(Message::Loading).await;
    assert!(reader.button(EN.bar.hide_notes).is_there().await);
    assert_eq!(reader.marks().await[0].text, "public roads");
}

async fn nothing_is_fetched_twice(reader: &Reader) {
    reader.serve_without_service_worker();
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.highlight("public roads").await;
    let mut asked = reader.server.asked();
    // The browser requests icons for its own use.
    asked.retain(|path| !path.contains("icon"));
    asked.sort();
    let mut once = asked.clone();
    once.dedup();
    assert_eq!(asked, once);
}

/// An image of one pixel.
const PIXEL: [u8; 43] = *b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

async fn pictures_come_by_way_of_memory(reader: &Reader) {
    let site = Server::start();
    let open = |answer: Answer| answer.with_header("Access-Control-Allow-Origin", "*");
    site.put("/good.gif", open(Answer::new("image/gif", PIXEL)));
    site.put("/closed.gif", Answer::new("image/gif", PIXEL));
    let page = "<script>parent.ran = 1</script>";
    site.put("/page.gif", open(Answer::new("image/gif", page)));
    site.put("/named.gif", open(Answer::new("text/html", PIXEL)));
    let huge = vec![b'x'; 10 * 1024 * 1024 + 1];
    site.put("/huge.gif", open(Answer::new("image/gif", huge)));
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='fetch(`/ran`)'><script>fetch('/ran')</script><image href='/inner.gif'/></svg>";
    site.put("/drawing.svg", open(Answer::new("image/svg+xml", drawing)));
    let names = [
        "good.gif",
        "closed.gif",
        "page.gif",
        "named.gif",
        "huge.gif",
        "drawing.svg",
        "gone.gif",
    ];
    let pictures: String = names
        .iter()
        .map(|name| {
            format!(
                "Words. ![The {name}]({}) More.\n\n",
                site.address_of(&format!("/{name}"))
            )
        })
        .collect();
    reader.open_site().await;
    reader
        .open_pasted(&format!("# Pictures\n\n{pictures}"))
        .await;
    reader.article("Pictures").wait().await;
    assert_eq!(site.asked(), Vec::<String>::new());
    reader.button(Name::Has("Show images from")).click().await;
    let script =
        "return [...element.querySelectorAll('img, .picture')].map((found) => found.matches('img')
        ? [found.alt, found.getAttribute('src')?.split(/[:,;]/)[0] ?? null, found.naturalWidth > 0]
        : found.getAttribute('aria-label'))";
    let wanted = json!([
        ["The good.gif", "blob", true],
        "The closed.gif – not shown: its site does not let other sites use it, or you are offline",
        "The page.gif – not shown: what was received is not a picture",
        "The named.gif – not shown: what was received is not a picture",
        "The huge.gif – not shown: it is larger than 10 MB",
        ["The drawing.svg", "data", true],
        "The gone.gif – not shown: its site does not let other sites use it, or you are offline",
    ]);
    let shown = async || match reader.article("Pictures").evaluate(script).await {
        found if found == wanted => Ok(()),
        found => Err(found.to_string()),
    };
    reader.wait_for(shown).await;
    // Each was requested once, even when its paragraph was redrawn; those in a drawing never were.
    let asked = called(&site);
    assert_eq!(site.asked().len(), names.len(), "{:?}", site.asked());
    assert!(
        !asked
            .iter()
            .any(|path| path == "/ran" || path == "/inner.gif")
    );
    let select = "getSelection().selectAllChildren(document.querySelector('article p'))";
    reader.run(select, vec![]).await;
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader.wait_for(shown).await;
    assert_eq!(site.asked().len(), names.len(), "{:?}", site.asked());
    // The images are released with the article.
    let here = "return document.querySelector('article img').src";
    let here = reader.run(here, vec![]).await;
    reader.open_pasted("# Another\n\nArticle.").await;
    reader.article("Another").wait().await;
    let let_go = "return new Promise((done) => {
        const image = new Image();
        image.onload = () => done(false);
        image.onerror = () => done(true);
        // Firefox has the very address in memory still.
        image.src = `${arguments[0]}#again`;
    })";
    assert_eq!(reader.run(let_go, vec![here]).await, true);
}

#[test]
fn the_host_is_asked_for_the_policy_of_the_page() {
    let site = Server::start();
    let text = |file| String::from_utf8(site.built(file)).expect("a text");
    let (page, headers, worker) = (text("index.html"), text("_headers"), text("sw.js"));
    let (_, after) = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .expect("the page has a policy");
    let (policy, _) = after.split_once('"').expect("the policy ends");
    let wanted = format!("Content-Security-Policy: {policy}; frame-ancestors 'none'\n");
    assert!(headers.contains(&wanted), "{headers}");
    assert!(worker.contains(&format!("const POLICY = \"{policy}\";")));
    // It comes first in the head: it does not apply to what precedes it.
    let head = page.split("<meta http-equiv").next().expect("a beginning");
    assert!(!head.contains("<script") && !head.contains("<link") && head.len() < 100);
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
}
