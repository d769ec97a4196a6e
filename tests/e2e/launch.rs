//! Arrivals: whatever comes from outside waits for a click, and forged messages never get that far.

use postil::ui::strings::EN;
use postil::ui::strings::page::EN as PAGE_TEXTS;
use postil_testing::reader::WindowHandle;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};
use postil_testing::steps::BUNDLED;

in_both_browsers!(
    an_address_waits_for_a_click,
    shared_words_wait_for_a_click,
    a_page_is_handed_over_once_its_reader_agrees,
    what_is_selected_on_a_page_is_gone_to,
    a_page_that_keeps_windows_apart_needs_two_clicks,
    forged_messages_open_nothing,
    forged_announcements_open_nothing,
);

const PAGE: &str = "<!doctype html><html lang=en><head><title>Of Margins</title><script src=run.js></script></head><body>\
    <button>Go</button><button>Then</button><script>document.body.dataset.ran = 1</script>\
    <form><input type=hidden value=secret><input value='typed secret'><textarea>written secret</textarea></form>\
    <h1>Of Margins</h1><p>A gloss stands in the margin and speaks to its text.</p></body></html>";

/// Another site, whose page runs this script when its button is pressed.
fn site_with(go: &str, headers: &[(&str, &str)]) -> Server {
    let site = Server::start();
    let mut page = Answer::html(PAGE);
    for (name, value) in headers {
        page = page.with_header(name, value);
    }
    site.put("/page.html", page);
    let script = format!(
        "window.alert = (words) => {{ document.documentElement.dataset.said = words; }};\
         addEventListener('DOMContentLoaded', () => {{\
           document.querySelector('button').addEventListener('click', () => {{ {go} }});\
         }});"
    );
    site.put("/run.js", Answer::new("text/javascript", script));
    site
}

/// Every window there is.
async fn windows(reader: &Reader) -> Vec<WindowHandle> {
    let windows = reader.browser.client.windows().await;
    windows.expect("windows")
}

/// Goes to the window that was opened since there were these.
async fn switch_to_new(reader: &Reader, known: &[WindowHandle]) {
    let new = async || {
        let windows = windows(reader).await;
        let new = windows.into_iter().find(|window| !known.contains(window));
        new.ok_or_else(|| "no window was opened".to_owned())
    };
    let new = reader.wait_for(new).await;
    reader.switch_to(&new).await;
}

/// The bookmarklet's program, as the dialog offers it.
async fn bookmarklet(reader: &Reader) -> String {
    let dialog = reader.open_dialog().await;
    let link = dialog.link(EN.bookmarklet.name);
    link.wait().await;
    let address = link.attribute("href").await.unwrap_or_default();
    // Browsers do not take longer ones everywhere.
    assert!(address.len() < 2_000, "{} bytes", address.len());
    // A click on it here runs nothing, and says what it is for.
    link.click().await;
    dialog.status(Name::Has(EN.bookmarklet.hint)).wait().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    let program = address.strip_prefix("javascript:").expect("a program");
    let script = "return decodeURIComponent(arguments[0])";
    let program = reader.run(script, vec![json!(program)]).await;
    program.as_str().expect("a program").to_owned()
}

async fn an_address_waits_for_a_click(reader: &Reader) {
    let site = Server::start();
    let page = Answer::html(PAGE).with_header("Access-Control-Allow-Origin", "*");
    site.put("/page.html", page);
    let address = site.address_of("/page.html");
    let with_address = reader.server.site(&format!("?url={address}"));
    reader.open(&with_address).await;
    reader.wait_for_question(&address).await;
    reader.question().button(EN.buttons.cancel).click().await;
    reader.question().wait_gone().await;
    assert_eq!(site.asked(), Vec::<String>::new());
    assert_eq!(reader.run("return location.search", vec![]).await, "");

    reader.open(&with_address).await;
    reader.wait_for_question(&address).await;
    reader.question().button(EN.buttons.open).click().await;
    reader.article("Of Margins").wait().await;
    assert_eq!(site.asked(), ["/page.html"]);
    assert_eq!(reader.run("return location.search", vec![]).await, "");
}

