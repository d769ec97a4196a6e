//! "Synchronise": two devices come into step through a server, which cannot read the notes; and what is
//! wrong with a server is told.

use std::collections::BTreeSet;

use postil::model::notice::Message;
use postil::model::sync::trouble::Trouble;

use postil_testing::couch::Couch;
use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::{in_both_browsers, in_both_languages, in_chromium};
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};
use postil_testing::steps::BUNDLED;
use postil_testing::synchronising::{PASSPHRASE, close, enter, join, open_section, says, words};
use serde_json::{Value, json};

in_chromium!(Setup::default() =>
    two_devices_come_into_step_and_the_server_cannot_read,
);

in_both_browsers!(
    a_link_joins_another_device,
    another_passphrase_is_asked_for_on_other_devices,
);

in_both_languages!(
    what_goes_wrong_later_is_told_once_and_loses_nothing,
    what_is_wrong_with_a_server_is_told,
    who_leaves_keeps_the_notes_and_no_password,
);

async fn two_devices_come_into_step_and_the_server_cannot_read(reader: &Reader) {
    let mut couch = Couch::start();
    let address = couch.address_of("notes");
    reader.open_site().await;
    reader
        .write_note("public roads", "Unpublished thoughts", "secret-tag")
        .await;
    join(reader, &address).await;

    // Another browser of another make, with a profile of its own.
    let other = Reader::start(Engine::Firefox, Setup::default()).await;
    other.open_site().await;
    join(&other, &address).await;
    other.wait_painted(&["public roads"]).await;
    other.card("public roads").wait().await;

    // Both are open: what one does arrives at the other.
    other.highlight("many engineers").await;
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;

    // Without the server everything goes on, and comes together afterwards.
    couch.kill();
    reader.write_note("frontier", "from the one", "").await;
    other
        .write_note("neural networks", "from the other", "")
        .await;
    let section = open_section(reader).await;
    says(reader, &section, &(words(reader).offline)(1)).await;
    couch.resume();
    section.button(words(reader).now).click().await;
    says(reader, &section, &(words(reader).in_step)(0, 0)).await;
    close(reader).await;
    let section = open_section(&other).await;
    section.button(words(&other).now).click().await;
    says(&other, &section, &(words(&other).in_step)(0, 0)).await;
    close(&other).await;
    for reader in [reader, &other] {
        for passage in [
            "frontier",
            "neural networks",
            "many engineers",
            "public roads",
        ] {
            reader.card(passage).wait().await;
        }
    }

    // A removal stays one.
    other.card("frontier").focus().await;
    other.press("Delete").await;
    reader.card("frontier").wait_gone().await;

    // After a reload it goes on by itself.
    other.reload().await;
    other.card("public roads").wait().await;
    reader.highlight("research").await;
    other.card("research").wait().await;

    // The text of an article comes when it is opened.
    reader
        .open_pasted("# Tides\n\nSalt keeps, salt eats.")
        .await;
    reader.article("Tides").wait().await;
    reader.highlight("salt eats").await;
    let listed = async || {
        let library = other.open_library().await;
        let entry = library.button(Name::Begins("Tides"));
        if entry.is_there().await {
            entry.click().await;
            return Ok(());
        }
        other.press("Escape").await;
        library.wait_gone().await;
        Err("the library does not list it".to_owned())
    };
    other.wait_for(listed).await;
    other.article("Tides").wait().await;
    other.wait_painted(&["salt eats"]).await;

    let documents = couch.documents("notes");
    // The vault, two articles with their texts, and six notes, of which one was removed.
    assert_eq!(documents.len(), 11, "{documents:#?}");
    let all = serde_json::to_string(&documents).expect("it is JSON");
    let secrets = [
        "thoughts",
        "secret-tag",
        "public",
        "roads",
        "engineers",
        "frontier",
        "neural networks",
        "from the",
        "research",
        "Karpathy",
        "http",
        "note:",
        "article:",
        "yellow",
        PASSPHRASE,
        "2026",
    ];
    for secret in secrets
        .iter()
        .chain(BUNDLED.split(' ').collect::<Vec<_>>().iter())
    {
        let is_there = all.to_lowercase().contains(&secret.to_lowercase());
        assert!(secret.len() < 4 || !is_there, "{secret}: {all}");
    }
    assert!(!all.contains("_conflicts"), "{all}");
}

