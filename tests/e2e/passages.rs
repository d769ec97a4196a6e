//! Passages: a note quotes and highlights exactly what the mouse was dragged over.

use crate::driver::Engine;
use crate::journey::in_both_browsers;
use crate::reader::Reader;
use crate::steps::{items, quote_of};

in_both_browsers!(
    what_is_dragged_over_is_what_is_quoted,
    other_ways_to_select_quote_the_same,
);

const PAGE: &str = include_str!("passages.html");

/// A drag between two places, and the quote expected from it, leaf by leaf: a tab or a line feed
/// separates leaves and is not painted.
struct Drag {
    from: &'static str,
    to: &'static str,
    leaves: &'static [&'static str],
    separators: &'static str,
}

impl Drag {
    fn quote(&self) -> String {
        let mut separators = self.separators.chars();
        let mut quote = String::new();
        for leaf in self.leaves {
            quote.push_str(leaf);
            quote.extend(separators.next());
        }
        quote
    }
}

const fn within(from: &'static str, to: &'static str, quote: &'static [&'static str; 1]) -> Drag {
    Drag {
        from,
        to,
        leaves: quote,
        separators: "",
    }
}

/// In text order; no two overlap.
const DRAGS: [Drag; 25] = [
    // Ruby: around it, and from within its words.
    within("town of", "a reader", &["town of 金沢 a reader"]),
    within("白", "free", &["白 free"]),
    // Footnote marks: across one, and up to the next.
    within("margin", "is older", &["margin is older"]),
    within("than print,", "and", &["than print, and"]),
    // Cells: within a row, and across rows.
    Drag {
        from: "Pages",
        to: "Notes",
        leaves: &["Pages", "Notes"],
        separators: "\t",
    },
    Drag {
        from: "work",
        to: "three",
        leaves: &["work", "three"],
        separators: "\t",
    },
    Drag {
        from: "forty",
        to: "none",
        leaves: &["forty two", "Summer rest", "none"],
        separators: "\n\t",
    },
    // Right to left, with words of the opposite direction.
    within("כתב", "בשוליים", &["כתב בשוליים"]),
    within("הספר", "ואחר", &["הספר Marginalia 1784 ואחר"]),
    within("ملاحظة", "الهامش", &["ملاحظة في الهامش"]),
    within("Latin", "שוליים", &["Latin words stood שוליים"]),
    within("רחבים", "1790", &["רחבים and then the year 1790"]),
    // Letters of several code points.
    within("👨‍👩‍👧‍👦", "read", &["👨‍👩‍👧‍👦 read"]),
    within("hand 👋", "was", &["hand 👋🏽 was"]),
    within("🇳🇿", "🇳🇿", &["🇳🇿"]),
    within("हाशिये", "टिप्पणी", &["हाशिये में टिप्पणी"]),
    within("पुस्तक", "की", &["पुस्तक बंद की"]),
    within(
        "cafe\u{301}",
        "Zu\u{308}",
        &["cafe\u{301} served Zu\u{308}"],
    ),
    within(
        "re\u{301}sume\u{301}",
        "sume\u{301}",
        &["re\u{301}sume\u{301}"],
    ),
    // Invisible characters between letters, and non-breaking spaces.
    within(
        "mar\u{ad}gi",
        "a zero",
        &["mar\u{ad}gi\u{ad}na\u{ad}lia are no\u{a0}wider than\u{202f}9\u{202f}mm, or a zero"],
    ),
    // White space is preserved in code blocks and collapsed elsewhere.
    within(
        "ready:",
        "twice",
        &["ready:\n\tfor  note in notes:\n\t\tkeep(note)   # twice"],
    ),
    within("call", "out.", &["call keep( note, twice ) is spaced out."]),
    // Nested lists, and out of them.
    Drag {
        from: "one Inner",
        to: "Deepest",
        leaves: &["one", "Inner one", "Deepest"],
        separators: "\n\n",
    },
    Drag {
        from: "two Outer",
        to: "Here",
        leaves: &["two", "Outer two", "Here"],
        separators: "\n\n",
    },
    within(
        "last",
        "it.",
        &["last paragraph ends, without another word after it."],
    ),
];

impl Reader {
    async fn open_passages(&self) {
        self.open_site().await;
        self.open_pasted(PAGE).await;
        self.article("Passages").wait().await;
    }

    /// Highlights the selection, and waits until these words are painted, leaf by leaf.
    async fn highlight_selected(&self, leaves: &[&str]) {
        let toolbar = self.toolbar("Selection");
        toolbar.button("Highlight").click().await;
        toolbar.wait_gone().await;
        let words = leaves.concat();
        let look = async || match self.painted().await {
            painted if painted.contains(&words) => Ok(()),
            painted => Err(format!("painted are {painted:?} and not {words:?}")),
        };
        self.wait_for(look).await;
    }

    /// Waits until everything is saved, and compares the quotes of the export.
    async fn expect_quotes(&self, wanted: &[String]) {
        self.wait_until_saved().await;
        let file = self.export().await;
        let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
        assert_eq!(quotes, wanted);
    }
}

async fn what_is_dragged_over_is_what_is_quoted(reader: &Reader) {
    reader.open_passages().await;
    for drag in &DRAGS {
        reader.select_text(drag.from, drag.to).await;
        reader.highlight_selected(drag.leaves).await;
    }
    let wanted: Vec<String> = DRAGS.iter().map(Drag::quote).collect();
    reader.expect_quotes(&wanted).await;
}

async fn other_ways_to_select_quote_the_same(reader: &Reader) {
    reader.open_passages().await;
    // A triple click selects a block, in some browsers up to the start of the next one.
    reader.click_thrice("reader keeps").await;
    let ruby = "In the town of 金沢 a reader keeps 余白 free, as wide as a hand.";
    reader.highlight_selected(&[ruby]).await;
    reader.click_thrice("older").await;
    let notes = "The margin is older than print, and outlives it.";
    reader.highlight_selected(&[notes]).await;
    // With this key Firefox selects whole cells, each as a separate range.
    let cells = match reader.engine {
        Engine::Chromium => ["work", "three"],
        Engine::Firefox => ["Winter work", "three hundred"],
    };
    reader.select_text_holding("Control", "work", "three").await;
    reader.highlight_selected(&cells).await;
    reader.select_text_backwards("כתב", "הספר").await;
    reader.highlight_selected(&["כתב בשוליים של הספר"]).await;
    reader.select_text_backwards("Latin", "שוליים").await;
    reader
        .highlight_selected(&["Latin words stood שוליים"])
        .await;
    reader.click_thrice("Deepest").await;
    reader.highlight_selected(&["Deepest of all"]).await;
    reader.select_text_backwards("Outer two", "Here").await;
    reader.highlight_selected(&["Outer two", "Here"]).await;
    let quotes = [
        ruby,
        notes,
        &cells.join("\t"),
        "כתב בשוליים של הספר",
        "Latin words stood שוליים",
        "Deepest of all",
        "Outer two\nHere",
    ];
    reader.expect_quotes(&quotes.map(str::to_owned)).await;
}
