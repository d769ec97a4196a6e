//! Sharing: what another app sends to the installed one, and what links bring, stays in the browser
//! and waits for a click.

use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};

in_both_browsers!(
    shared_words_and_files_wait_for_a_click,
    what_is_shared_stays_in_the_browser_and_is_read_once,
    hostile_and_huge_shares_are_harmless,
    a_link_with_notes_brings_them_to_another_reader,
    a_link_leads_to_a_passage,
    what_does_not_fit_into_a_link_is_a_file,
);

/// Another site's page with the form that a system would send by the manifest: any site can.
const FORM: &str = "<!doctype html><html lang=en><title>Another app</title>
    <form action='ACTION' method=post enctype='multipart/form-data'>
    <input name=title><textarea name=text></textarea><input name=url><input type=file name=file multiple>
    <button>Share</button></form>";

/// Opens the site, and waits until its service worker is there.
async fn install(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.wait_until_kept().await;
    reader.server.forget();
}

/// Fills the form on another site's page by a script that has it as `form`, and sends it.
async fn share(reader: &Reader, site: &Server, fill: &str, arguments: Vec<Value>) {
    let manifest: Value =
        serde_json::from_slice(&reader.server.built("manifest.webmanifest")).expect("JSON");
    let action = manifest["share_target"]["action"].as_str();
    let action = action.expect("an action").trim_start_matches("./");
    let page = FORM.replace("ACTION", &reader.server.site(action));
    site.put("/app.html", Answer::html(&page));
    reader.open(&site.address_of("/app.html")).await;
    let script = format!(
        "const form = document.querySelector('form'), {{ title, text, url, file }} = form.elements;
         const give = (...files) => {{
             const transfer = new DataTransfer();
             for (const one of files) transfer.items.add(one);
             file.files = transfer.files;
         }};
         {fill}"
    );
    reader.run(&script, arguments).await;
    reader.button("Share").click().await;
}

async fn agree(reader: &Reader) {
    reader.question().button(EN.buttons.open).click().await;
    reader.question().wait_gone().await;
}

async fn decline(reader: &Reader) {
    reader.question().button(EN.buttons.cancel).click().await;
    reader.question().wait_gone().await;
}

/// Waits until nothing that was shared is kept any more.
async fn wait_until_none_is_kept(reader: &Reader) {
    let script =
        "return caches.keys().then((names) => names.filter((name) => name.endsWith('shared')))";
    let look = async || match reader.run(script, vec![]).await {
        names if names == json!([]) => Ok(()),
        names => Err(format!("{names} are still kept")),
    };
    reader.wait_for(look).await;
}

async fn shared_words_and_files_wait_for_a_click(reader: &Reader) {
    install(reader).await;
    let app = Server::start();
    let known = reader.known_articles().await;
    let words = "title.value = 'From elsewhere'; text.value = 'Some words that were shared,\\nü 字 and 👋🏽.';";
    share(reader, &app, words, vec![]).await;
    reader.wait_for_question("From elsewhere").await;
    decline(reader).await;
    assert_eq!(reader.known_articles().await, known, "nothing is kept yet");
    share(reader, &app, words, vec![]).await;
    reader.wait_for_question("From elsewhere").await;
    assert_eq!(reader.known_articles().await, known, "nor by now");
    agree(reader).await;
    reader.hear("Opened").await;
    let text = reader.article_text().await;
    assert!(text.contains("that were shared,\nü 字 and 👋🏽."), "{text}");

    // Some apps share an address as text, others as an address.
    let there = app.address_of("/there.html");
    let page = "<!doctype html><title>There</title><h1>There</h1><p>Words from there.";
    let page = Answer::html(page).with_header("Access-Control-Allow-Origin", "*");
    app.put("/there.html", page);
    for field in ["text", "url"] {
        app.forget();
        let fill = format!("{field}.value = arguments[0]");
        share(reader, &app, &fill, vec![json!(there)]).await;
        reader.wait_for_question(&format!("Fetch {there}")).await;
        assert!(!app.asked().contains(&"/there.html".to_owned()));
        decline(reader).await;
    }

    let files = [
        ("Glosses.md", "# Glosses\n\nIn *Markdown*.", "In Markdown."),
        ("b.html", "<h1>Glosses</h1><p>In <b>HTML</b>.", "In HTML."),
        ("c.txt", "Glosses\n\nIn plain words.", "In plain words."),
    ];
    for (name, content, shown) in files {
        let fill = "give(new File([arguments[1]], arguments[0])); title.value = 'Beside it'";
        let given = vec![json!(name), json!(content)];
        share(reader, &app, fill, given).await;
        let question = format!("Open “{name}”, 1 kB, which was shared");
        reader.wait_for_question(&question).await;
        agree(reader).await;
        reader.hear("Opened").await;
        let text = reader.article_text().await;
        assert!(text.contains(shown), "{text:?} of {name}");
    }
    let two = "give(new File(['# One'], 'one.md'), new File(['# Two'], 'two.md'))";
    share(reader, &app, two, vec![]).await;
    reader.wait_for_question("the first of 2 files").await;
    agree(reader).await;
    reader.article("One").wait().await;
}

