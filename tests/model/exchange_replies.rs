//! Files of the Hypothesis client with replies in them, and hostile ones.

use postil::model::exchange::w3c::DecodeError;
use postil::model::exchange::{EntryFault, Format, NotUnderstood, reading};
use serde_json::json;

use super::exchange_hypothesis::{PAGE, annotation, file};
use super::exchange_json::{entries, exported, imported, read};
use super::strategies::{notebook_of, of_paragraphs};

#[test]
fn replies_are_quoted_in_the_note_that_they_are_below() {
    let reply = |id: &str, references: &[&str], user: &str, day: u8, text: &str| {
        let at = format!("2024-05-{day:02}T00:00:00.000000+00:00");
        let target = json!([{ "source": PAGE }]);
        let fields = json!({ "references": references, "user": format!("acct:{user}@hypothes.is"),
            "created": at, "updated": at, "text": text, "tags": [], "target": target });
        annotation(id, &fields)
    };
    let tagged = json!({ "references": ["top", "a"], "text": "Deep\n\n> quoted", "tags": ["x_y"], "created": "2024-05-09T00:00:00+00:00",
        "updated": "2024-05-09T00:00:00+00:00", "user_info": { "display_name": "Ada *B*" } });
    let arrivals = read(&file(&[
        reply("c", &["top"], "cleo", 10, "Third"),
        reply("a", &["top"], "abe", 8, "First\nline"),
        annotation("b", &tagged),
        annotation("top", &json!({})),
        reply("d", &["elsewhere"], "dan", 11, "Alone"),
        reply("e", &["f"], "eve", 11, "A circle"),
        reply("f", &["e"], "fay", 11, "of two"),
        reply("a", &["top"], "abe", 8, "The same id"),
    ]));
    let notes: Vec<(&str, &str)> = arrivals
        .annotations
        .iter()
        .map(|note| (note.id.as_str(), &*note.note))
        .collect();
    let top = "A *note*\n\n> abe (2024-05-08)\n>\n> First\n> line\n\n>> Ada \\*B\\* (2024-05-09)\n>>\n>> Deep\n>>\n>> > quoted\n>>\n>> #x\\_y\n\n> cleo (2024-05-10)\n>\n> Third";
    assert_eq!(
        notes,
        [
            ("top", top),
            ("d", "Alone"),
            ("e", "A circle"),
            ("f", "of two")
        ]
    );
    assert_eq!(arrivals.doubled, 1);
    let modified = arrivals.annotations[0].modified.as_ref().map(|at| &*at.0);
    assert_eq!(modified, Some("2024-05-10T00:00:00.000000+00:00"));
    let alone = arrivals.annotations[1]
        .extra
        .json()
        .expect("its references");
    assert!(alone.contains("elsewhere"), "{alone}");
}

#[test]
fn what_would_make_a_note_too_long_stays_a_note() {
    let long = "x".repeat(600 * 1024);
    let arrivals = read(&file(&[
        annotation("top", &json!({ "text": long })),
        annotation("reply", &json!({ "text": long, "references": ["top"] })),
        annotation("long", &json!({ "text": long.repeat(2) })),
    ]));
    assert_eq!(arrivals.annotations.len(), 2);
    let too_long = NotUnderstood {
        entry: 3,
        why: EntryFault::NoteTooLong,
    };
    assert_eq!(arrivals.not_understood, [too_long]);
}

#[test]
fn hostile_files_are_told_and_the_rest_is_read() {
    let arrivals = read(&file(&[
        json!("words"),
        json!({ "text": "no address" }),
        annotation("1", &json!({ "target": 5 })),
        annotation("2", &json!({ "target": ["words"] })),
        annotation(
            "3",
            &json!({ "text": 5, "tags": "one", "user": [], "created": 1, "references": "x",
            "id": "3", "document": null, "permissions": [], "postil": [[]] }),
        ),
        annotation("3", &json!({})),
    ]));
    assert_eq!(arrivals.not_understood.len(), 4);
    let odd = &arrivals.annotations[0];
    assert_eq!((&*odd.note, odd.tags.len(), &odd.created), ("", 0, &None));
    let article = of_paragraphs(&["Of the tides at night"]);
    let back = exported(Format::Hypothesis, &article, &notebook_of([odd.clone()]));
    let back = &entries(&back, "annotations")[0];
    assert!(back["permissions"]["read"].is_array() && back["tags"].is_array());
    let notebook = imported(&file(&[
        annotation("3", &json!({})),
        annotation("3", &json!({ "text": "later" })),
    ]));
    assert_eq!(notebook.len(), 1, "one id is one note");

    let mended = file(&[annotation("1", &json!({ "text": "lone MARK" }))]);
    let mended = read(&mended.replace("MARK", "\\ud83c"));
    assert_eq!(mended.annotations[0].note, "lone \u{fffd}");
    let deep = format!(
        "[{{\"uri\":\"x\",\"text\":{}1{}}}]",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(matches!(
        reading::decode(&deep),
        Err(DecodeError::NotJson(_))
    ));
    let many = "{\"uri\":\"urn:x:y\",\"text\":\"\"},".repeat(200_001);
    let many = format!("[{}]", many.trim_end_matches(','));
    assert_eq!(reading::decode(&many), Err(DecodeError::TooMany));
    let large = [&*file(&[]), &" ".repeat(50 * 1024 * 1024)].concat();
    assert_eq!(reading::decode(&large), Err(DecodeError::TooLarge));
}
