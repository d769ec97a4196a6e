//! Tests of plain text, construct by construct.

use super::super::notation::walk;
use super::*;

fn plain(text: &str) -> String {
    walk(&read(text, Source::Pasted).expect("plain text can be read"))
}

#[test]
fn blank_lines_and_form_feeds_end_paragraphs() {
    assert_eq!(
        plain("one\r\n\r\ntwo\n \t\nthree\u{c}four"),
        "p*[one] p*[two] p*[three] p*[four]"
    );
}

#[test]
fn without_blank_lines_every_line_is_a_paragraph() {
    assert_eq!(plain("\n\none\ntwo\n"), "p*[one] p*[two]");
}

#[test]
fn wrapped_prose_is_joined() {
    let text = "Title\n\nThe harbour was quiet that morning, and the few boats that had\n\
                come in overnight lay so still that one could have taken them for\n\
                painted ones.\n";
    assert_eq!(
        plain(text),
        "p*[Title] p*[The harbour was quiet that morning, and the few boats that had \
         come in overnight lay so still that one could have taken them for painted ones.]"
    );
}

#[test]
fn wrapped_chinese_is_joined_without_spaces() {
    let line = "今天早上港口很安静昨夜进港的几条船静静地停在那里几乎像画里的船";
    assert_eq!(
        plain(&format!("甲\n\n{line}\n一样。")),
        format!("p*[甲] p*[{line}一样。]")
    );
}

#[test]
fn verse_and_addresses_keep_their_lines() {
    assert_eq!(
        plain("A\n\nThe rain has left the lane,\nthe lane has left the town.\n\nInn\nRoad 3"),
        "p*[A] p*[The rain has left the lane,⏎the lane has left the town.] p*[Inn⏎Road 3]"
    );
}

#[test]
fn only_certain_lists_are_lists() {
    assert_eq!(plain("A\n\n- one\n- two"), "p*[A] ul[li*[one] li*[two]]");
    assert_eq!(plain("A\n\n- one\ntwo"), "p*[A] p*[- one⏎two]");
}

#[test]
fn bare_addresses_are_links() {
    assert_eq!(
        plain("see www.example.org."),
        "p*[see a(href=http://www.example.org)[www.example.org].]"
    );
}

/// A sentence of 72 columns, to wrap.
const LONG: &str = "The harbour was quiet that morning, and the few boats that had come into";

#[test]
fn lists_have_bullets_or_numbers_that_go_on() {
    for (text, expected) in [
        ("1. one\n2. two", "ol[li*[one] li*[two]]"),
        (
            "7) one\n8) two\n   more",
            "ol(start=7)[li*[one] li*[two more]]",
        ),
        (
            "• one\n  goes on\n• two\n  - a\n  - b",
            "ul[li*[one goes on] li[p*[two] ul[li*[a] li*[b]]]]",
        ),
        ("  * one\n  * two", "ul[li*[one] li*[two]]"),
        ("1. 今天\n   早上\n2. 港口", "ol[li*[今天早上] li*[港口]]"),
        // None of these is certain.
        ("1. one\n3. three", "p*[1. one⏎3. three]"),
        ("1984. one\n1985. two", "p*[1984. one⏎1985. two]"),
        ("- one\nmore\n- two", "p*[- one⏎more⏎- two]"),
        ("1. one", "p*[1. one]"),
        ("1.one\n2.two", "p*[1.one⏎2.two]"),
    ] {
        let found = plain(&format!("A\n\n{text}"));
        assert_eq!(found, format!("p*[A] {expected}"), "{text}");
    }
    assert_eq!(plain("- one\n- two"), "ul[li*[one] li*[two]]");
}

#[test]
fn only_certain_headings_are_headings() {
    for (text, expected) in [
        ("Chapter 2", "h2*[Chapter 2]"),
        (
            "CHAPTER THE FIRST. Of boats",
            "h2*[CHAPTER THE FIRST. Of boats]",
        ),
        ("Book one: The River", "h2*[Book one: The River]"),
        ("Kapitel IV", "h2*[Kapitel IV]"),
        ("第三章　港口", "h2*[第三章　港口]"),
        ("THE OLD HARBOUR", "h2*[THE OLD HARBOUR]"),
        ("ΤΟ ΠΛΟΙΟ", "h2*[ΤΟ ΠΛΟΙΟ]"),
        ("The harbour\n===========", "h1*[The harbour]"),
        ("The harbour\n-----------", "h2*[The harbour]"),
        // None of these is certain.
        ("Chapter 2 was better.", "p*[Chapter 2 was better.]"),
        ("Part of it", "p*[Part of it]"),
        ("The old harbour", "p*[The old harbour]"),
        ("IV", "p*[IV]"),
        ("HELP!", "p*[HELP!]"),
        ("THE END", "p*[THE END]"),
        ("BY A. WRITER", "p*[BY A. WRITER]"),
        ("ISBN 1-2345-6789", "p*[ISBN 1-2345-6789]"),
        ("a\n-----------", "p*[a⏎-----------]"),
        ("שלום עולם", "p*[שלום עולם]"),
    ] {
        let found = plain(&format!("A\n\n{text}\n\nB"));
        assert_eq!(found, format!("p*[A] {expected} p*[B]"), "{text}");
    }
    assert_eq!(
        plain("ALL OF IT\n\nIN CAPITALS"),
        "p*[ALL OF IT] p*[IN CAPITALS]"
    );
    assert_eq!(plain("CHAPTER I"), "p*[CHAPTER I]");
}

