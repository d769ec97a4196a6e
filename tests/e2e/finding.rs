//! Finding notes: the search with its fields, the filters, and what is marked.

use postil::model::annotation::Colour;
use postil::model::exchange::Format;
use postil::model::query::{Field, Kind};
use serde_json::{Value, json};

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::{BUNDLED, items, kilns, quote_of};

in_both_languages!(
    a_search_takes_fields_and_is_stepped_through,
    filters_are_terms_of_the_search,
    what_is_found_is_listed_from_the_top,
    a_filter_stays_with_its_article_and_goes_out,
    notes_say_whose_they_are_and_are_filtered_by_people,
);

in_both_languages!(
    Setup { size: (450, 844), ..Setup::default() } =>
    on_a_phone_a_search_shows_what_it_finds,
);

/// Three notes on the bundled article.
async fn three_notes(reader: &Reader) {
    reader.open_site().await;
    reader
        .write_note("public roads", "first words", "law, to read")
        .await;
    reader
        .write_note("many engineers", "Zweite Wörter", "law school")
        .await;
    reader.take_hold("as a teacher", "as a teacher").await;
    reader.press("2").await;
    reader.card("as a teacher").wait().await;
    reader.wait_until_saved().await;
    reader.press("Escape").await;
}

/// Searches, and waits until exactly these notes are listed, in this order.
async fn search(reader: &Reader, query: &str, wanted: &[&str]) {
    let search = reader.searchbox(reader.words().notes.search);
    search.clear().await;
    search.type_text(query).await;
    lists(reader, wanted).await;
}

async fn lists(reader: &Reader, wanted: &[&str]) {
    let look = async || {
        let script = "return [...document.querySelectorAll('.notes [data-card]')].map((card) => card.getAttribute('aria-label'))";
        match reader.run(script, vec![]).await {
            found if found == json!(wanted) => Ok(()),
            found => Err(format!("{found} are listed and not {wanted:?}")),
        }
    };
    reader.wait_for(look).await;
}

/// The words that are marked as found, where the browser has highlights.
async fn marked(reader: &Reader, wanted: &[&str]) {
    let script = "if (!globalThis.Highlight) return null;
        return [...CSS.highlights.get('hits') ?? []].map((range) => range.toString());";
    let look = async || match reader.run(script, vec![]).await {
        Value::Null => Ok(()),
        found if found == json!(wanted) => Ok(()),
        found => Err(format!("{found} are marked and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

async fn a_search_takes_fields_and_is_stepped_through(reader: &Reader) {
    three_notes(reader).await;
    let (roads, engineers, teacher) = ("public roads", "many engineers", "as a teacher");
    search(reader, "tag:law", &[engineers, roads]).await;
    search(reader, "tag:\"law\"", &[roads]).await;
    search(reader, "color:red,green", &[teacher]).await;
    search(reader, "quote:many quote:engineers", &[engineers]).await;
    search(reader, "since:today -is:written", &[teacher]).await;
    search(reader, "sort:made", &[teacher, engineers, roads]).await;
    // Words are found whatever their accents, and marked as they stand: in the card, not in the text.
    search(reader, "zweite worter", &[engineers]).await;
    marked(reader, &["Zweite", "Wörter"]).await;
    search(reader, "roads", &[roads]).await;
    marked(reader, &["roads", "roads"]).await;
    search(reader, "since:soon", &[]).await;
    assert!(
        reader
            .notes()
            .text()
            .await
            .contains((reader.words().filters.misread)(Field::Since))
    );
    // From hit to hit, while the focus stays in the search.
    search(reader, "law", &[engineers, roads]).await;
    let chosen = async |quote: &str| {
        let card = reader.card(quote);
        card.wait_attribute("aria-current", "true").await;
        let focused = "return document.activeElement.type";
        assert_eq!(reader.run(focused, vec![]).await, "search");
    };
    reader.press("Enter").await;
    chosen(engineers).await;
    reader.press("Enter").await;
    chosen(roads).await;
    reader.press("Shift+Enter").await;
    chosen(engineers).await;
    // Once to end the search, once more to leave it.
    reader.press("Escape").await;
    lists(reader, &[engineers, teacher, roads]).await;
    marked(reader, &[]).await;
    reader.press("Escape").await;
    let focused = "return document.activeElement.localName";
    assert_eq!(reader.run(focused, vec![]).await, "body");
}

/// The choice with a label, after which its number is read out.
fn choice<'a>(filters: &Locator<'a>, label: &str) -> Locator<'a> {
    filters.checkbox(Name::Begins(label))
}

/// The same with that number.
fn counted<'a>(filters: &Locator<'a>, label: &str, count: usize) -> Locator<'a> {
    choice(filters, &format!("{label} {count}"))
}

