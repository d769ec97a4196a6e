//! The safety net for lost words: where an article lacks much of its page, a line says so and
//! offers the page.

use postil::model::notice::{Fewer, Message};

use postil_testing::journey::in_both_languages;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;

in_both_languages!(many_words_that_an_article_lacks_are_told_and_offered,);

const SENTENCE: &str = "The kiln is lit before dawn, while the wind from the marsh is low, and \
    whoever tends it brings bread, a lamp and enough patience for a day. ";

/// An article followed by many readers' comments, which are not part of it.
fn page(title: &str, answers: usize) -> String {
    let story = format!("<p>{}</p>", SENTENCE.repeat(4)).repeat(6);
    let answers: String = (0..answers)
        .map(|number| {
            format!("<div class='comment'><p>Answer {number}: {SENTENCE}{SENTENCE}</p></div>")
        })
        .collect();
    format!(
        "<!doctype html><title>{title}</title><article><h1>{title}</h1>{story}</article>\
        <div id='comments' class='comments'>{answers}</div>"
    )
}

/// Waits until it is said of the page's words, or is not.
async fn wait_told_of_words(reader: &Reader, told: bool) {
    let message = Message::Fewer(Fewer::InArticle(0));
    let said = (reader.words().notices.message)(&message);
    // Whatever their share, which stands before it.
    let said = said.rsplit('%').next().unwrap_or_default();
    let look = async || {
        let status = reader.status(Name::Any).text().await;
        if status.contains(said) == told {
            return Ok(());
        }
        Err(status)
    };
    reader.wait_for(look).await;
}

async fn many_words_that_an_article_lacks_are_told_and_offered(reader: &Reader) {
    reader.open_site().await;
    reader
        .open_file("kilns.html", page("Of Kilns", 40).as_bytes())
        .await;
    reader.article("Of Kilns").wait().await;
    wait_told_of_words(reader, true).await;
    assert!(!reader.article_text().await.contains("Answer 7"));

    let offered = reader
        .status(Name::Any)
        .button(reader.words().reader.whole_page);
    offered.click().await;
    wait_told_of_words(reader, false).await;
    reader
        .button(reader.words().reader.whole_page)
        .wait_attribute("aria-pressed", "true")
        .await;
    assert!(reader.article_text().await.contains("Answer 7"));

    // A page that loses almost nothing gets no message.
    reader
        .open_file("lime.html", page("Of Lime", 1).as_bytes())
        .await;
    reader.article("Of Lime").wait().await;
    wait_told_of_words(reader, false).await;

    // One page's message does not stay for the next.
    reader
        .open_file("ash.html", page("Of Ash", 40).as_bytes())
        .await;
    reader.article("Of Ash").wait().await;
    wait_told_of_words(reader, true).await;
    reader
        .open_pasted("# Of Clay\n\nClay is dug in autumn.")
        .await;
    reader.article("Of Clay").wait().await;
    wait_told_of_words(reader, false).await;
}