async fn what_is_shared_stays_in_the_browser_and_is_read_once(reader: &Reader) {
    install(reader).await;
    let app = Server::start();
    share(reader, &app, "text.value = 'Only for these eyes.'", vec![]).await;
    reader.wait_for_question("Open the text").await;
    // Nobody was told of it, and nothing is left of it but what waits here.
    wait_until_none_is_kept(reader).await;
    let asked = reader.server.asked();
    assert!(
        !asked.iter().any(|path| path.contains("share")),
        "{asked:?}"
    );
    let address = reader.run("return location.href", vec![]).await;
    assert!(!address.to_string().contains("eyes"), "{address}");
    // Whoever goes back to where it was does not find it again.
    decline(reader).await;
    reader.open(&reader.server.site("#/shared/0123")).await;
    reader.reload().await;
    reader.wait_for_question("cannot be read").await;
    decline(reader).await;
    // What comes in the app's own address is asked about as ever.
    reader
        .open(&reader.server.site("?text=Words%20in%20the%20address."))
        .await;
    reader.wait_for_question("Open the text").await;
    agree(reader).await;
    reader.hear("Opened").await;
}

async fn hostile_and_huge_shares_are_harmless(reader: &Reader) {
    install(reader).await;
    reader.highlight("public roads").await;
    let app = Server::start();
    let known = reader.known_articles().await;
    let refused = [
        // Nothing; too much; another kind of form; a form with other fields.
        ("", "cannot be read"),
        (
            "give(new File(Array(65).fill(new Uint8Array(1 << 20)), 'huge.txt'))",
            "too large to receive",
        ),
        (
            "form.enctype = 'text/plain'; text.value = 'words'",
            "cannot be read",
        ),
        (
            "text.name = 'html'; text.value = '<p>words'",
            "cannot be read",
        ),
        (
            "give(new File(['words'], 'x'.repeat(9000) + '.txt'))",
            "cannot be read",
        ),
    ];
    for (fill, said) in refused {
        share(reader, &app, fill, vec![]).await;
        reader.wait_for_question(said).await;
        assert!(
            !reader.question().button(EN.buttons.open).is_there().await,
            "{fill}"
        );
        decline(reader).await;
        wait_until_none_is_kept(reader).await;
    }
    // Large, with a very long title, and with much in it that might run.
    // The box is hidden because a browser would take a minute to draw it.
    let fill = "text.hidden = true;
        text.value = '<h1>Shared</h1><img src=x onerror=\"window.ran = 1\"><script>window.ran = 1</script>'
            + '<p>words</p>'.repeat(1e6);
        title.value = '<img src=x onerror=window.ran=1>'.repeat(200)";
    share(reader, &app, fill, vec![]).await;
    reader.wait_for_question("Open “<img src=x").await;
    assert_eq!(reader.known_articles().await, known, "nothing is kept yet");
    agree(reader).await;
    reader.be_warned("without its end").await;
    assert!(reader.article_text().await.starts_with("Shared\nwords\n"));
    let ran = reader.run("return window.ran ?? null", vec![]).await;
    assert_eq!(ran, Value::Null);
    // The earlier articles are still there.
    reader.open_site().await;
    let library = reader.open_library().await;
    library
        .listitem(Name::Has("Karpathy"))
        .button(Name::Has("Karpathy"))
        .click()
        .await;
    reader.wait_painted(&["public roads"]).await;
    let asked = reader.server.asked();
    assert!(
        !asked.iter().any(|path| path.contains("share")),
        "{asked:?}"
    );
}

/// Serves an article that any site may read, and opens it by its address.
async fn open_served(reader: &Reader, site: &Server) -> String {
    let page = "<!doctype html><title>Tides</title><h1>Tides</h1>
        <p>The tide comes in twice a day.<p>Nobody keeps it out for long.";
    let page = Answer::html(page).with_header("Access-Control-Allow-Origin", "*");
    site.put("/tides.html", page);
    let address = site.address_of("/tides.html");
    reader.open_address(&address).await;
    reader.article("Tides").wait().await;
    address
}

/// Has what is copied kept: drivers cannot read the clipboard in every browser.
async fn catch_copies(reader: &Reader) {
    let catch = "navigator.clipboard.writeText = async (words) => { window.caught = words }";
    reader.run(catch, vec![]).await;
}

/// Waits until something that contains these words is copied.
async fn wait_for_copy(reader: &Reader, words: &str) -> String {
    let look = async || match reader.run("return window.caught ?? ''", vec![]).await {
        Value::String(copied) if copied.contains(words) => Ok(copied),
        other => Err(format!("{other} is copied")),
    };
    reader.wait_for(look).await
}

