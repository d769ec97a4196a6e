//! Tabs come to agree, whatever one of them has missed from the others.

use postil::ui::strings::EN;

use postil_testing::journey::in_both_browsers;
use postil_testing::reader::Reader;

in_both_browsers!(
    what_a_tab_has_missed_comes_without_anyone_touching_it,
    whatever_a_tab_reads_it_shows,
);

/// Makes a tab miss messages and the events that make it read; `deaf = false` ends that.
const DEAF: &str = "window.deaf = true;
    const instead = (type, name, value) => {
        const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
        Object.defineProperty(type.prototype, name, {
            get() { return window.deaf ? value(this, () => get.call(this)) : get.call(this); },
        });
    };
    instead(MessageEvent, 'data', (event, get) => event.target instanceof BroadcastChannel ? null : get());
    instead(StorageEvent, 'key', () => 'nothing of ours');
    instead(Document, 'hidden', () => true);";

/// A deaf tab is in front, and another tab has made a highlight.
async fn one_tab_is_deaf(reader: &Reader) {
    reader.open_site().await;
    let first = reader.this_tab().await;
    let second = reader.new_tab().await;
    reader.open_site().await;
    reader.highlight("many engineers").await;
    reader.run(DEAF, vec![]).await;
    reader.switch_to(&first).await;
    reader.wait_painted(&["many engineers"]).await;
    reader.highlight("public roads").await;
    reader.switch_to(&second).await;
    reader.wait_painted(&["many engineers"]).await;
}

async fn what_a_tab_has_missed_comes_without_anyone_touching_it(reader: &Reader) {
    one_tab_is_deaf(reader).await;
    reader.run("window.deaf = false", vec![]).await;
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;
}

/// A record read for another purpose is known from then on, and so is no news from anyone later.
async fn whatever_a_tab_reads_it_shows(reader: &Reader) {
    one_tab_is_deaf(reader).await;
    reader.choose_more(EN.bar.your_notes).await;
    reader
        .dialog(EN.bar.your_notes)
        .button(EN.buttons.download_all)
        .wait()
        .await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.your_notes).wait_gone().await;
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;
}
