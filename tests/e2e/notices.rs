//! How long notices of success stand: by the timers that the page sets, so that nothing is waited for.

use postil::model::notice::Message;
use postil::ui::strings::EN;

use postil_testing::journey::in_both_browsers;
use postil_testing::reader::Reader;

in_both_browsers!(a_notice_stands_longer_with_a_button_and_while_it_is_pointed_at,);

/// Keeps a list of the timers that are set and have not been cleared, by their milliseconds. They do
/// not run, so that a slow machine sees the same as a fast one.
const LIST_TIMERS: &str = "
    const [set, clear] = [window.setTimeout, window.clearTimeout];
    window.listedTimers = new Map();
    window.setTimeout = (run, milliseconds, ...rest) => {
        const stands = [6000, 10000].includes(milliseconds);
        const timer = set(stands ? () => {} : run, milliseconds, ...rest);
        if (stands) listedTimers.set(timer, milliseconds);
        return timer;
    };
    window.clearTimeout = (timer) => {
        listedTimers.delete(timer);
        clear(timer);
    };";

/// Waits until the notices pass after these milliseconds.
async fn wait_passing(reader: &Reader, wanted: &str) {
    let passing = async || {
        let script = "return [...listedTimers.values()].join(' ')";
        match reader.run(script, vec![]).await {
            passing if passing == wanted => Ok(()),
            passing => Err(format!("{passing} are waited for, and not {wanted:?}")),
        }
    };
    reader.wait_for(passing).await;
}

async fn a_notice_stands_longer_with_a_button_and_while_it_is_pointed_at(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("public roads").await;
    reader.run(LIST_TIMERS, vec![]).await;
    reader.card("public roads").click().await;
    reader.press("Delete").await;
    let bring_back = reader.button(EN.notices.bring_back);
    bring_back.wait().await;
    wait_passing(reader, "10000").await;
    bring_back.focus().await;
    wait_passing(reader, "").await;
    bring_back.click().await;
    reader.card("public roads").wait().await;
    // That nothing is left to undo is told without a button.
    reader.button(EN.bar.undo).click().await;
    reader.card("public roads").wait_gone().await;
    reader.press("Control+z").await;
    reader.hear_of(Message::NothingToUndo).await;
    wait_passing(reader, "6000").await;
    let notice = reader.button(EN.buttons.dismiss);
    reader.hover(&notice).await;
    wait_passing(reader, "").await;
    reader.point_at((5.0, 5.0)).await;
    wait_passing(reader, "6000").await;
}