async fn what_is_wrong_with_a_server_is_told(reader: &Reader) {
    let words = words(reader);
    let trouble = words.trouble;
    let couch = Couch::with_sign_in("ada", "pass word", "Basic YWRhOnBhc3Mgd29yZA==");
    let closed = Couch::closed();
    let address = couch.address_of("notes");
    reader.open_site().await;
    let section = open_section(reader).await;
    section.button(words.set_up).click().await;
    reader.expect_accessible().await;
    section.button(words.look).click().await;
    says(reader, &section, words.no_passphrase).await;
    for (address, why) in [
        ("server.example", Trouble::NoAddress),
        ("http://127.0.0.1:9/notes", Trouble::Unreachable),
        (&*reader.server.address_of("/nothing"), Trouble::Unknown),
        (&*reader.server.site("index.html"), Trouble::Unknown),
        (&*closed.address_of("notes"), Trouble::Closed),
    ] {
        enter(reader, &section, address, PASSPHRASE).await;
        section.button(words.look).click().await;
        says(reader, &section, trouble(why)).await;
    }
    // The name and the password, and then the passphrase.
    enter(reader, &section, &address, PASSPHRASE).await;
    section.textbox(words.name).fill("ada").await;
    section.textbox(words.password).fill("password").await;
    section.button(words.join).click().await;
    says(reader, &section, trouble(Trouble::SignIn)).await;
    section.textbox(words.password).fill("pass word").await;
    section.button(words.look).click().await;
    says(reader, &section, words.works_new).await;
    section.button(words.join).click().await;
    says(reader, &section, &(words.place)(&address, "ada")).await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    reader.expect_accessible().await;
    section.button(words.leave).click().await;
    section.button(words.leave_only).click().await;
    says(reader, &section, words.left).await;
    section.button(words.set_up).click().await;
    section.textbox(words.name).fill("ada").await;
    section.textbox(words.password).fill("pass word").await;
    enter(reader, &section, &address, "open sesame").await;
    section.button(words.join).click().await;
    says(reader, &section, trouble(Trouble::WrongPassphrase)).await;
    section.checkbox(words.seal).click().await;
    section.button(words.join).click().await;
    says(reader, &section, trouble(Trouble::Sealed)).await;
}

/// Every value that the database of the site holds, as text.
const EVERYTHING: &str = "return new Promise((done, failed) => {
    const opening = indexedDB.open('postil');
    opening.onerror = failed;
    opening.onsuccess = () => {
        const stores = [...opening.result.objectStoreNames];
        const reading = opening.result.transaction(stores);
        const all = stores.map((name) => reading.objectStore(name).getAll());
        reading.oncomplete = () => {
            opening.result.close();
            done(JSON.stringify([all.map(({ result }) => result), { ...localStorage }]));
        };
    };
})";

