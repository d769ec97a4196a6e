//! The English strings.

use super::*;
use crate::model::exchange::markdown::{Problem, TemplateError};
use crate::model::exchange::{EntryFault, Format, Report};
use crate::model::notebook::Intent;
use crate::model::notice::Fewer;
use crate::model::placements::PlacementCounts;
use crate::model::sync::store::Refusal;
use crate::model::text::shortened;

/// English.
pub static EN: Strings = Strings {
    app: APP,
    window_title,
    bar: &Bar {
        open_article: "Open article",
        library: "Library",
        contents: "Contents",
        no_contents: "This article has no headings to go to.",
        undo: "Undo",
        redo: "Redo",
        import_notes: "Import notes",
        export: "Export",
        format,
        your_notes: "Your notes",
        keys: "Keys",
        search: "Search",
        more: "More",
        reading_settings: "Reading settings",
        hide_notes: "Hide notes",
        show_notes: "Show notes",
    },
    buttons: &Buttons {
        open: "Open",
        import: "Import",
        save: "Save",
        cancel: "Cancel",
        close: "Close",
        dismiss: "Dismiss",
        stop: "Stop",
        try_again: "Try again",
        download: "Download",
        download_all: "Download all notes",
        restore: "Bring back",
    },
    reader: &Reader {
        reading: "Reading the article …",
        drop: "Drop a file to open it",
        shown_part: "What is shown of the page",
        article: "Article",
        whole_page: "Whole page",
        show_pictures,
    },
    article: &ArticleLabels {
        untitled: "Untitled",
        labels: Labels {
            footnote: "Footnote",
            back: "Back to the text",
            footnotes: "Footnotes",
            picture: "Picture",
            unshown: &[
                "not shown: its site does not let other sites use it, or you are offline",
                "not shown: it is larger than 10 MB",
                "not shown: what was received is not a picture",
            ],
            table: "Table",
            gap: "Words that are gone",
        },
    },
    selection: &Selection {
        label: "Selection",
        highlight: "Highlight",
        add_note: "Add note",
        colour,
        add_passage: "Add passage",
        whole,
        name_colours: "Name the colours",
        name_colours_why: "What each colour means to you, such as “Claim” or “Doubt”. Names are shown where you pick a colour, and go with your notes into files.",
        name_of_colour,
    },
    ends: &Ends {
        start: "Start of the passage",
        end: "End of the passage",
    },
    notes: &Notes {
        label: "Notes",
        search: "Search notes",
        overview: "Overview",
        count: notes,
        shown_of: notes_shown,
        need_a_look,
        none_yet: "Select a passage to highlight it or to write a note.",
        hints: "Undo takes back everything.\n\n\
            “Open article” takes files, pasted text and addresses.\n\n\
            Notes stay in this browser; “Export” makes a file of them.\n\n\
            By keys: → goes from sentence to sentence, h highlights, a writes.",
        skip_hints: "Skip",
        no_match: "No note contains these words.",
        more,
        earlier: "Earlier notes",
        later: "Later notes",
        in_several_places: "In several places",
        in_several_places_why: "Their words are in more than one place now.",
        not_found: "Not found",
        not_found_why: "Their words are not in the article as it is now.",
        beside_article: "Elsewhere on the page",
        beside_article_why: "They are outside the article; “Whole page” shows them.",
        whole_article: "On the article as a whole",
        pending: "Being searched for",
        without_place: "Notes without a place in this text",
    },
    filters: &Filters {
        only_shown: |count| match count {
            1 => "Only the note that is shown".to_owned(),
            _ => format!("Only the {count} notes that are shown"),
        },
        button: "Filter",
        label: "Filters",
        sort_by: "Sort by",
        order: |order| match order {
            Sort::Place => "Place in the text",
            Sort::Made => "Newest first",
            Sort::Changed => "Last changed first",
        },
        state: |state| match state {
            State::InPlace => "In place",
            State::Moved => "Moved",
            State::Changed => "Changed",
            State::Replaced => "Words gone",
            State::Several => "In several places",
            State::Lost => "Not found",
            State::Beside => "Elsewhere on the page",
            State::Whole => "On the article as a whole",
        },
        kind: |kind| match kind {
            Kind::Written => "With words",
            Kind::Empty => "Highlight only",
        },
        only_in: "Search only",
        field: |field| match field {
            Field::Tag => "Tags",
            Field::Quote => "Words of the article",
            Field::By => "Who made the note: a name, or “me” for yourself",
            Field::Since => "Changed since a day (2026-11-01, today) or a time (3d, 12h)",
            _ => "What was written",
        },
        misread: |field| match field {
            Field::Colour => "No colour has this name.",
            Field::State => {
                "“state:” takes exact, moved, changed, replaced, ambiguous, lost, beside or article."
            }
            Field::Is => "“is:” takes written or empty.",
            Field::Since => "“since:” takes a day (2026-11-01, today) or a time (3d, 12h).",
            _ => "“sort:” takes place, made or changed.",
        },
        show_all: "Show all notes",
        tagged: |tags| format!("tagged {tags}"),
        people: "People",
        you: "You",
        made_by: |people| format!("by {people}"),
        by_you: "you",
        or: " or ",
    },
    picked: &Picked {
        begin: "Select notes",
        label: "Selected notes",
        pick: "Select this note",
        count: notes_picked,
        colour: "Colour",
        add_tag: "Add tag",
        remove_tag: "Remove tag",
        remove: "Remove",
        copy: "Copy",
        export: "Export",
        all: "All shown",
        done: "Done",
        tag: "Tag to add",
        tag_hint: "Several with commas",
        add: "Add",
        no_tags: "None of these notes has a tag.",
        remove_tag_from,
    },
    card: &Card {
        edit: "Edit",
        write: "Write",
        remove: "Remove",
        answer: "Answer",
        colour: "Colour",
        recolour,
        recolour_named,
        further: "Further passages",
        remove_passage: "Remove passage",
        found_of,
        overlap,
        by: "By",
        also_marked_by: |name| format!("Also marked by {name}"),
        marked_by_both: "You both marked this passage",
        answers: |words| format!("Answers: {words}"),
        answers_missing: "Answers a note that is not here",
        draft: "Draft",
        continue_draft: "Continue writing",
        discard_draft: "Discard draft",
    },
    passage: &Passage {
        moved: "Moved",
        changed: "Changed",
        replaced: "The words are gone",
        now: "Now:",
        there_now: "There now:",
        stood_in: "Originally in:",
        perhaps: "Perhaps:",
        removed_words: " removed: ",
        added_words: " added: ",
        end_of_change: "; ",
        keep: "Keep",
        detach: "Detach",
        previous_place: "Previous place",
        next_place: "Next place",
        place_of,
        choose_place: "Choose this place",
        show_place: "Show",
        attach_here: "Attach here",
        attach_to_selection: "Attach to selection",
        select_first: "Select a passage in the article first.",
    },
    editor: &Editor {
        note: "Note",
        note_hint: "Write a note. Markdown works; [[ links to another note.",
        tags: "Tags",
        tags_hint: "Tags, separated by commas",
        tags_after: "Tags after saving",
        tags_offered: "Known tags",
        preview: "Preview",
        nothing_to_preview: "Nothing written yet.",
    },
    links: &Links {
        offered: "Notes and headings",
        heading: "Heading",
        looking: "Looking for the note …",
        removed: "This note was removed.",
        bring_back: "Bring it back",
        unknown: "This note is not here.",
        article_unknown: "This article is not here.",
        heading_gone: "The article has no such heading any more.",
        linked_from: |count| counted(count, "note links here", "notes link here"),
    },
    templates: &Templates {
        label: "Template",
        keep: "Keep as template",
        remove: |name| format!("Remove the template “{name}”"),
        usual: "**Summary:** \n\n**Question:** ",
    },
    markdown: &Markdown {
        whole: "On the article as a whole",
        unplaced: "Notes without a place",
        link: "Passage",
        label: "Markdown template",
        why: "Exported notes are written by this template. {{ title }}, {{ author }} and {{ source }} stand for the article; each of its chapters has a heading and annotations with text, note, tags, colourName and link.",
        style: "Style",
        preset,
        own: "Own",
        template: "Template",
        preview: "Preview",
        no_notes: "This article has no notes yet to try it with.",
        problem: |why| format!("This template cannot be used: {}.", failure(why)),
        reset: "Reset",
        copy: "Copy",
        saved: "The template is saved. Exported notes are written by it.",
        is_reset: "The usual template is in the box. Save it to use it.",
        unsaved: "This template is not saved yet.",
        copied: "The notes are copied as the preview shows them.",
        not_copied: "The browser did not give access to the clipboard.",
    },
    export: &Export {
        label: "Preview and copy",
        format: "Format",
        notes: "Which notes",
        here: |count| format!("This article: {}", notes(count)),
        shown: |shown, all| format!("What is shown: {shown} of {}", notes(all)),
        picked: |count| format!("What is selected: {}", notes(count)),
        everywhere: "All articles",
        preview: "Preview",
        file: |name, bytes| format!("{name}, {}", kilobytes(bytes)),
        cut: |bytes| format!("The preview ends here; the file has {}.", kilobytes(bytes)),
        left_out: |count| match count {
            1 => "1 note is left out: the text of its article is not in this browser.".to_owned(),
            _ => format!(
                "{count} notes are left out: the texts of their articles are not in this browser."
            ),
        },
        working: "Writing the file…",
        copy: "Copy",
        share: "Share",
        copied: "The text is copied.",
        copied_table: "The table is copied. It can be pasted into a spreadsheet.",
        not_copied: "The browser did not give access to the clipboard.",
        shared: "The file was handed over.",
        not_shared: "The browser did not share it. Download the file instead.",
    },
    sharing: &Sharing {
        copy_passage: "Copy link to this passage",
        copy_postil: "Copy link into Postil",
        label: "Copy link with notes",
        why: "The notes are in the link itself: no server keeps them, and whoever has the link can read them.",
        size: |count| format!("The link has {count} characters."),
        may_be_cut: |most| {
            format!(
                "Some programs cut links off after {most} characters: send a longer one as a file."
            )
        },
        too_long: |most| {
            format!(
                "These notes do not fit into a link: it would have more than {most} characters. Send a file instead."
            )
        },
        copy: "Copy link",
        file: "Download a file instead",
        copied: "The link is copied.",
        not_made: "The browser could not make the link.",
        shared: "The link was handed over.",
        not_shared: "The browser did not share it. Copy the link instead.",
        brings,
        no_text: "The text is not in the link. Open the article yourself: the notes are then beside it.",
        open_article: "Import and open the article",
        leads_to: |address, words| {
            format!(
                "Fetch {address} and go to “{}” there?",
                shortened(words, MOST_TITLE)
            )
        },
        broken: "This link cannot be read: it may have been cut off on its way. Nothing was changed.",
    },
    web_page: &WebPage {
        language: "en",
        note: "Note",
        made_by: "An article with notes, written by Postil. Opened in Postil again, it is as it was there.",
    },
    library_file: &LibraryFile {
        label: "Whole library (ZIP)",
        readme: "This is a library of Postil.\n\nThe folder articles has a page for each article, with its notes. Any browser opens it.\nThe file notes.json has the notes on articles whose texts are not here.\nThe file settings.json has the settings.\n\nOpened in Postil as a whole, it is a library again.\n",
    },
    open: &Open {
        paste: "Paste text, Markdown or HTML",
        paste_here: "Paste from the clipboard",
        not_pasted: "The browser did not give access to the clipboard, or there is no text on it. Allow access, or paste by hand.",
        pasted_rich: "Pasted with its formatting.",
        as_plain_text: "Use the plain text instead",
        read_as: "Read as",
        kinds: &["Detect automatically", "Plain text", "Markdown", "HTML"],
        choose_file: "Choose a file",
        web_address: "Web address",
        nothing_given: "Paste something, choose a file or type an address first.",
        new_version_of: "This is a new version of",
        choose_article: "Choose an article",
        treat_as_version: "Treat as new version",
    },
    bookmarklet: &Bookmarklet {
        heading: "From any page",
        hint: "Drag this to your bookmarks, then click it on any page that you want to read here. Only that page is sent to Postil, and you are asked first.",
        name: "Annotate in Postil",
        copy: "Copy its address",
        copied: "Copied. Make a bookmark with it.",
        not_copied: "The browser did not allow copying.",
    },
    import: &Import {
        new: |count| counted(count, "new note", "new notes"),
        already: |count| counted(count, "note is here already", "notes are here already"),
        newer_here: |count| counted(count, "note is newer here", "notes are newer here"),
        newer_there: |count| {
            counted(
                count,
                "note is newer in the file",
                "notes are newer in the file",
            )
        },
        as_old: |count| {
            counted(
                count,
                "note differs and is as old here as in the file",
                "notes differ and are as old here as in the file",
            )
        },
        twice: |count| {
            counted(
                count,
                "passage is marked by both",
                "passages are marked by both",
            )
        },
        elsewhere: import_elsewhere,
        not_understood: |count| {
            counted(
                count,
                "entry is not understood:",
                "entries are not understood:",
            )
        },
        entry: |file, entry| match file {
            Some(file) => format!("{file}, entry {}: {}", entry.entry, entry_fault(entry.why)),
            None => format!("Entry {}: {}", entry.entry, entry_fault(entry.why)),
        },
        more: |count| format!("and {count} more"),
        left_out: |file, why| format!("“{file}” is left out: {}.", failure(why)),
        differing: "Where a note differs",
        choices: &["Keep both, side by side", "Keep the newer", "Keep mine"],
        outcome: import_outcome,
    },
    launch: &Launch {
        heading: "Open this?",
        open_address,
        open_words,
        open_file,
        not_shared: "What was shared with Postil cannot be read. Share it again, or save it as a file and open that here.",
        too_large: "What was shared with Postil is too large to receive from another app. Save it as a file and open that here.",
        import_page,
        await_page,
        not_received: "The page could not be received: it cannot be read, or it is isolated from other windows. Go back to it and click “Annotate in Postil” again, or save it as a file and open that here.",
    },
    library: &Library {
        search: "Search articles and notes",
        sort_by: "Sort by",
        order,
        count: articles_shown,
        used,
        articles: "Your articles",
        about,
        remove: remove_article,
        removed: "Recently removed",
    },
    tags: &Tags {
        label: "Tags",
        search: "Search tags",
        count: tags_shown,
        list: "All tags",
        none_yet: "There are no tags yet. Write some under a note, with commas between them; here you will see how many notes have each, and can rename or remove it in all of them at once.",
        about: tag_about,
        rename: "Rename",
        new_name: new_name_of_tag,
        rename_in: rename_tag_in,
        join: join_tags,
        remove_from: remove_from_notes,
        show: "Show notes",
        named: named_with_tag,
    },
    all_notes: &AllNotes {
        label: "All notes",
        search: "Search all notes",
        group_by: "Group by",
        grouping: |by| match by {
            Grouping::Article => "Article",
            Grouping::Tag => "Tag",
            Grouping::Colour => "Colour",
            Grouping::Day => "Day",
        },
        reading: "Reading your notes …",
        fold_all: "Fold all",
        unfold_all: "Unfold all",
        shown: all_notes_shown,
        none_yet: "There are no notes yet. Open an article and select a passage: what you highlight or write, in any article, is found here.",
        no_match: "No note contains these words. Terms such as tag:law, in:title, by:ada, color:red and since:7d can be combined.",
        no_state: "What became of a note’s passage (“state:”) is known only in the article that is open.",
        no_tag: "No tag",
        no_day: "Day not known",
    },
    year: &Year {
        label: "Your year",
        as_table: "As a table",
        summary: year_summary,
        by_day: "Notes by day",
        by_colour: "Notes by colour",
        by_article: "Notes by article",
        notes_a_day: "Notes a day",
        on_day: |count, day| format!("{}, {day}", notes(count)),
        more_articles: |count| {
            counted(
                count,
                "more article has notes.",
                "more articles have notes.",
            )
        },
        week_of: "Week of",
        weekdays: &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        total: "Total",
        colour: "Colour",
        article: "Article",
        notes: "Notes",
    },
    your_notes: &YourNotes {
        looking: "Looking …",
        place: "Where they are",
        where_they_are,
        saved: "Everything is saved.",
        saving: "Your last edits are being saved.",
        not_saved: "Not everything is saved on disk.",
        small_storage: "Small storage",
        database: "Database",
        room,
        promised: "The browser has promised not to clear them by itself.",
        not_promised: "The browser may clear them when the disk is full.",
        ask_to_keep: "Ask it to keep them",
        backup: "Backup",
        edits_since_backup,
        no_backup_file: "This browser cannot keep a file on disk up to date; download your notes now and then.",
        choose_backup: "Keep a backup file up to date",
        backup_waits,
        resume_backup: "Allow it again",
        backup_kept,
        stop_backup: "Stop",
        trash: "Trash",
        trash_empty: "Nothing was removed recently. What you remove stays here for 30 days of use.",
        days_left,
        snapshots: "Snapshots",
        no_snapshots: "No snapshots yet. One is made on each day that you use Postil; the last seven are kept.",
        snapshot,
        set_aside: "Set aside",
        records_set_aside,
        delete_everything: "Delete everything",
        delete_why: "Removes every note, article and setting of Postil from this browser. This cannot be undone.",
        delete_sure: "Download your notes first: there is no way back.",
        delete_now: "Delete everything now",
    },
    synchronise: &Synchronise {
        label: "Synchronise",
        why: "Your notes can be kept in step with your other devices through a CouchDB: on a server of your own, or one that is hosted for you. Everything works without it as well.",
        set_up: "Set up",
        address: "Address of the database",
        address_hint: "https://server.example/my-notes",
        name: "Name",
        password: "Password",
        seal: "Encrypt the notes",
        passphrase: "Passphrase",
        passphrase_why: "Only who has the passphrase can read your notes on the server. If it is lost, nobody can open them there again; those in this browser stay.",
        open_why: "Other programs can read the notes on the server, and so can whoever runs it.",
        no_passphrase: "Please type a passphrase.",
        look: "Try",
        join: "Synchronise",
        looking: "The server is being asked…",
        works_new: "This works. The database is not there yet; it is made when you synchronise.",
        works: server_works,
        place: server_place,
        sealed: "The notes there are encrypted.",
        open: "The notes there are not encrypted.",
        paused: "Paused.",
        elsewhere: "Another tab does this.",
        working: server_working,
        in_step: server_in_step,
        offline: server_offline,
        stopped: server_stopped,
        not_kept: "Stopped: this browser does not store what arrives.",
        last: server_last,
        now: "Sync now",
        pause: "Pause",
        resume: "Resume",
        change: "Change passphrase",
        new_passphrase: "New passphrase",
        change_why: "Everything on the server is encrypted anew, and your other devices ask for the new passphrase. If it is lost, nobody can open the notes there again.",
        change_now: "Change",
        changed: "The passphrase is changed.",
        invite: "Add another device",
        invite_why: "Open this link on the other device, or point its camera at the code. The link has the key of your notes: show it to nobody else.",
        link: "Link for the other device",
        copy_link: "Copy link",
        code: "The link as a code",
        hide: "Hide",
        invited: server_invited,
        leave: "Leave",
        leave_why: "Your notes stay in this browser, and other devices keep theirs. What is on the server can stay or be deleted.",
        leave_only: "Leave it there",
        leave_and_delete: "Delete it there",
        left: "This browser does not synchronise any more. Your notes stay, here and on the server.",
        left_empty: "This browser does not synchronise any more. Your notes stay here, and are deleted on the server.",
        trouble: trouble_of_server,
        lines: "These lines in its configuration let it:",
    },
    together: &Together {
        label: "Read together",
        why: "A group can share a database: each sees the others’ notes on the articles that the group reads, and can answer them. Nobody changes another’s note.",
        set_up: "Join a group",
        maker: "Your name for the others",
        maker_why: "It stands beside each of your notes. Use the same on all your devices, and one that nobody else in the group has.",
        no_maker: "Please type your name for the others.",
        passphrase_why: "All of the group use the same passphrase; only who has it can read the notes on the server. If it is lost, nobody can open them there again; those in this browser stay.",
        open_why: "Whoever may read the database can read the notes, with other programs too.",
        join: "Join",
        as_reader: circle_as_reader,
        share: circle_share,
        share_why: "Other articles and the notes on them stay with you.",
        invite: "Invite a reader",
        invite_why: "Send this link to somebody who is to read with you, or let them point their camera at the code. It has the key of the group’s notes; the server may ask for a name and a password as well.",
        link: "Link for the other reader",
        invited: circle_invited,
        leave_why: "The notes stay in this browser, and yours stay with the others.",
        left: "This browser does not read together any more. The notes stay, here and on the server.",
        share_here: "Share with the group",
        hide_others: "Hide others’ notes",
        show_others: "Show others’ notes",
        copy: "Keep a copy",
    },
    folder: &Folder {
        label: "Folder",
        why: "The notes of each article can be kept as a Markdown file in a folder on this device, by your template: in a folder of Obsidian or of a synchronised drive, for instance. Files that Postil did not write stay as they are.",
        choose: "Keep notes in a folder",
        kept: folder_kept,
        waits: folder_waits,
        allow: "Allow again",
        stop: "Stop keeping",
        stopped: "Nothing more is written to the folder. The files in it stay.",
        writing: folder_writing,
        written: folder_written,
        not_written: "Nothing was written.",
        line: "Written by Postil, and written anew with each edit. What you write below this line stays.",
    },
    print: &Print {
        label: "Print",
        what: "What to print",
        parts: &[
            "Article with notes",
            "Article with highlights",
            "Notes only",
        ],
        hint: "Notes stand beside their lines where the paper is wide enough, otherwise after the article. Ctrl P prints what is chosen here.",
    },
    commands: &Commands {
        label: "Commands",
        command: "Command",
        hint: "What do you want to do?",
        none: "No command has these words.",
        next_note: "Next note",
        previous_note: "Previous note",
        write_note: "Write on the chosen note",
        write_whole: "Note on the whole article",
        remove_note: "Remove the chosen note",
        full_sheet: "Notes as high as the window, or not",
        toggle_notes: "Show or hide the notes",
        toggle_highlights: "Show or hide the highlights",
    },
    look: &Look {
        theme: "Theme",
        named_theme,
        typeface: "Typeface",
        named_face,
        measure,
        value: measured,
        justified: "Justify lines and hyphenate",
        strong: "More contrast",
        patterns: "Patterns beside colours",
        whole_words: "Select whole words",
        line_ends: "Keep single line ends in notes",
        no_line_ends: "Show single line ends in notes as spaces",
        reset: "As usual",
        language: "Language",
        browsers_language: "Browser’s language",
        language_why: "For another language the page reloads by itself; nothing is lost.",
    },
    cursor: &Cursor {
        next_sentence: "Next sentence",
        previous_sentence: "Previous sentence",
        next_paragraph: "Next paragraph",
        previous_paragraph: "Previous paragraph",
        next_heading: "Next heading",
        previous_heading: "Previous heading",
        highlight: "Highlight the sentence",
        add_note: "Add a note to the sentence",
        place,
        no_more,
        read_aloud: "Read aloud",
        rest: "Pause reading aloud",
        go_on: "Go on reading aloud",
        stop: "Stop reading aloud",
        resting: "Reading paused",
    },
    keys: &Keys {
        single_letters: "Single-letter keys",
        effect,
        change: "Change",
        change_of: |effect| format!("Change the key of “{effect}”"),
        switch_off: "Switch off",
        switch_off_of: |effect| format!("Switch off the key of “{effect}”"),
        off: "off",
        press: |effect| format!("Press the new key of “{effect}”. Esc leaves it as it is."),
        taken: |key, effect| format!("{key} is the key of “{effect}”."),
        swap: "Swap the two keys",
        keep: "Leave them",
        reset: "Reset all keys",
        named: str::to_owned,
        list: &[
            (
                "← →",
                "Previous, next sentence: the keys for a passage are then for that sentence",
            ),
            (
                "↑ ↓",
                "Previous, next paragraph, once you are at a sentence or in the article",
            ),
            ("Ctrl ↑ ↓", "Previous, next heading"),
            ("Shift ← → ↑ ↓", "At a sentence: take in more, or less"),
            (
                "Enter",
                "At a sentence: choose its note, or select its words",
            ),
            ("Esc", "At a sentence: leave it, so that ↑ ↓ scroll again"),
            (
                "Shift ← →",
                "In the article, elsewhere: extend the selection by a character",
            ),
            (
                "Ctrl Shift ← →",
                "In the article: extend the selection by a word",
            ),
            (
                "Shift ↑ ↓",
                "In the article: extend the selection by a line",
            ),
            (
                "Shift ← →",
                "Move the end of the chosen note’s passage; its start with Ctrl, by words with Alt",
            ),
            ("Enter", "Write on the chosen note"),
            ("Delete", "Remove the chosen note"),
            (
                "Ctrl A",
                "In the list of notes: select all that are shown; Delete removes them",
            ),
            (
                "Ctrl click, Shift click",
                "On cards: select several notes, or all up to this one; Esc lets go",
            ),
            (
                "Space",
                "On a card, while notes are selected: select its note too, or let it go",
            ),
            ("Shift A", "Attach the chosen note to the selected passage"),
            ("Ctrl Enter", "Save while writing"),
            (
                "Ctrl B, I, L, Q",
                "Bold, italic, link, quotation while writing",
            ),
            (
                "[[",
                "While writing: notes and headings to link to; ↑ ↓ and Enter take one",
            ),
            (
                "Enter",
                "In a list while writing: begin the next item, or end the list at an item without words",
            ),
            (
                "Tab, Shift Tab",
                "In a list while writing: put the item below another, or back",
            ),
            ("Esc", "Close, leave, clear the selection"),
            ("Ctrl Shift H", "Show or hide the highlights"),
            ("Ctrl K", "Every command, found by typing"),
            ("Ctrl Z", "Undo"),
            ("Ctrl Shift Z", "Redo"),
            ("Ctrl V", "Open what is on the clipboard"),
            ("Tab", "From one control to the next"),
        ],
    },
    notices: &Notices {
        message,
        progress: "Read so far",
        bring_back: "Bring it back",
        take_back: "Take it back",
        export_notes: "Export notes",
        update: "Reload to update",
        loading: "Loading …",
        unsaved: "Your last edits are only on this screen: this browser did not store them.",
        part_missing: "This part of Postil did not load. Check the connection and try again; if that does not help, reload the page.",
    },
    files: &Files {
        notes_on,
        all_notes,
        notes_of_day,
        library: library_of_day,
        backup: "postil-notes",
        set_aside: "postil-set-aside",
    },
};

