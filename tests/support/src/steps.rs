//! Recurring steps: highlighting, writing, opening, exporting, and the page's messages.

use postil::model::exchange::{Format, Report};
use postil::model::notice::Message;
use serde_json::{Value, json};

use crate::locator::{Locator, Name};
use crate::reader::Reader;
use crate::server::{Answer, SITE};

/// Start of the bundled article's first paragraph: a link follows within a few words.
pub const FIRST: &str = "Andrej Karpathy has joined";
/// Start of its second paragraph.
pub const SECOND: &str = "He is known to many engineers";

/// A text without its white space: selected text has other breaks than painted text.
pub fn solid(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

impl Reader {
    /// The panel of notes.
    pub fn notes(&self) -> Locator<'_> {
        self.complementary(self.words().notes.label)
    }

    /// The card of the note on this quote.
    pub fn card(&self, quote: &str) -> Locator<'_> {
        self.notes().listitem(quote)
    }

    /// Waits for a message of success.
    pub async fn hear(&self, words: &str) {
        self.status(Name::Has(words)).wait().await;
    }

    /// The toolbar of a selection.
    pub fn selection_toolbar(&self) -> Locator<'_> {
        self.toolbar(self.words().selection.label)
    }

    /// What a note is written in.
    pub fn note_box(&self) -> Locator<'_> {
        self.textbox(self.words().editor.note)
    }

    /// Waits until the page says this.
    pub async fn hear_of(&self, message: Message) {
        self.hear(&(self.words().notices.message)(&message)).await;
    }

    /// Waits until the page warns of this.
    pub async fn be_warned_of(&self, message: Message) {
        self.be_warned(&(self.words().notices.message)(&message))
            .await;
    }

    /// Waits until the page says what did not.
    pub async fn be_warned(&self, words: &str) {
        self.alert(Name::Has(words)).wait().await;
    }

    /// Selects these words with the mouse, and waits for the toolbar.
    pub async fn take_hold(&self, from: &str, to: &str) -> String {
        let selected = self.select_text(from, to).await;
        self.selection_toolbar()
            .button(self.words().selection.highlight)
            .wait()
            .await;
        selected
    }

    /// Highlights these words with the toolbar's button, and waits until they are saved.
    pub async fn highlight(&self, words: &str) {
        self.take_hold(words, words).await;
        self.selection_toolbar()
            .button(self.words().selection.highlight)
            .click()
            .await;
        self.card(words).wait().await;
        self.selection_toolbar().wait_gone().await;
        self.wait_until_saved().await;
    }

    /// Writes a note on these words with the mouse, and waits until it is saved.
    pub async fn write_note(&self, words: &str, note: &str, tags: &str) {
        self.take_hold(words, words).await;
        self.selection_toolbar()
            .button(self.words().selection.add_note)
            .click()
            .await;
        self.note_box().type_text(note).await;
        if !tags.is_empty() {
            self.combobox(self.words().editor.tags)
                .type_text(tags)
                .await;
        }
        self.button(self.words().buttons.save).click().await;
        self.note_box().wait_gone().await;
        self.card(words).wait().await;
        self.wait_until_saved().await;
    }

    /// The article's text as it is in the page.
    pub async fn article_text(&self) -> String {
        let text = self
            .article(Name::Any)
            .evaluate("return element.textContent")
            .await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Exports the notes with the menu, and reads the file.
    pub async fn export(&self) -> Value {
        self.button(self.words().bar.export).click().await;
        let menu = self.menu(self.words().bar.export);
        menu.menuitem((self.words().bar.format)(Format::WebAnnotation))
            .click()
            .await;
        menu.wait_gone().await;
        let file = self.wait_for_download("*.json").await;
        serde_json::from_str(&file.text()).expect("the file is JSON")
    }

    /// Chooses something from the menu "More".
    pub async fn choose_more(&self, name: &str) {
        self.button(self.words().bar.more).click().await;
        let menu = self.menu(self.words().bar.more);
        menu.menuitem(name).click().await;
        menu.wait_gone().await;
    }

    /// Uses a tool of the bar, or of its menu where the bar has no room for it.
    pub async fn use_tool(&self, name: &str) {
        self.button(self.words().bar.more).wait().await;
        match self.button(name).is_there().await {
            true => self.button(name).click().await,
            false => self.choose_more(name).await,
        }
    }

    /// Opens the dialog "Open article".
    pub async fn open_dialog(&self) -> Locator<'_> {
        self.use_tool(self.words().bar.open_article).await;
        let dialog = self.dialog(self.words().bar.open_article);
        dialog.wait().await;
        dialog
    }

    /// Opens the library, and waits until it lists something.
    pub async fn open_library(&self) -> Locator<'_> {
        self.use_tool(self.words().bar.library).await;
        let dialog = self.dialog(self.words().bar.library);
        dialog.listitem(Name::Any).wait().await;
        dialog
    }

    /// Puts a text into the dialog "Open article", as pasting does, and opens it.
    pub async fn open_pasted(&self, text: &str) {
        let dialog = self.open_dialog().await;
        let paste = dialog.textbox(self.words().open.paste);
        // Typing a long page key by key would take a minute; what the app hears is the same.
        let put = format!(
            "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
            json!(text)
        );
        paste.evaluate(&put).await;
        dialog.button(self.words().buttons.open).click().await;
        dialog.wait_gone().await;
    }

    /// Types an address into the dialog "Open article", and opens it.
    pub async fn open_address(&self, address: &str) {
        let dialog = self.open_dialog().await;
        dialog
            .textbox(self.words().open.web_address)
            .type_text(address)
            .await;
        dialog.button(self.words().buttons.open).click().await;
        dialog.wait_gone().await;
    }

    /// Chooses a file in the dialog "Open article", and opens it.
    pub async fn open_file(&self, name: &str, bytes: &[u8]) {
        let dialog = self.open_dialog().await;
        self.upload_bytes(self.words().open.choose_file, name, bytes)
            .await;
        dialog.button(self.words().buttons.open).click().await;
        dialog.wait_gone().await;
    }

    /// Chooses a file of notes, and imports it: agrees to what is said of it, unless it leaves nothing to
    /// decide and is imported at once.
    pub async fn import_file(&self, name: &str, bytes: &[u8]) {
        // What an earlier import has said may still stand.
        let seen = "document.querySelectorAll('.notice').forEach((notice) => { notice.dataset.seen = ''; })";
        self.run(seen, vec![]).await;
        self.choose_notes(name, bytes).await;
        let one = Report {
            added: 1,
            ..Report::default()
        };
        let said = (self.words().notices.message)(&Message::Imported(one));
        let added = said.trim_end_matches('.').rsplit(' ').next();
        let told = "return [...document.querySelectorAll('.notice:not([data-seen])')]
            .some((notice) => notice.textContent.includes(arguments[0]))";
        let agree = self.import_report().button(self.words().buttons.import);
        let is_asked = async || match agree.is_there().await {
            true => Ok(true),
            false => match self.run(told, vec![json!(added)]).await {
                Value::Bool(true) => Ok(false),
                _ => Err("there is neither a report nor a note more".to_owned()),
            },
        };
        if self.wait_for(is_asked).await {
            self.agree_to_import().await;
        }
    }

    /// Chooses a file of notes.
    pub async fn choose_notes(&self, name: &str, bytes: &[u8]) {
        self.upload_bytes(self.words().bar.import_notes, name, bytes)
            .await;
    }

    /// The dialog that says what is in files of notes.
    pub fn import_report(&self) -> Locator<'_> {
        self.dialog(self.words().bar.import_notes)
    }

    /// Waits for that dialog, and imports what it tells of.
    pub async fn agree_to_import(&self) {
        let dialog = self.import_report();
        dialog.button(self.words().buttons.import).click().await;
        dialog.wait_gone().await;
    }

    /// Deletes everything that the page has stored, and reloads it.
    pub async fn forget_everything(&self) {
        // The language is the reader's and not the page's.
        let script = "const language = Object.entries(localStorage).find(([key]) => key.endsWith('/language'));
            localStorage.clear();
            if (language) localStorage.setItem(...language);
            const known = await indexedDB.databases();
            await navigator.storageBuckets?.delete('mirror');
            await Promise.all(known.map(({ name }) => new Promise((done) => {
                const request = indexedDB.deleteDatabase(name);
                request.onsuccess = request.onerror = request.onblocked = done;
            })));";
        self.run(&format!("return (async () => {{ {script} }})()"), vec![])
            .await;
        self.reload().await;
        self.article(Name::Any).wait().await;
    }

    /// Waits until everything is kept that the app needs without a network.
    pub async fn wait_until_kept(&self) {
        let script = "return Promise.race([
            navigator.serviceWorker.ready.then(({ active }) => active.state),
            new Promise((done) => setTimeout(done, 10000, 'none is ready'))])";
        let look = async || match self.run(script, vec![]).await {
            state if state == "activated" => Ok(()),
            state => Err(format!("the service worker is {state}")),
        };
        self.wait_for(look).await;
    }

    /// How many articles are known here besides the bundled one, which is kept as soon as the lazy
    /// part comes.
    pub async fn known_articles(&self) -> Value {
        let script = "const { shipped } = document.documentElement.dataset;
            const is_other = (key) => key.includes('/article/') && !key.endsWith(shipped);
            return Object.keys(localStorage).filter(is_other).length";
        self.run(script, vec![]).await
    }

    /// The dialog that asks before it opens what came from outside.
    pub fn question(&self) -> Locator<'_> {
        self.dialog(self.words().launch.heading)
    }

    /// Waits until that dialog asks with these words.
    pub async fn wait_for_question(&self, words: &str) {
        let dialog = self.question();
        dialog.wait().await;
        dialog.status(Name::Has(words)).wait().await;
    }

    /// Serves the page as it is for who has no service workers.
    pub fn serve_without_service_worker(&self) {
        let page = String::from_utf8(self.server.built("index.html")).expect("a page");
        let without = page.replace(" data-offline=", " data-not=");
        assert_ne!(page, without);
        self.server.put(SITE, Answer::html(&without));
    }

    /// The keys below which the page keeps its notes, with what is kept there; not what is in the
    /// trash.
    pub async fn note_records(&self) -> Vec<(String, String)> {
        let script = "return Object.entries(localStorage)
            .filter(([key, text]) => key.startsWith('postil/2/note/') && text.startsWith('=')).sort()";
        serde_json::from_value(self.run(script, vec![]).await).expect("keys and values")
    }
}

