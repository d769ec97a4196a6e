//! Printing: the whole article with its marks, then the notes, and nothing else.

use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::driver::{Setup, VendorCommand};
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;

in_both_browsers!(
    all_of_a_long_article_is_printed_with_its_notes,
    a_fold_is_open_on_paper_and_closed_again,
    notes_are_numbered_and_stand_beside_their_lines,
    what_is_printed_is_chosen_and_kept,
    notes_stand_at_the_foot_of_their_section,
);

in_both_browsers!(
    Setup { size: (500, 800), ..Setup::default() } =>
    notes_do_not_cover_the_words_on_paper,
);

const PARAGRAPH: &str = "The kiln is lit before dawn, when the wind from the marsh is still low, and whoever tends it brings bread, a lamp and something to read.";

/// More paragraphs than are drawn at once or are ever near the window.
const COUNT: usize = 400;

fn numbered(count: usize) -> String {
    let paragraphs = (1..=count).map(|number| format!("No{number:03} {PARAGRAPH}"));
    paragraphs.collect::<Vec<String>>().join("\n\n")
}

/// The content on paper, after the page has been told to prepare for printing.
const ON_PAPER: &str = "dispatchEvent(new Event('beforeprint'));
    const article = document.querySelector('main article');
    const text = article.textContent;
    const marks = [...document.querySelectorAll('mark[data-note]')].map((mark) => mark.textContent);
    const notes = document.querySelector('section.printed')?.textContent ?? '';
    dispatchEvent(new Event('afterprint'));
    return { text, marks, notes, after: document.querySelector('section.printed') !== null };";

async fn open_numbered(reader: &Reader, count: usize) {
    reader.open_site().await;
    reader.open_pasted(&numbered(count)).await;
    reader.article(Name::Has("No001")).wait().await;
}

/// A note on the number of a paragraph that is far away, by the keys.
async fn write_on(reader: &Reader, words: &str, note: &str) {
    let bring = "const all = [...document.querySelectorAll('main article [data-b]')];
        const block = all.find((one) => one.textContent.startsWith(arguments[0]));
        block?.scrollIntoView({ block: 'center', behavior: 'instant' });
        return Boolean(block);";
    let look = async || match reader.run(bring, vec![json!(words)]).await {
        Value::Bool(true) => Ok(()),
        _ => Err(format!("{words} is not drawn yet")),
    };
    reader.wait_for(look).await;
    reader.write_note(words, note, "").await;
}

async fn all_of_a_long_article_is_printed_with_its_notes(reader: &Reader) {
    open_numbered(reader, COUNT).await;
    for (words, note) in [
        ("No001", "Who brings the bread?"),
        ("No200", "Half of it."),
        ("No400", "All of it."),
    ] {
        write_on(reader, words, note).await;
    }
    reader.run("scrollTo(0, 0)", vec![]).await;
    for _ in 0..2 {
        let paper = reader.run(ON_PAPER, vec![]).await;
        let text = paper["text"].as_str().expect("a text");
        for number in 1..=COUNT {
            assert!(
                text.contains(&format!("No{number:03} ")),
                "{number} is missing"
            );
        }
        assert_eq!(paper["marks"], json!(["No001", "No200", "No400"]));
        let notes = paper["notes"].as_str().expect("a text");
        for words in ["Who brings the bread?", "Half of it.", "All of it."] {
            assert_eq!(notes.matches(words).count(), 1, "{words}: {notes}");
        }
        assert_eq!(paper["after"], json!(false));
        // Afterwards distant marks are removed again.
        let far = "return [...document.querySelectorAll('mark[data-note]')].map((mark) => mark.textContent)";
        let look = async || match reader.run(far, vec![]).await {
            marks if !marks.to_string().contains("No200") => Ok(()),
            marks => Err(format!("marks on {marks}")),
        };
        reader.wait_for(look).await;
        // Also right after opening, when only the first screens are drawn.
        reader.reload().await;
        let look = async || match reader
            .run(
                "return document.querySelector('main article [data-b]') !== null",
                vec![],
            )
            .await
        {
            Value::Bool(true) => Ok(()),
            _ => Err("nothing is drawn".to_owned()),
        };
        reader.wait_for(look).await;
    }
}

async fn a_fold_is_open_on_paper_and_closed_again(reader: &Reader) {
    reader.open_site().await;
    let page = "<article><h1>Kilns</h1><p>The kiln is lit before dawn, when the wind is low.</p>\
        <details><summary>More</summary><p>Whoever tends it brings bread and a lamp.</p>\
        <details><summary>Still more</summary><p>And something to read in the small hours.</p></details></details>\
        <p>The second firing is lit at noon, when the wind has turned around.</p></article>";
    reader.open_pasted(page).await;
    reader.article("Kilns").wait().await;
    let open = "return [...document.querySelectorAll('article details')].map((fold) => fold.open)";
    reader
        .run("dispatchEvent(new Event('beforeprint'))", vec![])
        .await;
    assert_eq!(reader.run(open, vec![]).await, json!([true, true]));
    reader
        .run("dispatchEvent(new Event('afterprint'))", vec![])
        .await;
    assert_eq!(reader.run(open, vec![]).await, json!([false, false]));
}