const APP: &str = "Postil";

/// Maximum number of code points of a title, or of a file's name, within a question.
const MOST_TITLE: usize = 200;

fn window_title(article: &str) -> String {
    format!("{} · {APP}", EN.title(article))
}

fn format(format: Format) -> &'static str {
    match format {
        Format::WebAnnotation => "JSON (Web Annotation)",
        Format::AnnotationList => "JSON list (Web Annotation)",
        Format::Csv => "CSV",
        Format::Readwise => "CSV (Readwise)",
        Format::Text => "Text",
        Format::Hypothesis => "JSON (Hypothesis)",
        Format::Readium => "Readium annotations",
        Format::Bibtex => "BibTeX",
        Format::CslJson => "CSL JSON",
        Format::Markdown => "Markdown",
        Format::MarkedArticle => "Article with highlights (Markdown)",
        Format::Table => "Table",
        Format::Link => "Link",
        Format::WebPage => "Web page (one file)",
    }
}

fn named_theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "Light",
        Theme::Sepia => "Sepia",
        Theme::Dark => "Dark",
        Theme::Black => "Black",
        Theme::System => "System",
    }
}

fn named_face(face: Face) -> &'static str {
    match face {
        Face::Serif => "Serif",
        Face::Sans => "Sans",
        Face::Literata => "Literata, for long reading",
        Face::Atkinson => "Atkinson Hyperlegible, for low vision",
        Face::Dyslexic => "OpenDyslexic, for dyslexia",
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Size => "Text size",
        Measure::Width => "Line width",
        Measure::Height => "Line height",
    }
}

