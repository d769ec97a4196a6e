//! "Export": a file of notes before it is downloaded, copied or shared.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::notes::{picked_notes, shown};
use super::platform::{format_of, name_of, platform};
use crate::app::exporting::{self, Chosen, Written};
use crate::browser::{files, share};
use crate::model::annotation::Annotation;
use crate::model::exchange::Format;
use crate::model::exchange::joined::holds_several;
use crate::model::notice::Message;
use crate::ui::hooks::AppHandle;
use crate::ui::notes::is_searching;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Most bytes of a file that the preview puts into the page.
const PREVIEWED: usize = 20_000;
/// Milliseconds of writing after which the reader is told.
const UNTOLD: u32 = 300;

thread_local! {
    /// The format that was looked at last.
    static LAST: Cell<Format> = const { Cell::new(Format::Markdown) };
}

/// Downloads the notes of the open article as a file, without a look at it.
pub fn at_once(app: &AppHandle, format: Format) {
    exporting::export(app, platform(app.backend()), format);
}

/// Which notes are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Picked,
    Shown,
    Here,
    Everywhere,
}

impl Which {
    /// The notes of these that the open article has.
    pub fn notes(self, app: &AppHandle) -> Vec<Rc<Annotation>> {
        let session = app.session();
        match self {
            Self::Picked => picked_notes(&session),
            Self::Shown => shown(&session).to_vec(),
            Self::Here => session.placements.annotations().cloned().collect(),
            Self::Everywhere => Vec::new(),
        }
    }

    /// Those among which the reader can choose, the likeliest first.
    pub fn all(app: &AppHandle, format: Format) -> Vec<Self> {
        let session = app.session();
        let all = [
            (Self::Picked, !picked_notes(&session).is_empty()),
            (Self::Shown, is_searching(&session)),
            (Self::Here, session.article.is_some()),
            (Self::Everywhere, holds_several(format)),
        ];
        all.into_iter()
            .filter_map(|(which, is_one)| is_one.then_some(which))
            .collect()
    }

    pub fn label(self, app: &AppHandle) -> String {
        let words = strings().export;
        let count = self.notes(app).len();
        match self {
            Self::Picked => (words.picked)(count),
            Self::Shown => (words.shown)(count, Self::Here.notes(app).len()),
            Self::Here => (words.here)(count),
            Self::Everywhere => words.everywhere.to_owned(),
        }
    }
}

/// What is seen of a file.
#[derive(Clone, PartialEq, Default)]
struct Look {
    /// The file, once it is written.
    file: Option<Rc<Written>>,
    /// Why it was not written.
    problem: String,
    /// What was done, for the status.
    told: String,
}

#[derive(Clone)]
struct Context {
    app: AppHandle,
    format: UseStateHandle<Format>,
    which: UseStateHandle<Option<Which>>,
    look: UseStateHandle<Look>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

#[component]
pub fn ExportDialog(props: &Props) -> Html {
    let context = Context {
        app: props.app.clone(),
        format: use_state_eq(|| LAST.get()),
        which: use_state_eq(|| None),
        look: use_state_eq(Look::default),
    };
    let which = context.which();
    use_effect_with((*context.format, which), {
        let context = context.clone();
        move |&(format, which)| follow(context, format, which)
    });
    html! {
        <DialogFrame label={say!(bar.export)} class="export-file" on_close={props.on_close.clone()}>
            { choices(&context, which) }
            { preview(&context.look) }
            { buttons(&context) }
        </DialogFrame>
    }
}

impl Context {
    /// What is exported: what the reader has chosen, if the format can hold it.
    fn which(&self) -> Option<Which> {
        let all = Which::all(&self.app, *self.format);
        let chosen = self.which.filter(|which| all.contains(which));
        chosen.or(all.first().copied())
    }

