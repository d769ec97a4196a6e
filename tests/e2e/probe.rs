//! A probe that is not kept.
use crate::reader::Reader;
use crate::journey::in_both_browsers;
use crate::thing::Name;
in_both_browsers!(probe_paste);
async fn probe_paste(reader: &Reader) {
    reader.open_site().await;
    let dialog = reader.open_dialog().await;
    eprintln!("SELECT {:?}", reader.run("return [...document.querySelectorAll('#open-kind option')].map(o => [o.value, o.outerHTML, o.selected]).concat([document.querySelector('#open-kind').value])", vec![]).await);
    dialog.textbox("Paste text, Markdown or HTML").type_text("# One title\n\nTwo **bold** words").await;
    eprintln!("HTML {:?}", dialog.evaluate("return element.innerHTML").await);
    dialog.button("Open").click().await;
    dialog.wait_gone().await;
    reader.hear("Opened").await;
    eprintln!("GOT {:?}", reader.article(Name::Any).evaluate("return element.outerHTML").await);
}