fn measured(measure: Measure, value: u16) -> String {
    match measure {
        Measure::Size => format!("{value} %"),
        // Letters are on average somewhat less than half as wide as high.
        Measure::Width => format!("about {} letters", value * 21 / 100),
        Measure::Height => format!("{}.{:02}", value / 100, value % 100),
    }
}

fn show_pictures(host: &str) -> String {
    format!("Show images from {host}")
}

fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "Yellow",
        Colour::Red => "Red",
        Colour::Green => "Green",
        Colour::Blue => "Blue",
        Colour::Purple => "Purple",
        Colour::Magenta => "Magenta",
        Colour::Orange => "Orange",
        Colour::Grey => "Grey",
    }
}

/// Returns the name of a colour for use within a sentence.
fn colour_in_words(of: Colour) -> &'static str {
    match of {
        Colour::Yellow => "yellow",
        Colour::Red => "red",
        Colour::Green => "green",
        Colour::Blue => "blue",
        Colour::Purple => "purple",
        Colour::Magenta => "magenta",
        Colour::Orange => "orange",
        Colour::Grey => "grey",
    }
}

fn notes(count: usize) -> String {
    match count {
        0 => "no notes".to_owned(),
        count => counted(count, "note", "notes"),
    }
}

fn notes_picked(count: usize, hidden: usize) -> String {
    let picked = capital(&notes(count));
    match hidden {
        0 => format!("{picked} selected"),
        hidden => format!("{picked} selected, {hidden} of them not shown"),
    }
}

