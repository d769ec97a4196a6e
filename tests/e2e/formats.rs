//! Notes in other forms: each is downloaded, and those that can be read come back.

use postil::model::exchange::Format;
use serde_json::json;

use postil_testing::files::Download;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;

in_both_languages!(
    each_form_has_the_notes,
    what_goes_out_comes_back,
    a_template_of_ones_own_is_used,
);

const ROADS: &str = "public roads";
const ENGINEERS: &str = "many engineers";
const WORDS: &str = "Is this so? See §7.";

/// Chooses a form in the menu "Export", and waits for the file.
async fn exported(reader: &Reader, format: Format) -> Download {
    reader.button(reader.words().bar.export).click().await;
    let menu = reader.menu(reader.words().bar.export);
    menu.menuitem((reader.words().bar.format)(format))
        .click()
        .await;
    menu.wait_gone().await;
    let ending = ["*.", format.ending()].concat();
    reader.wait_for_download(&ending).await
}

/// Waits until a part of the page says something.
async fn says(reader: &Reader, place: &Locator<'_>, words: &str) {
    let look = async || match place.text().await {
        text if text.contains(words) => Ok(()),
        text => Err(format!("{words:?} is not in {text:?}")),
    };
    reader.wait_for(look).await;
}

/// Replaces what is in a box.
async fn write(place: &Locator<'_>, words: &str) {
    let script = format!(
        "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(words)
    );
    place.evaluate(&script).await;
}

async fn two_notes(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, WORDS, "law, to read").await;
    reader.highlight(ENGINEERS).await;
    reader.press("Escape").await;
}

async fn each_form_has_the_notes(reader: &Reader) {
    two_notes(reader).await;
    for format in Format::ALL {
        let file = exported(reader, format).await;
        assert!(file.name.contains("-Andrej-Karpathy-"), "{}", file.name);
        let text = file.text();
        for words in ["public", "engineers", "Is this so"] {
            assert!(text.contains(words), "{format:?} lacks {words}: {text}");
        }
    }
}

async fn what_goes_out_comes_back(reader: &Reader) {
    two_notes(reader).await;
    for format in [
        Format::Hypothesis,
        Format::Csv,
        Format::Readium,
        // Without ids, so the notes are others afterwards.
        Format::Readwise,
    ] {
        let file = exported(reader, format).await;
        for words in [ROADS, ENGINEERS] {
            reader.card(words).focus().await;
            reader.press("Delete").await;
            reader.card(words).wait_gone().await;
        }
        reader.import_file(&file.name, file.text().as_bytes()).await;
        reader.wait_painted(&[ENGINEERS, ROADS]).await;
        let card = reader.card(ROADS);
        says(reader, &card, "Is this so?").await;
        let tags = card.list(reader.words().editor.tags);
        tags.listitem("law").wait().await;
    }
}

async fn a_template_of_ones_own_is_used(reader: &Reader) {
    two_notes(reader).await;
    let words = reader.words();
    reader.button(words.bar.export).click().await;
    let menu = reader.menu(words.bar.export);
    menu.menuitem(words.markdown.label).click().await;
    let dialog = reader.dialog(words.markdown.label);
    let template = dialog.textbox(words.markdown.template);
    template.wait().await;
    let preview = dialog.region(words.markdown.preview);
    says(reader, &preview, "> public roads").await;
    reader.expect_accessible().await;
    // What cannot be used is told with its line, and is not saved.
    write(&template, "{{ titel }}").await;
    dialog.by_role("alert", Name::Any).wait().await;
    says(reader, &dialog.by_role("alert", Name::Any), "1").await;
    dialog
        .button(words.buttons.save)
        .wait_attribute("disabled", "true")
        .await;
    let own = "{% for chapter in chapters %}{% for one in chapter.annotations %}* {{ one.text }} = {{ one.note }}\n{% endfor %}{% endfor %}";
    write(&template, own).await;
    says(reader, &preview, "* public roads = Is this so? See §7.").await;
    dialog.button(words.buttons.save).click().await;
    dialog.status(words.markdown.saved).wait().await;
    reader.reload().await;
    let file = exported(reader, Format::Markdown).await;
    assert!(file.text().contains("* public roads = Is this so? See §7."));
}
