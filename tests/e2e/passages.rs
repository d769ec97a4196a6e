//! Passages: a note quotes and highlights exactly what the mouse was dragged over.

use postil::ui::strings::EN;

use postil_testing::driver::Engine;
use postil_testing::journey::in_both_browsers;
use postil_testing::reader::Reader;
use postil_testing::steps::{items, quote_of};

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
    within("白", "free", &["余白 free"]),
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
        &["cafe\u{301} served Zu\u{308}rich"],
    ),
    within(
        "re\u{301}sume\u{301}",
        "sume\u{301}",
        &["re\u{301}sume\u{301}s"],
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

async fn open_passages(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(PAGE).await;
    reader.article("Passages").wait().await;
}

/// Highlights what is selected, and waits until these words are painted, leaf by leaf.
async fn highlight_selected(reader: &Reader, leaves: &[&str]) {
    let toolbar = reader.selection_toolbar();
    toolbar.button(EN.selection.highlight).click().await;
    toolbar.wait_gone().await;
    let words = leaves.concat();
    let look = async || match reader.painted().await {
        painted if painted.contains(&words) => Ok(()),
        painted => Err(format!("painted are {painted:?} and not {words:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until everything is kept, and looks what the exported notes quote.
async fn expect_quotes(reader: &Reader, wanted: &[String]) {
    reader.wait_until_saved().await;
    let file = reader.export().await;
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, wanted);
}

async fn what_is_dragged_over_is_what_is_quoted(reader: &Reader) {
    open_passages(reader).await;
    for drag in &DRAGS {
        reader.select_text(drag.from, drag.to).await;
        highlight_selected(reader, drag.leaves).await;
    }
    let wanted: Vec<String> = DRAGS.iter().map(Drag::quote).collect();
    expect_quotes(reader, &wanted).await;
}

async fn other_ways_to_select_quote_the_same(reader: &Reader) {
    open_passages(reader).await;
    // Three clicks select a block, up to the beginning of the next one in some browsers.
    reader.click_thrice("reader keeps").await;
    let ruby = "In the town of 金沢 a reader keeps 余白 free, as wide as a hand.";
    highlight_selected(reader, &[ruby]).await;
    reader.click_thrice("older").await;
    let notes = "The margin is older than print, and outlives it.";
    highlight_selected(reader, &[notes]).await;
    // Firefox selects whole cells with this key, each as a range of its own.
    let cells = match reader.engine {
        Engine::Chromium | Engine::WebKit => ["work", "three"],
        Engine::Firefox => ["Winter work", "three hundred"],
    };
    reader.select_text_holding("Control", "work", "three").await;
    highlight_selected(reader, &cells).await;
    reader.select_text_backwards("כתב", "הספר").await;
    highlight_selected(reader, &["כתב בשוליים של הספר"]).await;
    reader.select_text_backwards("Latin", "שוליים").await;
    highlight_selected(reader, &["Latin words stood שוליים"]).await;
    reader.click_thrice("Deepest").await;
    highlight_selected(reader, &["Deepest of all"]).await;
    reader.select_text_backwards("Outer two", "Here").await;
    highlight_selected(reader, &["Outer two", "Here"]).await;
    let quotes = [
        ruby,
        notes,
        &cells.join("\t"),
        "כתב בשוליים של הספר",
        "Latin words stood שוליים",
        "Deepest of all",
        "Outer two\nHere",
    ];
    expect_quotes(reader, &quotes.map(str::to_owned)).await;
}