async fn who_leaves_keeps_the_notes_and_no_password(reader: &Reader) {
    let words = words(reader);
    let couch = Couch::with_sign_in("ada", "pass word", "Basic YWRhOnBhc3Mgd29yZA==");
    reader.open_site().await;
    reader.write_note("public roads", "stays", "").await;
    let section = open_section(reader).await;
    section.button(words.set_up).click().await;
    section.textbox(words.name).fill("ada").await;
    section.textbox(words.password).fill("pass word").await;
    enter(reader, &section, &couch.address_of("notes"), PASSPHRASE).await;
    section.button(words.join).click().await;
    says(reader, &section, &(words.in_step)(0, 0)).await;

    section.button(words.pause).click().await;
    says(reader, &section, words.paused).await;
    close(reader).await;
    reader.reload().await;
    reader.highlight("many engineers").await;
    let section = open_section(reader).await;
    says(reader, &section, words.paused).await;
    let before = couch.documents("notes").len();
    section.button(words.resume).click().await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    let one_more = async || match couch.documents("notes").len() {
        count if count == before + 1 => Ok(()),
        count => Err(format!("{count} documents, {before} before")),
    };
    reader.wait_for(one_more).await;

    // Nothing of it goes out with the notes.
    let stored = reader.run(EVERYTHING, vec![]).await.to_string();
    assert!(stored.contains("pass word"), "{stored}");
    close(reader).await;
    let file = reader.export().await.to_string();
    for secret in ["pass word", "\"ada\"", "127.0.0.1"] {
        assert!(!file.contains(secret), "{secret}: {file}");
    }

    let section = open_section(reader).await;
    section.button(words.leave).click().await;
    section.button(words.leave_only).click().await;
    says(reader, &section, words.left).await;
    let stored = reader.run(EVERYTHING, vec![]).await.to_string();
    for secret in ["pass word", "127.0.0.1", PASSPHRASE] {
        assert!(!stored.contains(secret), "{secret}: {stored}");
    }
    close(reader).await;
    reader.card("public roads").wait().await;
    reader.wait_for(one_more).await;
}

async fn a_link_joins_another_device(reader: &Reader) {
    let words = words(reader);
    let couch = Couch::with_sign_in("ada", "pass word", "Basic YWRhOnBhc3Mgd29yZA==");
    let address = couch.address_of("notes");
    reader.open_site().await;
    reader.write_note("public roads", "goes along", "").await;
    let section = open_section(reader).await;
    section.button(words.set_up).click().await;
    section.textbox(words.name).fill("ada").await;
    section.textbox(words.password).fill("pass word").await;
    enter(reader, &section, &address, PASSPHRASE).await;
    section.button(words.join).click().await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    section.button(words.invite).click().await;
    section.by_role("img", words.code).wait().await;
    reader.expect_accessible().await;
    let link = section.textbox(words.link).value().await;
    let (site, invitation) = link.split_once('#').expect("a link with a fragment");
    assert_eq!(site, reader.server.site(""));
    section.button(words.hide).click().await;
    section.by_role("img", words.code).wait_gone().await;

    // Another origin is another device.
    let elsewhere = Server::start();
    let link = format!("{}#{invitation}", elsewhere.site(""));
    reader.open(&link).await;
    let dialog = reader.dialog(reader.words().launch.heading);
    says(reader, &dialog, &(words.invited)(&address, "ada")).await;
    reader.expect_accessible().await;
    dialog.textbox(words.password).fill("password").await;
    dialog.button(words.join).click().await;
    says(reader, &dialog, (words.trouble)(Trouble::SignIn)).await;
    dialog.textbox(words.password).fill("pass word").await;
    dialog.button(words.join).click().await;
    dialog.wait_gone().await;
    reader.card("public roads").wait().await;
    let shown = reader.run("return location.hash", vec![]).await;
    assert!(!shown.to_string().contains("import-device"), "{shown}");

    // It can delete what is there; the first device keeps its notes.
    let section = open_section(reader).await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    section.button(words.leave).click().await;
    section.button(words.leave_and_delete).click().await;
    says(reader, &section, words.left_empty).await;
    assert_eq!(couch.documents("notes"), Vec::<Value>::new());
    close(reader).await;
    reader.card("public roads").wait().await;
    reader.open_site().await;
    reader.card("public roads").wait().await;
}

/// A server that does what it is told: it has an empty database, and this answers what is written.
fn pretend(server: &Server, written: &Answer) {
    let json = |body: Value| Answer::new("application/json", body.to_string());
    let nothing = json(json!({ "error": "not_found" })).with_status(404);
    server.put(
        "/notes",
        json(json!({ "db_name": "notes", "doc_count": 0 })),
    );
    server.put("/notes/postil:vault", nothing);
    server.put("/notes/_local/postil", json(json!({ "database": "one" })));
    server.put("/notes/_all_docs", json(json!({ "rows": [] })));
    server.put(
        "/notes/_changes",
        json(json!({ "results": [], "last_seq": 0, "pending": 0 })),
    );
    server.put("/notes/_bulk_docs", written.clone());
}

