//! Without a network: what the service worker caches and rejects, and how a new version arrives.

use postil::ui::strings::EN;
use postil::ui::strings::page::{DE as GERMAN_PAGE_TEXTS, EN as PAGE_TEXTS};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use postil_testing::driver::Engine;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, SITE};

in_both_browsers!(
    after_one_visit_nothing_needs_the_network,
    what_was_changed_in_the_cache_is_mended_or_refused,
    a_new_version_is_offered_and_never_forced,
    other_files_of_the_origin_are_left_alone,
    a_site_that_was_built_wrong_is_not_kept,
    the_app_can_be_installed,
);

/// The caches of this site with their content: `[cache, address]`.
const KEPT: &str = "const names = await caches.keys();
    const lists = names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => [name, url]));
    return (await Promise.all(lists)).flat();";

/// Loads the page anew as a reader does: Firefox's driver does it past the service worker.
async fn load_again(reader: &Reader) {
    let script = "window.left = true; setTimeout(() => location.reload())";
    reader.run(script, vec![]).await;
    let look = async || match reader.try_run("return window.left ?? false", vec![]).await {
        Ok(left) if left == false => Ok(()),
        _ => Err("the old page is still there".to_owned()),
    };
    reader.wait_for(look).await;
}

async fn run_waiting(reader: &Reader, script: &str, arguments: Vec<Value>) -> Value {
    let script = script.replace("arguments[", "given[");
    let script = format!("return (async (...given) => {{ {script} }})(...arguments)");
    reader.run(&script, arguments).await
}

/// Puts other bytes in the place of a kept file, with headers of its own.
async fn tamper(reader: &Reader, inside: &str, text: &str) {
    let script = "const address = new URL(arguments[0], document.baseURI).href;
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            if (await cache.match(address)) await cache.put(address, new Response(arguments[1], { headers: { 'Content-Type': 'text/html' } }));
        }";
    run_waiting(reader, script, vec![json!(inside), json!(text)]).await;
}

/// The bytes of a kept file as text.
async fn kept(reader: &Reader, inside: &str) -> String {
    let script = "const answer = await caches.match(new URL(arguments[0], document.baseURI).href);
        return answer ? answer.text() : '';";
    let text = run_waiting(reader, script, vec![json!(inside)]).await;
    text.as_str().unwrap_or_default().to_owned()
}

/// Serves a later version of the app: its page says which.
fn serve_version(reader: &Reader, version: &str) {
    let text = |file| String::from_utf8(reader.server.built(file)).expect("a text");
    let (page, worker) = (text("index.html"), text("sw.js"));
    let new_page = page.replacen(
        "<title>",
        &format!("<meta name=version content={version}><title>"),
        1,
    );
    let new_worker = worker
        .replace(&digest(page.as_bytes()), &digest(new_page.as_bytes()))
        .replacen(
            "const VERSION = \"",
            &format!("const VERSION = \"{version}"),
            1,
        );
    assert!(new_page != page && new_worker.contains(&digest(new_page.as_bytes())));
    let path = |inside: &str| format!("{SITE}{inside}");
    for place in ["", "index.html"] {
        reader.server.put(&path(place), Answer::html(&new_page));
    }
    let script = Answer::new("text/javascript", new_worker);
    reader.server.put(&path("sw.js"), script);
}

