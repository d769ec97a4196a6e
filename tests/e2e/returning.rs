//! Returning to what one read: by the browser's Back, by the link back from a footnote, after a reload.

use postil::ui::strings::EN;
use serde_json::json;

use crate::library::wait_for_bookmark;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::kilns;

in_both_browsers!(
    back_and_a_footnote_lead_to_the_citation_one_came_from,
    back_leads_to_the_line_even_after_a_reload,
    a_reload_returns_to_the_line,
);

/// The article of the kilns, in which one footnote is cited in two paragraphs.
fn cited_twice() -> String {
    let mut text = kilns();
    for number in [40, 80] {
        let words = format!("Number {number} stands here.");
        text = text.replace(&words, &format!("{words}[^1]"));
    }
    text + "[^1]: The lamp is made of clay.\n"
}

/// The citation in one of those paragraphs.
fn citation(reader: &Reader, index: usize) -> Locator<'_> {
    let label = Name::Begins(EN.article.labels.footnote);
    reader.by_role("doc-noteref", label).nth(index)
}

/// Where a block of the article stands that begins with these words: its top and the height of the
/// window, in pixels.
async fn place_of(reader: &Reader, selector: &str, words: &str) -> Option<(f64, f64)> {
    let script = "const [selector, words] = arguments;
        const block = [...document.querySelectorAll(selector)].find((one) => one.textContent.startsWith(words));
        return block ? [block.getBoundingClientRect().top, innerHeight] : null";
    let place = reader
        .run(script, vec![json!(selector), json!(words)])
        .await;
    Some((place[0].as_f64()?, place[1].as_f64()?))
}

/// Waits until a block is in the window.
async fn wait_seen(reader: &Reader, selector: &str, words: &str) {
    let look = async || match place_of(reader, selector, words).await {
        Some((top, height)) if (0.0..height).contains(&top) => Ok(()),
        place => Err(format!("{words:?} is at {place:?}")),
    };
    reader.wait_for(look).await;
}

async fn wait_for_footnote(reader: &Reader) {
    wait_seen(reader, "article .footnote p", "The lamp is made of clay.").await;
}

/// Scrolls until a paragraph stands in the middle of the window, and returns its top once that is
/// where it was left, in pixels.
async fn scroll_to(reader: &Reader, words: &str) -> f64 {
    let script = "const [words] = arguments;
        const block = [...document.querySelectorAll('article p')].find((one) => one.textContent.startsWith(words));
        if (!block) return null;
        const before = block.getBoundingClientRect().top;
        scrollBy(0, before - innerHeight * 0.4);
        return [before, block.getBoundingClientRect().top]";
    let settled = async || {
        let tops = reader.run(script, vec![json!(words)]).await;
        match (tops[0].as_f64(), tops[1].as_f64()) {
            (Some(before), Some(after)) if (before - after).abs() < 1.0 => Ok(after),
            _ => Err(format!("{words:?} is at {tops}")),
        }
    };
    reader.wait_for(settled).await
}

/// By how many pixels a paragraph may be elsewhere: the line that was read is brought below the bar,
/// where it may have stood in part, or have been the last before a gap.
const NEAR: f64 = 64.0;

