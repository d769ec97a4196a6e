//! Attack strings through every way in: nothing runs, nothing calls home, nothing covers the app's
//! controls or takes their names; with the Content-Security-Policy and without it.

use postil::model::annotation::AnnotationId;
use postil::model::article::ArticleId;
use postil::model::sync::PREFIX;
use postil::model::sync::record::{Path, Record, State};
use postil::model::sync::version::{Dot, ReplicaId, Version};
use postil::ui::strings::EN;
use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::raw;
use crate::strings::{self, Attack};
use postil_testing::driver::{Engine, Setup};
use postil_testing::locator::{Locator, Name, ROLES};
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, SITE, Server};
use postil_testing::steps::items;

/// Number of strings in one article, note or file.
const AT_ONCE: usize = 70;

/// Closes whatever a string may have left open, so that the next one is read too.
const ENDS: &str = "\"'>--></script></style></title></textarea></noscript></template></select></xmp></iframe>\
    </noembed></noframes></p></mglyph></table></desc></foreignObject></annotation-xml></mtext></svg></math></button></form></object></dialog>";

/// The names of controls that must be where they are, once each, and not covered.
const CONTROLS: [&str; 5] = [
    EN.bar.open_article,
    EN.bar.undo,
    EN.bar.redo,
    EN.bar.export,
    EN.bar.more,
];

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    let site = Server::start();
    let all = strings::all(&site.address_of(""), scope.seed);
    let attacks: Vec<Attack> = match scope.short {
        true => all.into_iter().step_by(7).collect(),
        false => all,
    };
    part.count("strings", attacks.len());
    part.must(
        "there are at least 400 strings",
        scope.short || attacks.len() >= 400,
    );
    let engines = [
        (Engine::Chromium, true),
        (Engine::Chromium, false),
        (Engine::Firefox, true),
        (Engine::Firefox, false),
    ];
    for (engine, with_policy) in engines {
        if scope.short && engine == Engine::Firefox || !scope.has(engine) {
            continue;
        }
        let mut run = Run::start(engine, with_policy, &attacks).await;
        if with_policy {
            run.control(&mut part, scope).await;
        }
        let holds = run.policy_holds().await;
        part.must(
            &format!("{} is what it says", run.name),
            holds == with_policy,
        );
        run.every_way().await;
        run.tell(&mut part);
    }
    part
}

/// Tries every way in, in one browser, with or without the policy.
struct Run<'a> {
    reader: Reader,
    site: Server,
    attacks: Vec<Attack>,
    given: &'a [Attack],
    name: String,
    faults: Vec<String>,
    /// Number of strings known to have been read, for each way in.
    reached: Vec<(&'static str, usize)>,
}

impl<'a> Run<'a> {
    async fn start(engine: Engine, with_policy: bool, given: &'a [Attack]) -> Self {
        let reader = Reader::start(engine, Setup::default()).await;
        if engine == Engine::Firefox && !with_policy {
            // Firefox has no switch for the policy any more, so the page is served without it.
            reader
                .server
                .put(SITE, Answer::html(&page_without_policy()));
        }
        if engine == Engine::Chromium && !with_policy {
            let off = json!({ "enabled": true });
            reader.devtools("Page.enable", json!({})).await;
            reader.devtools("Page.setBypassCSP", off).await;
        }
        let site = Server::start();
        let old = given
            .first()
            .and_then(|attack| origin_in(&attack_with_origin(given, attack)));
        let attacks = given
            .iter()
            .map(|attack| moved(attack, old.as_deref(), &site));
        let policy = if with_policy { "with" } else { "without" };
        Self {
            attacks: attacks.collect(),
            reader,
            site,
            given,
            name: format!("{engine:?} {policy} policy"),
            faults: Vec::new(),
            reached: Vec::new(),
        }
    }
}

/// The site's page without its policy.
fn page_without_policy() -> String {
    let folder = std::env::var("POSTIL_DIST").expect("POSTIL_DIST names the built site");
    let page =
        std::fs::read_to_string(format!("{folder}/index.html")).expect("the site has a page");
    let start = page
        .find("<meta http-equiv=\"Content-Security-Policy\"")
        .expect("the page has a policy");
    let end = start + page[start..].find('>').expect("a tag ends");
    format!("{}{}", &page[..start], &page[end + 1..])
}

/// A string that names the server, or the first string if none does.
fn attack_with_origin(all: &[Attack], first: &Attack) -> String {
    let named = all.iter().find(|attack| attack.text.contains("http://127"));
    named.unwrap_or(first).text.clone()
}