fn tags_shown(shown: usize, all: usize) -> String {
    let tags = counted(all, "tag", "tags");
    match shown == all {
        true => tags,
        false => format!("{shown} of {tags}"),
    }
}

fn tag_about(here: usize, all: usize) -> String {
    match here == all {
        true => format!("{} here", notes(all)),
        false => format!("{} here, {all} in all articles", notes(here)),
    }
}

fn new_name_of_tag(tag: &str) -> String {
    format!("New name of “{tag}”")
}

fn rename_tag_in(count: usize) -> String {
    format!("Rename in {}", notes(count))
}

fn join_tags(other: &str, count: usize, others: usize) -> String {
    format!("Join with {other}: {count} + {}", notes(others))
}

fn remove_from_notes(count: usize) -> String {
    format!("Remove from {}", notes(count))
}

fn named_with_tag(label: &str, tag: &str) -> String {
    format!("{label}: {tag}")
}

fn remove_tag_from(tag: &str, count: usize) -> String {
    format!("{tag}: remove from {}", notes(count))
}

fn notes_shown(shown: usize, all: usize) -> String {
    format!("{shown} of {}", notes(all))
}

fn all_notes_shown(found: usize, all: usize, of: usize) -> String {
    let counted = match found == all {
        true => notes(all),
        false => notes_shown(found, all),
    };
    match of {
        0 => counted,
        of => format!("{counted}, in {}", articles(of)),
    }
}