async fn notes_do_not_cover_the_words_on_paper(reader: &Reader) {
    open_numbered(reader, 40).await;
    write_on(reader, "No003", "Who brings the bread?").await;
    let seen = reader
        .browser
        .client
        .issue_cmd(VendorCommand::print())
        .await;
    let pdf = seen.expect("the browser prints");
    let pdf = pdf.as_str().expect("a file in Base64");
    // Each page is an object of its own, which some browsers compress.
    let count = "return (atob(arguments[0]).match(/\\/Type ?\\/Page\\b/g) ?? []).length";
    let pages = reader.run(count, vec![json!(pdf)]).await;
    // A page holds at least a dozen of these paragraphs; none is empty.
    assert!(
        pages.as_u64().is_some_and(|pages| pages <= 5),
        "{pages} pages"
    );
}

/// What the page gives to paper: numbers and notes beside the text, and what each list item says.
const PRINTED: &str = "dispatchEvent(new Event('beforeprint'));
    const of = (name) => [...document.querySelectorAll(`mark[${name}]`)]
        .map((mark) => [mark.textContent, mark.getAttribute(name)]);
    const items = [...document.querySelectorAll('.printed li')]
        .map((item) => [item.className, item.getAttribute('value'), item.textContent]);
    const parts = document.documentElement.dataset.print;
    dispatchEvent(new Event('afterprint'));
    return { numbers: of('data-number'), beside: of('data-beside'), items, parts };";

async fn notes_are_numbered_and_stand_beside_their_lines(reader: &Reader) {
    reader.open_site().await;
    let page = "<article><h1>Kilns</h1><p>The kiln is lit before dawn, when the wind is low.</p>\
        <table><tr><td>Bread and a lamp, and something to read in the small hours.</td></tr></table>\
        <p>The second firing is lit at noon, when the wind has turned around.</p></article>";
    reader.open_pasted(page).await;
    reader.article("Kilns").wait().await;
    reader.highlight("noon").await;
    reader.write_note("before dawn", "How early?", "time").await;
    reader.write_note("a lamp", "Of what?", "").await;
    let printed = reader.run(PRINTED, vec![]).await;
    assert_eq!(printed["parts"], "all");
    assert_eq!(
        printed["numbers"],
        json!([["before dawn", "1"], ["a lamp", "2"]])
    );
    // Beside a table there is no margin.
    assert_eq!(
        printed["beside"],
        json!([["before dawn", "1 How early?\ntime"]])
    );
    assert_eq!(
        printed["items"],
        json!([
            ["beside", "1", "before dawnHow early?time"],
            ["", "2", "a lampOf what?"],
            ["bare", null, "noon"],
        ])
    );
}

async fn what_is_printed_is_chosen_and_kept(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("Nick Joseph", "Who is this?", "").await;
    reader
        .run("window.print = () => { window.printed = true; }", vec![])
        .await;
    reader.use_tool(EN.bar.export).await;
    reader.menuitem(EN.print.label).click().await;
    let dialog = reader.dialog(EN.print.label);
    let choice = dialog.radio(EN.print.parts[2]);
    choice.click().await;
    reader.expect_accessible().await;
    dialog.button(EN.print.label).click().await;
    dialog.wait_gone().await;
    let look = async || match reader.run("return window.printed ?? false", vec![]).await {
        Value::Bool(true) => Ok(()),
        _ => Err("nothing is printed".to_owned()),
    };
    reader.wait_for(look).await;
    assert_eq!(reader.run(PRINTED, vec![]).await["parts"], "notes");
    reader.reload().await;
    reader.card("Nick Joseph").wait().await;
    assert_eq!(reader.run(PRINTED, vec![]).await["parts"], "notes");
}

/// For each list of notes within the article: the heading after it, and the words of its notes.
const FEET: &str = "dispatchEvent(new Event('beforeprint'));
    const feet = [...document.querySelectorAll('article section.printed')].map((foot) => [
        foot.nextElementSibling?.textContent ?? null,
        [...foot.querySelectorAll('li .note-body')].map((body) => body.innerHTML)]);
    const beside = [...document.querySelectorAll('mark[data-beside]')].map((mark) => mark.dataset.beside);
    dispatchEvent(new Event('afterprint'));
    return { feet, beside, left: document.querySelectorAll('section.printed').length };";

async fn notes_stand_at_the_foot_of_their_section(reader: &Reader) {
    reader.open_site().await;
    let text = "# Kilns\n\nThe kiln is lit before dawn.\n\n## Glazes\n\nAsh is sieved twice.\n\n## Cups\n\nCups are set in rows.";
    reader.open_pasted(text).await;
    reader.article("Kilns").wait().await;
    for (words, note) in [("before dawn", "So **early**?"), ("in rows", "How many?")] {
        reader.write_note(words, note, "").await;
    }
    let card = reader.card("before dawn");
    let is_read = "return element.querySelector('strong') !== null";
    let look = async || match card.evaluate(is_read).await {
        Value::Bool(true) => Ok(()),
        _ => Err("the Markdown is not read yet".to_owned()),
    };
    reader.wait_for(look).await;
    let paper = reader.run(FEET, vec![]).await;
    assert_eq!(
        paper["feet"],
        json!([
            ["Glazes", ["<p>So <strong>early</strong>?</p>"]],
            [null, ["<p>How many?</p>"]]
        ])
    );
    assert_eq!(paper["beside"], json!(["1 So early?", "2 How many?"]));
    assert_eq!(paper["left"], 0);
}