async fn shared_words_wait_for_a_click(reader: &Reader) {
    let shared = "?title=From+elsewhere&text=Some%20words%20that%20were%20shared.";
    reader.open(&reader.server.site(shared)).await;
    reader.wait_for_question("From elsewhere").await;
    reader.question().button(EN.buttons.open).click().await;
    reader.hear("Opened").await;
    assert!(reader.article_text().await.contains("that were shared"));
}

async fn a_page_is_handed_over_once_its_reader_agrees(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let program = bookmarklet(reader).await;
    let policy = "default-src 'none'; script-src 'self'";
    let site = site_with(&program, &[("Content-Security-Policy", policy)]);
    let known = reader.known_articles().await;
    reader.open(&site.address_of("/page.html")).await;
    let known_windows = windows(reader).await;
    reader.button("Go").click().await;
    switch_to_new(reader, &known_windows).await;
    reader
        .wait_for_question("Import “Of Margins”, 1 kB, from 127.0.0.1")
        .await;
    assert_eq!(reader.known_articles().await, known, "nothing is kept yet");
    reader.question().button(EN.buttons.import).click().await;
    reader.article("Of Margins").wait().await;
    let text = reader.article_text().await;
    assert!(
        text.contains("A gloss stands") && !text.contains("secret"),
        "{text}"
    );
    assert!(reader.main(Name::Any).text().await.contains("/page.html"));
    reader.highlight("speaks to its text").await;
    reader.reload().await;
    reader.article("Of Margins").wait().await;
    assert!(!reader.question().is_there().await);
}

async fn what_is_selected_on_a_page_is_gone_to(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let program = bookmarklet(reader).await;
    let site = Server::start();
    let glosses: String = (1..=90)
        .map(|number| format!("<p>Gloss <b>{number}</b> stands in its<sup><a href='#note'>1</a></sup> margin.</p>\n<p>Below it there is room.</p>\n"))
        .collect();
    let page = format!(
        "<!doctype html><title>Glosses</title><script src=run.js></script><h1>Glosses</h1>{glosses}<ol><li id=note>As all of them do.</li></ol>"
    );
    site.put("/page.html", Answer::html(&page));
    // Like a bookmark, a key leaves the selection as it is.
    let run = format!("addEventListener('keydown', () => {{ {program} }});");
    site.put("/run.js", Answer::new("text/javascript", run));
    reader.open(&site.address_of("/page.html")).await;
    // Across paragraphs and a footnote mark, which is not part of the text here.
    let selected = reader.select_text("61 stands", "Below it").await;
    assert!(
        selected.starts_with("61 stands in its1 margin."),
        "{selected}"
    );
    let known = windows(reader).await;
    reader.press("b").await;
    switch_to_new(reader, &known).await;
    reader.wait_for_question("Import “Glosses”").await;
    reader.question().button(EN.buttons.import).click().await;
    reader.article("Glosses").wait().await;
    let there = async || {
        let script = "const leaves = [...document.querySelectorAll('article [data-b]')];
            const leaf = leaves.find(({ textContent }) => textContent === 'Gloss 61 stands in its margin.');
            return leaf.getBoundingClientRect().top / innerHeight";
        match reader.run(script, vec![]).await.as_f64() {
            Some(share) if (0.05..0.3).contains(&share) => Ok(()),
            share => Err(format!("it is at {share:?} of the window")),
        }
    };
    reader.wait_for(there).await;
    // The selection is where reading continues; no note is made.
    assert_eq!(reader.marks().await, []);
    reader.highlight("61 stands").await;
}

async fn a_page_that_keeps_windows_apart_needs_two_clicks(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let program = bookmarklet(reader).await;
    let apart = [("Cross-Origin-Opener-Policy", "same-origin")];
    let site = site_with(&program, &apart);
    reader.open(&site.address_of("/page.html")).await;
    let page = reader.this_tab().await;
    reader.button("Go").click().await;
    let said = async || {
        let script = "return document.documentElement.dataset.said ?? ''";
        match reader.run(script, vec![]).await {
            Value::String(said) if said == PAGE_TEXTS.page_kept_apart => Ok(()),
            said => Err(format!("it says {said}")),
        }
    };
    reader.wait_for(said).await;
    let windows = windows(reader).await;
    reader.switch_to(&page).await;
    reader.button("Go").click().await;
    switch_to_new(reader, &windows).await;
    reader
        .wait_for_question("claims to be from 127.0.0.1")
        .await;
    reader.question().button(EN.buttons.import).click().await;
    reader.article("Of Margins").wait().await;
    assert!(!reader.article_text().await.contains("secret"));
}