fn year_summary(count: usize, days: usize, of: usize) -> String {
    match count {
        0 => "No notes were made in the last 53 weeks.".to_owned(),
        count => format!(
            "{} on {} of the last 53 weeks, in {}.",
            capital(&notes(count)),
            counted(days, "day", "days"),
            articles(of)
        ),
    }
}

fn need_a_look(count: usize) -> String {
    counted(count, "needs a look", "need a look")
}

fn more(label: &str, count: usize) -> String {
    format!("{label} ({count})")
}

fn found_of(found: usize, of: usize) -> String {
    format!("{found} of {of} passages found")
}

fn overlap(count: usize) -> String {
    counted(
        count,
        "more note on these words",
        "more notes on these words",
    )
}

fn recolour_named(name: &str) -> String {
    format!("Make it “{name}”")
}

fn name_of_colour(of: Colour) -> String {
    format!("Name of {}", colour_in_words(of))
}

fn recolour(other: Colour) -> String {
    format!("Make it {}", colour_in_words(other))
}

fn place_of(place: usize, count: usize) -> String {
    format!("{} of {count}", place + 1)
}

fn open_address(address: &str) -> String {
    format!("Fetch {address} and open it?")
}

fn open_words(title: &str, bytes: usize) -> String {
    let size = kilobytes(bytes);
    match &*shortened(title, MOST_TITLE) {
        "" => format!("Open the text that was shared with Postil, {size}?"),
        title => format!("Open “{title}”, {size}, which was shared with Postil?"),
    }
}

fn open_file(name: &str, bytes: usize, of: u32) -> String {
    let (name, size) = (shortened(name, MOST_TITLE), kilobytes(bytes));
    match of {
        1 => format!("Open “{name}”, {size}, which was shared with Postil?"),
        of => format!(
            "Open “{name}”, {size}? It is the first of {of} files that were shared with Postil; share the others one by one."
        ),
    }
}

fn import_page(page: &CapturedPage, is_known: bool) -> String {
    let from = if is_known {
        "from"
    } else {
        "which claims to be from"
    };
    let size = kilobytes(page.html.len());
    format!("Import “{}”, {size}, {from} {}?", page.title, page.host())
}

fn await_page(origin: &str) -> String {
    format!("Waiting for the page from {origin} …")
}

fn order(order: Order) -> &'static str {
    match order {
        Order::Opened => "last opened",
        Order::Title => "title",
        Order::Notes => "most notes",
        Order::Read => "least read",
    }
}

fn articles(count: usize) -> String {
    counted(count, "article", "articles")
}

fn articles_shown(shown: usize, all: usize) -> String {
    match shown == all {
        true => articles(all),
        false => format!("{shown} of {}", articles(all)),
    }
}

fn used(bytes: f64) -> String {
    format!("{} used in this browser", size(bytes))
}

fn about(entry: &Entry, opened: Option<String>) -> String {
    // The publication date is the one stated, whatever the reader's time zone.
    let day = |moment: &str| moment.split('T').next().unwrap_or_default().to_owned();
    let mut parts: Vec<String> = entry.site.iter().cloned().collect();
    parts.extend(entry.published.as_deref().map(day));
    parts.push(notes(entry.notes));
    parts.push(format!("{}% read", entry.read));
    parts.extend(opened.map(|day| format!("opened {day}")));
    parts.join(" · ")
}

fn remove_article(title: &str) -> String {
    format!("Remove “{}”", EN.title(title))
}

fn where_they_are(count: usize, on: usize) -> String {
    format!(
        "{} on {}, in this browser on this device and nowhere else.",
        capital(&notes(count)),
        articles(on)
    )
}

fn room(used: f64, all: f64) -> String {
    format!("{} of {}", size(used), size(all))
}

fn edits_since_backup(edits: u32) -> String {
    match edits {
        0 => "Nothing has changed since the last backup.".to_owned(),
        edits => counted(
            edits as usize,
            "edit since the last backup.",
            "edits since the last backup.",
        ),
    }
}

fn backup_waits(name: &str) -> String {
    format!(
        "“{name}” is your backup file. The browser needs your permission before it is written again."
    )
}

fn backup_kept(name: &str) -> String {
    format!("“{name}” is kept up to date while Postil is open.")
}

/// Says that records wait, if any do.
fn waiting(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " One change waits.".to_owned(),
        _ => format!(" {count} changes wait."),
    }
}

fn circle_as_reader(name: &str) -> String {
    format!("The others see you as “{name}”.")
}

fn circle_share(title: &str) -> String {
    format!("The group reads “{}” with my notes", EN.title(title))
}

fn circle_invited(address: &str) -> String {
    format!("This link lets you read together with the group of the database {address}.")
}

fn server_works(documents: u64) -> String {
    match documents {
        0 => "This works. The database is empty.".to_owned(),
        1 => "This works. The database has one document.".to_owned(),
        _ => format!("This works. The database has {documents} documents."),
    }
}

fn server_place(address: &str, name: &str) -> String {
    match name {
        "" => format!("With {address}."),
        _ => format!("With {address}, as {name}."),
    }
}

fn server_working(count: usize) -> String {
    ["Synchronising…", &waiting(count)].concat()
}

fn server_in_step(refused: usize, unreadable: usize) -> String {
    let mut said = "In step.".to_owned();
    if refused > 0 {
        said += &format!(
            " The server does not let you write {}; they are kept here.",
            counted(refused, "change", "changes")
        );
    }
    if unreadable > 0 {
        let as_is = match unreadable {
            1 => "it stays as it is",
            _ => "they stay as they are",
        };
        let documents = counted(unreadable, "document", "documents");
        said += &format!(" {documents} on the server cannot be read; {as_is}.");
    }
    said
}

fn server_offline(count: usize) -> String {
    ["Offline: the server is not reached.", &waiting(count)].concat()
}

fn server_stopped(why: &str, count: usize) -> String {
    ["Stopped: ", why, &waiting(count)].concat()
}

fn server_invited(address: &str, name: &str) -> String {
    match name {
        "" => format!("This link synchronises the notes in this browser with {address}."),
        _ => format!("This link synchronises the notes in this browser with {address}, as {name}."),
    }
}

fn server_last(moment: &str) -> String {
    format!("Last: {moment}.")
}

