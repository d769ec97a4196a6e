//! Hostile articles, notes and files: nothing in them runs, calls home or covers the page.

use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};
use postil_testing::steps::items;

in_both_browsers!(
    a_hostile_page_runs_nothing,
    a_hostile_page_of_the_web_runs_nothing,
    a_hostile_note_runs_nothing,
    hostile_imports_run_nothing,
);

/// Known ways to run code or call home; `ORIGIN` is a server that must never be asked.
const HOSTILE: &str = r##"<h1>A hostile page</h1>
<script>window.ran = 'script'; fetch('ORIGIN/script')</script>
<script src="ORIGIN/script.js"></script>
<img src=x onerror="window.ran='onerror'"><img src="ORIGIN/pixel.gif" srcset="ORIGIN/set.gif 2x" onload="window.ran='onload'">
<svg onload="window.ran='svg'"><script>window.ran='svg script'</script><image href="ORIGIN/svg.gif" /><use href="ORIGIN/use.svg#a" />
<a xlink:href="javascript:window.ran='xlink'"><text>svg link</text></a><foreignObject><iframe src="ORIGIN/foreign"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=window.ran='mxss'>"></table></mtext></math>
<p>Plain <a href="javascript:window.ran='link'">link one</a>, <a href=" &#1;java&#10;script:window.ran='guise'">link two</a>,
<a href="JaVaScRiPt&colon;window.ran='case'">link three</a>, <a href="data:text/html,<script>window.ran='data'</script>">link four</a>,
<a href="vbscript:window.ran=1">link five</a>, <a href="ORIGIN/ping" ping="ORIGIN/pinged" target="_top">link six</a>,
<a href="#" onclick="window.ran='onclick'">link seven</a>, <a href="blob:ORIGIN/1">link eight</a>.</p>
<iframe src="ORIGIN/frame" srcdoc="<script>parent.ran='srcdoc'</script>"></iframe><object data="ORIGIN/object"></object><embed src="ORIGIN/embed">
<form action="ORIGIN/form" id="form"><input name="body" autofocus onfocus="window.ran='focus'"><button formaction="javascript:window.ran='form'">Undo</button></form>
<style>@import "ORIGIN/style.css"; body { display: none !important } * { background: url(ORIGIN/background) }</style>
<link rel="stylesheet" href="ORIGIN/link.css"><link rel="prefetch" href="ORIGIN/prefetch">
<meta http-equiv="refresh" content="0;url=ORIGIN/refresh"><base href="ORIGIN/base/">
<video src="ORIGIN/video.mp4" poster="ORIGIN/poster.gif" autoplay onerror="window.ran='video'"><source src="ORIGIN/source.mp4"></video><audio src="ORIGIN/audio.mp3" autoplay></audio>
<div id="postil">clobbers the root</div><p id="article">clobbers the article</p><img name="body" id="head" alt="clobbers the body"><a id="import-notes" name="documentElement">clobbers</a>
<div style="position:fixed;inset:0;z-index:2147483647;background:url(ORIGIN/cover)" role="dialog" aria-label="Open article">covers everything</div>
<p class="bar card drop-here" data-note="n1" data-card="n1" style="display:none" dir="rtl" tabindex="1" accesskey="h" contenteditable draggable="true">styled like the app</p>
<mark data-note="forged">a forged mark</mark><dialog open>an open dialog</dialog><details open ontoggle="window.ran='toggle'"><summary>Sum</summary>details</details>
<template><script>window.ran='template'</script></template><noscript><p title="</noscript><img src=x onerror=window.ran='noscript'>">fallback</p></noscript>
<marquee onstart="window.ran='marquee'">runs along</marquee><p onmouseover="window.ran='over'" style="width:expression(window.ran='css')">The last words stand here.</p>"##;

fn hostile(site: &Server) -> String {
    HOSTILE.replace("ORIGIN", site.address_of("").trim_end_matches('/'))
}

/// Installs traps that record whether anything ran.
pub async fn set_traps(reader: &Reader) {
    let traps = "window.ran = null; window.kept = true;
        for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { window.ran = name; };";
    reader.run(traps, vec![]).await;
}

/// Asserts that nothing ran or called home, and that the page is the same one and usable.
pub async fn expect_harmless(reader: &Reader, site: &Server) {
    let script = "const elements = [...document.querySelectorAll('*')];
        return {
            ran: window.ran,
            kept: window.kept ?? false,
            handlers: elements.filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on')))
                .map((element) => element.outerHTML),
            strangers: [...document.querySelectorAll('main, aside')].flatMap((part) =>
                [...part.querySelectorAll('script, iframe, object, embed, form, style, link, meta, base, template, svg script, foreignObject, article dialog, article input, article button')])
                .map((element) => element.outerHTML),
            links: [...document.querySelectorAll('main a, aside a')].map((link) => link.protocol)
                .filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol)),
            forged: document.querySelectorAll('[data-note=forged], article [style*=fixed], [id=postil] [id=postil]').length,
        }";
    let found = reader.run(script, vec![]).await;
    let wanted = json!({ "ran": null, "kept": true, "handlers": [], "strangers": [], "links": [], "forged": 0 });
    assert_eq!(found, wanted);
    let asked = site.asked();
    let asked: Vec<&String> = asked
        .iter()
        .filter(|path| *path != "/hostile.html")
        .collect();
    assert_eq!(asked, Vec::<&String>::new());
    // Nothing covers the tools, or stands for one of them.
    for tool in [
        EN.bar.open_article,
        EN.bar.undo,
        EN.bar.redo,
        EN.bar.more,
        EN.bar.export,
    ] {
        let at_its_place = "const { left, right, top, bottom } = element.getBoundingClientRect();
            const struck = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return struck === element || element.contains(struck)";
        assert_eq!(
            reader.button(tool).evaluate(at_its_place).await,
            true,
            "{tool}"
        );
        assert_eq!(reader.button(tool).count().await, 1, "{tool}");
    }
}