/// The version that the page is of; nothing where it is the first.
async fn version(reader: &Reader) -> Value {
    let script = "return document.querySelector('meta[name=version]')?.content ?? null";
    reader.run(script, vec![]).await
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn after_one_visit_nothing_needs_the_network(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.wait_until_kept().await;
    reader.server.be_silent(true);
    // During the first visit, and with the worker, which was never loaded before.
    reader.highlight("public roads").await;
    let file = reader.export().await.to_string();

    for address in ["", "index.html", "?from=somewhere#there"] {
        reader.open(&reader.server.site(address)).await;
        reader.article(Name::Any).wait().await;
        reader.wait_painted(&["public roads"]).await;
    }
    reader
        .open_pasted("# Offline\n\nRead on a *train*, in a tunnel.")
        .await;
    reader.article("Offline").wait().await;
    reader
        .write_note("in a tunnel", "A **dark** one.", "")
        .await;
    reader
        .open_file("page.html", b"<h1>From a file</h1><p>Words.</p>")
        .await;
    reader.article("From a file").wait().await;
    reader.import_file("notes.json", file.as_bytes()).await;
    reader.hear("already").await;
    load_again(reader).await;
    reader.article("From a file").wait().await;
}

async fn what_was_changed_in_the_cache_is_mended_or_refused(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("public roads").await;
    reader.wait_until_kept().await;
    let script = "return document.querySelector('[data-script]').dataset.script";
    let glue = reader.run(script, vec![]).await;
    let glue = glue.as_str().expect("the glue's name").to_owned();
    let page = String::from_utf8(reader.server.built("index.html")).expect("a page");
    let evil = "<!doctype html><title>Changed</title><h1>Changed</h1>";

    // With a network it is fetched anew, and what is kept is whole again.
    tamper(reader, "./index.html", evil).await;
    tamper(reader, &glue, "throw new Error('changed')").await;
    load_again(reader).await;
    reader.wait_painted(&["public roads"]).await;
    assert_eq!(kept(reader, "./index.html").await, page);
    let built = reader.server.built(glue.trim_start_matches("./"));
    assert_eq!(kept(reader, &glue).await.as_bytes(), built);

    // Without a network it is rejected, with a message.
    reader.server.be_silent(true);
    tamper(reader, &glue, "document.title = 'changed'").await;
    load_again(reader).await;
    reader.alert(Name::Has(PAGE_TEXTS.not_started)).wait().await;
    tamper(reader, "./index.html", evil).await;
    load_again(reader).await;
    reader.heading(PAGE_TEXTS.refused).wait().await;

    // Files that were changed on the host as well are rejected too.
    reader.server.be_silent(false);
    for place in ["", "index.html"] {
        reader
            .server
            .put(&format!("{SITE}{place}"), Answer::html(evil));
    }
    load_again(reader).await;
    reader.heading(PAGE_TEXTS.refused).wait().await;
    for place in ["", "index.html"] {
        reader
            .server
            .put(&format!("{SITE}{place}"), Answer::html(&page));
    }
    load_again(reader).await;
    reader.wait_painted(&["public roads"]).await;
}

/// Waits until a new version is installed and waiting.
const NEXT_WAITS: &str = "const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    for (let look = 0; look < 400 && !registration.waiting; look++) await new Promise((done) => setTimeout(done, 50));
    return registration.waiting?.state ?? 'none';";

async fn a_new_version_is_offered_and_never_forced(reader: &Reader) {
    reader.open_site().await;
    reader.wait_until_kept().await;
    let first = reader.this_tab().await;
    let second = reader.new_tab().await;
    reader.open_site().await;
    reader.switch_to(&first).await;
    let is_told = "There is a new version of Postil";

    // A reader who is writing is not interrupted.
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    reader.note_box().type_text("half a thought").await;
    serve_version(reader, "2");
    assert_eq!(run_waiting(reader, NEXT_WAITS, vec![]).await, "installed");
    let heard =
        "return 'postilUpdate' in window || 'postilUpdate' in (window.wrappedJSObject ?? {})";
    let heard = async || match reader.run(heard, vec![]).await {
        there if there == true => Ok(()),
        _ => Err("nobody has offered the new version"),
    };
    reader
        .wait_for(async || heard().await.map_err(str::to_owned))
        .await;
    assert!(!reader.status(Name::Has(is_told)).is_there().await);
    assert_eq!(reader.note_box().value().await, "half a thought");
    reader.button(EN.buttons.save).click().await;
    reader.hear(is_told).await;
    reader.wait_until_saved().await;
    // A reload alone does not take it.
    load_again(reader).await;
    reader.hear(is_told).await;
    assert_eq!(version(reader).await, Value::Null);

    reader.button(EN.notices.update).click().await;
    let is_new = async || match version(reader).await {
        version if version == "2" => Ok(()),
        version => Err(format!("the page is of version {version}")),
    };
    reader.wait_for(is_new).await;
    reader.wait_painted(&["public roads"]).await;
    assert!(!reader.button(EN.notices.update).is_there().await);
    let caches = run_waiting(reader, KEPT, vec![]).await;
    let mut caches: Vec<&str> = caches
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|pair| pair[0].as_str())
        .collect();
    caches.dedup();
    assert_eq!(caches.len(), 1, "old versions are let go: {caches:?}");

    // The other tab is notified, and keeps running until its reader agrees.
    reader.switch_to(&second).await;
    reader.hear(is_told).await;
    assert_eq!(version(reader).await, Value::Null);
    reader.wait_painted(&["public roads"]).await;
    reader.button(EN.notices.update).click().await;
    reader.wait_for(is_new).await;
    reader.server.be_silent(true);
    load_again(reader).await;
    reader.wait_painted(&["public roads"]).await;
    assert_eq!(version(reader).await, "2");
}

