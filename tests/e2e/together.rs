//! Reading together: a group shares a database, and each sees the others' notes.

use postil::model::notice::Message;
use postil::ui::strings::{Synchronise, Together};

use postil_testing::couch::Couch;
use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::{in_both_browsers, in_chromium};
use postil_testing::locator::Locator;
use postil_testing::reader::Reader;

use crate::answers::go_to_note;
use postil_testing::synchronising::{PASSPHRASE, close, open_section_called, says};

in_chromium!(Setup::default() =>
    two_readers_see_answer_and_copy_each_other_s_notes,
    who_may_not_write_is_told_and_keeps_what_was_written,
);

in_both_browsers!(a_link_invites_a_reader,);

const ROADS: &str = "public roads";

fn words(reader: &Reader) -> (&'static Synchronise, &'static Together) {
    let words = reader.words();
    (words.synchronise, words.together)
}

async fn open_section(reader: &Reader) -> Locator<'_> {
    open_section_called(reader, words(reader).1.label).await
}

async fn join(reader: &Reader, address: &str, name: &str) {
    let (server, together) = words(reader);
    let section = open_section(reader).await;
    section.button(together.set_up).click().await;
    section.textbox(server.address).fill(address).await;
    section.textbox(server.passphrase).fill(PASSPHRASE).await;
    section.button(together.join).click().await;
    says(reader, &section, together.no_maker).await;
    reader.expect_accessible().await;
    section.textbox(together.maker).fill(name).await;
    section.button(together.join).click().await;
    says(reader, &section, &(server.in_step)(0, 0)).await;
    says(reader, &section, &(together.as_reader)(name)).await;
    reader.expect_accessible().await;
    close(reader).await;
}

/// Waits for so many documents in the database.
async fn holds(reader: &Reader, couch: &Couch, count: usize) {
    let look = async || match couch.documents("group").len() {
        there if there == count => Ok(()),
        there => Err(format!("{there} documents")),
    };
    reader.wait_for(look).await;
}

