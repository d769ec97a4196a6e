//! What the functions among the strings say: in every language the same numbers, titles and names.

use std::fs;
use std::path::Path;

use postil::model::all_notes::Grouping;
use postil::model::annotation::Colour;
use postil::model::cursor::Unit;
use postil::model::exchange::markdown::Preset;
use postil::model::exchange::{EntryFault, Format, NotUnderstood};
use postil::model::failure::Failure;
use postil::model::library::{Entry, Order};
use postil::model::look::{Face, Measure, Theme};
use postil::model::page_import::CapturedPage;
use postil::model::query::{Field, Kind, Sort, State};
use postil::model::wholes::Whole;
use postil::ui::strings::{DE, EN, Strings};

use super::every_message::{NAME, TROUBLES, article, messages};

/// Another name than the messages have.
const OTHER: &str = "Zy";

/// What functions say, each with its name, `group.field`.
struct Said(Vec<(&'static str, String)>);

impl Said {
    fn add(&mut self, name: &'static str, said: impl IntoIterator<Item = impl Into<String>>) {
        self.0
            .extend(said.into_iter().map(|said| (name, said.into())));
    }
}

/// What every function of a language says for the same values.
fn all(words: &Strings) -> Vec<(&'static str, String)> {
    let mut said = Said(Vec::new());
    said.add("window_title", [(words.window_title)(NAME)]);
    of_choices(words, &mut said);
    of_notes(words, &mut said);
    of_articles(words, &mut said);
    of_imports(words, &mut said);
    of_tags(words, &mut said);
    of_storage(words, &mut said);
    of_keys(words, &mut said);
    said.add(
        "notices.message",
        messages().iter().map(words.notices.message),
    );
    said.add("files.notes_on", [(words.files.notes_on)(NAME)]);
    said.add("files.all_notes", [(words.files.all_notes)("2026-05-03")]);
    said.add(
        "files.notes_of_day",
        [(words.files.notes_of_day)("2026-05-03")],
    );
    said.add("files.library", [(words.files.library)("2026-05-03")]);
    said.0
}

fn of_choices(words: &Strings, said: &mut Said) {
    said.add("bar.format", Format::ALL.map(words.bar.format));
    said.add("markdown.preset", Preset::ALL.map(words.markdown.preset));
    said.add(
        "markdown.problem",
        [(words.markdown.problem)(&Failure::NotJson(NAME.to_owned()))],
    );
    said.add("export.here", [1, 7].map(words.export.here));
    said.add("export.shown", [(words.export.shown)(3, 7)]);
    said.add("export.picked", [1, 7].map(words.export.picked));
    said.add("export.file", [(words.export.file)(NAME, 12_000)]);
    said.add("export.cut", [(words.export.cut)(12_000)]);
    said.add("export.left_out", [1, 7].map(words.export.left_out));
    for (name, say) in [
        ("sharing.size", words.sharing.size),
        ("sharing.may_be_cut", words.sharing.may_be_cut),
        ("sharing.too_long", words.sharing.too_long),
    ] {
        said.add(name, [say(12_000)]);
    }
    let brings = |count, address| (words.sharing.brings)(count, NAME, address);
    said.add("sharing.brings", [brings(1, ""), brings(7, OTHER)]);
    said.add("sharing.leads_to", [(words.sharing.leads_to)(NAME, OTHER)]);
    said.add("selection.colour", Colour::ALL.map(words.selection.colour));
    said.add(
        "selection.name_of_colour",
        Colour::ALL.map(words.selection.name_of_colour),
    );
    let wholes = [Whole::Table, Whole::Figure, Whole::Code, Whole::Formula];
    said.add("selection.whole", wholes.map(words.selection.whole));
    said.add("filters.order", Sort::ALL.map(words.filters.order));
    said.add("filters.state", State::ALL.map(words.filters.state));
    said.add("filters.kind", Kind::ALL.map(words.filters.kind));
    said.add("filters.field", Field::ALL.map(words.filters.field));
    said.add("filters.misread", Field::ALL.map(words.filters.misread));
    said.add("filters.tagged", [(words.filters.tagged)(NAME)]);
    said.add("filters.made_by", [(words.filters.made_by)(NAME)]);
    said.add("filters.only_shown", [1, 2].map(words.filters.only_shown));
    said.add("links.linked_from", [1, 2].map(words.links.linked_from));
    said.add("templates.remove", [(words.templates.remove)(NAME)]);
    said.add("library.order", Order::ALL.map(words.library.order));
    said.add(
        "all_notes.grouping",
        Grouping::ALL.map(words.all_notes.grouping),
    );
    said.add("look.named_theme", Theme::ALL.map(words.look.named_theme));
    said.add("look.named_face", Face::ALL.map(words.look.named_face));
    said.add("look.measure", Measure::ALL.map(words.look.measure));
    said.add(
        "look.value",
        Measure::ALL.map(|measure| (words.look.value)(measure, 140)),
    );
}

fn of_notes(words: &Strings, said: &mut Said) {
    let counts = [0, 1, 7];
    said.add("notes.count", counts.map(words.notes.count));
    said.add(
        "notes.shown_of",
        counts.map(|shown| (words.notes.shown_of)(shown, 8)),
    );
    said.add("notes.need_a_look", [1, 7].map(words.notes.need_a_look));
    said.add("notes.more", [(words.notes.more)(NAME, 4)]);
    said.add(
        "picked.count",
        counts.map(|hidden| (words.picked.count)(8, hidden)),
    );
    said.add(
        "picked.remove_tag_from",
        [(words.picked.remove_tag_from)(NAME, 4)],
    );
    said.add("card.recolour", Colour::ALL.map(words.card.recolour));
    said.add("card.recolour_named", [(words.card.recolour_named)(NAME)]);
    said.add("card.found_of", [(words.card.found_of)(3, 4)]);
    said.add("card.overlap", [1, 7].map(words.card.overlap));
    said.add("card.also_marked_by", [(words.card.also_marked_by)(NAME)]);
    said.add("card.answers", [(words.card.answers)(NAME)]);
    said.add("passage.place_of", [(words.passage.place_of)(2, 4)]);
    said.add(
        "all_notes.shown",
        counts.map(|found| (words.all_notes.shown)(found, 7, 3)),
    );
    said.add(
        "year.summary",
        [0, 1, 9].map(|notes| (words.year.summary)(notes, 2, 3)),
    );
    said.add("year.on_day", [(words.year.on_day)(3, NAME)]);
    said.add("year.more_articles", [1, 7].map(words.year.more_articles));
    let place =
        |level, colours: &[Colour], has_note| (words.cursor.place)(NAME, level, colours, has_note);
    said.add(
        "cursor.place",
        [
            place(Some(2), &[], false),
            place(None, &[Colour::Red], true),
        ],
    );
    for unit in [Unit::Sentence, Unit::Paragraph, Unit::Heading] {
        said.add(
            "cursor.no_more",
            [true, false].map(|forward| (words.cursor.no_more)(unit, forward)),
        );
    }
}

fn of_articles(words: &Strings, said: &mut Said) {
    said.add("reader.show_pictures", [(words.reader.show_pictures)(NAME)]);
    said.add("launch.open_address", [(words.launch.open_address)(NAME)]);
    said.add(
        "launch.open_words",
        ["", NAME].map(|title| (words.launch.open_words)(title, 12_000)),
    );
    said.add(
        "launch.open_file",
        [1, 3].map(|of| (words.launch.open_file)(NAME, 12_000, of)),
    );
    let page = CapturedPage {
        url: "https://zy.example/".to_owned(),
        title: NAME.to_owned(),
        html: "x".repeat(2_000),
        selection: String::new(),
    };
    let import = |is_known| (words.launch.import_page)(&page, is_known);
    said.add("launch.import_page", [true, false].map(import));
    said.add("launch.await_page", [(words.launch.await_page)(NAME)]);
    said.add(
        "library.count",
        [(3, 8), (8, 8), (1, 1)].map(|(shown, all)| (words.library.count)(shown, all)),
    );
    said.add("library.used", [(words.library.used)(1_310_720.0)]);
    let entry = Entry {
        id: article(),
        title: NAME.to_owned(),
        site: Some(NAME.to_owned()),
        published: Some("2026-05-03T10:00:00Z".to_owned()),
        opened: String::new(),
        read: 40,
        notes: 3,
        words: String::new(),
    };
    said.add(
        "library.about",
        [None, Some(OTHER.to_owned())].map(|opened| (words.library.about)(&entry, opened)),
    );
    said.add("library.remove", [(words.library.remove)(NAME)]);
}

fn of_imports(words: &Strings, said: &mut Said) {
    let import = words.import;
    let counts = [
        ("import.new", import.new),
        ("import.already", import.already),
        ("import.newer_here", import.newer_here),
        ("import.newer_there", import.newer_there),
        ("import.as_old", import.as_old),
        ("import.twice", import.twice),
        ("import.not_understood", import.not_understood),
        ("import.more", import.more),
    ];
    for (name, say) in counts {
        said.add(name, [1, 7].map(say));
    }
    said.add(
        "import.elsewhere",
        [(1, 1), (7, 3)].map(|(notes, articles)| (import.elsewhere)(notes, articles)),
    );
    let entry = NotUnderstood {
        entry: 7,
        why: EntryFault::NoTarget,
    };
    said.add(
        "import.entry",
        [None, Some(NAME)].map(|file| (import.entry)(file, &entry)),
    );
    let why = Failure::NotJson(OTHER.to_owned());
    said.add("import.left_out", [(import.left_out)(NAME, &why)]);
    said.add(
        "import.outcome",
        [(0, 0), (0, 1), (1, 0), (7, 3)].map(|(new, changed)| (import.outcome)(new, changed)),
    );
}

fn of_tags(words: &Strings, said: &mut Said) {
    said.add(
        "tags.count",
        [(3, 8), (8, 8), (1, 1)].map(|(shown, all)| (words.tags.count)(shown, all)),
    );
    said.add(
        "tags.about",
        [(3, 8), (8, 8)].map(|(here, all)| (words.tags.about)(here, all)),
    );
    said.add("tags.new_name", [(words.tags.new_name)(NAME)]);
    said.add("tags.rename_in", [0, 1, 7].map(words.tags.rename_in));
    said.add("tags.join", [(words.tags.join)(NAME, 3, 4)]);
    said.add("tags.remove_from", [0, 1, 7].map(words.tags.remove_from));
    said.add("tags.named", [(words.tags.named)(NAME, OTHER)]);
}

fn of_storage(words: &Strings, said: &mut Said) {
    let your_notes = words.your_notes;
    said.add(
        "your_notes.where_they_are",
        [(your_notes.where_they_are)(3, 1)],
    );
    said.add(
        "your_notes.room",
        [(your_notes.room)(1_310_720.0, 10_737_418_240.0)],
    );
    said.add(
        "your_notes.edits_since_backup",
        [0, 1, 7].map(your_notes.edits_since_backup),
    );
    said.add("your_notes.backup_waits", [(your_notes.backup_waits)(NAME)]);
    said.add("your_notes.backup_kept", [(your_notes.backup_kept)(NAME)]);
    let together = words.together;
    said.add("together.as_reader", [(together.as_reader)(NAME)]);
    said.add("together.share", [(together.share)(NAME)]);
    said.add("together.invited", [(together.invited)(NAME)]);
    let server = words.synchronise;
    said.add("synchronise.works", [0, 1, 7].map(server.works));
    said.add(
        "synchronise.place",
        ["", NAME].map(|name| (server.place)(NAME, name)),
    );
    said.add(
        "synchronise.invited",
        ["", NAME].map(|name| (server.invited)(NAME, name)),
    );
    said.add("synchronise.working", [0, 1, 7].map(server.working));
    said.add(
        "synchronise.in_step",
        [(0, 0), (1, 7), (7, 1)].map(|(refused, unread)| (server.in_step)(refused, unread)),
    );
    said.add("synchronise.offline", [0, 1, 7].map(server.offline));
    said.add(
        "synchronise.stopped",
        [0, 1, 7].map(|count| (server.stopped)(NAME, count)),
    );
    said.add("synchronise.last", [(server.last)(NAME)]);
    said.add(
        "synchronise.trouble",
        TROUBLES.map(|why| (server.trouble)(why).to_owned()),
    );
    let folder = words.folder;
    said.add("folder.kept", [(folder.kept)(NAME)]);
    said.add("folder.waits", [(folder.waits)(NAME)]);
    said.add(
        "folder.writing",
        [(0, 1), (3, 7)].map(|(done, all)| (folder.writing)(done, all)),
    );
    said.add(
        "folder.written",
        [(1, 0), (7, 1), (7, 7)].map(|(written, left)| (folder.written)(written, left)),
    );
    said.add("your_notes.days_left", [1, 7].map(your_notes.days_left));
    said.add("your_notes.snapshot", [(your_notes.snapshot)(NAME, 7)]);
    said.add(
        "your_notes.records_set_aside",
        [1, 7].map(your_notes.records_set_aside),
    );
}

fn of_keys(words: &Strings, said: &mut Said) {
    let usual = "han12345678wrjkyx[]/tcl?".chars();
    said.add("keys.effect", usual.map(words.keys.effect));
    said.add("keys.change_of", [(words.keys.change_of)(NAME)]);
    said.add("keys.switch_off_of", [(words.keys.switch_off_of)(NAME)]);
    said.add("keys.press", [(words.keys.press)(NAME)]);
    said.add("keys.taken", [(words.keys.taken)('7', NAME)]);
    said.add("keys.named", [(words.keys.named)("Ctrl Shift Z")]);
}

/// The numbers in a text, however its language divides and orders them.
fn numbers(text: &str) -> Vec<&str> {
    let mut numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect();
    numbers.sort_unstable();
    numbers
}

/// The functions among the fields of the strings, by their declarations.
fn declared() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/strings/mod.rs");
    let source = fs::read_to_string(path).expect("a source file");
    let (mut groups, mut functions) = (Vec::new(), Vec::new());
    let mut holder = "";
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("pub struct ") {
            holder = rest.split_once(' ').unwrap_or_default().0;
        } else if let Some((name, kind)) = line
            .trim()
            .strip_prefix("pub ")
            .and_then(|field| field.split_once(": "))
        {
            if let Some(group) = kind
                .strip_prefix("&'static ")
                .filter(|_| holder == "Strings")
            {
                groups.push((group.trim_end_matches(','), name));
            } else if kind.starts_with("fn(") {
                functions.push((holder, name));
            }
        }
    }
    let group_of = |holder: &str| groups.iter().find(|(known, _)| *known == holder);
    let named = functions
        .into_iter()
        .map(|(holder, name)| match group_of(holder) {
            Some((_, group)) => format!("{group}.{name}"),
            None => name.to_owned(),
        });
    let mut named: Vec<String> = named.collect();
    named.sort_unstable();
    named
}

