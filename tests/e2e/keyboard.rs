//! The keyboard: the documented keys, and an hour of reading without a mouse.

use postil::model::annotation::Colour;
use postil::model::notice::Message;
use postil::ui::strings::EN;

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;

in_both_browsers!(
    keys_walk_through_the_notes,
    letters_are_letters_while_typing,
    a_reader_needs_no_mouse,
    a_key_is_for_what_is_selected_now,
    letter_keys_can_be_switched_off,
    every_letter_key_can_be_changed,
);

async fn wait_chosen(card: &Locator<'_>) {
    card.wait_attribute("aria-current", "true").await;
}

async fn focused(reader: &Reader, selector: &str) {
    let script = "return document.activeElement?.matches(arguments[0]) ?? false";
    let look = async || match reader.run(script, vec![selector.into()]).await {
        is if is == true => Ok(()),
        _ => {
            let on = reader
                .run(
                    "return document.activeElement?.outerHTML.slice(0, 100)",
                    vec![],
                )
                .await;
            Err(format!("the focus is on {on} and not on {selector}"))
        }
    };
    reader.wait_for(look).await;
}

async fn keys_walk_through_the_notes(reader: &Reader) {
    reader.open_site().await;
    let quotes = ["Nick Joseph", "many engineers", "public roads"];
    for quote in quotes {
        reader.take_hold(quote, quote).await;
        reader.press("h").await;
        reader.card(quote).wait().await;
    }
    let cards = quotes.map(|quote| reader.card(quote));
    wait_chosen(&cards[2]).await;
    reader.press("k").await;
    wait_chosen(&cards[1]).await;
    reader.press("k").await;
    wait_chosen(&cards[0]).await;
    reader.press("j").await;
    wait_chosen(&cards[1]).await;

    reader.press("Enter").await;
    focused(reader, "textarea").await;
    reader.note_box().type_text("by keys alone").await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    assert!(cards[1].text().await.contains("by keys alone"));
    reader.press("3").await;
    cards[1]
        .button(&(EN.card.recolour)(Colour::Green))
        .wait_attribute("aria-pressed", "true")
        .await;

    reader.press("Delete").await;
    cards[1].wait_gone().await;
    reader.wait_painted(&[quotes[0], quotes[2]]).await;
    reader.press("Control+z").await;
    cards[1].wait().await;
    reader.wait_painted(&quotes).await;
    reader.press("Control+Shift+Z").await;
    cards[1].wait_gone().await;
    reader.press("Control+z").await;
    cards[1].wait().await;

    reader.press("/").await;
    focused(reader, "input[type=search]").await;
    assert_eq!(reader.searchbox(EN.notes.search).value().await, "");
    reader.press("Escape").await;
    reader.run("document.activeElement.blur()", vec![]).await;
    reader.press("?").await;
    reader.dialog(EN.bar.keys).wait().await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.keys).wait_gone().await;
    reader.press("t").await;
    reader.notes().wait_gone().await;
    reader.press("t").await;
    reader.notes().wait().await;
    reader.press("Control+Shift+H").await;
    reader
        .wait_for(async || shown_highlights(reader, false).await)
        .await;
    reader.press("Control+Shift+H").await;
    reader
        .wait_for(async || shown_highlights(reader, true).await)
        .await;
}

/// Checks whether a painted passage looks different from the words around it.
async fn shown_highlights(reader: &Reader, wanted: bool) -> Result<(), String> {
    let script = "const mark = document.querySelector('mark[data-note]');
        if (!mark) return false;
        const { backgroundColor, backgroundImage, textDecorationLine, borderBottomStyle } = getComputedStyle(mark);
        return backgroundColor !== 'rgba(0, 0, 0, 0)' || backgroundImage !== 'none'
            || textDecorationLine !== 'none' || borderBottomStyle !== 'none'";
    match reader.run(script, vec![]).await {
        shown if shown == wanted => Ok(()),
        shown => Err(format!("highlights are shown: {shown}")),
    }
}