/// Messages that violate the protocol, followed by the right one.
const FORGED: &str = r#"
    const nonce = "0123456789abcdef0123456789abcdef";
    const page = { v: 1, t: "page", n: nonce, url: location.href, title: "True", html: "<h1>True</h1><p>words", selection: "" };
    const false_ones = [
        null, undefined, 1, true, "page", [], {}, JSON.stringify(page), [page], { page },
        { ...page, v: undefined }, { ...page, v: "1" }, { ...page, v: 2 }, { ...page, t: "ready" }, { ...page, t: ["page"] },
        { ...page, n: "" }, { ...page, n: nonce.toUpperCase() }, { ...page, n: [nonce] }, { ...page, n: nonce + "0" },
        { ...page, url: "" }, { ...page, url: "javascript:alert(1)" }, { ...page, url: "https://example.org/" },
        { ...page, url: location.href.replace("//", "//x@") }, { ...page, url: { href: location.href } },
        { ...page, title: undefined }, { ...page, title: { toString: undefined } }, { ...page, html: undefined },
        { ...page, html: " " }, { ...page, html: ["<p>x"] }, { ...page, selection: 1 },
    ];
    let sent = 0;
    addEventListener("message", (event) => {
        if (sent++) return;
        for (const message of false_ones) event.source.postMessage(message, "*");
        document.documentElement.dataset.sent = false_ones.length;
        document.querySelectorAll("button")[1].addEventListener("click", () => event.source.postMessage(page, "*"));
    });
    open("APP#/import/" + nonce + "/" + encodeURIComponent(location.origin));
"#;

async fn forged_messages_open_nothing(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let known = reader.known_articles().await;
    let go = FORGED.replace("APP", &reader.server.site(""));
    let site = site_with(&go, &[]);
    reader.open(&site.address_of("/page.html")).await;
    let page = reader.this_tab().await;
    reader.button("Go").click().await;
    let sent = async || match reader
        .run("return document.documentElement.dataset.sent ?? ''", vec![])
        .await
    {
        sent if sent == "30" => Ok(()),
        sent => Err(format!("{sent} were sent")),
    };
    reader.wait_for(sent).await;
    switch_to_new(reader, std::slice::from_ref(&page)).await;
    let app = reader.this_tab().await;
    // The app still waits for the page, and offers no import.
    reader.wait_for_question("Waiting for the page from").await;
    assert!(!reader.question().button(EN.buttons.import).is_there().await);
    assert_eq!(reader.known_articles().await, known);
    reader.switch_to(&page).await;
    reader.button("Then").click().await;
    reader.switch_to(&app).await;
    reader.wait_for_question("Import “True”").await;
    reader.question().button(EN.buttons.cancel).click().await;
    reader.question().wait_gone().await;
    assert_eq!(reader.known_articles().await, known);
    reader.article(BUNDLED).wait().await;
}

async fn forged_announcements_open_nothing(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let known = reader.known_articles().await;
    for hash in [
        "#/import/",
        "#/import/0123456789abcdef0123456789abcdef",
        "#/import/0123456789abcdef0123456789abcdef/https%3A%2F%2Fexample.org",
        "#/import-data/",
        "#/import-data/AAAA",
        "#/import-data/%3Cp%3E",
    ] {
        reader.open("about:blank").await;
        reader.open(&reader.server.site(hash)).await;
        reader.wait_for_question("cannot be read").await;
        reader.question().button(EN.buttons.cancel).click().await;
        reader.question().wait_gone().await;
        assert_eq!(reader.known_articles().await, known, "{hash}");
    }
}