fn trouble_of_server(why: Trouble) -> &'static str {
    match why {
        Trouble::Unreachable => {
            "No server answers at this address. Look at the address and at your connection; a wrong date or time on this device makes connections fail, too."
        }
        Trouble::SignIn => "The server does not accept this name with this password.",
        Trouble::Forbidden => "The server does not allow it to this name.",
        Trouble::Missing => "The server has no such database.",
        Trouble::Full => "There is no room left on the server.",
        Trouble::Busy => "The server has too much to do. It is asked again later.",
        Trouble::TooLong => "The server answers with more than can be read.",
        Trouble::Unknown => {
            "What answers there is no CouchDB, or none of version 2 or later. Look at the address."
        }
        Trouble::NoAddress => {
            "This is no address of a database: it has the server and then the database, as in https://server.example/my-notes."
        }
        Trouble::Closed => {
            "The server is there, but does not let this page read its answers (CORS)."
        }
        Trouble::Unsafe => {
            "The browser does not encrypt or store this here: the page must come over a safe connection (https), and there must be 64 MB of free memory."
        }
        Trouble::WrongPassphrase => "This is not the passphrase of the notes there.",
        Trouble::Sealed => "The notes there are encrypted: type their passphrase.",
        Trouble::NotSealed => {
            "The notes there are not encrypted. Choose another database, or do without encryption."
        }
        Trouble::Newer => {
            "What is there cannot be read: a newer version of Postil may have written it, or something is missing."
        }
    }
}

fn folder_kept(name: &str) -> String {
    format!(
        "The notes of each article are kept in the folder “{name}” while Postil is open. What you write in a file below its marked line stays; what is above it is written anew with each edit."
    )
}

fn folder_waits(name: &str) -> String {
    format!(
        "“{name}” is your folder for notes. The browser needs your permission before more is written there."
    )
}

fn folder_writing(done: usize, all: usize) -> String {
    format!("Writing the notes of {}: {done} done.", articles(all))
}

fn folder_written(count: usize, left_out: usize) -> String {
    let written = format!("The notes of {} are in the folder.", articles(count));
    match left_out {
        0 => written,
        1 => format!("{written} 1 article was left out, since its text is not in this browser."),
        _ => format!(
            "{written} {left_out} articles were left out, since their texts are not in this browser."
        ),
    }
}

fn days_left(days: u32) -> String {
    counted(days as usize, "more day", "more days")
}

fn snapshot(date: &str, count: usize) -> String {
    format!("{date}: {}", notes(count))
}

fn records_set_aside(count: usize) -> String {
    counted(
        count,
        "record could not be read. It is kept as it was.",
        "records could not be read. They are kept as they were.",
    )
}

fn name_of(intent: Intent) -> &'static str {
    match intent {
        Intent::Highlight => "the highlight",
        Intent::AddNote => "the new note",
        Intent::Edit => "the edit",
        Intent::Recolour => "the colour",
        Intent::Remove => "the removal",
        Intent::Import => "the import",
        Intent::Keep => "keeping the passage",
        Intent::Detach => "detaching the note",
        Intent::Attach => "attaching the note",
        Intent::Move => "moving the passage’s ends",
        Intent::AddPassage => "adding the passage",
        Intent::RemovePassage => "removing the passage",
        Intent::Join => "making it a new version",
        Intent::Restore => "bringing notes back",
        Intent::RemoveArticle => "removing the article’s notes",
        Intent::AddTag => "adding the tag",
        Intent::RemoveTag => "removing the tag",
        Intent::RenameTag => "renaming the tag",
    }
}

fn elsewhere(elsewhere: bool) -> &'static str {
    if elsewhere {
        ", in another article"
    } else {
        ""
    }
}

/// Returns the text of a message.
fn place(words: &str, level: Option<u8>, colours: &[Colour], has_note: bool) -> String {
    let mut said = match level {
        Some(level) => format!("Heading level {level}: {words}"),
        None => words.to_owned(),
    };
    if !colours.is_empty() {
        let colours: Vec<&str> = colours
            .iter()
            .map(|colour| colour_in_words(*colour))
            .collect();
        let note = if has_note { ", with a note" } else { "" };
        said.push_str(&format!(" – marked {}{note}", colours.join(" and ")));
    }
    said
}

fn effect(usual: char) -> String {
    let said = match usual {
        'h' => "Highlight the passage",
        'a' => "Add a note to the passage",
        'n' => "Add a note, by a second key",
        '1'..='8' => {
            let number = usual as usize - '1' as usize;
            let colour = Colour::ALL.get(number).copied().unwrap_or_default();
            return format!("Highlight or recolour in {}", colour_in_words(colour));
        }
        'w' => "Select the whole table, figure, code or formula",
        'r' => "Read aloud, pause, go on; Esc stops",
        'j' => "Next note",
        'k' => "Previous note",
        'y' => "Keep the chosen note where it was found",
        'x' => "Detach the chosen note: its passage is not there",
        '[' => "Previous place where the chosen note may be",
        ']' => "Next place where the chosen note may be",
        '/' => "Search notes",
        't' => "Show or hide the notes",
        'c' => "Contents of the article",
        'l' => "Library",
        _ => "This list",
    };
    said.to_owned()
}

fn whole(whole: Whole) -> &'static str {
    match whole {
        Whole::Table => "Whole table",
        Whole::Figure => "Whole figure",
        Whole::Code => "Whole code",
        Whole::Formula => "Whole formula",
    }
}

fn no_more(unit: Unit, forward: bool) -> &'static str {
    match (unit, forward) {
        (Unit::Heading, true) => "No heading follows",
        (Unit::Heading, false) => "No heading before this",
        (_, true) => "End of the article",
        (_, false) => "Beginning of the article",
    }
}

