//! The names that are promised to people, screen readers and scripts: they stay as they are. The
//! journeys find things by the same strings, so that this is the only place that spells them out.

use postil::model::all_notes::Grouping;
use postil::model::annotation::Colour;
use postil::model::exchange::Format;
use postil::model::look::{Measure, Theme};
use postil::ui::strings::{DE, EN, Language};

#[test]
fn the_landmarks_and_the_tools_have_their_names() {
    let names = [
        (EN.notes.label, "Notes"),
        (EN.notes.search, "Search notes"),
        (EN.notes.overview, "Overview"),
        (EN.filters.button, "Filter"),
        (EN.filters.label, "Filters"),
        (EN.filters.sort_by, "Sort by"),
        (EN.filters.people, "People"),
        (EN.all_notes.label, "All notes"),
        (EN.all_notes.search, "Search all notes"),
        (EN.all_notes.group_by, "Group by"),
        (EN.tags.label, "Tags"),
        (EN.all_notes.fold_all, "Fold all"),
        (EN.all_notes.unfold_all, "Unfold all"),
        (EN.bar.undo, "Undo"),
        (EN.bar.redo, "Redo"),
        (EN.bar.open_article, "Open article"),
        (EN.bar.export, "Export"),
        (
            (EN.bar.format)(Format::WebAnnotation),
            "JSON (Web Annotation)",
        ),
        (
            (EN.bar.format)(Format::AnnotationList),
            "JSON list (Web Annotation)",
        ),
        ((EN.bar.format)(Format::Hypothesis), "JSON (Hypothesis)"),
        ((EN.bar.format)(Format::Readium), "Readium annotations"),
        ((EN.bar.format)(Format::WebPage), "Web page (one file)"),
        ((EN.bar.format)(Format::Bibtex), "BibTeX"),
        ((EN.bar.format)(Format::CslJson), "CSL JSON"),
        ((EN.bar.format)(Format::Csv), "CSV"),
        ((EN.bar.format)(Format::Readwise), "CSV (Readwise)"),
        ((EN.bar.format)(Format::Text), "Text"),
        ((EN.bar.format)(Format::Markdown), "Markdown"),
        (
            (EN.bar.format)(Format::MarkedArticle),
            "Article with highlights (Markdown)",
        ),
        (EN.sharing.copy_passage, "Copy link to this passage"),
        (EN.sharing.copy_postil, "Copy link into Postil"),
        (EN.sharing.label, "Copy link with notes"),
        (EN.sharing.copy, "Copy link"),
        (EN.sharing.file, "Download a file instead"),
        (EN.export.label, "Preview and copy"),
        (EN.export.format, "Format"),
        (EN.export.notes, "Which notes"),
        (EN.export.preview, "Preview"),
        (EN.export.copy, "Copy"),
        (EN.export.share, "Share"),
        (EN.markdown.label, "Markdown template"),
        (EN.library_file.label, "Whole library (ZIP)"),
        (EN.markdown.style, "Style"),
        (EN.markdown.template, "Template"),
        (EN.markdown.preview, "Preview"),
        (EN.markdown.own, "Own"),
        (EN.bar.import_notes, "Import notes"),
        (EN.buttons.import, "Import"),
        (EN.buttons.cancel, "Cancel"),
        (EN.import.differing, "Where a note differs"),
        (EN.bar.your_notes, "Your notes"),
        (EN.synchronise.label, "Synchronise"),
        (EN.synchronise.set_up, "Set up"),
        (EN.synchronise.address, "Address of the database"),
        (EN.synchronise.name, "Name"),
        (EN.synchronise.password, "Password"),
        (EN.synchronise.passphrase, "Passphrase"),
        (EN.synchronise.look, "Try"),
        (EN.synchronise.now, "Sync now"),
        (EN.synchronise.pause, "Pause"),
        (EN.synchronise.invite, "Add another device"),
        (EN.synchronise.change, "Change passphrase"),
        (EN.synchronise.leave, "Leave"),
        (EN.together.label, "Read together"),
        (EN.together.set_up, "Join a group"),
        (EN.together.maker, "Your name for the others"),
        (EN.together.join, "Join"),
        (EN.together.invite, "Invite a reader"),
        (EN.together.share_here, "Share with the group"),
        (EN.together.hide_others, "Hide others’ notes"),
        (EN.together.show_others, "Show others’ notes"),
        (EN.together.copy, "Keep a copy"),
        (EN.folder.label, "Folder"),
        (EN.folder.choose, "Keep notes in a folder"),
        (EN.folder.allow, "Allow again"),
        (EN.folder.stop, "Stop keeping"),
        (EN.bar.keys, "Keys"),
        (EN.bar.more, "More"),
        (EN.bar.reading_settings, "Reading settings"),
        (EN.bar.library, "Library"),
        (EN.bar.contents, "Contents"),
        (EN.print.label, "Print"),
        (EN.selection.name_colours, "Name the colours"),
        (EN.card.answer, "Answer"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
}

#[test]
fn what_an_article_looks_like_is_chosen_by_its_names() {
    assert_eq!(EN.commands.label, "Commands");
    assert_eq!(EN.commands.command, "Command");
    assert_eq!(EN.look.theme, "Theme");
    assert_eq!(EN.look.typeface, "Typeface");
    assert_eq!(EN.look.language, "Language");
    assert_eq!(EN.look.browsers_language, "Browser’s language");
    assert_eq!(Language::ALL.map(Language::name), ["English", "Deutsch"]);
    assert_eq!(
        Theme::ALL.map(EN.look.named_theme),
        ["Light", "Sepia", "Dark", "Black", "System"]
    );
    assert_eq!(
        Measure::ALL.map(EN.look.measure),
        ["Text size", "Line width", "Line height"]
    );
}

#[test]
fn switches_of_the_reading_settings_have_their_names() {
    let names = [
        (EN.look.whole_words, "Select whole words"),
        (EN.look.line_ends, "Keep single line ends in notes"),
        (EN.look.justified, "Justify lines and hyphenate"),
        (EN.look.strong, "More contrast"),
        (EN.look.patterns, "Patterns beside colours"),
        (EN.keys.single_letters, "Single-letter keys"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
}

#[test]
fn the_tags_of_all_notes_have_their_names() {
    let names = [
        (EN.tags.search, "Search tags"),
        (EN.tags.list, "All tags"),
        (EN.tags.rename, "Rename"),
        (EN.tags.show, "Show notes"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
}

#[test]
fn a_year_in_notes_has_its_names() {
    let names = [
        (EN.year.label, "Your year"),
        (EN.year.as_table, "As a table"),
        (EN.year.by_day, "Notes by day"),
        (EN.year.by_colour, "Notes by colour"),
        (EN.year.by_article, "Notes by article"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
    let groupings = Grouping::ALL.map(EN.all_notes.grouping);
    assert_eq!(groupings, ["Article", "Tag", "Colour", "Day"]);
}

#[test]
fn keys_are_listed_in_every_language() {
    let listed = |keys: &[(&str, &str)]| keys.iter().map(|(key, _)| key.to_string()).collect();
    let [english, german]: [Vec<String>; 2] = [listed(EN.keys.list), listed(DE.keys.list)];
    for key in [
        "[[",
        "Tab, Shift Tab",
        "Ctrl A",
        "Ctrl click, Shift click",
        "Space",
    ] {
        assert!(english.iter().any(|listed| listed == key), "{key}");
    }
    assert_eq!(english.len(), german.len());
    assert!(german.iter().any(|key| key == "[["));
}

#[test]
fn what_leads_through_the_article_has_its_names() {
    let names = [
        (EN.cursor.next_sentence, "Next sentence"),
        (EN.cursor.previous_sentence, "Previous sentence"),
        (EN.cursor.next_paragraph, "Next paragraph"),
        (EN.cursor.previous_paragraph, "Previous paragraph"),
        (EN.cursor.next_heading, "Next heading"),
        (EN.cursor.previous_heading, "Previous heading"),
        (EN.cursor.read_aloud, "Read aloud"),
        (EN.keys.reset, "Reset all keys"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
    let place =
        |level, colours: &[Colour], has_note| (EN.cursor.place)("Words", level, colours, has_note);
    assert_eq!(place(None, &[], false), "Words");
    assert_eq!(place(Some(2), &[], false), "Heading level 2: Words");
    assert_eq!(
        place(None, &[Colour::Yellow, Colour::Blue], true),
        "Words – marked yellow and blue, with a note"
    );
    assert_eq!(
        (EN.keys.change_of)("Next note"),
        "Change the key of “Next note”"
    );
}

#[test]
fn what_is_selected_and_written_on_has_its_names() {
    let names = [
        (EN.selection.label, "Selection"),
        (EN.selection.highlight, "Highlight"),
        (EN.selection.add_note, "Add note"),
        (EN.ends.start, "Start of the passage"),
        (EN.ends.end, "End of the passage"),
        (EN.editor.note, "Note"),
        (EN.editor.tags, "Tags"),
        (EN.links.offered, "Notes and headings"),
        (EN.links.bring_back, "Bring it back"),
        (EN.editor.tags_offered, "Known tags"),
        (EN.editor.preview, "Preview"),
        (EN.templates.label, "Template"),
        (EN.templates.keep, "Keep as template"),
        (EN.commands.write_whole, "Note on the whole article"),
        (EN.notes.whole_article, "On the article as a whole"),
        (EN.buttons.save, "Save"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
    let colours = Colour::ALL.map(EN.selection.colour);
    let promised = [
        "Yellow", "Red", "Green", "Blue", "Purple", "Magenta", "Orange", "Grey",
    ];
    assert_eq!(colours, promised);
}

#[test]
fn what_links_to_a_note_is_said_with_its_number() {
    assert_eq!((EN.links.linked_from)(1), "1 note links here");
    assert_eq!((EN.links.linked_from)(2), "2 notes link here");
    assert_eq!(EN.links.removed, "This note was removed.");
    assert_eq!(EN.links.unknown, "This note is not here.");
}

#[test]
fn what_is_done_with_several_notes_has_its_names() {
    let names = [
        (EN.picked.begin, "Select notes"),
        (EN.picked.label, "Selected notes"),
        (EN.picked.pick, "Select this note"),
        (EN.picked.colour, "Colour"),
        (EN.picked.add_tag, "Add tag"),
        (EN.picked.remove_tag, "Remove tag"),
        (EN.picked.remove, "Remove"),
        (EN.picked.copy, "Copy"),
        (EN.picked.export, "Export"),
        (EN.picked.all, "All shown"),
        (EN.picked.done, "Done"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
    assert_eq!((EN.picked.count)(1, 0), "1 note selected");
    assert_eq!(
        (EN.picked.count)(12, 3),
        "12 notes selected, 3 of them not shown"
    );
}

#[test]
fn what_an_article_is_opened_with_has_its_names() {
    let names = [
        (EN.open.paste, "Paste text, Markdown or HTML"),
        (EN.open.choose_file, "Choose a file"),
        (EN.open.web_address, "Web address"),
        (EN.buttons.open, "Open"),
    ];
    for (name, promised) in names {
        assert_eq!(name, promised);
    }
}