/// The host and port that a string names.
fn origin_in(text: &str) -> Option<String> {
    let start = text.find("127.0.0.1:")?;
    let end = text[start..].find('/')?;
    Some(text[start..start + end].to_owned())
}

/// The same attack on another server.
fn moved(attack: &Attack, old: Option<&str>, site: &Server) -> Attack {
    let new = site.address_of("");
    let text = match old {
        Some(old) => attack.text.replace(old, new.trim_start_matches("http://")),
        None => attack.text.clone(),
    };
    Attack {
        text,
        ..attack.clone()
    }
}

impl Run<'_> {
    /// Runs the strings in a raw page, where at least half of them must have an effect.
    async fn control(&self, part: &mut Part, scope: Scope) {
        let site = Server::start();
        let old = origin_in(&attack_with_origin(self.given, &self.given[0]));
        let attacks: Vec<Attack> = self
            .given
            .iter()
            .map(|attack| moved(attack, old.as_deref(), &site))
            .collect();
        // A separate browser, which the strings may affect.
        let engine = self.reader.engine;
        let reader = Reader::start(engine, Setup::default()).await;
        let effective = raw::effective(&reader, &site, &attacks).await;
        for (goal, ran, of) in raw::by_goal(&attacks, &effective) {
            part.number(
                &format!("{engine:?} raw: {goal:?} effective of {of}"),
                ran as f64,
                "strings",
            );
        }
        part.count(&format!("{engine:?} raw: effective"), effective.len());
        part.count(
            &format!("{engine:?} raw: inert in this engine"),
            attacks.len() - effective.len(),
        );
        part.must(
            "at least half of the strings do run on a raw page",
            scope.short || effective.len() * 2 >= attacks.len(),
        );
    }

    /// True if the page's policy blocks an inline script: this alone distinguishes the two runs.
    async fn policy_holds(&self) -> bool {
        self.reader.open_site().await;
        let script = "const element = document.createElement('script');
            try { element.text = \"document.documentElement.dataset.inline = 'ran'\"; } catch { return null; }
            document.head.append(element);
            return document.documentElement.dataset.inline ?? null";
        self.reader.run(script, vec![]).await.is_null()
    }

    async fn every_way(&mut self) {
        self.by_file("file (HTML)", "html").await;
        self.by_file("file (Markdown)", "md").await;
        self.by_paste().await;
        self.by_rich_paste().await;
        self.by_address().await;
        self.by_handing().await;
        self.by_share().await;
        self.by_form().await;
        self.by_link().await;
        self.by_note().await;
        self.by_import().await;
        self.by_storage().await;
    }

    fn tell(mut self, part: &mut Part) {
        let total = self.attacks.len();
        for (way, count) in &self.reached {
            part.number(
                &format!("{}, {way}: read of {total}", self.name),
                *count as f64,
                "strings",
            );
            if *count * 10 < total * 9 {
                self.faults
                    .push(format!("{way}: only {count} of {total} were read at all"));
            }
        }
        part.none(&format!("{}: faults", self.name), &self.faults);
    }

    fn batches(&self) -> Vec<Vec<Attack>> {
        let chunks = self.attacks.chunks(AT_ONCE);
        chunks.map(<[Attack]>::to_vec).collect()
    }

    async fn open_fresh(&self) {
        self.reader.open_site().await;
        self.reader.forget_everything().await;
        set_traps(&self.reader).await;
    }

    /// Records whether the strings had any effect; returns how many of the batch were read.
    async fn look(&mut self, way: &str, within: &str, batch: &[Attack]) -> usize {
        let found = self
            .reader
            .run(&expectation(), vec![json!(within), json!(CONTROLS)])
            .await;
        for fault in found["faults"].as_array().into_iter().flatten() {
            self.fault(way, fault.as_str().unwrap_or_default());
        }
        let called = raw::called(&self.site);
        if !called.is_empty() {
            self.fault(
                way,
                &format!("the attackers' server was called by {called:?}"),
            );
            self.site.forget();
        }
        let strange = self.reader.server.asked();
        let strange: Vec<&String> = strange.iter().filter(|path| !is_ours(path)).collect();
        if !strange.is_empty() {
            self.fault(way, &format!("the site was asked for {strange:?}"));
        }
        self.reader.server.forget();
        let text = found["text"].as_str().unwrap_or_default();
        let read = |attack: &&Attack| text.contains(&sentinel(attack));
        batch.iter().filter(read).count()
    }

    fn fault(&mut self, way: &str, what: &str) {
        println!("    {} by {way}: {what}", self.name);
        self.faults.push(format!("{way}: {what}"));
    }

    /// Waits until a batch is shown, which its first words indicate.
    async fn shown(&self, within: &str, words: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])]
            .some((part) => part.textContent.includes(arguments[1]))";
        self.reader
            .wait_for(async || {
                let there = self
                    .reader
                    .run(script, vec![json!(within), json!(words)])
                    .await;
                (there == true)
                    .then_some(())
                    .ok_or_else(|| format!("{words:?} is not in {within}"))
            })
            .await;
    }

    async fn by_file(&mut self, way: &'static str, ending: &str) {
        self.open_fresh().await;
        let mut reached = 0;
        // In Markdown, a comment without an end hides the rest of the file, hence smaller batches.
        let at_once = if ending == "md" { 8 } else { AT_ONCE };
        let attacks = self.attacks.clone();
        for (index, batch) in attacks.chunks(at_once).enumerate() {
            let words = format!("Batch {index} {ending}.");
            let text = document(&words, batch, ending == "md");
            let name = format!("batch-{index}.{ending}");
            self.reader.open_file(&name, text.as_bytes()).await;
            self.shown("article", &words).await;
            reached += self.look(way, "article", batch).await;
        }
        self.reached.push((way, reached));
    }

    async fn by_paste(&mut self) {
        self.open_fresh().await;
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            let words = format!("Batch {index} pasted.");
            self.reader
                .open_pasted(&document(&words, batch, false))
                .await;
            self.shown("article", &words).await;
            reached += self.look("paste", "article", batch).await;
        }
        self.reached.push(("paste", reached));
    }

    /// HTML that another program puts on the clipboard.
    async fn by_rich_paste(&mut self) {
        self.open_fresh().await;
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            let words = format!("Batch {index} rich.");
            // Firefox does not take the data from a page: then it is put there.
            let script = "const data = new DataTransfer();
                data.setData('text/html', arguments[0]);
                data.setData('text/plain', 'plain');
                const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
                Object.defineProperty(event, 'clipboardData', { value: data });
                document.body.dispatchEvent(event)";
            let html = json!(document(&words, batch, false));
            self.reader.run(script, vec![html]).await;
            let dialog = self.reader.dialog(EN.bar.open_article);
            dialog.wait().await;
            dialog.button(EN.buttons.open).click().await;
            dialog.wait_gone().await;
            self.shown("article", &words).await;
            reached += self.look("rich paste", "article", batch).await;
        }
        self.reached.push(("rich paste", reached));
    }

    /// A web page, which the worker fetches, unrestricted by the page's policy.
    async fn by_address(&mut self) {
        self.open_fresh().await;
        let web = Server::start();
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            let words = format!("Batch {index} of the web.");
            let page = Answer::html(&document(&words, batch, false));
            web.put(
                "/page",
                page.with_header("Access-Control-Allow-Origin", "*"),
            );
            self.reader.open_address(&web.address_of("/page")).await;
            self.shown("article", &words).await;
            reached += self.look("address", "article", batch).await;
            let asked = web.asked();
            if asked.iter().any(|path| path != "/page") {
                self.fault(
                    "address",
                    &format!("the page's own server was asked for {asked:?}"),
                );
            }
            web.forget();
        }
        self.reached.push(("address", reached));
    }

    /// A page handed over in the app's own address, as by the bookmarklet.
    async fn by_handing(&mut self) {
        self.open_fresh().await;
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            let words = format!("Batch {index} handed.");
            let page = json!({
                "v": 1, "t": "page", "n": "", "url": format!("https://example.org/{index}"),
                "title": batch[0].text, "html": document(&words, batch, false), "selection": batch[0].text,
            });
            let script = "const stream = new Blob([JSON.stringify(arguments[0])]).stream();
                const deflated = stream.pipeThrough(new CompressionStream('deflate-raw'));
                return new Response(deflated).arrayBuffer().then((bytes) => {
                    const binary = [...new Uint8Array(bytes)].map((byte) => String.fromCharCode(byte)).join('');
                    return btoa(binary).replaceAll('+', '-').replaceAll('/', '_');
                });";
            let data = self.reader.run(script, vec![page]).await;
            let hash = format!("#/import-data/{}", data.as_str().unwrap_or_default());
            self.reader.open("about:blank").await;
            self.reader.open(&self.reader.server.site(&hash)).await;
            let dialog = self.reader.dialog(EN.launch.heading);
            dialog.button(EN.buttons.import).wait().await;
            set_traps(&self.reader).await;
            dialog.button(EN.buttons.import).click().await;
            dialog.wait_gone().await;
            self.shown("article", &words).await;
            reached += self.look("handing over", "article", batch).await;
        }
        self.reached.push(("handing over", reached));
    }

    /// Words that another app shares in the app's own address.
    async fn by_share(&mut self) {
        self.open_fresh().await;
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            let words = format!("Batch {index} shared.");
            let title = &batch[0].text;
            let text = document(&words, batch, false);
            let query = format!("?title={}&text={}", encoded(title), encoded(&text));
            let address = self.reader.server.site(&query);
            self.refuse("share", &Launch::Address(&address)).await;
            self.agree(&Launch::Address(&address)).await;
            self.shown("article", &words).await;
            reached += self.look("share", "article", batch).await;
        }
        self.reached.push(("share", reached));
    }

    /// Words and files shared as a form, which the service worker takes; the form is sent by a page
    /// of another site, since nothing prevents that.
    async fn by_form(&mut self) {
        self.open_fresh().await;
        let there = "return navigator.serviceWorker.ready.then(({ active }) => active.state)";
        let active = async || match self.reader.run(there, vec![]).await {
            state if state == "activated" => Ok(()),
            state => Err(format!("the service worker is {state}")),
        };
        self.reader.wait_for(active).await;
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            let words = format!("Batch {index} sent.");
            let text = document(&words, batch, false);
            let form = Launch::Form {
                title: &batch[0].text,
                text: &text,
                as_file: index % 2 == 1,
            };
            self.refuse("form", &form).await;
            self.agree(&form).await;
            self.shown("article", &words).await;
            reached += self.look("form", "article", batch).await;
        }
        self.reached.push(("form", reached));
    }

    async fn bring(&self, brought: &Launch<'_>) {
        let (title, text, as_file) = match *brought {
            Launch::Address(address) => return self.reader.open(address).await,
            Launch::Form {
                title,
                text,
                as_file,
            } => (title, text, as_file),
        };
        let app = Server::start();
        let page = format!(
            "<!doctype html><form action='{}' method=post enctype='multipart/form-data'>
             <input name=title><textarea name=text hidden></textarea><input type=file name=file></form>",
            self.reader.server.site("share")
        );
        app.put("/app.html", Answer::html(&page));
        self.reader.open(&app.address_of("/app.html")).await;
        let script =
            "const form = document.querySelector('form'), [title, text, asFile] = arguments;
            if (asFile) {
                const transfer = new DataTransfer();
                transfer.items.add(new File([text], title.slice(0, 200)));
                form.file.files = transfer.files;
            } else {
                form.title.value = title;
                form.text.value = text;
            }
            setTimeout(() => HTMLFormElement.prototype.submit.call(form))";
        let arguments = vec![json!(title), json!(text), json!(as_file)];
        self.reader.run(script, arguments).await;
    }

    /// The strings as the address in a link to the app.
    async fn by_link(&mut self) {
        self.open_fresh().await;
        let attacks: Vec<Attack> = self.attacks.iter().step_by(7).cloned().collect();
        for attack in &attacks {
            let query = format!("?url={}", encoded(&attack.text));
            let address = self.reader.server.site(&query);
            self.refuse("link", &Launch::Address(&address)).await;
            // Consent to an address on the attackers' server is consent to fetching it.
            if origin_in(&attack.text).is_none() {
                self.agree(&Launch::Address(&address)).await;
                let refused = Name::Has("The article was not opened");
                self.reader.alert(refused).wait().await;
                self.look("link", "article", &[]).await;
            }
        }
    }

    /// Sends something to the app and declines it: nothing must change.
    async fn refuse(&mut self, way: &str, brought: &Launch<'_>) {
        let before = self.stored_keys().await;
        self.bring(brought).await;
        let dialog = self.reader.dialog(EN.launch.heading);
        dialog.button(EN.buttons.open).wait().await;
        set_traps(&self.reader).await;
        dialog.button(EN.buttons.cancel).click().await;
        dialog.wait_gone().await;
        self.reader.article(Name::Any).wait().await;
        let after = self.stored_keys().await;
        if before != after {
            let what = format!("without consent {before:?} became {after:?}");
            self.fault(way, &what);
        }
        self.look(way, "article", &[]).await;
    }

    /// Sends something to the app and agrees to it.
    async fn agree(&self, brought: &Launch<'_>) {
        self.bring(brought).await;
        let dialog = self.reader.dialog(EN.launch.heading);
        dialog.button(EN.buttons.open).wait().await;
        set_traps(&self.reader).await;
        dialog.button(EN.buttons.open).click().await;
        dialog.wait_gone().await;
    }

    /// The storage keys of articles, notes and drafts.
    async fn stored_keys(&self) -> Value {
        let script = "return Object.keys(localStorage)
            .filter((key) => /^postil\\/\\d\\/(article|note|draft)\\//.test(key)).sort()";
        self.reader.run(script, vec![]).await
    }

    /// The strings as text and tags of notes that are typed, previewed and saved.
    async fn by_note(&mut self) {
        self.open_fresh().await;
        let mut reached = 0;
        let passages = [
            "Nick Joseph",
            "many engineers",
            "public roads",
            "looks forward",
            "in 2015",
        ];
        for (index, batch) in self.batches().iter().enumerate() {
            let passage = passages[index % passages.len()];
            if index % passages.len() == 0 {
                self.open_fresh().await;
            }
            let words = format!("Batch {index} noted.");
            self.reader.take_hold(passage, passage).await;
            self.reader
                .selection_toolbar()
                .button(EN.selection.add_note)
                .click()
                .await;
            fill(&self.reader.note_box(), &document(&words, batch, true)).await;
            self.reader.button(EN.editor.preview).click().await;
            self.shown(".preview", &words).await;
            let tags: Vec<&str> = batch
                .iter()
                .take(12)
                .map(|attack| attack.text.as_str())
                .collect();
            fill(&self.reader.combobox(EN.editor.tags), &tags.join(",")).await;
            // By its key: with such tags and such a preview, the button may still move on a busy machine.
            self.reader.note_box().focus().await;
            self.reader.press("Control+Enter").await;
            self.reader.note_box().wait_gone().await;
            self.shown("aside", &words).await;
            self.reader.wait_until_saved().await;
            reached += self.look("note", "aside", batch).await;
        }
        self.reached.push(("note", reached));
    }

    /// Files of notes with the string in every text field of an annotation.
    async fn by_import(&mut self) {
        self.open_fresh().await;
        self.reader
            .write_note("public roads", "harmless", "tag")
            .await;
        let file = self.reader.export().await;
        let mut reached = 0;
        for (index, batch) in self.batches().iter().enumerate() {
            self.reader.forget_everything().await;
            set_traps(&self.reader).await;
            for (kind, notes) in [
                (
                    "annotation",
                    batch
                        .iter()
                        .flat_map(|attack| annotations(&file, attack))
                        .collect(),
                ),
                (
                    "Hypothesis",
                    batch.iter().map(hypothesis).collect::<Vec<Value>>(),
                ),
            ] {
                let text = match kind {
                    "annotation" => collection(&file, &notes, batch),
                    _ => json!({ "total": notes.len(), "rows": notes }).to_string(),
                };
                let name = format!("{kind}-{index}.json");
                self.reader.import_file(&name, text.as_bytes()).await;
                self.answered().await;
            }
            // The page shows those near the window.
            self.shown("aside", "Sentinel ").await;
            for _ in 0..3 {
                self.reader.press("j").await;
            }
            self.look("import", "aside", batch).await;
            // Notes far from the window are not drawn, so the records are searched for the rest.
            reached += self.noted(batch).await;
        }
        self.reached.push(("import", reached));
    }

    /// Waits for the page's message about a file.
    async fn answered(&self) {
        let script = "const said = [...document.querySelectorAll('[role=status], [role=alert]')].map((part) => part.textContent).join(' ');
            return /added|could not|not understood|no notes|nothing|unchanged|already/i.test(said) ? '' : said";
        self.reader
            .wait_for(async || {
                let said = self.reader.run(script, vec![]).await;
                match said.as_str() {
                    Some("") => Ok(()),
                    said => Err(format!("of the import is said {said:?}")),
                }
            })
            .await;
        self.reader.wait_until_saved().await;
    }

    async fn noted(&self, batch: &[Attack]) -> usize {
        let script =
            "return Object.entries(localStorage).filter(([key]) => key.startsWith('postil/'))
            .map(([, value]) => value).join(' ')";
        let records = self.reader.run(script, vec![]).await;
        let records = records.as_str().unwrap_or_default();
        batch
            .iter()
            .filter(|attack| records.contains(&sentinel(attack)))
            .count()
    }

    /// Data written to storage behind the app's back.
    async fn by_storage(&mut self) {
        self.open_fresh().await;
        self.reader
            .write_note("public roads", "harmless", "tag")
            .await;
        let article = self.article_key().await;
        let mut reached = 0;
        for batch in self.batches() {
            let records: Vec<(String, String)> = batch
                .iter()
                .flat_map(|attack| stored(&article, attack))
                .collect();
            let script =
                "for (const [key, value] of arguments[0]) localStorage.setItem(key, value)";
            self.reader.run(script, vec![json!(records)]).await;
            self.reader.run(PUT_TEXT, vec![json!(texts(&batch))]).await;
            self.reader.reload().await;
            self.reader.article(Name::Any).wait().await;
            set_kept(&self.reader).await;
            self.shown("aside", "harmless").await;
            self.look("storage", "aside", &batch).await;
            reached += self.noted(&batch).await;
            self.open_fresh().await;
            self.reader
                .write_note("public roads", "harmless", "tag")
                .await;
        }
        self.reached.push(("storage", reached));
        self.by_hostile_text().await;
    }

    /// The id of the open article, from the storage keys.
    async fn article_key(&self) -> String {
        let script = "const key = Object.keys(localStorage).find((key) => /^postil\\/\\d\\/article\\//.test(key));
            return key.split('/').at(-1)";
        let key = self.reader.run(script, vec![]).await;
        key.as_str().unwrap_or_default().to_owned()
    }

    /// The stored text of an article with the strings as addresses, tags and names.
    async fn by_hostile_text(&mut self) {
        let some: Vec<Attack> = self.attacks.iter().step_by(29).cloned().collect();
        for attack in &some {
            self.reader.run(PUT_PIECES, vec![json!(attack.text)]).await;
            self.reader.reload().await;
            self.reader.article(Name::Any).wait().await;
            set_kept(&self.reader).await;
            self.look("stored text", "article", &[]).await;
        }
    }
}