async fn filters_are_terms_of_the_search(reader: &Reader) {
    let words = reader.words();
    three_notes(reader).await;
    let (roads, engineers, teacher) = ("public roads", "many engineers", "as a teacher");
    let search = reader.searchbox(words.notes.search);
    let button = reader.button(words.filters.button);
    button.click().await;
    button.wait_attribute("aria-expanded", "true").await;
    let filters = reader.by_role("group", words.filters.label);
    let [red, yellow] = [Colour::Red, Colour::Yellow].map(words.selection.colour);
    counted(&filters, red, 1).click().await;
    lists(reader, &[teacher]).await;
    counted(&filters, yellow, 2).click().await;
    lists(reader, &[engineers, teacher, roads]).await;
    choice(&filters, red).click().await;
    choice(&filters, "to read").click().await;
    lists(reader, &[roads]).await;
    assert_eq!(search.value().await, "color:yellow tag:\"to read\"");
    reader.expect_accessible().await;
    // What is filtered is said, and one button takes it back.
    button.click().await;
    let filtered = format!("{yellow}, {}", (words.filters.tagged)("to read"));
    assert!(reader.notes().text().await.contains(&filtered));
    button.click().await;
    filters.button(words.filters.show_all).click().await;
    lists(reader, &[engineers, teacher, roads]).await;
    let highlights = (words.filters.kind)(Kind::Empty);
    counted(&filters, highlights, 1).click().await;
    lists(reader, &[teacher]).await;
    counted(&filters, highlights, 1).click().await;
    filters
        .combobox(words.filters.sort_by)
        .evaluate(
            "element.value = 'made'; element.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
    lists(reader, &[teacher, engineers, roads]).await;
    filters.button("tag:").click().await;
    assert_eq!(search.value().await, "sort:made tag:");
    search.type_text("school").await;
    lists(reader, &[engineers]).await;
}

async fn what_is_found_is_listed_from_the_top(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    for words in ["Number 2 stands", "Number 70 stands"] {
        reader.highlight(words).await;
    }
    let place = "return element.getBoundingClientRect().top";
    let field = reader.searchbox(reader.words().notes.search);
    let before = field.evaluate(place).await.as_f64().unwrap_or_default();
    search(reader, "number 70", &["Number 70 stands"]).await;
    let look = async || {
        let field = field.evaluate(place).await.as_f64().unwrap_or_default();
        let card = reader.card("Number 70 stands").evaluate(place).await;
        let below = card.as_f64().unwrap_or_default() - field;
        match (field - before).abs() <= 1.0 && (20.0..120.0).contains(&below) {
            true => Ok(()),
            false => Err(format!(
                "the box is at {field} and was at {before}, the card {below} below"
            )),
        }
    };
    reader.wait_for(look).await;
}

async fn a_filter_stays_with_its_article_and_goes_out(reader: &Reader) {
    let words = reader.words();
    three_notes(reader).await;
    let (roads, engineers) = ("public roads", "many engineers");
    search(reader, "tag:law", &[engineers, roads]).await;
    // What goes out can be what is shown.
    reader.button(words.bar.export).click().await;
    let menu = reader.menu(words.bar.export);
    let only = menu.by_role("menuitemcheckbox", &*(words.filters.only_shown)(2));
    only.wait_attribute("aria-checked", "false").await;
    only.click().await;
    only.wait_attribute("aria-checked", "true").await;
    reader.expect_accessible().await;
    menu.menuitem((words.bar.format)(Format::WebAnnotation))
        .click()
        .await;
    let file = reader.wait_for_download("*.json").await;
    let file = serde_json::from_str(&file.text()).expect("the file is JSON");
    let quotes: Vec<_> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, [engineers, roads]);
    // Another article has a search of its own.
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    let field = reader.searchbox(words.notes.search);
    let has = async |wanted: &str| {
        let look = async || match field.value().await {
            value if value == wanted => Ok(()),
            value => Err(format!("the search is {value:?} and not {wanted:?}")),
        };
        reader.wait_for(look).await;
    };
    has("").await;
    reader.highlight("Number 2 stands").await;
    lists(reader, &["Number 2 stands"]).await;
    reader.press("Escape").await;
    let library = reader.open_library().await;
    library.button(Name::Begins(BUNDLED)).click().await;
    reader.article(BUNDLED).wait().await;
    has("tag:law").await;
    lists(reader, &[engineers, roads]).await;
    reader.reload().await;
    has("tag:law").await;
    lists(reader, &[engineers, roads]).await;
}

