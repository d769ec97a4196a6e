//! The room around an article: the bar, its menus, how the article looks, and a phone's tools.

use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::kilns;

in_both_browsers!(
    a_look_is_chosen_and_kept_in_every_tab,
    the_line_that_is_read_stays_where_it_is,
    the_menu_is_used_by_keys,
    every_command_is_found_by_typing,
    the_bar_says_where_one_is,
    the_overview_shows_and_leads,
    a_card_says_when_it_was_written,
);

in_both_browsers!(
    Setup { size: (450, 844), ..Setup::default() } =>
    a_phone_has_its_tools_in_reach,
    the_sheet_of_notes_has_three_heights,
    a_swipe_leads_from_note_to_note,
    above_a_keyboard_the_passage_is_seen,
);

in_both_browsers!(
    Setup { size: (844, 450), ..Setup::default() } =>
    a_turned_phone_keeps_the_line,
);

/// Opens "Reading settings".
async fn settings(reader: &Reader) -> Locator<'_> {
    reader.button(EN.bar.reading_settings).click().await;
    let dialog = reader.dialog(EN.bar.reading_settings);
    dialog.wait().await;
    dialog
}

/// A property of the article as the browser computes it.
async fn computed(reader: &Reader, property: &str) -> String {
    let script = "return getComputedStyle(element).getPropertyValue(arguments[0])";
    let script = script.replace("arguments[0]", &json!(property).to_string());
    let value = reader.article(Name::Any).evaluate(&script).await;
    value.as_str().unwrap_or_default().to_owned()
}

/// Waits until a property of the article has a value.
async fn wait_computed(reader: &Reader, property: &str, wanted: &str) {
    let look = async || match computed(reader, property).await {
        value if value.contains(wanted) => Ok(()),
        value => Err(format!("{property} is {value} and not {wanted}")),
    };
    reader.wait_for(look).await;
}