#[test]
fn one_wrapped_paragraph_is_one_without_blank_lines_around_it() {
    let text = format!("{LONG}\n{LONG}\n{LONG}\nit lay still.");
    assert_eq!(
        plain(&text),
        format!("p*[{LONG} {LONG} {LONG} it lay still.]")
    );
    let indented = text.replace('\n', "\n    ");
    assert_eq!(
        plain(&format!("A\n\n    {indented}")),
        format!("p*[A] {}", plain(&text))
    );
    let two = format!("{LONG}\nit lay still.");
    assert_eq!(plain(&two), format!("p*[{LONG}] p*[it lay still.]"));
}

#[test]
fn verse_keeps_its_lines_however_far_in() {
    assert_eq!(
        plain(
            "A\n\n    The rain has left the lane,\n      the lane has left the town,\n    and on."
        ),
        "p*[A] p*[The rain has left the lane,⏎the lane has left the town,⏎and on.]"
    );
}

#[test]
fn flowed_text_is_read_as_it_was_written() {
    let text = format!(
        "Hello,\n\n{LONG} \n{LONG} \nthe bay.\n\n> {LONG} \n> {LONG} \n> it.\n>> so\n\n From here\n\
         Inn\nRoad 3\n\n- a\n- b\n-- \nA. Writer\nwww.a.b\n"
    );
    assert_eq!(
        plain(&text),
        format!(
            "p*[Hello,] p*[{LONG} {LONG} the bay.] \
             blockquote[p*[{LONG} {LONG} it.] blockquote[p*[so]]] \
             p*[From here⏎Inn⏎Road 3] ul[li*[a] li*[b]] hr[] \
             p*[A. Writer⏎ a(href=http://www.a.b)[www.a.b]]"
        )
    );
    assert_eq!(
        super::super::kind_of(&text, None),
        super::super::Kind::Plain
    );
    let line = "今天早上港口很安静昨夜进港的几条船静静地停在那里几乎像画里的船";
    assert_eq!(
        plain(&format!("{line} \n{line} \n{line}\n")),
        format!("p*[{line}{line}{line}]")
    );
    // A single line that ends in a space means nothing.
    assert_eq!(
        plain(&format!("{LONG} \nit.")),
        format!("p*[{LONG}] p*[it.]")
    );
    assert_eq!(plain("> a \n> b"), "p*[> a] p*[> b]");
}

#[test]
fn a_book_is_read_without_what_stands_around_it() {
    let text = format!(
        "\u{feff}The Project Gutenberg eBook of The Harbour\n\nThis ebook is for anyone.\n\n\
         Title: The Harbour\n       and other boats\n\nAuthor: A. Writer\n\nLanguage: German\n\n\
         *** START OF THE PROJECT GUTENBERG EBOOK THE HARBOUR ***\n\n\nTHE HARBOUR\n\n\
         CHAPTER I.\nThe first boat\n\n{LONG}\nthe _very\nsame_ snake_case _bay_.\n\nII\n\n\
         \x20   The rain has left the lane,\n    the _lane_ has.\n\n\
         End of the Project Gutenberg EBook of The Harbour\n\n\
         *** END OF THE PROJECT GUTENBERG EBOOK THE HARBOUR ***\n\nSection 1. Terms\n"
    );
    let article = read(&text, Source::Pasted).expect("plain text can be read");
    assert_eq!(
        walk(&article),
        format!(
            "h2*[THE HARBOUR] h2*[CHAPTER I.⏎The first boat] \
             p*[{LONG}⏎the _very⏎same_ snake_case em[bay].] h2*[II] \
             p*[The rain has left the lane,⏎the em[lane] has.]"
        )
    );
    let about = article.description();
    assert_eq!(about.title, "The Harbour and other boats");
    assert_eq!(about.byline.as_deref(), Some("A. Writer"));
    assert_eq!(about.language.as_deref(), Some("de"));
    assert_eq!(about.site.as_deref(), Some("Project Gutenberg"));
    let read = read_titled(&text, Source::Pasted);
    assert!(read.is_ok_and(|read| read.has_title));
    assert_eq!(
        plain("***START OF THIS PROJECT GUTENBERG EBOOK X***\n\na"),
        "p*[a]"
    );
    assert_eq!(
        plain("*** START OF IT ***\n\na"),
        "p*[*** START OF IT ***] p*[a]"
    );
}