async fn what_goes_wrong_later_is_told_once_and_loses_nothing(reader: &Reader) {
    let words = words(reader);
    // Of the same origin, so that it need not allow anything.
    let server = &reader.server;
    let refuses = |status: u16| Answer::new("application/json", "{}").with_status(status);
    pretend(server, &refuses(507));
    reader.open_site().await;
    reader.write_note("public roads", "stays", "").await;
    let section = open_section(reader).await;
    section.button(words.set_up).click().await;
    section
        .textbox(words.address)
        .fill(&server.address_of("/notes"))
        .await;
    section.checkbox(words.seal).click().await;
    section.button(words.join).click().await;
    for (status, why) in [
        (507, Trouble::Full),
        (401, Trouble::SignIn),
        (403, Trouble::Forbidden),
        (200, Trouble::Unknown),
    ] {
        pretend(server, &refuses(status));
        section.button(words.now).click().await;
        // The article and the note.
        let said = (words.stopped)((words.trouble)(why), 2);
        says(reader, &section, &said).await;
    }
    close(reader).await;
    reader
        .be_warned_of(Message::OutOfStep { why: Trouble::Full })
        .await;
    reader.card("public roads").wait().await;
    reader.wait_until_saved().await;
}

async fn another_passphrase_is_asked_for_on_other_devices(reader: &Reader) {
    let words = words(reader);
    let couch = Couch::start();
    let address = couch.address_of("notes");
    reader.open_site().await;
    reader
        .write_note("public roads", "from the first", "")
        .await;
    join(reader, &address).await;
    let names = |couch: &Couch| -> BTreeSet<String> {
        let documents = couch.documents("notes");
        let name = |document: &Value| document["_id"].as_str().expect("a name").to_owned();
        documents.iter().map(name).collect()
    };
    let before = names(&couch);

    // Another origin is another device.
    let elsewhere = Server::start();
    reader.open(&elsewhere.site("")).await;
    join(reader, &address).await;
    reader.card("public roads").wait().await;
    let section = open_section(reader).await;
    section.button(words.change).click().await;
    section
        .textbox(words.new_passphrase)
        .fill("open sesame")
        .await;
    reader.expect_accessible().await;
    section.button(words.change_now).click().await;
    says(reader, &section, words.changed).await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    // Every document has another name, and none is left of the old ones but the vault.
    let all_anew = async || match names(&couch) {
        now if now.len() >= before.len() && now.intersection(&before).count() == 1 => Ok(()),
        now => Err(format!("{now:?} after {before:?}")),
    };
    reader.wait_for(all_anew).await;
    close(reader).await;

    reader.open_site().await;
    reader
        .be_warned_of(Message::OutOfStep {
            why: Trouble::WrongPassphrase,
        })
        .await;
    reader.highlight("many engineers").await;
    let section = open_section(reader).await;
    section.textbox(words.passphrase).fill(PASSPHRASE).await;
    section.button(words.join).click().await;
    // As the state says it, and as the answer to what was typed.
    let wrong = (words.trouble)(Trouble::WrongPassphrase);
    let said_twice = async || match section.text().await {
        text if text.matches(wrong).count() == 2 => Ok(()),
        text => Err(format!("not {wrong:?} twice but {text}")),
    };
    reader.wait_for(said_twice).await;
    section.textbox(words.passphrase).fill("open sesame").await;
    section.button(words.join).click().await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    close(reader).await;
    for passage in ["public roads", "many engineers"] {
        reader.card(passage).wait().await;
    }
    reader.open(&elsewhere.site("")).await;
    reader.card("many engineers").wait().await;
}