/// Names of the files with typefaces that the page has fetched.
async fn typefaces(reader: &Reader) -> Vec<String> {
    let script = "return performance.getEntriesByType('resource').map(({ name }) => name)
        .filter((name) => name.endsWith('.woff2')).map((name) => name.split('/').pop())";
    let found = reader.run(script, vec![]).await;
    let names = found.as_array().into_iter().flatten();
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn a_look_is_chosen_and_kept_in_every_tab(reader: &Reader) {
    reader.open_site().await;
    let usual = computed(reader, "font-size").await;
    let this = reader.this_tab().await;
    let other = reader.new_tab().await;
    reader.open_site().await;
    reader.switch_to(&this).await;
    assert_eq!(typefaces(reader).await, Vec::<String>::new());
    let dialog = settings(reader).await;
    dialog.by_role("radio", "Sepia").click().await;
    let faces = dialog.combobox(EN.look.typeface);
    let choose =
        "element.value = 'literata'; element.dispatchEvent(new Event('change', { bubbles: true }))";
    faces.evaluate(choose).await;
    let size = dialog.by_role("slider", "Text size");
    size.focus().await;
    for _ in 0..4 {
        reader.press("ArrowRight").await;
    }
    size.wait_attribute("aria-valuetext", "120 %").await;
    let justified = dialog.by_role("checkbox", EN.look.justified);
    justified.click().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    let look = async || {
        wait_computed(reader, "font-family", "Literata").await;
        wait_computed(reader, "font-size", "22.8px").await;
        wait_computed(reader, "text-align", "justify").await;
        wait_computed(reader, "hyphens", "auto").await;
        let theme = "return document.documentElement.dataset.theme";
        assert_eq!(reader.run(theme, vec![]).await, "sepia");
    };
    look().await;
    let fetched = async || match typefaces(reader).await {
        files if files.iter().any(|file| file.starts_with("literata-latin-")) => Ok(()),
        files => Err(format!("fetched are {files:?}")),
    };
    reader.wait_for(fetched).await;
    reader.switch_to(&other).await;
    look().await;
    reader.reload().await;
    look().await;
    // As usual: nothing is left of it.
    let dialog = settings(reader).await;
    dialog.by_role("radio", "Sepia").wait().await;
    dialog.button(EN.look.reset).click().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    wait_computed(reader, "font-size", &usual).await;
    reader.reload().await;
    wait_computed(reader, "font-size", &usual).await;
    let left = "return Object.keys(document.documentElement.dataset)
        .filter((name) => ['face', 'size', 'width', 'height', 'justified', 'strong'].includes(name))";
    assert_eq!(reader.run(left, vec![]).await, json!([]));
}

async fn the_line_that_is_read_stays_where_it_is(reader: &Reader) {
    reader.open_site().await;
    let paragraph = "The kiln is lit before dawn, when the wind from the marsh is still low, and whoever tends it brings bread and a lamp.\n\n";
    let text = format!(
        "# Kilns\n\n{}Here one reads.\n\n{}",
        paragraph.repeat(60),
        paragraph.repeat(60)
    );
    reader.open_pasted(&text).await;
    reader.article("Kilns").wait().await;
    // The line stands a little below the bar.
    let scroll = "const [here] = [...document.querySelectorAll('article p')].filter((p) => p.textContent === 'Here one reads.');
        scrollBy(0, here.getBoundingClientRect().top - innerHeight * 0.11 + 4);
        return here.getBoundingClientRect().top";
    let top = "return [...document.querySelectorAll('article p')].filter((p) => p.textContent === 'Here one reads.')[0]
        ?.getBoundingClientRect().top";
    let mut before = reader.run(scroll, vec![]).await.as_f64().expect("a place");
    let settled = async || match reader.run(scroll, vec![]).await.as_f64() {
        Some(now) if (now - before).abs() < 1.0 => Ok(()),
        now => Err(format!("it is at {now:?}")),
    };
    reader.wait_for(settled).await;
    before = reader.run(top, vec![]).await.as_f64().expect("a place");
    let dialog = settings(reader).await;
    for (slider, key) in [
        ("Text size", "ArrowRight"),
        ("Line width", "ArrowLeft"),
        ("Line height", "ArrowRight"),
    ] {
        dialog.by_role("slider", slider).focus().await;
        for _ in 0..5 {
            reader.press(key).await;
        }
        let stays = async || match reader.run(top, vec![]).await.as_f64() {
            Some(now) if (now - before).abs() < 12.0 => Ok(()),
            now => Err(format!("{slider}: it was at {before} and is at {now:?}")),
        };
        reader.wait_for(stays).await;
    }
}

async fn a_turned_phone_keeps_the_line(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let scroll = "const p = document.querySelectorAll('article p')[8];
        p.scrollIntoView();
        scrollBy(0, p.getBoundingClientRect().top - 36)";
    reader.run(scroll, vec![]).await;
    // The paragraph of the line that is read: below the bar, where reading places are brought.
    let line = "const bar = document.querySelector('.bar').getBoundingClientRect();
        const from = Math.max(bar.top < 5 ? bar.bottom : 0, 56, innerHeight * 0.11) + 4;
        const x = document.querySelector('article').getBoundingClientRect().left + 40;
        for (let y = from; y < innerHeight; y += 4) {
            const words = document.elementFromPoint(x, y)?.closest('article p')?.textContent;
            if (words) return words.slice(0, 40);
        }";
    let kept = async || {
        let script =
            "return Object.entries(localStorage).filter(([key]) => key.includes('bookmark/'))
            .some(([, value]) => Number(value.split(' ')[1]) > 500)";
        match reader.run(script, vec![]).await {
            Value::Bool(true) => Ok(()),
            _ => Err("no bookmark is that far".to_owned()),
        }
    };
    reader.wait_for(kept).await;
    let before = reader.run(line, vec![]).await;
    assert!(before.is_string(), "{before}");
    reader.resize(450, 844).await;
    let same = async || match reader.run(line, vec![]).await {
        now if now == before => Ok(()),
        now => Err(format!("{before} was read, and now {now}")),
    };
    reader.wait_for(same).await;
}

async fn above_a_keyboard_the_passage_is_seen(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    reader.take_hold("Number 60", "Number 60").await;
    reader.button(EN.selection.add_note).click().await;
    reader.textbox(EN.editor.note).wait().await;
    reader.resize(450, 480).await;
    let seen = async || {
        let script =
            "const mark = document.querySelector('article mark').getBoundingClientRect();
            const save = document.querySelector('.editor .primary').getBoundingClientRect();
            return [mark.top, mark.bottom, document.querySelector('.notes').getBoundingClientRect().top, save.bottom, innerHeight]";
        let at = reader.run(script, vec![]).await;
        let number = |index: usize| at[index].as_f64().unwrap_or(f64::NAN);
        match number(0) > 0.0 && number(1) <= number(2) && number(3) <= number(4) {
            true => Ok(()),
            false => Err(format!("mark, sheet, Save and window are at {at}")),
        }
    };
    reader.wait_for(seen).await;
}

async fn the_menu_is_used_by_keys(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let button = reader.button(EN.bar.more);
    button.focus().await;
    reader.press("Enter").await;
    let menu = reader.menu(EN.bar.more);
    menu.menuitem(EN.bar.keys).wait().await;
    button.wait_attribute("aria-expanded", "true").await;
    let focused = async |wanted: &str| {
        let script = "return document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent";
        let look = async || match reader.run(script, vec![]).await {
            name if name == wanted => Ok(()),
            name => Err(format!("the focus is on {name} and not on {wanted}")),
        };
        reader.wait_for(look).await;
    };
    focused(EN.bar.contents).await;
    for (key, name) in [
        ("ArrowDown", EN.all_notes.label),
        ("End", EN.bar.keys),
        ("ArrowDown", EN.bar.contents),
        ("ArrowUp", EN.bar.keys),
        ("Home", EN.bar.contents),
        ("y", EN.bar.your_notes),
    ] {
        reader.press(key).await;
        focused(name).await;
    }
    reader.press("Escape").await;
    menu.wait_gone().await;
    focused(EN.bar.more).await;
    // One menu at a time; a press elsewhere closes it.
    button.click().await;
    menu.wait().await;
    reader.button(EN.bar.export).click().await;
    reader.menu(EN.bar.export).wait().await;
    menu.wait_gone().await;
    reader.article(Name::Any).click().await;
    reader.menu(EN.bar.export).wait_gone().await;
}

async fn the_bar_says_where_one_is(reader: &Reader) {
    reader.open_site().await;
    let title = "const where = document.querySelector('.where');
        return [where.textContent, getComputedStyle(where).opacity]";
    let is = async |opacity: &str| {
        let look = async || match reader.run(title, vec![]).await {
            found if found[1] == opacity => Ok(found[0].clone()),
            found => Err(format!("it is {found}")),
        };
        reader.wait_for(look).await
    };
    is("0").await;
    reader.run("scrollTo(0, 900)", vec![]).await;
    let shown = is("1").await;
    let named = reader
        .article(Name::Any)
        .evaluate("return element.ariaLabel")
        .await;
    assert_eq!(shown, named);
    reader.run("scrollTo(0, 0)", vec![]).await;
    is("0").await;
}

async fn a_phone_has_its_tools_in_reach(reader: &Reader) {
    reader.open_site().await;
    let boxes = "return [...document.querySelectorAll('#bar button')].filter((button) => button.getClientRects().length > 0)
        .map((button) => { const { width, height, bottom } = button.getBoundingClientRect();
            return [button.ariaLabel, width >= 44 && height >= 44, innerHeight - bottom < 80] })";
    let wanted = [
        EN.bar.undo,
        EN.bar.redo,
        EN.bar.show_notes,
        EN.bar.reading_settings,
        EN.bar.more,
    ];
    let wanted: Vec<Value> = wanted
        .iter()
        .map(|name| json!([name, true, true]))
        .collect();
    assert_eq!(reader.run(boxes, vec![]).await, json!(wanted));
    // What has no button there is in the menu, with words.
    reader.button(EN.bar.more).click().await;
    let menu = reader.menu(EN.bar.more);
    for name in [
        EN.bar.open_article,
        EN.bar.library,
        EN.bar.import_notes,
        EN.bar.export,
        EN.bar.your_notes,
        EN.bar.keys,
    ] {
        menu.menuitem(name).wait().await;
    }
    menu.menuitem(EN.bar.export).click().await;
    reader.menu(EN.bar.export).menuitem(Name::Any).wait().await;
    reader.press("Escape").await;
    reader.menu(EN.bar.export).wait_gone().await;
    let focused = "return document.activeElement.ariaLabel";
    assert_eq!(reader.run(focused, vec![]).await, EN.bar.more);
    // The notes take no third of the screen unasked.
    reader.highlight("public roads").await;
    reader.press("Escape").await;
    let share =
        "return document.querySelector('aside').getBoundingClientRect().height / innerHeight";
    let small = async || match reader.run(share, vec![]).await.as_f64() {
        Some(share) if share < 0.15 => Ok(()),
        share => Err(format!("the sheet takes {share:?}")),
    };
    reader.wait_for(small).await;
    let library = reader.open_library().await;
    library.listitem(Name::Any).wait().await;
}

async fn the_overview_shows_and_leads(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    let strip = reader.by_role("navigation", EN.notes.overview);
    assert!(!strip.is_there().await, "there is nothing to show yet");
    for words in ["Number 2 stands", "Number 60 stands", "Number 119 stands"] {
        reader.highlight(words).await;
    }
    for words in ["Number 2 stands", "Number 60 stands", "Number 119 stands"] {
        strip.link(words).wait().await;
    }
    // Three marks, in the colours of the notes and at their places.
    let marks = "const { top, height } = element.getBoundingClientRect();
        const shapes = [...element.querySelectorAll('path[data-colour]')].filter((path) => path.getAttribute('d'));
        if (shapes.length !== 1 || getComputedStyle(shapes[0]).fill === 'none') return shapes.length;
        const places = [...shapes[0].getAttribute('d').matchAll(/M0 (\\d+)/g)].map(([, place]) => Number(place));
        return places.map((place) => Math.round(place / height * 10))";
    let wanted = json!([0, 5, 10]);
    let look = async || {
        let found = strip.evaluate(marks).await;
        let near = |found: &Value, wanted: &Value| {
            (found.as_i64().unwrap_or(-9) - wanted.as_i64().unwrap_or(99)).abs() <= 1
        };
        let (found_list, wanted_list) = (found.as_array(), wanted.as_array());
        let same = found_list.zip(wanted_list).is_some_and(|(found, wanted)| {
            found.len() == wanted.len()
                && found
                    .iter()
                    .zip(wanted)
                    .all(|(one, other)| near(one, other))
        });
        if same {
            Ok(())
        } else {
            Err(format!("the marks are at {found}"))
        }
    };
    reader.wait_for(look).await;
    // A press at the middle of the strip goes to the note there, one elsewhere to that part.
    let at = async |share: &str| {
        let script = "const { left, top, width, height } = element.getBoundingClientRect();
            const place = { clientX: left + width / 2, clientY: top + height * SHARE, bubbles: true, cancelable: true, buttons: 1 };
            element.dispatchEvent(new PointerEvent('pointerdown', place));"
            .replace("SHARE", share);
        strip.evaluate(&script).await;
    };
    let scrolled = async |from: f64, to: f64| {
        let script = "return scrollY / (document.documentElement.scrollHeight - innerHeight)";
        let look = async || match reader.run(script, vec![]).await.as_f64() {
            Some(share) if (from..=to).contains(&share) => Ok(()),
            share => Err(format!("the page is scrolled to {share:?}")),
        };
        reader.wait_for(look).await;
    };
    at("0.25").await;
    scrolled(0.1, 0.4).await;
    at("0.8").await;
    scrolled(0.6, 0.95).await;
    // By keys: one stop of Tab, then from note to note.
    let first = strip.link("Number 2 stands");
    first.focus().await;
    reader.press("ArrowDown").await;
    reader.press("ArrowDown").await;
    reader.press("ArrowUp").await;
    reader.press("Enter").await;
    let chosen = reader.card("Number 60 stands");
    chosen.wait_attribute("aria-current", "true").await;
    scrolled(0.3, 0.7).await;
    // A search leaves on it what it finds.
    reader.searchbox(EN.notes.search).type_text("119").await;
    strip.link("Number 60 stands").wait_gone().await;
    strip.link("Number 119 stands").wait().await;
    reader.press("Escape").await;
    strip.link("Number 2 stands").wait().await;
}

async fn a_card_says_when_it_was_written(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("public roads").await;
    let time = "return document.querySelector('.card.chosen time')?.textContent ?? ''";
    reader
        .run("document.querySelector('.card').click()", vec![])
        .await;
    let look = async || match reader.run(time, vec![]).await {
        Value::String(said) if said.starts_with("today ") && said.contains(':') => Ok(()),
        said => Err(format!("it says {said}")),
    };
    reader.wait_for(look).await;
}

async fn every_command_is_found_by_typing(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let dialog = reader.dialog(EN.commands.label);
    reader.press("Control+k").await;
    let command = dialog.combobox(EN.commands.command);
    command.wait().await;
    command.type_text("dark").await;
    dialog.by_role("option", "Theme: Dark").wait().await;
    reader.press("Enter").await;
    dialog.wait_gone().await;
    let theme = "return document.documentElement.dataset.theme";
    let dark = async || match reader.run(theme, vec![]).await {
        theme if theme == "dark" => Ok(()),
        theme => Err(format!("the theme is {theme}")),
    };
    reader.wait_for(dark).await;
    // By arrows; each command says its key.
    reader.press("Control+k").await;
    command.type_text("note").await;
    let options = "return [...element.querySelectorAll('[role=option]')].map((option) => [option.textContent, option.ariaSelected])";
    let before = dialog.evaluate(options).await;
    assert_eq!(before[0][1], "true");
    reader.press("ArrowDown").await;
    let moved = async || match dialog.evaluate(options).await {
        now if now[1][1] == "true" && now[0][1] == "false" => Ok(()),
        now => Err(format!("the options are {now}")),
    };
    reader.wait_for(moved).await;
    command.type_text(" nothing has this").await;
    dialog.status(EN.commands.none).wait().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    // What was selected before can be highlighted, and one gets from dialog to dialog.
    reader.take_hold("public roads", "public roads").await;
    reader.press("Control+k").await;
    command.type_text("highlight").await;
    reader.press("Enter").await;
    reader.wait_painted(&["public roads"]).await;
    reader.press("Control+k").await;
    command.type_text("library").await;
    reader.press("Enter").await;
    reader.dialog(EN.bar.library).wait().await;
}

/// Waits until the sheet takes a share of the window between two bounds, and returns where its head is.
async fn sheet_takes(reader: &Reader, least: f64, most: f64) -> (f64, f64) {
    let place = "const sheet = document.querySelector('aside').getBoundingClientRect();
        return [sheet.height / innerHeight, innerWidth / 2, sheet.top + 8]";
    let look = async || {
        let [share, x, y]: [f64; 3] =
            serde_json::from_value(reader.run(place, vec![]).await).expect("three numbers");
        match share {
            share if (least..=most).contains(&share) => Ok((x, y)),
            share => Err(format!("the sheet takes {share}")),
        }
    };
    reader.wait_for(look).await
}

async fn the_sheet_of_notes_has_three_heights(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    // More cards than half of the window has room for.
    for number in 1..=9 {
        reader.highlight(&format!("Number {number} stands")).await;
    }
    reader.press("Escape").await;
    let (low, half, full) = ((0.0, 0.15), (0.4, 0.65), (0.85, 1.0));
    let handle = reader.notes().button(Name::Begins(EN.notes.label));
    for finger in [true, false] {
        let pull = async |from: (f64, f64), to: f64| match finger {
            true => reader.swipe(from, (from.0, to)).await,
            false => reader.drag_between(from, (from.0, to), None).await,
        };
        let at = sheet_takes(reader, low.0, low.1).await;
        handle.wait_attribute("aria-expanded", "false").await;
        pull(at, at.1 - 330.0).await;
        let at = sheet_takes(reader, half.0, half.1).await;
        handle.wait_attribute("aria-expanded", "true").await;
        pull(at, 40.0).await;
        let at = sheet_takes(reader, full.0, full.1).await;
        reader.expect_accessible().await;
        pull(at, at.1 + 300.0).await;
        let at = sheet_takes(reader, half.0, half.1).await;
        pull(at, at.1 + 400.0).await;
    }
    // By its button too, and never by half a press.
    sheet_takes(reader, low.0, low.1).await;
    handle.click().await;
    sheet_takes(reader, half.0, half.1).await;
    reader.press("Control+k").await;
    reader
        .combobox(EN.commands.command)
        .type_text(EN.commands.full_sheet)
        .await;
    reader.press("Enter").await;
    sheet_takes(reader, full.0, full.1).await;
    handle.click().await;
    sheet_takes(reader, low.0, low.1).await;
    handle.click().await;
    sheet_takes(reader, half.0, half.1).await;
}

async fn a_swipe_leads_from_note_to_note(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    let words = ["Number 2 stands", "Number 60 stands", "Number 119 stands"];
    for words in words {
        reader.highlight(words).await;
    }
    let chosen = async |words: &str| {
        let card = reader.card(words);
        card.wait_attribute("aria-current", "true").await;
        card.wait_still().await;
        let middle = "const { x, y, width, height } = element.getBoundingClientRect();
            return [x + width / 2, y + Math.min(height / 2, 20)]";
        let place = card.evaluate(middle).await;
        let (x, y): (f64, f64) = serde_json::from_value(place).expect("a place");
        (x, y)
    };
    let at = chosen(words[2]).await;
    reader.swipe(at, (at.0 + 150.0, at.1)).await;
    let at = chosen(words[1]).await;
    // Its words come into view.
    let seen = "return [...document.querySelectorAll('article mark')].some((mark) => {
        const { top, bottom } = mark.getBoundingClientRect();
        return mark.textContent === 'Number 60 stands' && top > 0 && bottom < innerHeight })";
    let look = async || match reader.run(seen, vec![]).await {
        seen if seen == true => Ok(()),
        _ => Err("its words are not in view".to_owned()),
    };
    reader.wait_for(look).await;
    reader.swipe(at, (at.0 - 150.0, at.1)).await;
    let at = chosen(words[2]).await;
    // Too short to mean anything, and across.
    reader.swipe(at, (at.0 - 30.0, at.1)).await;
    chosen(words[2]).await;
}
