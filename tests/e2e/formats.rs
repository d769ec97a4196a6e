//! Notes in other forms: each is downloaded, and those that can be read come back.

use postil::model::exchange::Format;
use serde_json::json;

use postil_testing::files::Download;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::kilns;

in_both_languages!(
    each_form_has_the_notes,
    what_goes_out_comes_back,
    a_template_of_ones_own_is_used,
    a_file_is_seen_before_it_is_copied_or_downloaded,
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
        Format::AnnotationList,
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
    // What was typed and not saved is there when the dialog is opened again.
    write(&template, "{{ title }} so far").await;
    says(reader, &preview, "so far").await;
    dialog.button(words.buttons.close).click().await;
    dialog.wait_gone().await;
    reader.button(words.bar.export).click().await;
    menu.menuitem(words.markdown.label).click().await;
    dialog.status(words.markdown.unsaved).wait().await;
    assert_eq!(template.value().await, "{{ title }} so far");
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

/// Opens the dialog that shows a file, from the menu.
async fn open_preview(reader: &Reader) -> Locator<'_> {
    let words = reader.words();
    reader.button(words.bar.export).click().await;
    let menu = reader.menu(words.bar.export);
    menu.menuitem(words.export.label).click().await;
    let dialog = reader.dialog(words.bar.export);
    dialog.wait().await;
    dialog
}

/// Chooses an option whose words begin with these.
async fn choose(list: &Locator<'_>, option: &str) {
    let script = format!(
        "const index = [...element.options].findIndex((option) => option.text.startsWith({}));
         element.selectedIndex = index;
         element.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return index",
        json!(option)
    );
    let index = list.evaluate(&script).await;
    assert!(index.as_i64() >= Some(0), "there is {option}");
}

async fn a_file_is_seen_before_it_is_copied_or_downloaded(reader: &Reader) {
    two_notes(reader).await;
    let words = reader.words();
    // What lands on the clipboard: drivers cannot read it in every browser.
    let catch = "navigator.clipboard.writeText = async (words) => { window.caught = words }";
    reader.run(catch, vec![]).await;
    let caught = async || reader.run("return window.caught ?? ''", vec![]).await;
    let dialog = open_preview(reader).await;
    let preview = dialog.region(words.export.preview);
    let formats = dialog.combobox(words.export.format);
    choose(&formats, (words.bar.format)(Format::Text)).await;
    says(reader, &preview, "public roads").await;
    reader.expect_accessible().await;
    dialog.button(words.export.copy).click().await;
    dialog.status(words.export.copied).wait().await;
    assert!(caught().await.to_string().contains("Is this so? See §7."));

    // A table is copied as spreadsheets paste it, and downloaded as a file of all fields.
    choose(&formats, (words.bar.format)(Format::Csv)).await;
    says(reader, &preview, "id,article,title").await;
    dialog.button(words.export.copy).click().await;
    dialog.status(words.export.copied_table).wait().await;
    let table = caught().await;
    let table = table.as_str().expect("a text");
    let rows: Vec<&str> = table.trim_end().lines().collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(
        rows.iter().all(|row| row.matches('\t').count() == 8),
        "{table}"
    );
    dialog.button(words.buttons.download).click().await;
    let file = reader.wait_for_download("*.csv").await;
    assert!(file.text().contains("Is this so? See §7."));
    dialog.button(words.buttons.close).click().await;
    dialog.wait_gone().await;

    // The notes of all articles go into one file; one article's highlights cannot.
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    let dialog = open_preview(reader).await;
    let preview = dialog.region(words.export.preview);
    let notes = dialog.combobox(words.export.notes);
    choose(&notes, words.export.everywhere).await;
    says(reader, &preview, "public roads").await;
    let formats = dialog.combobox(words.export.format);
    choose(&formats, (words.bar.format)(Format::Readium)).await;
    let here = (words.export.here)(0);
    let here = here.split(':').next().expect("a beginning");
    let chosen = "return element.selectedOptions[0].text";
    let look = async || match notes.evaluate(chosen).await {
        text if text.to_string().contains(here) => Ok(()),
        text => Err(format!("{text} is chosen")),
    };
    reader.wait_for(look).await;
}