async fn letters_are_letters_while_typing(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("Nick Joseph").await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("a").await;
    let keys = "hanjkt1234/?x";
    reader.note_box().type_text(keys).await;
    assert_eq!(reader.note_box().value().await, keys);
    reader.combobox(EN.editor.tags).type_text(keys).await;
    assert_eq!(reader.combobox(EN.editor.tags).value().await, keys);
    // The browser's own undo is meant in a box, not the notes'.
    reader.note_box().focus().await;
    reader.press("Control+z").await;
    assert!(reader.note_box().is_there().await);
    reader.press("Delete").await;
    reader
        .searchbox(EN.notes.search)
        .type_text("nick jh?")
        .await;
    assert_eq!(reader.searchbox(EN.notes.search).value().await, "nick jh?");
    assert!(!reader.dialog(Name::Any).is_there().await);
    assert_eq!(reader.note_records().await.len(), 2);
    reader.searchbox(EN.notes.search).clear().await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
}

async fn a_reader_needs_no_mouse(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    // Tab leads to the skip link, and that to the article.
    reader.press("Tab").await;
    focused(reader, "a[href='#article']").await;
    reader.press("Enter").await;
    focused(reader, "article").await;
    // Words are selected letter by letter and word by word.
    reader.press("Shift+ArrowRight").await;
    reader.selection_toolbar().wait().await;
    assert_eq!(reader.selected_text().await, "A");
    reader.press("Control+Shift+ArrowRight").await;
    reader.press("Control+Shift+ArrowRight").await;
    let selected = reader.selected_text().await;
    assert_eq!(selected.trim(), "Andrej Karpathy");
    reader.press("h").await;
    reader.wait_painted(&[selected.trim()]).await;
    reader.selection_toolbar().wait_gone().await;
    // Sentences are reached by the arrows alone, and what is selected may begin at one.
    reader.press("ArrowRight").await;
    place_is(reader, "h1").await;
    reader.press("ArrowDown").await;
    place_is(reader, "p").await;
    reader.press("Escape").await;
    place_is(reader, "").await;
    reader.press("Control+Shift+ArrowRight").await;
    reader.selection_toolbar().wait().await;
    assert_eq!(reader.selected_text().await.trim(), "Andrej");
    // And on from there, with a note this time.
    reader.press("ArrowRight").await;
    reader.selection_toolbar().wait_gone().await;
    place_is(reader, "p").await;
    reader.press("n").await;
    focused(reader, "textarea").await;
    reader.note_box().type_text("no mouse").await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await.len(), 2);
}

/// Waits until the reading cursor is in such an element, or nowhere.
async fn place_is(reader: &Reader, element: &str) {
    let script =
        "return document.querySelector('article [aria-current=location]')?.localName ?? ''";
    let look = async || match reader.run(script, vec![]).await {
        there if there == element => Ok(()),
        there => Err(format!("the place is in {there} and not in {element:?}")),
    };
    reader.wait_for(look).await;
}

/// A key may arrive before the browser has reported the selection it is meant for.
async fn a_key_is_for_what_is_selected_now(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    let script = "const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf('Nick Joseph');
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 11);
            const key = new KeyboardEvent('keydown', { key: 'h', bubbles: true, cancelable: true });
            document.querySelector('article').dispatchEvent(key);
            return true;
        }";
    assert_eq!(reader.run(script, vec![]).await, true);
    reader.wait_painted(&["Nick Joseph"]).await;
}