fn sentinel(attack: &Attack) -> String {
    format!("Sentinel {}.", attack.number)
}

/// An article or note for a batch; a word after each string shows that it was read.
fn document(words: &str, batch: &[Attack], markdown: bool) -> String {
    let mut text = match markdown {
        true => format!("{words}\n\n"),
        false => format!("<h1>{words}</h1>\n"),
    };
    for attack in batch {
        text += &match markdown {
            // The endings once in the string's own block, where it may be raw, and once after it.
            true => format!(
                "{}{ENDS}\n\n<p>{ENDS}</p>\n\n{}\n\n",
                attack.text,
                sentinel(attack)
            ),
            false => format!(
                "<div>{}{ENDS}</div>\n<p>{}</p>\n",
                attack.text,
                sentinel(attack)
            ),
        };
    }
    text
}

async fn fill(thing: &Locator<'_>, text: &str) {
    let put = format!(
        "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(text)
    );
    thing.evaluate(&put).await;
}

/// Two annotations with a string: one in its words, the other in its names and addresses.
fn annotations(file: &Value, attack: &Attack) -> [Value; 2] {
    let template = items(file)[0].clone();
    let text = &attack.text;
    let mut words = template.clone();
    words["id"] = json!(format!("https://example.org/words/{}", attack.number));
    words["body"] = json!([
        { "type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": format!("{text}{ENDS}\n\n{}", sentinel(attack)) },
        { "type": "TextualBody", "purpose": "tagging", "value": text },
        { "type": "TextualBody", "purpose": "highlighting", "value": text },
    ]);
    words["creator"] =
        json!({ "type": "Person", "name": text, "nickname": text, "__proto__": { "polluted": 1 } });
    words["label"] = json!(text);
    if let Some(selectors) = words["target"]["selector"].as_array_mut() {
        for selector in selectors
            .iter_mut()
            .filter(|selector| selector["type"] == "TextQuoteSelector")
        {
            selector["exact"] = json!(text);
            selector["prefix"] = json!(text);
            selector["suffix"] = json!(text);
        }
    }
    let mut names = template;
    names["id"] = json!(text);
    names["target"]["source"] = json!(text);
    for field in [
        "created",
        "modified",
        "motivation",
        "generator",
        "rights",
        "canonical",
        "via",
    ] {
        names[field] = json!(text);
    }
    names[text] = json!({ text: text });
    [words, names]
}