/// The annotations of an exported collection.
pub fn items(collection: &Value) -> &Vec<Value> {
    collection["first"]["items"]
        .as_array()
        .expect("a page with items")
}

/// The quoted words of an annotation.
pub fn quote_of(item: &Value) -> &str {
    selector(item, "TextQuoteSelector")["exact"]
        .as_str()
        .expect("an exact quote")
}

/// The selector of this type in the first target.
pub fn selector<'a>(item: &'a Value, kind: &str) -> &'a Value {
    let target = match &item["target"] {
        Value::Array(targets) => &targets[0],
        target => target,
    };
    let selectors = target["selector"].as_array().expect("selectors");
    selectors
        .iter()
        .find(|selector| selector["type"] == kind)
        .unwrap_or_else(|| panic!("no {kind} in {item}"))
}

/// The values of an annotation's bodies with this purpose.
pub fn bodies<'a>(item: &'a Value, purpose: &str) -> Vec<&'a str> {
    let all = item["body"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let meant = all.iter().filter(|body| body["purpose"] == purpose);
    meant.filter_map(|body| body["value"].as_str()).collect()
}

/// The title of the article that ships with the app.
pub const BUNDLED: &str = "Andrej Karpathy joins Anthropic's pretraining team";

/// An article of many paragraphs, in which each begins with its number.
pub fn kilns() -> String {
    let paragraph = |number: usize| {
        format!(
            "Number {number} stands here. The kiln is lit before dawn, when the wind from the marsh is still low.\n\n"
        )
    };
    let paragraphs: String = (1..=120).map(paragraph).collect();
    format!("# Kilns\n\n{paragraphs}")
}