async fn letter_keys_can_be_switched_off(reader: &Reader) {
    reader.open_site().await;
    reader.choose_more(EN.bar.keys).await;
    reader
        .dialog(EN.bar.keys)
        .checkbox(EN.keys.single_letters)
        .click()
        .await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.keys).wait_gone().await;
    reader.reload().await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("h").await;
    reader.press("?").await;
    reader.press("3").await;
    // Keys other than single letters still work.
    reader.press("Escape").await;
    reader.selection_toolbar().wait_gone().await;
    assert_eq!(reader.painted().await, Vec::<String>::new());
    assert!(!reader.dialog(EN.bar.keys).is_there().await);
    reader.choose_more(EN.bar.keys).await;
    reader
        .dialog(EN.bar.keys)
        .checkbox(EN.keys.single_letters)
        .click()
        .await;
    reader.press("Escape").await;
    reader.highlight("public roads").await;
}

async fn every_letter_key_can_be_changed(reader: &Reader) {
    reader.open_site().await;
    let this = reader.this_tab().await;
    let other = reader.new_tab().await;
    reader.open_site().await;
    reader.switch_to(&this).await;
    reader.press("?").await;
    let dialog = reader.dialog(EN.bar.keys);
    let effect = EN.keys.effect;
    let change = |usual: char| dialog.button(&(EN.keys.change_of)(&effect(usual)));
    change('h').click().await;
    dialog
        .status(Name::Is(&(EN.keys.press)(&effect('h'))))
        .wait()
        .await;
    reader.press("m").await;
    let key_of = async |usual: char, wanted: &str| {
        let row = dialog.by_role("row", Name::Begins(&effect(usual)));
        let look = async || match row.evaluate("return element.cells[1].textContent").await {
            key if key == wanted => Ok(()),
            key => Err(format!("the key of {usual} is {key} and not {wanted}")),
        };
        reader.wait_for(look).await;
    };
    key_of('h', "m").await;
    // Esc leaves a key as it is, and the dialog open.
    change('t').click().await;
    reader.press("Escape").await;
    key_of('t', "t").await;
    // A key that is taken is told, and swapped if that is wanted.
    change('j').click().await;
    reader.press("k").await;
    dialog
        .status(Name::Is(&(EN.keys.taken)('k', &effect('k'))))
        .wait()
        .await;
    key_of('j', "j").await;
    dialog.button(EN.keys.swap).click().await;
    key_of('j', "k").await;
    key_of('k', "j").await;
    dialog
        .button(&(EN.keys.switch_off_of)(&effect('t')))
        .click()
        .await;
    key_of('t', EN.keys.off).await;
    reader.expect_accessible().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;

    reader.take_hold("Nick Joseph", "Nick Joseph").await;
    reader.press("h").await;
    reader.press("t").await;
    reader.press("m").await;
    reader.wait_painted(&["Nick Joseph"]).await;
    reader.notes().wait().await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("m").await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    wait_chosen(&reader.card("public roads")).await;
    reader.press("j").await;
    wait_chosen(&reader.card("Nick Joseph")).await;
    reader.press("k").await;
    wait_chosen(&reader.card("public roads")).await;
    // The sentence cursor and the list of commands have them too.
    reader.press("Escape").await;
    reader.press("ArrowRight").await;
    reader.press("m").await;
    reader
        .wait_for(async || match reader.painted().await.len() {
            3 => Ok(()),
            count => Err(format!("{count} passages are painted")),
        })
        .await;
    reader.press("Control+k").await;
    let next = reader
        .dialog(EN.commands.label)
        .option(Name::Begins(EN.commands.next_note));
    next.wait().await;
    assert_eq!(
        next.evaluate("return element.querySelector('kbd').textContent")
            .await,
        "k"
    );
    reader.press("Escape").await;
    reader.dialog(EN.commands.label).wait_gone().await;
    // As in every other tab, at once.
    reader.switch_to(&other).await;
    reader.take_hold("many engineers", "many engineers").await;
    reader.press("h").await;
    reader.press("m").await;
    reader.card("many engineers").wait().await;

    reader.press("?").await;
    dialog.button(EN.keys.reset).click().await;
    key_of('h', "h").await;
    key_of('t', "t").await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader.reload().await;
    reader.take_hold("will do", "will do").await;
    reader.press("m").await;
    reader.press("h").await;
    reader.card("will do").wait().await;
}