/// A note of somebody on these words.
fn theirs(name: &str, words: &str, note: &str) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:example:{}", note.replace(' ', "-")),
        "type": "Annotation",
        "creator": { "type": "Person", "name": name },
        "created": "2024-03-01T12:30:00Z",
        "body": { "type": "TextualBody", "value": note },
        "target": { "source": "https://harbour.example/ferry",
            "selector": { "type": "TextQuoteSelector", "exact": words } },
    })
}

async fn notes_say_whose_they_are_and_are_filtered_by_people(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    let (roads, engineers, teacher) = ("public roads", "many engineers", "as a teacher");
    reader.write_note(roads, "mine", "").await;
    reader.press("Escape").await;
    let button = reader.button(words.filters.button);
    let filters = reader.by_role("group", words.filters.label);
    let people = filters.by_role("group", words.filters.people);
    // Where all notes are the reader's there is nobody to choose.
    button.click().await;
    filters.wait().await;
    assert!(!people.is_there().await);
    assert!(!filters.button("by:").is_there().await);
    let long = "Wilhelmina Ottoline Featherstonehaugh of the Salt Marshes";
    let file = json!([
        theirs("Ada Moss", engineers, "one of Ada"),
        theirs(long, teacher, "one of another"),
    ]);
    reader
        .choose_notes("theirs.json", file.to_string().as_bytes())
        .await;
    reader.agree_to_import().await;
    lists(reader, &[engineers, teacher, roads]).await;
    // Each card of somebody else says whose it is, also to who hears it.
    for (quote, name) in [
        (roads, None),
        (engineers, Some("Ada Moss")),
        (teacher, Some(long)),
    ] {
        let script = "const described = element.getAttribute('aria-describedby');
            const line = described && document.getElementById(described);
            const name = line?.querySelector('[dir=auto]');
            const ring = line?.querySelector('[aria-hidden]');
            const { left, right } = element.getBoundingClientRect();
            const box = name?.getBoundingClientRect();
            return name && [name.textContent, ring.textContent, line.innerText.includes(arguments[0]),
                left < box.left && box.right < right && box.height < 30];";
        let script = script.replace("arguments[0]", &json!(words.card.by).to_string());
        let said = reader.card(quote).evaluate(&script).await;
        let wanted = name.map(|name| json!([name, name[..1], true, true]));
        assert_eq!(said, wanted.unwrap_or_default(), "{quote}");
    }
    // The reader comes first.
    let choices = people.checkbox(Name::Any);
    choices.wait_count(3).await;
    let first = choices.nth(0);
    let first = first.evaluate("return element.closest('label').textContent");
    assert_eq!(first.await, format!("{} 1", words.filters.you));
    counted(&people, "Ada Moss", 1).click().await;
    lists(reader, &[engineers]).await;
    let search_box = reader.searchbox(words.notes.search);
    assert_eq!(search_box.value().await, "by:\"Ada Moss\"");
    counted(&people, words.filters.you, 1).click().await;
    lists(reader, &[engineers, roads]).await;
    assert_eq!(search_box.value().await, "by:\"Ada Moss\",me");
    reader.expect_accessible().await;
    // The closed filter says it too.
    button.click().await;
    let names = ["Ada Moss", words.filters.by_you].join(words.filters.or);
    let filtered = (words.filters.made_by)(&names);
    assert!(reader.notes().text().await.contains(&filtered));
    search(reader, "by:feather", &[teacher]).await;
    search(reader, "-by:me", &[engineers, teacher]).await;
}

async fn on_a_phone_a_search_shows_what_it_finds(reader: &Reader) {
    three_notes(reader).await;
    search(reader, "roads", &["public roads"]).await;
    let look = async || {
        let script = "const { top, bottom } = element.getBoundingClientRect();
            const bar = innerHeight - 56;
            return [top, bottom, bar]";
        let at = reader.card("public roads").evaluate(script).await;
        match at[0].as_f64() < at[2].as_f64() {
            true => Ok(()),
            false => Err(format!("the card is at {at}")),
        }
    };
    reader.wait_for(look).await;
    // A note that the search does not find is shown when it is opened.
    reader.click_text("many engineers").await;
    lists(reader, &["many engineers", "public roads"]).await;
}