async fn a_hostile_page_runs_nothing(reader: &Reader) {
    let site = Server::start();
    reader.open_site().await;
    set_traps(reader).await;
    reader.open_pasted(&hostile(&site)).await;
    reader.article("A hostile page").wait().await;
    expect_harmless(reader, &site).await;
    // Pressing the remaining links leads nowhere.
    for link in [
        "link one",
        "link two",
        "link three",
        "link four",
        "link seven",
    ] {
        reader.click_text(link).await;
    }
    reader.highlight("The last words").await;
    expect_harmless(reader, &site).await;
    reader.wait_painted(&["The last words"]).await;

    reader.reload().await;
    set_traps(reader).await;
    reader.article("A hostile page").wait().await;
    reader.wait_painted(&["The last words"]).await;
    expect_harmless(reader, &site).await;
}

async fn a_hostile_page_of_the_web_runs_nothing(reader: &Reader) {
    let site = Server::start();
    let page = format!(
        "<!doctype html><html><head><title>A hostile page</title></head><body>{}</body></html>",
        hostile(&site)
    );
    site.put(
        "/hostile.html",
        Answer::html(&page).with_header("Access-Control-Allow-Origin", "*"),
    );
    reader.open_site().await;
    set_traps(reader).await;
    reader.open_address(&site.address_of("/hostile.html")).await;
    reader.article("A hostile page").wait().await;
    reader.highlight("The last words").await;
    expect_harmless(reader, &site).await;
}

async fn a_hostile_note_runs_nothing(reader: &Reader) {
    let site = Server::start();
    reader.open_site().await;
    set_traps(reader).await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    let note = format!(
        "{}\n\n[one](javascript:window.ran=1) ![two]({}) <{}>",
        hostile(&site),
        site.address_of("/in-note.gif"),
        "javascript:window.ran=2"
    );
    let put = format!(
        "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(note)
    );
    reader.note_box().evaluate(&put).await;
    reader.button(EN.editor.preview).click().await;
    let drawn = async |part: &'static str| {
        let script = format!(
            "return document.querySelector('{part}')?.textContent.includes('The last words') ?? false"
        );
        reader
            .wait_for(async || match reader.run(&script, vec![]).await {
                there if there == true => Ok(()),
                _ => Err(format!("the note is not in {part}")),
            })
            .await;
    };
    drawn(".preview").await;
    expect_harmless(reader, &site).await;
    reader
        .combobox(EN.editor.tags)
        .type_text("<img src=x onerror=window.ran='tag'>, \"><script>")
        .await;
    reader.button(EN.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    drawn("aside").await;
    expect_harmless(reader, &site).await;
    reader.reload().await;
    set_traps(reader).await;
    drawn("aside").await;
    expect_harmless(reader, &site).await;
    assert_eq!(items(&reader.export().await).len(), 1);
}

async fn hostile_imports_run_nothing(reader: &Reader) {
    let site = Server::start();
    reader.open_site().await;
    reader.write_note("public roads", "harmless", "tag").await;
    let file = reader.export().await;
    let template = items(&file)[0].clone();
    set_traps(reader).await;
    let words = hostile(&site);
    let made = std::cell::Cell::new(0);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut item = template.clone();
        made.set(made.get() + 1);
        item["id"] = json!(format!("https://example.org/{}", made.get()));
        change(&mut item);
        item
    };
    let mut notes = vec![
        with(&|item| item["body"][0]["value"] = json!(words)),
        with(&|item| item["body"][1]["value"] = json!(words)),
        with(&|item| item["id"] = json!("javascript:window.ran='id'")),
        with(&|item| item["id"] = json!("\"><img src=x onerror=window.ran='id'>")),
        with(&|item| item["target"]["selector"][0]["exact"] = json!(words)),
        with(&|item| item["target"]["source"] = json!("javascript:window.ran='source'")),
        with(&|item| item["creator"] = json!({ "name": words, "__proto__": { "ran": 1 } })),
        with(&|item| item["created"] = json!("<script>window.ran='date'</script>")),
        json!({ "__proto__": { "ran": "proto" }, "type": "Annotation" }),
        json!([[[[[["deep"]]]]]]),
        json!(null),
    ];
    // Colours are our own names, whatever the file calls them.
    notes.push(with(&|item| {
        item["body"]
            .as_array_mut()
            .expect("bodies")
            .iter_mut()
            .for_each(|body| {
                if body["purpose"] == "highlighting" {
                    body["value"] = json!("red;background:url(http://127.0.0.1:1/)");
                }
            })
    }));
    let mut hostile_file = file.clone();
    hostile_file["label"] = json!(words);
    hostile_file["first"]["items"] = json!(notes);
    reader
        .import_file("hostile.json", hostile_file.to_string().as_bytes())
        .await;
    reader.hear("added").await;
    reader.wait_until_saved().await;
    expect_harmless(reader, &site).await;
    // The notes can be looked at, and undone in one step.
    reader.press("j").await;
    expect_harmless(reader, &site).await;
    reader
        .status(Name::Any)
        .button(EN.notices.take_back)
        .click()
        .await;
    reader.wait_painted(&["public roads"]).await;
    reader.reload().await;
    reader.wait_painted(&["public roads"]).await;
}
