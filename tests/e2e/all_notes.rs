//! "All notes": the notes of all articles are found, grouped and gone to from one room.

use postil::model::all_notes::Grouping;
use postil::model::annotation::Colour;
use postil::model::exchange::Report;
use postil::model::notice::Message;
use postil::model::query::Sort;
use postil::ui::strings::Language;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::{BUNDLED, kilns};

in_both_languages!(
    notes_of_all_articles_are_searched_and_grouped,
    keys_lead_into_a_note_of_another_article,
    a_search_that_finds_nothing_goes_on_in_all_articles,
    without_notes_the_room_says_what_it_is_for,
    only_the_rows_near_the_window_are_drawn,
    a_year_is_a_picture_and_a_table,
);

in_both_languages!(
    Setup { size: (450, 844), ..Setup::default() } =>
    on_a_phone_the_room_fills_the_window,
);

/// Two notes on the bundled article, then two on another one, which stays open.
pub(crate) async fn two_articles(reader: &Reader) {
    reader.open_site().await;
    reader
        .write_note("public roads", "first **words**", "law, to read")
        .await;
    reader.take_hold("as a teacher", "as a teacher").await;
    reader.press("2").await;
    reader.card("as a teacher").wait().await;
    reader.wait_until_saved().await;
    reader.press("Escape").await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    // A new note has the colour that was used last.
    reader.take_hold(THIRD, THIRD).await;
    reader.press("1").await;
    reader.card(THIRD).wait().await;
    reader.wait_until_saved().await;
    reader.press("Escape").await;
    reader.write_note(SECOND, "Zweite Wörter", "law").await;
    reader.press("Escape").await;
}

/// Opens the room from the menu "More", and waits until it shows what there is.
pub(crate) async fn open_room(reader: &Reader) -> Locator<'_> {
    reader.choose_more(reader.words().all_notes.label).await;
    let room = reader.dialog(reader.words().all_notes.label);
    room.status(Name::Any).wait().await;
    room.status(reader.words().all_notes.reading)
        .wait_gone()
        .await;
    room
}