fn collection(file: &Value, notes: &[Value], batch: &[Attack]) -> String {
    let mut whole = file.clone();
    whole["label"] = json!(batch[0].text);
    whole["creator"] = json!({ "name": batch[0].text });
    whole["first"]["items"] = json!(notes);
    whole.to_string()
}

fn hypothesis(attack: &Attack) -> Value {
    let text = &attack.text;
    json!({
        "id": text, "uri": text, "text": text, "tags": [text], "user": text, "group": text, "created": text,
        "document": { "title": [text] }, "links": { "html": text },
        "target": [{ "source": text, "selector": [{ "type": "TextQuoteSelector", "exact": text, "prefix": text, "suffix": text }] }],
    })
}

/// Records of an earlier build: a note with the string in every field, and some that are no notes.
fn stored(article: &str, attack: &Attack) -> Vec<(String, String)> {
    let text = &attack.text;
    let source = "urn:postil:article:karpathy-anthropic";
    let note = json!({
        "t": { "s": source, "q": { "e": text, "p": text, "s": text } },
        "n": format!("{text}{ENDS}\n\n{}", sentinel(attack)), "g": [text], "c": "red", "f": json!({ "creator": text }).to_string(),
    });
    let number = attack.number;
    let name: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .take(80)
        .collect();
    let mut records = vec![
        (
            format!("postil/1/note/{article}/stored-{number}"),
            note.to_string(),
        ),
        (format!("postil/1/note/{article}/{name}"), note.to_string()),
        (format!("postil/1/note/{name}/{number}"), note.to_string()),
        (
            format!("postil/2/note/{article}/raw-{number}"),
            text.clone(),
        ),
        (
            format!("postil/1/draft/stored-{number}"),
            json!({ "n": text, "g": text }).to_string(),
        ),
        (format!("postil/1/setting/{name}"), text.clone()),
        (
            format!("postil/1/article/{name}"),
            json!({ "iri": text, "title": text, "file": text, "work": text }).to_string(),
        ),
    ];
    records.extend(whole_record(article, attack, &note.to_string()));
    records
}