#[test]
fn emphasis_of_a_book_goes_over_lines() {
    let text = format!(
        "*** START OF THE PROJECT GUTENBERG EBOOK ***\nA\n\n{LONG}\n_{LONG}_\nmore_or_less."
    );
    assert_eq!(
        plain(&text),
        format!("p*[A] p*[{LONG} em[{LONG}] more_or_less.]")
    );
}

#[test]
fn hostile_texts_keep_their_words() {
    for unit in [
        "- ",
        "- a\n  ",
        "1. ",
        "> ",
        ">",
        "_",
        "_a",
        "a \n",
        "*** ",
        " ",
        "\n",
        "\u{c}",
        "=",
        "A\n\n",
        "Title: ",
        "第",
        "-- \n",
        "*** START OF GUTENBERG\n",
    ] {
        let text = format!("first {}last", unit.repeat(50_000));
        let article = read(&text, Source::Pasted).expect("plain text can be read");
        assert!(article.text().ends_with("last"), "{unit:?}");
    }
    let nested: String = (0..500)
        .map(|n| format!("{}- a\n", " ".repeat(n)))
        .collect();
    let article = read(&nested, Source::Pasted).expect("plain text can be read");
    assert_eq!(article.text().matches('a').count(), 500);
}

#[test]
fn what_is_drawn_keeps_its_columns() {
    let table = "    Bits   Name\n    0-3    version\n    4-7    length";
    assert_eq!(
        plain(&format!("A\n\n{table}\n\nB")),
        "p*[A] pre*[Bits   Name\n0-3    version\n4-7    length] p*[B]"
    );
    let frame = "+----+----+\n| a  | b  |\n+----+----+";
    assert_eq!(
        plain(&format!("A\n\n{frame}")),
        format!("p*[A] pre*[{frame}]")
    );
    let code = "  if (a) {\n      b();\n  }";
    assert_eq!(
        plain(&format!("A::\n\n{code}")),
        "p*[A::] pre*[if (a) {\n    b();\n}]"
    );
    // Indented verse, and two spaces after a sentence, are not drawn.
    assert_eq!(
        plain("A\n\n  The rain,\n    the lane.\n\nIt is.  It was.\nIt will be.  So."),
        "p*[A] p*[The rain,⏎the lane.] p*[It is. It was.⏎It will be. So.]"
    );
}

#[test]
fn a_title_between_two_lines_is_a_heading() {
    assert_eq!(
        plain("=======\n Title\n=======\n\nWords.\n\nPart\n^^^^\n\nMore."),
        "h1*[Title] p*[Words.] h2*[Part] p*[More.]"
    );
}

#[test]
fn the_pages_of_a_standard_are_one_text() {
    let page = |number: u32| {
        format!(
            "\n\nHolt                        Standards Track                     [Page {number}]\n\u{c}\n\
             RFC 9999                     Knots on Wires                   April 2001\n\n\n"
        )
    };
    let text = format!(
        "   A host that has received a knot must not untie it before the other{}   \
         side has said that it is done.\n\n   Then both sides let go.{}2.  Ropes\n",
        page(1),
        page(2)
    );
    assert_eq!(
        plain(&text),
        "p*[A host that has received a knot must not untie it before the other side has said \
         that it is done.] p*[Then both sides let go.] p*[2. Ropes]"
    );
}

#[test]
fn a_line_of_signs_is_a_rule() {
    for line in ["----------", "  * * * * *", "━━━━━━━━━━"] {
        assert_eq!(
            plain(&format!("One.\n\n{line}\n\nTwo.")),
            "p*[One.] hr[] p*[Two.]"
        );
    }
    assert_eq!(plain("One.\n\n...\n\nTwo."), "p*[One.] p*[...] p*[Two.]");
}

#[test]
fn words_may_follow_a_heading_or_a_list_a_paragraph() {
    assert_eq!(
        plain("NAME\n----\nmend - makes whole\n\nEnd"),
        "h2*[NAME] p*[mend - makes whole] p*[End]"
    );
    assert_eq!(
        plain(
            "A\n\nIt is decided by one of these:\n 1. those who mend;\n 2. those who cut;\n 3. nobody."
        ),
        "p*[A] p*[It is decided by one of these:] ol[li*[those who mend;] li*[those who cut;] li*[nobody.]]"
    );
}

#[test]
fn items_may_stand_apart() {
    assert_eq!(
        plain("A\n\n* one\n\n  * two, which is\n    longer\n\n* three\n\nB"),
        "p*[A] ul[li[p*[one] ul[li*[two, which is longer]]] li*[three]] p*[B]"
    );
    assert_eq!(
        plain("A\n\n1. one\n\n2. two\n\n4. four"),
        "p*[A] p*[1. one] p*[2. two] p*[4. four]"
    );
    // Speech in a novel begins with a dash.
    assert_eq!(plain("A\n\n- Yes.\n\n- No."), "p*[A] p*[- Yes.] p*[- No.]");
}
