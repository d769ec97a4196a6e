//! Links to passages and with notes: made, and followed after a click.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::export::{Which, select};
use super::platform::platform;
use crate::app::exporting::{self, Chosen};
use crate::app::sharing;
use crate::browser::system::unicode_tables;
use crate::browser::{files, launch, share, words};
use crate::model::exchange::{Format, address, link};
use crate::model::notice::Message;
use crate::model::text_fragment::Fragments;
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Something that copies a link, with its name.
pub type Copying = (&'static str, fn(&AppHandle));

/// The links to the selected passage or the chosen note that can be copied now.
pub fn links(app: &AppHandle) -> Vec<Copying> {
    let words = strings().sharing;
    let session = app.session();
    let Some(article) = session
        .article
        .as_ref()
        .filter(|_| sharing::passage(app).is_some())
    else {
        return Vec::new();
    };
    let mut links: Vec<Copying> = vec![(words.copy_passage, copy_passage)];
    if address(article).is_some() {
        links.push((words.copy_postil, copy_postil));
    }
    links
}

/// Copies the address of the original page with what leads to the passage there.
fn copy_passage(app: &AppHandle) {
    let session = app.session();
    let Some((article, passage)) = session.article.as_ref().zip(sharing::passage(app)) else {
        return;
    };
    let Some(page) = address(article) else {
        return app.tell(Message::NoAddress);
    };
    let divider = words::divider(article);
    let link = Fragments::of(article, unicode_tables(), &divider).link(page, passage);
    copy(app, link.unwrap_or_else(|| page.to_owned()));
}

/// Copies a link that leads to the passage in the app.
fn copy_postil(app: &AppHandle) {
    let session = app.session();
    let passage = session.article.as_ref().zip(sharing::passage(app));
    let link = passage.and_then(|(article, passage)| {
        let words = sharing::words_of(article.text(), passage);
        launch::link_to_passage(address(article)?, &words)
    });
    link.into_iter().for_each(|link| copy(app, link));
}

fn copy(app: &AppHandle, link: String) {
    let there = app.clone();
    app.spawn(async move {
        there.tell(match files::copy(&link).await {
            true => Message::LinkCopied,
            false => Message::NotCopied,
        });
    });
}

/// What is seen of a link with notes.
#[derive(Clone, PartialEq, Default)]
struct Look {
    /// The link, once it is made.
    link: Option<Rc<str>>,
    /// What was done, or why there is no link, for the status.
    told: String,
}

#[derive(Clone)]
struct Context {
    app: AppHandle,
    which: UseStateHandle<Option<Which>>,
    look: UseStateHandle<Look>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

/// Shows how large a link with notes is, before it is copied.
#[component]
pub fn SharingDialog(props: &Props) -> Html {
    let context = Context {
        app: props.app.clone(),
        which: use_state_eq(|| None),
        look: use_state_eq(Look::default),
    };
    let all = Which::all(&props.app, Format::Link);
    let which = context.which.or(all.first().copied());
    use_effect_with(which, {
        let context = context.clone();
        move |which| follow(context, *which)
    });
    let scopes: Vec<_> = all
        .iter()
        .map(|one| (one.label(&props.app), Some(*one) == which))
        .collect();
    let choose = {
        let (chosen, all) = (context.which.setter(), all.clone());
        move |index: usize| chosen.set(all.get(index).copied())
    };
    let words = strings().sharing;
    html! {
        <DialogFrame label={words.label} class="export-file" on_close={props.on_close.clone()}>
            <p class="hint">{ words.why }</p>
            { select("shared-notes", say!(export.notes), &scopes, Rc::new(choose)) }
            { size(&context.look) }
            { buttons(&context, which) }
        </DialogFrame>
    }
}

/// Makes the link; the function that is returned gives that up.
fn follow(context: Context, which: Option<Which>) -> impl FnOnce() {
    let is_wanted = Rc::new(Cell::new(true));
    context.look.set(Look::default());
    let wanted = is_wanted.clone();
    spawn_local(async move {
        let file = written(&context.app, which, Format::Link).await;
        let link = match &file {
            Some(file) => launch::link_with_notes(&file.text).await,
            None => None,
        };
        if wanted.get() {
            let told = if link.is_some() {
                ""
            } else {
                say!(sharing.not_made)
            };
            context.look.set(Look {
                link: link.map(Rc::from),
                told: told.to_owned(),
            });
        }
    });
    move || is_wanted.set(false)
}

async fn written(
    app: &AppHandle,
    which: Option<Which>,
    format: Format,
) -> Option<exporting::Written> {
    let notes = which?.notes(app);
    let platform = platform(app.backend());
    exporting::write(app, &*platform, format, Chosen::Here(notes))
        .await
        .ok()
}

fn size(look: &Look) -> Html {
    let words = strings().sharing;
    let length = look.link.as_ref().map_or(0, |link| link.len());
    html! {
        // It is there before it says anything, so that it is heard.
        <div role="status">
            if length > link::MOST {
                <p>{ (words.too_long)(link::MOST) }</p>
            } else if length > 0 {
                <p>{ (words.size)(length) }</p>
            }
            if (link::SURE..link::MOST).contains(&length) {
                <p>{ (words.may_be_cut)(link::SURE) }</p>
            }
            <p class="hint">{ &look.told }</p>
        </div>
    }
}

fn buttons(context: &Context, which: Option<Which>) -> Html {
    let words = strings().sharing;
    let link = context
        .look
        .link
        .clone()
        .filter(|link| link.len() <= link::MOST);
    let is_there = link.is_some();
    let button = |label: &'static str, run: fn(Context, Rc<str>)| {
        let (context, link) = (context.clone(), link.clone());
        let run = Callback::from(move |_: MouseEvent| {
            link.iter()
                .for_each(|link| run(context.clone(), link.clone()));
        });
        html! { <button class="primary" onclick={run}>{ label }</button> }
    };
    let file = {
        let context = context.clone();
        Callback::from(move |_: MouseEvent| download(context.clone(), which))
    };
    html! {
        <div class="row">
            if is_there {
                { button(words.copy, copy_link) }
            }
            if is_there && share::takes_links() {
                { button(say!(export.share), hand_over) }
            }
            <button onclick={file}>{ words.file }</button>
        </div>
    }
}

impl Context {
    fn tell(&self, told: &str) {
        self.look.set(Look {
            told: told.to_owned(),
            ..(*self.look).clone()
        });
    }
}

fn copy_link(context: Context, link: Rc<str>) {
    spawn_local(async move {
        context.tell(match files::copy(&link).await {
            true => say!(sharing.copied),
            false => say!(export.not_copied),
        });
    });
}

fn hand_over(context: Context, link: Rc<str>) {
    spawn_local(async move {
        let article = context.app.session().article.clone();
        let title = article.map(|article| article.title().to_owned());
        context.tell(match share::link(&title.unwrap_or_default(), &link).await {
            true => say!(sharing.shared),
            false => say!(sharing.not_shared),
        });
    });
}

fn download(context: Context, which: Option<Which>) {
    spawn_local(async move {
        let platform = platform(context.app.backend());
        let file = written(&context.app, which, Format::WebAnnotation).await;
        let message = match file {
            Some(file) if platform.download(&file.download, &file.text) => {
                Message::Exported { notes: file.notes }
            }
            _ => Message::FileRefused,
        };
        context.tell(&say!(notices.message)(&message));
    });
}

/// What is said of a link with notes that is followed, and the buttons that take them.
pub fn brought(app: &AppHandle, file: &Rc<str>, on_done: &Callback<()>) -> (String, Html) {
    let words = strings().sharing;
    let Some(head) = link::head(file) else {
        return (words.broken.to_owned(), Html::default());
    };
    let page = Some(&*head.source).filter(|source| sharing::is_web_address(source));
    let mut question = (words.brings)(head.notes, &head.title, page.unwrap_or_default());
    let can_open = sharing::can_open(app, &head);
    if !can_open {
        question = [&*question, " ", words.no_text].concat();
    }
    let button = |label: &'static str, class: Option<&'static str>, opens: bool| {
        let (app, file, on_done) = (app.clone(), file.clone(), on_done.clone());
        let opened = opens.then(|| head.source.clone());
        let take = Callback::from(move |_: MouseEvent| {
            on_done.emit(());
            let platform = platform(app.backend());
            sharing::take(&app, platform, &file, opened.clone());
        });
        html! { <button type="button" {class} onclick={take}>{ label }</button> }
    };
    let buttons = html! {
        <>
            if can_open {
                { button(words.open_article, Some("primary"), true) }
            }
            { button(say!(buttons.import), (!can_open).then_some("primary"), false) }
        </>
    };
    (question, buttons)
}

/// What is said of a link to a passage that is followed, and the button that goes there.
pub fn led(app: &AppHandle, address: &str, words: &str, on_done: &Callback<()>) -> (String, Html) {
    let question = say!(sharing.leads_to)(address, words);
    let (app, on_done) = (app.clone(), on_done.clone());
    let (address, words) = (address.to_owned(), words.to_owned());
    let go = Callback::from(move |_: MouseEvent| {
        on_done.emit(());
        sharing::go_to_passage(&app, platform(app.backend()), &address, &words);
    });
    let button = html! { <button type="button" class="primary" onclick={go}>{ say!(buttons.open) }</button> };
    (question, button)
}