async fn choose_in_export(reader: &Reader, item: &str) {
    reader.button(EN.bar.export).click().await;
    reader.menu(EN.bar.export).menuitem(item).click().await;
    reader.menu(EN.bar.export).wait_gone().await;
}

/// Follows a link as if in a new tab.
async fn follow(reader: &Reader, link: &str) {
    reader.open(link).await;
    reader.reload().await;
}

async fn a_link_with_notes_brings_them_to_another_reader(reader: &Reader) {
    reader.open_site().await;
    let site = Server::start();
    open_served(reader, &site).await;
    reader
        .write_note("twice a day", "Is it? §7", "sea, to read")
        .await;
    reader.highlight("for long").await;
    reader.press("Escape").await;
    catch_copies(reader).await;
    choose_in_export(reader, EN.sharing.label).await;
    let dialog = reader.dialog(EN.sharing.label);
    dialog.status(Name::Has("The link has")).wait().await;
    reader.expect_accessible().await;
    dialog.button(EN.sharing.copy).click().await;
    let link = wait_for_copy(reader, "#/import-notes/").await;
    assert!(link.len() < 2_000, "{link}");
    let told = dialog.status(Name::Any).text().await;
    assert!(told.contains(&link.len().to_string()), "{told}");

    // Another reader, who has nothing of it, is asked first.
    reader.forget_everything().await;
    let known = reader.known_articles().await;
    site.forget();
    follow(reader, &link).await;
    reader.wait_for_question("brings 2 notes on “Tides”").await;
    reader.expect_accessible().await;
    assert_eq!(reader.known_articles().await, known, "nothing is kept yet");
    assert!(!site.asked().contains(&"/tides.html".to_owned()));
    reader
        .question()
        .button(EN.sharing.open_article)
        .click()
        .await;
    reader.question().wait_gone().await;
    reader.article("Tides").wait().await;
    reader.wait_painted(&["twice a day", "for long"]).await;
    let card = reader.card("twice a day");
    assert!(card.text().await.contains("Is it? §7"));
    card.list(EN.editor.tags).listitem("sea").wait().await;
    // It is not asked again, and the same link adds nothing twice.
    reader.reload().await;
    reader.wait_painted(&["twice a day", "for long"]).await;
    assert!(!reader.question().is_there().await);
    follow(reader, &link).await;
    reader.question().button(EN.buttons.import).click().await;
    reader.hear("already").await;
    assert_eq!(reader.note_records().await.len(), 2);
    // One that was cut off on its way says so, and takes nothing away.
    follow(reader, &link[..link.len() - 40]).await;
    reader.wait_for_question("cut off").await;
    assert!(!reader.question().button(EN.buttons.import).is_there().await);
    decline(reader).await;
    reader.wait_painted(&["twice a day", "for long"]).await;
}

async fn a_link_leads_to_a_passage(reader: &Reader) {
    reader.open_site().await;
    let site = Server::start();
    let address = open_served(reader, &site).await;
    catch_copies(reader).await;
    reader.take_hold("keeps it", "out").await;
    choose_in_export(reader, EN.sharing.copy_passage).await;
    let link = wait_for_copy(reader, "#:~:text=").await;
    assert_eq!(link, format!("{address}#:~:text=keeps%20it%20out"));
    reader.take_hold("keeps it", "out").await;
    choose_in_export(reader, EN.sharing.copy_postil).await;
    let link = wait_for_copy(reader, "#/import-passage/").await;

    reader.forget_everything().await;
    site.forget();
    follow(reader, &link).await;
    reader.wait_for_question("keeps it out").await;
    assert!(!site.asked().contains(&"/tides.html".to_owned()));
    agree(reader).await;
    reader.article("Tides").wait().await;
}

/// A text that hardly shrinks.
fn noise(count: usize) -> String {
    let mut state = 7_u32;
    let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(letters[(state >> 20) as usize % letters.len()])
    };
    (0..count).map(next).collect()
}

async fn what_does_not_fit_into_a_link_is_a_file(reader: &Reader) {
    reader.open_site().await;
    let site = Server::start();
    let address = open_served(reader, &site).await;
    let file = json!([{
        "type": "Annotation",
        "target": { "source": address, "selector": { "type": "TextQuoteSelector", "exact": "twice a day" } },
        "body": { "type": "TextualBody", "purpose": "commenting", "value": noise(60_000) },
    }]);
    reader
        .import_file("noise.json", file.to_string().as_bytes())
        .await;
    reader.wait_painted(&["twice a day"]).await;
    choose_in_export(reader, EN.sharing.label).await;
    let dialog = reader.dialog(EN.sharing.label);
    dialog.status(Name::Has("do not fit")).wait().await;
    assert!(!dialog.button(EN.sharing.copy).is_there().await);
    dialog.button(EN.sharing.file).click().await;
    let file = reader.wait_for_download("*.json").await;
    assert!(file.text().contains(&noise(100)));
}