async fn other_files_of_the_origin_are_left_alone(reader: &Reader) {
    reader.open_site().await;
    reader.wait_until_kept().await;
    let path = |inside: &str| format!("{SITE}{inside}");
    for inside in ["other.txt", "icon.svg", "other/index.html"] {
        let answer = Answer::new("text/plain", "from the host");
        reader.server.put(&path(inside), answer);
    }
    let script = "return (await fetch(arguments[0], arguments[1])).text()";
    let get = async |inside: &str, options: Value| {
        let arguments = vec![json!(inside), options];
        run_waiting(reader, script, arguments).await
    };
    // Another app's file, another query, another method: from the host. Own files: from the cache.
    for (inside, options) in [
        ("./other.txt", json!({})),
        ("./icon.svg?other", json!({})),
        ("./icon.svg", json!({ "method": "POST" })),
        ("./other/index.html", json!({})),
    ] {
        assert_eq!(get(inside, options).await, "from the host", "{inside}");
    }
    let own = get("./icon.svg", json!({})).await;
    assert!(own.as_str().is_some_and(|text| text.starts_with("<svg")));
    reader.open(&reader.server.site("other/index.html")).await;
    let text = reader.run("return document.body.textContent", vec![]).await;
    assert_eq!(text, "from the host");
}

async fn a_site_that_was_built_wrong_is_not_kept(reader: &Reader) {
    let icon = Answer::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    reader.server.put(&format!("{SITE}icon.svg"), icon);
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let script = "let state = 'never came';
        for (let look = 0; look < 200; look++) {
            const registration = await navigator.serviceWorker.getRegistration();
            if (registration?.active) return 'kept';
            if (registration) state = 'came';
            if (!registration && state === 'came') return 'went';
            await new Promise((done) => setTimeout(done, 50));
        }
        return state;";
    let state = run_waiting(reader, script, vec![]).await;
    assert_ne!(state, "kept");
    assert!(reader.server.asked().contains(&format!("{SITE}icon.svg")));
    // The app still works.
    reader.highlight("public roads").await;
}

/// Width and height of a PNG file, <https://www.w3.org/TR/png-3/#11IHDR>.
fn size_of(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    assert!(png.starts_with(b"\x89PNG"));
    (number(16), number(20))
}

/// Size limit of an icon or a screenshot, in bytes.
const LARGEST: usize = 60 * 1024;

async fn the_app_can_be_installed(reader: &Reader) {
    let manifest: Value =
        serde_json::from_slice(&reader.server.built("manifest.webmanifest")).expect("JSON");
    // Each language is one that a browser would look for.
    assert_eq!(manifest["description"], PAGE_TEXTS.description);
    assert_eq!(
        manifest["description_localized"],
        json!({ "de": GERMAN_PAGE_TEXTS.description })
    );
    let list = |name: &str| manifest[name].as_array().expect("a list").clone();
    for image in [list("icons"), list("screenshots")].concat() {
        let file = image["src"].as_str().expect("an address");
        let bytes = reader.server.built(file.trim_start_matches("./"));
        assert!(bytes.len() <= LARGEST, "{file} has {} bytes", bytes.len());
        if file.ends_with(".png") {
            let (width, height) = size_of(&bytes);
            assert_eq!(image["sizes"], format!("{width}x{height}"), "{file}");
        }
    }
    reader.open_site().await;
    reader.wait_until_kept().await;
    if reader.engine == Engine::Chromium {
        let errors = reader
            .devtools("Page.getInstallabilityErrors", json!({}))
            .await;
        assert_eq!(errors["installabilityErrors"], json!([]));
        let read = reader.devtools("Page.getAppManifest", json!({})).await;
        assert_eq!(read["errors"], json!([]));
    }
}