/// Waits until a paragraph stands where it did, up to a line and a gap.
async fn wait_back(reader: &Reader, words: &str, before: f64) {
    let look = async || match place_of(reader, "article p", words).await {
        Some((top, _)) if (top - before).abs() < NEAR => Ok(()),
        place => Err(format!("{words:?} was at {before} and is at {place:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until the focus is on the citation in a paragraph.
async fn wait_focused(reader: &Reader, words: &str) {
    let script = "const { activeElement } = document;
        return [activeElement.getAttribute('role'), activeElement.closest('p')?.textContent.startsWith(arguments[0])]";
    let look = async || match reader.run(script, vec![json!(words)]).await {
        focused if focused == json!(["doc-noteref", true]) => Ok(()),
        focused => Err(format!("{focused} has the focus")),
    };
    reader.wait_for(look).await;
}

async fn back_and_a_footnote_lead_to_the_citation_one_came_from(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&cited_twice()).await;
    reader.article("Kilns").wait().await;
    let there = "Number 80 ";
    let before = scroll_to(reader, there).await;
    citation(reader, 1).click().await;
    wait_for_footnote(reader).await;
    // Back leads to the line, and not out of the app; Forward to the footnote.
    reader.run("history.back()", vec![]).await;
    wait_back(reader, there, before).await;
    wait_focused(reader, there).await;
    reader.run("history.forward()", vec![]).await;
    wait_for_footnote(reader).await;
    // The footnote leads back to this citation, and not to the first one.
    reader
        .by_role("doc-backlink", EN.article.labels.back)
        .click()
        .await;
    wait_back(reader, there, before).await;
    wait_focused(reader, there).await;
    reader.run("history.back()", vec![]).await;
    wait_for_footnote(reader).await;
    // By keys as well, and from the first citation to the first.
    let first = "Number 40 ";
    let before = scroll_to(reader, first).await;
    citation(reader, 0).focus().await;
    reader.press("Enter").await;
    wait_for_footnote(reader).await;
    reader
        .by_role("doc-backlink", EN.article.labels.back)
        .focus()
        .await;
    reader.press("Enter").await;
    wait_back(reader, first, before).await;
    wait_focused(reader, first).await;
    reader.article("Kilns").wait().await;
}

async fn back_leads_to_the_line_even_after_a_reload(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&cited_twice()).await;
    reader.article("Kilns").wait().await;
    reader.highlight("Number 3 stands").await;
    reader.press("Escape").await;
    reader.wait_until_saved().await;
    let there = "Number 80 ";
    let before = scroll_to(reader, there).await;
    citation(reader, 1).click().await;
    wait_for_footnote(reader).await;
    reader.reload().await;
    reader.article("Kilns").wait().await;
    // What draws the cards listens to Back as well.
    reader.card("Number 3 stands").wait().await;
    reader.run("history.back()", vec![]).await;
    wait_back(reader, there, before).await;
}

/// Where a sentence in the middle of a long paragraph stands, after scrolling to it if wanted: the
/// top of its line and the line's height, in pixels.
const LINE: &str = "const [words, scroll] = arguments;
    const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const top = () => range.getClientRects()[0].top;
        // The line is the first one below the bar.
        if (scroll) scrollBy(0, top() - Math.max(56, innerHeight * 0.11));
        return [top(), parseFloat(getComputedStyle(node.parentElement).lineHeight)];
    }
    return null";

async fn a_reload_returns_to_the_line(reader: &Reader) {
    reader.open_site().await;
    let sentence = |number: usize| format!("Sentence {number} of the long paragraph ends here. ");
    let long: String = (1..=400).map(sentence).collect();
    let text = format!("# Length\n\nIt begins.\n\n{long}\n\nIt ends.\n");
    reader.open_pasted(&text).await;
    reader.article("Length").wait().await;
    let words = "Sentence 200 of";
    let line = async |scroll: bool| -> (f64, f64) {
        let found = reader.run(LINE, vec![json!(words), json!(scroll)]).await;
        let number = |index: usize| found[index].as_f64().unwrap_or(f64::NAN);
        (number(0), number(1))
    };
    let settled = async || {
        let (before, (after, _)) = (line(false).await.0, line(true).await);
        match (before - after).abs() < 1.0 {
            true => Ok(after),
            false => Err(format!("the line was at {before} and is at {after}")),
        }
    };
    let before = reader.wait_for(settled).await;
    wait_for_bookmark(reader).await;
    // Each reload starts from where the one before has led.
    for _ in 0..2 {
        reader.reload().await;
        reader.article("Length").wait().await;
        let same = async || match line(false).await {
            (top, height) if (top - before).abs() <= height => Ok(()),
            (top, _) => Err(format!("the line was at {before} and is at {top}")),
        };
        reader.wait_for(same).await;
    }
}