    /// Says something of the file that is shown.
    fn tell(&self, told: &str) {
        self.look.set(Look {
            told: told.to_owned(),
            ..(*self.look).clone()
        });
    }
}

/// Writes the file; the function that is returned gives that up.
fn follow(context: Context, format: Format, which: Option<Which>) -> impl FnOnce() {
    LAST.set(format);
    let is_wanted = Rc::new(Cell::new(true));
    context.look.set(Look::default());
    let slow = Timeout::new(UNTOLD, {
        let (look, wanted) = (context.look.setter(), is_wanted.clone());
        move || {
            if wanted.get() {
                let told = say!(export.working).to_owned();
                look.set(Look {
                    told,
                    ..Look::default()
                });
            }
        }
    });
    let wanted = is_wanted.clone();
    spawn_local(async move {
        let app = &context.app;
        let chosen = match which {
            Some(Which::Everywhere) | None => Chosen::Everywhere,
            Some(which) => Chosen::Here(which.notes(app)),
        };
        let written = exporting::write(app, &*platform(app.backend()), format, chosen).await;
        drop(slow);
        if wanted.get() {
            context.look.set(match written {
                Ok(file) => Look {
                    file: Some(Rc::new(file)),
                    ..Look::default()
                },
                Err(why) => Look {
                    problem: say!(notices.message)(&Message::ExportFailed { why }),
                    ..Look::default()
                },
            });
        }
    });
    move || is_wanted.set(false)
}

fn choices(context: &Context, which: Option<Which>) -> Html {
    let words = strings().export;
    let format = *context.format;
    let formats = Format::ALL.map(|one| (say!(bar.format)(one).to_owned(), one == format));
    let all = Which::all(&context.app, format);
    let scopes = all
        .iter()
        .map(|one| (one.label(&context.app), Some(*one) == which));
    let choose_format = {
        let chosen = context.format.setter();
        move |index: usize| {
            Format::ALL
                .get(index)
                .into_iter()
                .for_each(|format| chosen.set(*format))
        }
    };
    let choose_which = {
        let (chosen, all) = (context.which.setter(), all.clone());
        move |index: usize| chosen.set(all.get(index).copied())
    };
    html! {
        <>
            { select("export-format", words.format, &formats, Rc::new(choose_format)) }
            { select("export-notes", words.notes, &scopes.collect::<Vec<_>>(), Rc::new(choose_which)) }
        </>
    }
}

/// Draws a choice among options, each with whether it is chosen.
pub fn select(
    id: &'static str,
    label: &'static str,
    options: &[(String, bool)],
    choose: Rc<dyn Fn(usize)>,
) -> Html {
    let changed = Callback::from(move |event: Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        index.into_iter().for_each(|index| choose(index));
    });
    html! {
        <p class="row">
            <label for={id}>{ label }</label>
            <select {id} onchange={changed}>
                { for options.iter().map(|(label, is_chosen)| html! { <option selected={*is_chosen}>{ label }</option> }) }
            </select>
        </p>
    }
}

fn preview(look: &Look) -> Html {
    let words = strings().export;
    let file = look.file.as_deref();
    let text = file.map_or("", |file| file.text.trim_start_matches('\u{feff}'));
    let end = text.floor_char_boundary(PREVIEWED);
    html! {
        <>
            // It is there before it says anything, so that it is heard.
            <p class="problem" role="alert">{ &look.problem }</p>
            <section aria-label={words.preview}>
                <h3>{ words.preview }</h3>
                <pre tabindex="0" dir="auto" aria-label={words.preview}>{ &text[..end] }</pre>
            </section>
            if let Some(file) = file {
                if end < text.len() {
                    <p class="hint">{ (words.cut)(file.text.len()) }</p>
                }
                if file.left_out > 0 {
                    <p class="hint">{ (words.left_out)(file.left_out) }</p>
                }
                <p class="hint file">{ (words.file)(&name_of(&file.download), file.text.len()) }</p>
            }
        </>
    }
}

fn buttons(context: &Context) -> Html {
    let words = strings().export;
    let file = context.look.file.clone();
    let can_share = file.as_ref().is_some_and(|file| {
        let kind = format_of(&file.download).media_type();
        share::takes_file(&name_of(&file.download), kind)
    });
    let is_missing = file.is_none();
    let button =
        |label: &'static str, class: Option<&'static str>, run: fn(Context, Rc<Written>)| {
            let (context, file) = (context.clone(), file.clone());
            let run = Callback::from(move |_: MouseEvent| {
                file.iter()
                    .for_each(|file| run(context.clone(), file.clone()));
            });
            html! { <button {class} disabled={is_missing} onclick={run}>{ label }</button> }
        };
    html! {
        <div class="row">
            { button(say!(buttons.download), Some("primary"), download) }
            { button(words.copy, None, copy) }
            if can_share {
                { button(words.share, None, hand_over) }
            }
            <p role="status" class="hint">{ &context.look.told }</p>
        </div>
    }
}

fn download(context: Context, file: Rc<Written>) {
    let platform = platform(context.app.backend());
    let message = match platform.download(&file.download, &file.text) {
        true => Message::Exported { notes: file.notes },
        false => Message::FileRefused,
    };
    context.tell(&say!(notices.message)(&message));
}

fn copy(context: Context, file: Rc<Written>) {
    spawn_local(async move {
        let words = strings().export;
        context.tell(match files::copy(file.to_copy()).await {
            true if file.table.is_some() => words.copied_table,
            true => words.copied,
            false => words.not_copied,
        });
    });
}

fn hand_over(context: Context, file: Rc<Written>) {
    spawn_local(async move {
        let kind = format_of(&file.download).media_type();
        let words = strings().export;
        context.tell(
            match share::file(&name_of(&file.download), kind, &file.text).await {
                true => words.shared,
                false => words.not_shared,
            },
        );
    });
}