/// The note as a valid record with a correct checksum, as an informed attacker would write it.
fn whole_record(article: &str, attack: &Attack, note: &str) -> Option<(String, String)> {
    let article = ArticleId::parse(article)?;
    let id = AnnotationId::parse(&format!("whole-{}", attack.number)).ok()?;
    let path = Path::of_note(&article, &id);
    let dot = Dot {
        lamport: 3,
        replica: ReplicaId::parse("attack")?,
    };
    let record = Record::new(path, Version::new(dot, Vec::new()), State::Live, note);
    let key = format!("{PREFIX}{}", record.path());
    Some((key, record.text().to_string()))
}

/// Something that comes from outside and waits for a click.
enum Launch<'a> {
    /// In the query of the app's address.
    Address(&'a str),
    /// In a form, with its text as a file or not.
    Form {
        title: &'a str,
        text: &'a str,
        as_file: bool,
    },
}

/// Percent-encodes words for a query.
fn encoded(words: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let bytes = words.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    bytes.collect()
}

fn texts(batch: &[Attack]) -> Vec<String> {
    batch.iter().map(|attack| attack.text.clone()).collect()
}

/// Stores strings, under keys that contain them, in every existing object store that allows it.
const PUT_TEXT: &str = r#"
const [texts] = arguments;
return (async () => {
const database = await new Promise((done, failed) => {
  const request = indexedDB.open("postil");
  request.onsuccess = () => done(request.result);
  request.onerror = failed;
});
const names = [...database.objectStoreNames];
const transaction = database.transaction(names, "readwrite");
for (const name of names) {
  const store = transaction.objectStore(name);
  if (store.keyPath !== null) continue;
  texts.forEach((text, index) => { try { store.put(text, `attack/${index}/${text}`); } catch { /* Another kind of key. */ } });
}
await new Promise((done) => { transaction.oncomplete = transaction.onabort = transaction.onerror = done; });
database.close();
})();
"#;