async fn two_readers_see_answer_and_copy_each_other_s_notes(ada: &Reader) {
    let couch = Couch::start();
    let address = couch.address_of("group");
    ada.open_site().await;
    ada.write_note(ROADS, "Of law", "").await;
    join(ada, &address, "Ada Moss").await;
    // The vault, and nothing of what was not shared.
    holds(ada, &couch, 1).await;
    let (_, together) = words(ada);
    let share = ada.notes().button(together.share_here);
    share.click().await;
    share.wait_attribute("aria-pressed", "true").await;

    let ben = &Reader::start(Engine::Firefox, Setup::default()).await;
    ben.open_site().await;
    join(ben, &address, "Ben").await;
    let card = ben.card(ROADS);
    card.wait().await;
    says(ben, &card, "Ada Moss").await;
    ben.expect_accessible().await;

    // It is hers: it cannot be changed, by no way.
    card.focus().await;
    ben.notes().button(together.copy).wait().await;
    ben.notes().button(ben.words().card.edit).wait_gone().await;
    ben.press("Delete").await;
    ben.hear_of(Message::NotYours).await;
    card.wait_count(1).await;

    // It can be answered, which she sees.
    card.focus().await;
    ben.notes().button(ben.words().card.answer).click().await;
    ben.note_box().type_text("I doubt it").await;
    ben.press("Control+Enter").await;
    ben.note_box().wait_gone().await;
    ada.card(ROADS).wait_count(2).await;
    let answers = (ada.words().card.answers)("Of law");
    ada.notes().button(&answers).wait().await;
    says(ada, &ada.notes(), "I doubt it").await;
    says(ada, &ada.notes(), "Ben").await;

    // It can be copied, and the copy is his.
    go_to_note(ben).await;
    ben.notes().button(together.copy).click().await;
    ben.note_box().type_text(" of my own").await;
    ben.press("Control+Enter").await;
    ben.note_box().wait_gone().await;
    ada.card(ROADS).wait_count(3).await;

    // What one does not want to see is hidden, and comes back; also after a reload.
    ben.notes().button(together.hide_others).click().await;
    ben.card(ROADS).wait_count(2).await;
    ben.reload().await;
    ben.card(ROADS).wait_count(2).await;
    ben.notes().button(together.show_others).click().await;
    ben.card(ROADS).wait_count(3).await;

    // She takes hers back.
    go_to_note(ada).await;
    ada.press("Delete").await;
    ada.card(ROADS).wait_count(2).await;
    ben.card(ROADS).wait_count(2).await;

    let documents = couch.documents("group");
    let all = serde_json::to_string(&documents).expect("it is JSON");
    for secret in ["Moss", "Ben", "law", "doubt", "public", "note:"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
}

async fn a_link_invites_a_reader(ada: &Reader) {
    let (server, together) = words(ada);
    let couch = Couch::start();
    ada.open_site().await;
    ada.write_note(ROADS, "Of law", "").await;
    join(ada, &couch.address_of("group"), "Ada").await;
    ada.notes().button(together.share_here).click().await;
    holds(ada, &couch, 4).await;
    let section = open_section(ada).await;
    section.button(together.invite).click().await;
    let link = section.textbox(together.link).value().await;
    close(ada).await;

    let ben = &Reader::start(Engine::Chromium, Setup::default()).await;
    let (_, invitation) = link.split_once('#').expect("a link with a fragment");
    ben.open(&[&*ben.server.site(""), "#", invitation].concat())
        .await;
    let dialog = ben.dialog(ben.words().launch.heading);
    dialog.button(together.join).click().await;
    says(ben, &dialog, together.no_maker).await;
    ben.expect_accessible().await;
    dialog.textbox(together.maker).fill("Ben").await;
    dialog.button(together.join).click().await;
    dialog.wait_gone().await;
    ben.card(ROADS).wait().await;

    // Leaving takes nothing away from anybody, nor leaves anything hidden.
    ben.notes().button(together.hide_others).click().await;
    ben.card(ROADS).wait_gone().await;
    let section = open_section(ben).await;
    section.button(server.leave).click().await;
    says(ben, &section, together.leave_why).await;
    section.button(server.leave).click().await;
    says(ben, &section, together.left).await;
    close(ben).await;
    ben.card(ROADS).wait().await;
    // It is his now, to be changed like any other.
    ben.card(ROADS).focus().await;
    ben.press("Delete").await;
    ben.card(ROADS).wait_gone().await;
    holds(ada, &couch, 4).await;
    ada.card(ROADS).wait().await;
}

/// What a server is told that lets nobody write but its administrators.
const ONLY_READING: &str = r#"{
    "_id": "_design/only-reading",
    "validate_doc_update": "function () { throw { forbidden: 'Only to be read.' }; }"
}"#;

async fn who_may_not_write_is_told_and_keeps_what_was_written(ada: &Reader) {
    let couch = Couch::start();
    let address = couch.address_of("group");
    ada.open_site().await;
    ada.write_note(ROADS, "Of law", "").await;
    join(ada, &address, "Ada").await;
    ada.notes().button(words(ada).1.share_here).click().await;
    holds(ada, &couch, 4).await;
    assert!(couch.put("group", ONLY_READING), "the server learns it");

    let ben = &Reader::start(Engine::Chromium, Setup::default()).await;
    ben.open_site().await;
    join(ben, &address, "Ben").await;
    ben.card(ROADS).focus().await;
    ben.notes().button(ben.words().card.answer).click().await;
    ben.note_box().type_text("I doubt it").await;
    ben.press("Control+Enter").await;
    ben.note_box().wait_gone().await;
    let (server, _) = words(ben);
    let section = open_section(ben).await;
    says(ben, &section, &(server.in_step)(1, 0)).await;
    ben.expect_accessible().await;
    close(ben).await;
    ben.reload().await;
    ben.card(ROADS).wait_count(2).await;
    ada.card(ROADS).wait_count(1).await;

    // What was not taken goes as soon as it may.
    let line = couch.line();
    let (_, rule) = line
        .ask("GET", "group/_design/only-reading", None)
        .expect("the server answers");
    let rule: serde_json::Value = serde_json::from_str(&rule).expect("it is JSON");
    let revision = rule["_rev"].as_str().expect("its revision");
    let path = format!("group/_design/only-reading?rev={revision}");
    let (status, said) = line.ask("DELETE", &path, None).expect("it answers");
    assert_eq!(status, 200, "{said}");
    let section = open_section(ben).await;
    section.button(server.now).click().await;
    says(ben, &section, &(server.in_step)(0, 0)).await;
    ada.card(ROADS).wait_count(2).await;
}