#[test]
fn every_function_is_compared() {
    let mut compared: Vec<&str> = all(&EN).into_iter().map(|(name, _)| name).collect();
    compared.sort_unstable();
    compared.dedup();
    assert_eq!(declared(), compared);
}

#[test]
fn every_language_says_the_same_numbers_and_names() {
    let (english, german) = (all(&EN), all(&DE));
    assert_eq!(english.len(), german.len());
    for ((name, english), (_, german)) in std::iter::zip(english, german) {
        assert_eq!(
            numbers(&english),
            numbers(&german),
            "{name}: {english} / {german}"
        );
        for word in [NAME, OTHER, "zy.example"] {
            let (there, here) = (english.contains(word), german.contains(word));
            assert_eq!(there, here, "{name}: {english} / {german}");
        }
    }
}

/// What functions say alike in both languages on purpose.
const ALIKE: [&str; 6] = [
    "window_title",
    "bar.format",
    "selection.colour",
    "look.named_theme",
    "notes.more",
    "tags.named",
];

#[test]
fn no_sentence_is_left_in_english() {
    let pairs = std::iter::zip(all(&EN), all(&DE));
    let alike: Vec<String> = pairs
        .filter(|((name, english), (_, german))| english == german && !ALIKE.contains(name))
        .map(|((name, english), _)| format!("{name}: {english}"))
        .collect();
    assert_eq!(alike, [""; 0]);
}