/// Puts the string in place of the words in the pieces of every stored text.
const PUT_PIECES: &str = r#"
const [text] = arguments;
return (async () => {
const open = () => new Promise((done, failed) => {
  const request = indexedDB.open("postil");
  request.onsuccess = () => done(request.result);
  request.onerror = failed;
});
const database = await open();
const read = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
const store = () => database.transaction("texts", "readwrite").objectStore("texts");
const keys = await read(store().getAllKeys());
for (const key of keys) {
  const kept = await read(store().get(key));
  const stream = typeof kept === "string" ? null : new Blob([kept]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const json = JSON.parse(stream ? await new Response(stream).text() : kept);
  const replaced = (value) => {
    if (typeof value === "string") return /^[a-z0-9/-]{1,12}$/.test(value) ? value : text;
    if (Array.isArray(value)) return value.map(replaced);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner)]));
    return value;
  };
  const { about, pieces } = json;
  const hostile = JSON.stringify({ ...json, about: { ...replaced(about), source: about.source }, pieces: replaced(pieces) });
  await read(store().put(hostile, key));
}
database.close();
})();
"#;

async fn set_kept(reader: &Reader) {
    reader
        .run("window.kept = true; window.ran ??= []", vec![])
        .await;
}

/// Installs traps that record whether anything ran.
async fn set_traps(reader: &Reader) {
    let traps = "window.ran ??= []; window.kept = true;
        for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { window.ran.push(name); };";
    reader.run(traps, vec![]).await;
}