/// Waits until the room shows these heads and quotes, in this order.
pub(crate) async fn shows(reader: &Reader, room: &Locator<'_>, wanted: &[&str]) {
    let script = "return [...element.querySelectorAll('.head-row [dir], .note-row strong')].map((one) => one.textContent)";
    let look = async || match room.evaluate(script).await {
        shown if shown == json!(wanted) => Ok(()),
        shown => Err(format!("{shown} are shown and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

pub(crate) async fn choose(room: &Locator<'_>, name: &str, option: &str) {
    let choose = format!(
        "element.selectedIndex = [...element.options].findIndex((one) => one.text === {}); \
         element.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(option)
    );
    room.combobox(name).evaluate(&choose).await;
}

pub(crate) async fn search(reader: &Reader, room: &Locator<'_>, typed: &str) {
    let search = room.searchbox(reader.words().all_notes.search);
    let put = format!(
        "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(typed)
    );
    search.evaluate(&put).await;
}

/// Waits until the room says that so many notes are found, of how many, in how many articles.
pub(crate) async fn counts(reader: &Reader, room: &Locator<'_>, counts: [usize; 3]) {
    let [found, all, articles] = counts;
    let said = (reader.words().all_notes.shown)(found, all, articles);
    says(room, &said).await;
}

async fn says(room: &Locator<'_>, words: &str) {
    room.status(words).wait().await;
}

/// Today, as the browser says it in the reader's language.
fn today(reader: &Reader) -> &'static str {
    match reader.language() {
        Language::English => "today",
        Language::German => "heute",
    }
}

pub(crate) const ROADS: &str = "public roads";
pub(crate) const TEACHER: &str = "as a teacher";
pub(crate) const SECOND: &str = "Number 2 stands";
pub(crate) const THIRD: &str = "Number 3 stands";

async fn notes_of_all_articles_are_searched_and_grouped(reader: &Reader) {
    let words = reader.words();
    two_articles(reader).await;
    let room = open_room(reader).await;
    counts(reader, &room, [4, 4, 2]).await;
    shows(
        reader,
        &room,
        &[BUNDLED, TEACHER, ROADS, "Kilns", SECOND, THIRD],
    )
    .await;
    // A note is named by all that it says, its words without their marks.
    let roads = room.button(Name::Has(ROADS));
    let text = roads.text().await;
    assert!(
        text.contains("first words") && text.contains("#law"),
        "{text}"
    );
    reader.expect_accessible().await;

    let grouping = words.all_notes.grouping;
    choose(&room, words.all_notes.group_by, grouping(Grouping::Tag)).await;
    shows(
        reader,
        &room,
        &[
            "law",
            ROADS,
            SECOND,
            "to read",
            ROADS,
            words.all_notes.no_tag,
            TEACHER,
            THIRD,
        ],
    )
    .await;
    counts(reader, &room, [4, 4, 2]).await;
    group_by_colour(reader, &room).await;
    choose(&room, words.all_notes.group_by, grouping(Grouping::Day)).await;
    choose(
        &room,
        words.filters.sort_by,
        (words.filters.order)(Sort::Made),
    )
    .await;
    shows(
        reader,
        &room,
        &[today(reader), SECOND, THIRD, TEACHER, ROADS],
    )
    .await;
    assert_eq!(
        room.searchbox(words.all_notes.search).value().await,
        "sort:made"
    );
    reader.expect_accessible().await;

    choose(&room, words.all_notes.group_by, grouping(Grouping::Article)).await;
    for (typed, wanted) in [
        ("zweite worter", &["Kilns", SECOND][..]),
        ("in:kilns -is:written", &["Kilns", THIRD]),
        ("tag:law color:yellow", &[BUNDLED, ROADS, "Kilns", SECOND]),
        ("quote:teacher since:today", &[BUNDLED, TEACHER]),
    ] {
        search(reader, &room, typed).await;
        shows(reader, &room, wanted).await;
    }
    counts(reader, &room, [1, 4, 1]).await;
    marked(reader, &["teacher"]).await;
    search(reader, &room, "state:exact").await;
    shows(reader, &room, &[]).await;
    assert!(room.text().await.contains(words.all_notes.no_state));
}

/// Waits until these words are marked as found in the room, where the browser has highlights.
async fn marked(reader: &Reader, wanted: &[&str]) {
    let script = "if (!globalThis.Highlight) return null;
        return [...CSS.highlights.get('found') ?? []].map((range) => range.toString());";
    let look = async || match reader.run(script, vec![]).await {
        serde_json::Value::Null => Ok(()),
        found if found == json!(wanted) => Ok(()),
        found => Err(format!("{found} are marked and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

/// True if the mark of these words is chosen and within the window.
async fn wait_chosen_in_view(reader: &Reader, words: &str) {
    reader
        .card(words)
        .wait_attribute("aria-current", "true")
        .await;
    let script = "const card = document.querySelector('.notes [data-card][aria-current=true]')?.dataset.card;
        const active = [...document.querySelectorAll('article mark[data-active]')];
        const marks = active.filter((mark) => mark.dataset.note.split(' ').includes(card));
        const words = marks.map((mark) => mark.textContent).join('');
        const { top, bottom } = marks[0]?.getBoundingClientRect() ?? {};
        return [words, top >= 0 && bottom <= innerHeight]";
    let look = async || match reader.run(script, vec![]).await {
        seen if seen == json!([words, true]) => Ok(()),
        seen => Err(format!("{seen} is chosen and in view, and not {words:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until the focus is on the note with this quote in the room.
pub(crate) async fn wait_focused(reader: &Reader, quote: &str) {
    let script = "return document.activeElement.querySelector('strong')?.textContent ?? document.activeElement.outerHTML.slice(0, 80)";
    let look = async || match reader.run(script, vec![]).await {
        focused if focused == quote => Ok(()),
        focused => Err(format!("{focused} has the focus and not {quote:?}")),
    };
    reader.wait_for(look).await;
}

/// Groups the notes of [`two_articles`] by colour.
pub(crate) async fn group_by_colour(reader: &Reader, room: &Locator<'_>) {
    let by_colour = (reader.words().all_notes.grouping)(Grouping::Colour);
    choose(room, reader.words().all_notes.group_by, by_colour).await;
    let [yellow, red] = [Colour::Yellow, Colour::Red].map(reader.words().selection.colour);
    let wanted = [yellow, ROADS, SECOND, THIRD, red, TEACHER];
    shows(reader, room, &wanted).await;
}

/// Waits until the focus is on the head of this group.
pub(crate) async fn wait_on_head(reader: &Reader, name: &str) {
    let script = "const { activeElement } = document;
        return activeElement.closest('.head-row')?.querySelector('[dir]').textContent ?? activeElement.outerHTML.slice(0, 80)";
    let look = async || match reader.run(script, vec![]).await {
        focused if focused == name => Ok(()),
        focused => Err(format!(
            "{focused} has the focus and not the head of {name:?}"
        )),
    };
    reader.wait_for(look).await;
}

async fn keys_lead_into_a_note_of_another_article(reader: &Reader) {
    two_articles(reader).await;
    reader.article("Kilns").wait().await;
    let room = open_room(reader).await;
    shows(
        reader,
        &room,
        &[BUNDLED, TEACHER, ROADS, "Kilns", SECOND, THIRD],
    )
    .await;
    // The search has the focus at first.
    reader.press("ArrowDown").await;
    wait_focused(reader, TEACHER).await;
    reader.press("End").await;
    wait_focused(reader, THIRD).await;
    reader.press("ArrowUp").await;
    wait_focused(reader, SECOND).await;
    reader.press("Home").await;
    wait_on_head(reader, BUNDLED).await;
    // Above the first head, and by its key, is the search.
    let in_search = async || {
        let focused = reader
            .run("return document.activeElement.type", vec![])
            .await;
        assert_eq!(focused, "search");
    };
    reader.press("ArrowUp").await;
    in_search().await;
    reader.press("ArrowDown").await;
    wait_on_head(reader, BUNDLED).await;
    reader.press("ArrowDown").await;
    wait_focused(reader, TEACHER).await;
    reader.press("/").await;
    in_search().await;
    reader.press("ArrowDown").await;
    wait_focused(reader, TEACHER).await;
    reader.press("ArrowDown").await;
    wait_focused(reader, ROADS).await;
    reader.press("Enter").await;
    room.wait_gone().await;
    reader.article(BUNDLED).wait().await;
    wait_chosen_in_view(reader, ROADS).await;
    // The focus is on its card, and a note of the open article is gone to as well.
    let focused = "return document.activeElement.getAttribute('aria-label')";
    let on_card = async || match reader.run(focused, vec![]).await {
        name if name == ROADS => Ok(()),
        name => Err(format!("{name} has the focus")),
    };
    reader.wait_for(on_card).await;
    let room = open_room(reader).await;
    room.button(Name::Has(TEACHER)).click().await;
    room.wait_gone().await;
    wait_chosen_in_view(reader, TEACHER).await;
    // Escape leaves the room, and nothing else.
    let room = open_room(reader).await;
    reader.press("ArrowDown").await;
    wait_focused(reader, TEACHER).await;
    reader.press("Escape").await;
    room.wait_gone().await;
    reader.article(BUNDLED).wait().await;
}

async fn a_search_that_finds_nothing_goes_on_in_all_articles(reader: &Reader) {
    let words = reader.words();
    two_articles(reader).await;
    let search = reader.searchbox(words.notes.search);
    search.type_text("roads").await;
    reader.notes().button(words.all_notes.search).click().await;
    let room = reader.dialog(words.all_notes.label);
    room.wait().await;
    shows(reader, &room, &[BUNDLED, ROADS]).await;
    assert_eq!(
        room.searchbox(words.all_notes.search).value().await,
        "roads"
    );
    room.button(Name::Has(ROADS)).click().await;
    reader.article(BUNDLED).wait().await;
    wait_chosen_in_view(reader, ROADS).await;
    // The library leads there too.
    let library = reader.open_library().await;
    library.button(words.all_notes.label).click().await;
    reader.dialog(words.all_notes.label).wait().await;
}

async fn without_notes_the_room_says_what_it_is_for(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.choose_more(words.all_notes.label).await;
    let room = reader.dialog(words.all_notes.label);
    counts(reader, &room, [0, 0, 0]).await;
    assert!(room.text().await.contains(words.all_notes.none_yet));
    reader.expect_accessible().await;
}

/// Number of notes of the long list.
const MANY: usize = 90;

async fn only_the_rows_near_the_window_are_drawn(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    let items: Vec<serde_json::Value> = (1..=MANY)
        .map(|number| {
            json!({
                "type": "Annotation",
                "id": format!("urn:example:{number}"),
                "created": "2026-11-01T10:00:00Z",
                "body": [{ "type": "TextualBody", "purpose": "commenting", "value": format!("words {number}") }],
                "target": { "source": "https://example.org/long", "selector": [
                    { "type": "TextQuoteSelector", "exact": format!("Quote {number}.") },
                    { "type": "TextPositionSelector", "start": number * 20, "end": number * 20 + 9 },
                ] },
            })
        })
        .collect();
    let page = json!({ "type": "AnnotationPage", "items": items });
    let file = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "first": page,
    });
    reader
        .import_file("many.json", file.to_string().as_bytes())
        .await;
    let added = Report {
        added: MANY,
        ..Report::default()
    };
    let said = (words.notices.message)(&Message::Imported(added));
    // It goes on with where they are.
    reader.hear(said.trim_end_matches('.')).await;
    reader.wait_until_saved().await;
    let room = open_room(reader).await;
    counts(reader, &room, [MANY, MANY, 1]).await;
    let drawn = "return document.querySelectorAll('.all-notes [data-row]').length";
    let count = async || reader.run(drawn, vec![]).await.as_u64().unwrap_or_default() as usize;
    assert!(count().await < MANY, "all are drawn");
    reader.press("ArrowDown").await;
    wait_focused(reader, "Quote 1.").await;
    reader.press("End").await;
    wait_focused(reader, "Quote 90.").await;
    assert!(count().await < MANY, "all are drawn");
    // It is in view, and says which of all it is.
    let script = "const note = document.activeElement.closest('li');
        const box = note.getBoundingClientRect();
        const around = note.closest('.scroller').getBoundingClientRect();
        return [box.top >= around.top - 1 && box.bottom <= around.bottom + 1, note.ariaPosInSet, note.ariaSetSize]";
    let look = async || match reader.run(script, vec![]).await {
        seen if seen == json!([true, "90", "90"]) => Ok(()),
        seen => Err(format!("the last note is {seen}")),
    };
    reader.wait_for(look).await;
    reader.press("PageUp").await;
    reader.press("Home").await;
    reader.press("ArrowDown").await;
    wait_focused(reader, "Quote 1.").await;
    // The text of their article was never here.
    reader.press("Enter").await;
    room.wait_gone().await;
    let title = BUNDLED.to_owned();
    let said = (words.notices.message)(&Message::TextMissing { title });
    // Whatever its title.
    let said = said.rsplit(BUNDLED).next().unwrap_or_default();
    reader.be_warned(said).await;
}

/// The rows of a table in the room, cell by cell.
async fn rows(room: &Locator<'_>, caption: &str) -> Vec<Vec<String>> {
    let script = format!(
        "const tables = [...element.querySelectorAll('table')]; \
         const table = tables.find((one) => one.caption.textContent === {}); \
         return [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))",
        json!(caption)
    );
    serde_json::from_value(room.evaluate(&script).await).expect("rows of cells")
}

async fn a_year_is_a_picture_and_a_table(reader: &Reader) {
    let words = reader.words();
    two_articles(reader).await;
    let room = open_room(reader).await;
    room.button(words.year.label).click().await;
    let said = (words.year.summary)(4, 1, 2);
    says(&room, &said).await;
    room.button(words.year.label)
        .wait_attribute("aria-pressed", "true")
        .await;
    // The picture says the same; today is its last day, with the darkest step that there is.
    room.by_role("img", said.as_str()).wait().await;
    let last = "const days = [...element.querySelectorAll('.calendar rect')];
        const marked = days.filter((day) => !day.classList.contains('step-0'));
        return [marked.length, marked[0] === days.at(-1), marked[0]?.textContent]";
    let on_day = (words.year.on_day)(4, today(reader));
    let look = async || match room.evaluate(last).await {
        seen if seen == json!([1, true, on_day]) => Ok(()),
        seen => Err(format!("the calendar shows {seen}")),
    };
    reader.wait_for(look).await;
    let colours = room.list(words.year.by_colour);
    let [yellow, red] = [Colour::Yellow, Colour::Red].map(words.selection.colour);
    assert!(colours.text().await.contains(yellow));
    let of_red = colours.listitem(Name::Has(red)).text().await;
    assert!(of_red.contains(&(words.notes.count)(1)), "{of_red}");
    reader.expect_accessible().await;

    room.button(words.year.as_table).click().await;
    room.by_role("table", Name::Any).wait().await;
    let weeks = rows(&room, words.year.by_day).await;
    assert_eq!(weeks.len(), postil::model::year::WEEKS);
    assert_eq!(weeks[0].last().map(String::as_str), Some("4"));
    assert!(
        weeks[1..]
            .iter()
            .all(|week| week.last().is_some_and(|all| all == "0"))
    );
    let colours = rows(&room, words.year.by_colour).await;
    assert_eq!(colours, [[yellow, "3"], [red, "1"]]);
    let articles = rows(&room, words.year.by_article).await;
    assert_eq!(articles, [[BUNDLED, "2"], ["Kilns", "2"]]);
    reader.expect_accessible().await;
    // The same button leads back, and keeps the focus.
    room.button(words.year.label).click().await;
    counts(reader, &room, [4, 4, 2]).await;
    let focused = reader
        .run("return document.activeElement.textContent", vec![])
        .await;
    assert_eq!(focused, words.year.label);
}

async fn on_a_phone_the_room_fills_the_window(reader: &Reader) {
    let words = reader.words();
    two_articles(reader).await;
    if reader.engine == postil_testing::driver::Engine::Chromium {
        reader.resize(390, 844).await;
    }
    let room = open_room(reader).await;
    shows(
        reader,
        &room,
        &[BUNDLED, TEACHER, ROADS, "Kilns", SECOND, THIRD],
    )
    .await;
    fits(reader, &room).await;
    room.button(words.year.label).click().await;
    says(&room, &(words.year.summary)(4, 1, 2)).await;
    fits(reader, &room).await;
    room.button(words.year.as_table).click().await;
    room.by_role("table", Name::Any).wait().await;
    fits(reader, &room).await;
    room.button(words.year.label).click().await;
    room.button(Name::Has(ROADS)).click().await;
    room.wait_gone().await;
    reader.article(BUNDLED).wait().await;
    wait_chosen_in_view(reader, ROADS).await;
}

/// Fails if anything in the room is wider than the window.
async fn fits(reader: &Reader, room: &Locator<'_>) {
    let script = "const { left, right } = element.getBoundingClientRect();
        return [left >= 0 && right <= innerWidth, element.scrollWidth <= element.clientWidth,
            [...element.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
                && !one.closest('.said, svg, .broad')).map((one) => one.outerHTML.slice(0, 80))]";
    let look = async || match room.evaluate(script).await {
        seen if seen == json!([true, true, []]) => Ok(()),
        seen => Err(format!("the room is wider than the window: {seen}")),
    };
    reader.wait_for(look).await;
}