fn message(message: &Message) -> String {
    match message {
        Message::Highlighted { colour: c } => format!("Highlighted in {}.", colour_in_words(*c)),
        Message::Recoloured { colour: c } => format!("Now {}.", colour_in_words(*c)),
        Message::NoteSaved => "Note saved.".to_owned(),
        Message::DraftKept => "What you wrote is kept as a draft.".to_owned(),
        Message::OnScreenOnly => "What you wrote is only on this screen.".to_owned(),
        Message::Removed => "Note removed.".to_owned(),
        Message::Changed { intent, notes: count } => changed(*intent, *count),
        Message::Copied { notes: count } => format!("{} copied.", capital(&notes(*count))),
        Message::LinkCopied => "The link is copied.".to_owned(),
        Message::NoAddress => "This article has no web address, so no link can lead to it. “Copy link with notes” works without one.".to_owned(),
        Message::NotCopied => "The browser did not give access to the clipboard. Nothing was copied.".to_owned(),
        Message::Kept => "Kept: the note is on the words as they are now.".to_owned(),
        Message::Detached => "Detached: the note is in the list of those not found.".to_owned(),
        Message::UpdateReady => "There is a new version of Postil.".to_owned(),
        Message::NothingSelected => EN.passage.select_first.to_owned(),
        Message::Looking { place, of } => format!("Place {place} of {of}."),
        Message::Attached => "The note is on this passage now.".to_owned(),
        Message::PassageAdded => "The note is on these words too now.".to_owned(),
        Message::PassageRemoved => "The note is no longer on these words.".to_owned(),
        Message::Placed(placement) => format!("{}.", placed(placement)),
        Message::Undone { intent, elsewhere: e } => format!("Undone: {}{}.", name_of(*intent), elsewhere(*e)),
        Message::Redone { intent, elsewhere: e } => format!("Redone: {}{}.", name_of(*intent), elsewhere(*e)),
        Message::NothingToUndo => "There is nothing to undo.".to_owned(),
        Message::NothingToRedo => "There is nothing to redo.".to_owned(),
        Message::UndoConflict => {
            "That edit cannot be undone: the note was changed in another tab since. Nothing was changed.".to_owned()
        }
        Message::RedoConflict => {
            "That edit cannot be redone: the note was changed in another tab since. Nothing was changed.".to_owned()
        }
        Message::KeptBoth => {
            "This note was changed in another tab while you wrote. Both texts are kept, yours as a note of its own.".to_owned()
        }
        Message::Imported(report) => imported(report),
        Message::Exported { notes: count } => format!("{} exported.", capital(&notes(*count))),
        Message::Restored { notes: 0 } => "Everything is as it was then.".to_owned(),
        Message::Restored { notes: count } => format!("{} brought back.", capital(&notes(*count))),
        Message::BackupDue { edits } => {
            format!("{edits} edits since your last backup. Your notes are only in this browser.")
        }
        Message::NothingToExport => "There are no notes to export yet.".to_owned(),
        Message::Opened { title } => format!("Opened “{}”.", EN.title(title)),
        Message::OpenedCut { title } => {
            format!(
                "Opened “{}”, without its end: it is longer than Postil can read.",
                EN.title(title)
            )
        }
        Message::Fewer(Fewer::InArticle(percent)) => format!("This article has {percent}% of the page’s words."),
        Message::Fewer(Fewer::InAll(percent)) => {
            format!("Only {percent}% of this page’s words could be shown: the page hides the rest.")
        }
        Message::ReadingNotes { .. } => "Reading the notes …".to_owned(),
        Message::Changing { .. } => "Changing the notes …".to_owned(),
        Message::Finding { notes: count } => {
            format!("Finding {} in the new text …", notes(*count))
        }
        Message::Reading { fetched: true, .. } => "Fetching the page …".to_owned(),
        Message::Reading { fetched: false, .. } => EN.reader.reading.to_owned(),
        Message::Loading => EN.notices.loading.to_owned(),
        Message::Stopped => "Stopped. Nothing was changed.".to_owned(),
        Message::ArticleRemoved { title, notes: went, .. } => match (EN.title(title), went.len()) {
            (title, 0) => format!("“{title}” was removed."),
            (title, count) => format!("“{title}” was removed, with {}.", notes(count)),
        },
        Message::Storage { local, journal } => storage(*local, *journal).to_owned(),
        Message::ReadOnly => {
            "A newer version of Postil has saved data here. This version changes nothing: reload the page to continue.".to_owned()
        }
        Message::KeptBothHeard => {
            "A note was changed in two tabs at the same time. Both texts are kept, one as a note of its own.".to_owned()
        }
        Message::SetAside { records } => counted(
            *records,
            "stored note could not be read. It is set aside unchanged; the others are here.",
            "stored notes could not be read. They are set aside unchanged; the others are here.",
        ),
        Message::ImportFailed { why } => format!("No notes were imported: {}.", failure(why)),
        Message::OpenFailed { why } => format!("The article was not opened: {}.", failure(why)),
        Message::ExportFailed { why } => format!("The notes were not exported: {}.", failure(why)),
        Message::TextMissing { title } => {
            format!(
                "The text of “{}” is not in this browser any more. Its notes are kept: open the article again, and they come back.",
                EN.title(title)
            )
        }
        Message::FileRefused => "The browser did not accept the file.".to_owned(),
        Message::BackupFailed => {
            "The backup file could not be written. Your notes are kept here all the same.".to_owned()
        }
        Message::FolderFailed => {
            "Your notes could not be written to your folder: the browser needs your permission again, or the folder is gone. They are kept here all the same.".to_owned()
        }
        Message::OutOfStep { why } => format!(
            "Your notes are not synchronised. {} They are kept here all the same.",
            trouble_of_server(*why)
        ),
        Message::NotYours => {
            "This note is another reader’s and stays as it is. You can answer it, or keep a copy.".to_owned()
        }
        Message::TextNotKept => {
            "This article’s text could not be kept: you can read it now, but must open it again after a reload.".to_owned()
        }
        Message::PartMissing => EN.notices.part_missing.to_owned(),
        Message::NotSpoken { absent: true } => "This browser cannot read aloud.".to_owned(),
        Message::NotSpoken { absent: false } => {
            "Reading aloud has stopped: the browser has no voice for this language, or its voice does not answer.".to_owned()
        }
        Message::NotPlaced { notes: count, why } => format!(
            "{} could not be looked for in this text: {}. Until then they are listed as not found.",
            capital(&notes(*count)),
            failure(why)
        ),
    }
}

/// Says what one edit has done to many notes.
fn changed(intent: Intent, count: usize) -> String {
    let many = notes(count);
    match intent {
        Intent::AddTag => format!("Tag added to {many}."),
        Intent::RemoveTag => format!("Tag removed from {many}."),
        Intent::RenameTag => format!("Tag renamed in {many}."),
        Intent::Remove => format!("{} removed.", capital(&many)),
        _ => format!("{} recoloured.", capital(&many)),
    }
}

/// Returns why something could not be done, for use within a sentence.
fn failure(failure: &Failure) -> String {
    let said = match failure {
        Failure::NotLoaded => {
            "the part of Postil that this needs could not be loaded; are you offline?"
        }
        Failure::TooSlow => "it took longer than a minute, so it was stopped",
        Failure::Stopped => "it was stopped",
        Failure::NotAnAddress => "this is not a web address: it should begin with https://",
        Failure::SiteRefused => {
            "this site does not let other sites read its pages, or you are offline. Open the page yourself, then save it as a file or copy its text, and open that here"
        }
        Failure::SiteSilent => "the site did not answer within 15 seconds",
        Failure::SiteStatus(status) => return format!("the site answered with error {status}"),
        Failure::PageTooLarge => "the page is larger than 20 MB",
        Failure::FileTooLarge => "the file is too large",
        Failure::FileUnreadable => {
            "the browser could not read the file; it may have been moved or changed"
        }
        Failure::Empty => "there is nothing to read in it",
        Failure::Binary(name) => return format!("it is not text but {name} data"),
        Failure::Locked => "this book is locked (DRM): only the seller’s programs can open it",
        Failure::Damaged(name) => {
            return format!(
                "no page can be found in this {name} file: it is damaged or incomplete"
            );
        }
        Failure::Malformed => "what was stored of it is damaged",
        Failure::OtherVersion => "it was written by another version of Postil",
        Failure::Archive => "no notes that can be read are in this ZIP archive",
        Failure::NotesTooLarge => "the file is larger than 50 MB",
        Failure::NotJson(why) => return format!("it is not JSON ({why})"),
        Failure::NoAnnotations => "it holds no notes in a form known here",
        Failure::TooManyNotes => "it holds more than 200,000 notes",
        Failure::Template(error) => return template_error(error),
    };
    said.to_owned()
}

fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::Blockquote => "Blockquote",
        Preset::Callout => "Callout",
        Preset::Plain => "Plain",
    }
}

/// Says what is wrong with a template of Markdown.
fn template_error(error: &TemplateError) -> String {
    let (line, said) = (error.line(), error.detail());
    match error.problem() {
        Problem::Syntax => format!("line {line} of the template is not understood ({said})"),
        Problem::UnknownVariable => {
            format!("line {line} of the template asks for a value that there is not ({said})")
        }
        Problem::UnknownName => {
            format!("line {line} of the template uses a name that there is not ({said})")
        }
        Problem::Endless => format!("the template comes to no end, in line {line}"),
        Problem::Unusable => format!("line {line} of the template cannot be carried out ({said})"),
    }
}

fn import_elsewhere(count: usize, articles: usize) -> String {
    let notes = counted(count, "is", "are");
    let articles = counted(
        articles,
        "other article, kept under its address",
        "other articles, kept under their addresses",
    );
    format!("{notes} for {articles}")
}

fn import_outcome(added: usize, updated: usize) -> String {
    match (added, updated) {
        (0, 0) => "Nothing will change.".to_owned(),
        (0, updated) => format!("{} will be updated.", notes(updated)),
        (added, 0) => format!("{} will be added.", notes(added)),
        (added, updated) => format!("{} will be added, {updated} updated.", notes(added)),
    }
}