/// True if the app itself requests this path.
fn is_ours(path: &str) -> bool {
    let plain = path.split(['?', '#']).next().unwrap_or(path);
    let Some(inside) = plain.strip_prefix(SITE) else {
        return plain == "/favicon.ico";
    };
    let folder = std::env::var("POSTIL_DIST").expect("POSTIL_DIST names the built site");
    inside.is_empty() || std::path::Path::new(&folder).join(inside).is_file()
}

/// A function body that presses whatever can be pressed, waits, and returns the violations.
fn expectation() -> String {
    format!("{ROLES}\n{EXPECTATION}")
}

const EXPECTATION: &str = r##"
const [within, controls] = arguments;
return (async () => {
  const parts = [...document.querySelectorAll("main, aside, .preview")];
  const inside = parts.flatMap((part) => [...part.querySelectorAll("*")]);
  const faults = [];
  const own = new Set(["http:", "https:", "mailto:"]);
  const links = inside.filter((element) => element.localName === "a");
  for (const link of links) {
    const leads = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href");
    if (leads !== null && !leads.startsWith("#") && !own.has(new URL(leads, document.baseURI).protocol)) {
      faults.push(`a link leads to ${leads}`);
    }
    if (leads === null || leads.startsWith("#")) link.click();
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120)));
  for (const element of inside) {
    const names = [...element.attributes].map(({ name }) => name);
    if (names.some((name) => name.startsWith("on"))) faults.push(`a handler: ${element.outerHTML.slice(0, 200)}`);
  }
  const forbidden = "script, iframe, frame, object, embed, style, link, meta, base, template, noscript, math script, foreignObject, "
    + "animate, set, use, image, article form, article input, article button, article dialog, article textarea, article select, "
    + "article [name], article [popover], article [autofocus], article [contenteditable], article [style*=position], "
    + ".body form, .body input, .body [name]";
  for (const part of parts) {
    for (const stranger of part.querySelectorAll(forbidden)) faults.push(`a stranger: ${stranger.outerHTML.slice(0, 200)}`);
  }
  const loads = inside.filter((element) => element.matches("img, video, audio, source, track, input[type=image]"));
  for (const element of loads) {
    const address = element.getAttribute("src") ?? element.getAttribute("srcset");
    if (address && !/^(data|blob):/.test(address)) faults.push(`it loads ${address}`);
  }
  if (window.ran?.length) faults.push(`ran: ${window.ran}`);
  window.ran = [];
  if (!window.kept) faults.push("the page is another one");
  if (new window.Object().polluted !== undefined) faults.push("every object has changed");
  for (const { name } of performance.getEntriesByType("resource")) {
    if (!name.startsWith(location.origin) && !/^(data|blob):/.test(name)) faults.push(`it asked for ${name}`);
  }
  const ids = {};
  for (const { id } of document.querySelectorAll("[id]")) ids[id] = (ids[id] ?? 0) + 1;
  for (const id of ["postil", "article", "panicked"]) {
    if (ids[id] !== 1) faults.push(`there are ${ids[id]} of the id ${id}`);
  }
  if (document.getElementById("article")?.localName !== "article") faults.push("the article is another element");
  const natural = document.body instanceof HTMLBodyElement && document.head instanceof HTMLHeadElement
    && typeof document.getElementById === "function" && typeof document.cookie === "string" && window.document === document
    && window.top === window && localStorage instanceof Storage && typeof document.querySelector === "function";
  if (!natural) faults.push("something of the page's is another thing");
  for (const control of controls) {
    const there = find([{ role: "button", how: "is", name: control, nth: null }]);
    if (there.length !== 1) { faults.push(`${there.length} buttons are named ${control}`); continue; }
    const { left, right, top, bottom } = there[0].getBoundingClientRect();
    const struck = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!there[0].contains(struck)) faults.push(`${control} is covered by ${struck?.outerHTML.slice(0, 120)}`);
  }
  const boxes = [["main", ""], ["complementary", "Notes"], ["searchbox", "Search notes"]];
  for (const [role, name] of boxes) {
    const there = find([{ role, how: name ? "is" : "any", name, nth: null }]);
    if (there.length !== 1) faults.push(`${there.length} are ${role} ${name}`);
  }
  const text = [...document.querySelectorAll(within)].map((part) => part.textContent).join(" ");
  return { faults, text };
})();
"##;