/// Says why an entry of a file of notes was not understood.
fn entry_fault(fault: EntryFault) -> &'static str {
    match fault {
        EntryFault::NotAnObject => "not an object",
        EntryFault::NoTarget => "no target",
        EntryFault::UnknownTarget => "its target is neither an address nor an object",
        EntryFault::NoteTooLong => "the note is longer than 1 MB",
        EntryFault::NoWords => "neither a passage nor a note",
        EntryFault::Garbled => "a part of it cannot be read",
    }
}

/// Returns the message for when one store refuses, or both do.
fn storage(local: Option<Refusal>, journal: Option<Refusal>) -> &'static str {
    match (local, journal) {
        (Some(Refusal::Full), None) => {
            "There is no room left in this browser’s small storage. Your notes are safe in its database; make room, so that they are in both again."
        }
        (_, None) => {
            "This browser’s small storage cannot be written. Your notes are safe in its database."
        }
        (_, Some(Refusal::Newer)) => {
            "A newer version of Postil is open in another tab. Reload this page, so that it can continue to keep your notes."
        }
        (Some(Refusal::Cleared), Some(Refusal::Cleared)) => {
            "The data that this site kept in this browser was cleared. Your notes are still on this screen: try again to keep them here, or export them."
        }
        (None, Some(Refusal::Full)) => {
            "There is no room left in this browser’s database. Your notes are in its small storage, where a crash may lose the last minute of edits. Export your notes, make room, then try again."
        }
        (None, Some(_)) => {
            "This browser’s database cannot be written. Your notes are in its small storage, where a crash may lose the last minute of edits. Export them now and then."
        }
        (Some(Refusal::Full), Some(_)) | (Some(_), Some(Refusal::Full)) => {
            "There is no room left in this browser’s storage, so your last edits are only on this screen. Export your notes, make room, then try again."
        }
        (Some(_), Some(_)) => {
            "This browser does not let the page keep anything, so your notes last only as long as this tab. Export them before you close it."
        }
    }
}

fn imported(report: &Report) -> String {
    let mut parts = vec![format!("{} added", capital(&notes(report.added)))];
    let mut part = |count: usize, one: &str, other: &str| {
        if count > 0 {
            parts.push(counted(count, one, other));
        }
    };
    part(report.updated, "updated", "updated");
    part(report.already, "already there", "already there");
    part(
        report.elsewhere,
        "of them on another article",
        "of them on other articles",
    );
    part(report.not_understood, "not understood", "not understood");
    let reason = report
        .first_reason
        .map(|first| format!(" (entry {}: {})", first.entry, entry_fault(first.why)))
        .unwrap_or_default();
    let placed = report.placement.as_ref().map(placed);
    let placed = placed.map_or_else(String::new, |placed| format!(" In this article {placed}."));
    format!("{}{reason}.{placed}", parts.join(", "))
}

/// Says where notes are in a text they were not made on: "212 in place, 9 moved, 2 need a look".
fn placed(placement: &PlacementCounts) -> String {
    let parts = [
        (placement.in_place, ["in place"; 2]),
        (placement.moved, ["moved"; 2]),
        (placement.changed, ["changed"; 2]),
        (placement.look, ["needs a look", "need a look"]),
    ];
    let told = parts.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, [one, other])| counted(count, one, other))
        .collect();
    told.join(", ")
}

fn notes_on(title: &str) -> String {
    format!("notes {}", EN.title(title))
}

fn all_notes(day: &str) -> String {
    format!("all notes {day}")
}

fn library_of_day(day: &str) -> String {
    format!("library {day}")
}

fn notes_of_day(day: &str) -> String {
    format!("notes of {day}")
}

fn brings(count: usize, title: &str, address: &str) -> String {
    let from = match address {
        "" => String::new(),
        address => format!(" ({})", shortened(address, MOST_TITLE)),
    };
    let title = shortened(EN.title(title), MOST_TITLE);
    format!("This link brings {} on “{title}”{from}.", notes(count))
}

fn kilobytes(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(1_000))
}

/// Formats bytes with one decimal. In whole numbers, since code that formats fractions is large.
fn size(bytes: f64) -> String {
    let tenths = (bytes / 104_857.6) as u64;
    let (tenths, unit) = match tenths {
        0..10_240 => (tenths, "MB"),
        _ => (tenths / 1_024, "GB"),
    };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// Returns a number with the noun that it counts.
fn counted(count: usize, one: &str, other: &str) -> String {
    let what = match plural(count) {
        Plural::One => one,
        _ => other,
    };
    format!("{count} {what}")
}

/// The plural rule of English: one, and every other number.
fn plural(count: usize) -> Plural {
    match count {
        1 => Plural::One,
        _ => Plural::Other,
    }
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_uppercase())
            .chain(characters)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_form_that_goes_with_them() {
        let count = |number| (EN.notes.count)(number);
        assert_eq!([0, 1, 2].map(count), ["no notes", "1 note", "2 notes"]);
        let articles = (EN.library.count)(1, 12);
        assert_eq!(articles, "1 of 12 articles");
        let set_aside = |records| (EN.notices.message)(&Message::SetAside { records });
        assert!(
            set_aside(1).starts_with("1 stored note could") && set_aside(2).contains("They are")
        );
    }

    #[test]
    fn what_a_room_shows_is_told_with_its_numbers() {
        assert_eq!((EN.all_notes.shown)(0, 0, 0), "no notes");
        assert_eq!((EN.all_notes.shown)(0, 3, 0), "0 of 3 notes");
        assert_eq!((EN.all_notes.shown)(1, 1, 1), "1 note, in 1 article");
        assert_eq!(
            (EN.all_notes.shown)(12, 240, 3),
            "12 of 240 notes, in 3 articles"
        );
        assert_eq!(
            (EN.year.summary)(37, 1, 3),
            "37 notes on 1 day of the last 53 weeks, in 3 articles."
        );
        assert_eq!((EN.year.on_day)(1, "5 May"), "1 note, 5 May");
    }

    #[test]
    fn what_an_import_came_to_is_one_sentence_or_two() {
        let report = Report {
            added: 3,
            elsewhere: 1,
            not_understood: 2,
            placement: Some(PlacementCounts {
                in_place: 1,
                look: 1,
                ..PlacementCounts::default()
            }),
            ..Report::default()
        };
        let told = (EN.notices.message)(&Message::Imported(report));
        let expected = "3 notes added, 1 of them on another article, 2 not understood. In this \
            article 1 in place, 1 needs a look.";
        assert_eq!(told, expected);
    }

    #[test]
    fn why_something_failed_ends_the_sentence_that_says_so() {
        let told = |why| (EN.notices.message)(&Message::OpenFailed { why });
        assert_eq!(
            told(Failure::SiteStatus(404)),
            "The article was not opened: the site answered with error 404."
        );
        assert!(told(Failure::Binary("PDF".to_owned())).contains("it is not text but PDF data"));
    }

    #[test]
    fn an_article_without_a_title_is_called_something() {
        assert_eq!((EN.window_title)(" "), "Untitled · Postil");
        assert_eq!((EN.window_title)("Of Tides"), "Of Tides · Postil");
        assert_eq!((EN.files.notes_on)(""), "notes Untitled");
    }

    #[test]
    fn room_is_told_with_one_digit_after_the_point() {
        let mebibytes = |number: f64| number * 1_048_576.0;
        assert_eq!(
            (EN.your_notes.room)(mebibytes(1.25), mebibytes(10_240.0)),
            "1.2 MB of 10.0 GB"
        );
    }
}
