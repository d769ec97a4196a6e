//! "Markdown template": how exported notes are written, with a preview of those at hand.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::platform::platform;
use crate::app::exporting;
use crate::browser::{files, preferences};
use crate::model::exchange::markdown::Preset;
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Milliseconds without a key after which the preview follows what is typed.
const PAUSE: u32 = 250;
/// The id of what says that a template cannot be used.
const ERROR: &str = "template-error";
thread_local! {
    /// A template that was typed and not saved, while the page lives.
    static UNSAVED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The value of the choice that is no preset.
const OWN: &str = "own";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

/// What the parts of the dialog share.
#[derive(Clone)]
struct Context {
    app: AppHandle,
    template: UseStateHandle<String>,
    /// The template that comes with the program and was chosen; `None` for the reader's own.
    preset: UseStateHandle<Option<Preset>>,
    /// The reader's own, while another one is looked at.
    own: UseStateHandle<String>,
    /// The notes by the last template that could be used.
    preview: UseStateHandle<String>,
    /// Why the present one cannot be used.
    error: UseStateHandle<Option<String>>,
    /// What was done, for the status.
    told: UseStateHandle<&'static str>,
}

#[component]
pub fn MarkdownTemplate(props: &Props) -> Html {
    let stored = use_memo((), |()| saved());
    let unsaved = use_memo((), |()| UNSAVED.with_borrow(Clone::clone));
    let first = unsaved.as_deref().unwrap_or(&stored);
    let context = Context {
        app: props.app.clone(),
        template: use_state_eq(|| first.to_owned()),
        preset: use_state_eq(|| Preset::of(first)),
        own: use_state_eq(|| first.to_owned()),
        preview: use_state_eq(String::new),
        error: use_state_eq(|| None),
        told: use_state_eq(|| match *unsaved {
            Some(_) => say!(markdown.unsaved),
            None => "",
        }),
    };
    use_effect_with(context.template.clone(), {
        let context = context.clone();
        move |template| {
            let is_saved = **template == saved();
            UNSAVED.set((!is_saved).then(|| template.to_string()));
            follow(context, template.to_string())
        }
    });
    let words = strings().markdown;
    html! {
        <DialogFrame label={words.label} class="markdown-template" on_close={props.on_close.clone()}>
            <p class="hint">{ words.why }</p>
            { choice(&context) }
            { field(&context) }
            { shown(&context) }
            { buttons(&context) }
        </DialogFrame>
    }
}

/// The template by which notes are written now.
fn saved() -> String {
    let kept = preferences::markdown_template();
    kept.unwrap_or_else(|| Preset::default().template().to_owned())
}

/// Fills the template after a pause; the function that is returned gives that up.
fn follow(context: Context, template: String) -> impl FnOnce() {
    let is_wanted = Rc::new(Cell::new(true));
    let wanted = is_wanted.clone();
    let timeout = Timeout::new(PAUSE, move || {
        spawn_local(async move {
            let app = &context.app;
            let filled = exporting::preview(app, &*platform(app.backend()), template).await;
            if !wanted.get() {
                return;
            }
            context.error.set(match filled {
                Ok(filled) => {
                    context.preview.set(filled);
                    None
                }
                Err(why) => Some(say!(markdown.problem)(&why)),
            });
        });
    });
    move || {
        is_wanted.set(false);
        drop(timeout);
    }
}

fn choice(context: &Context) -> Html {
    let words = strings().markdown;
    let choose = {
        let context = context.clone();
        Callback::from(move |event: Event| {
            let select: Option<HtmlSelectElement> = event.target_dyn_into();
            let value = select.map(|select| select.value()).unwrap_or_default();
            let preset = Preset::ALL
                .into_iter()
                .find(|preset| preset.name() == value);
            if context.preset.is_none() {
                context.own.set(context.template.to_string());
            }
            context.preset.set(preset);
            context.template.set(match preset {
                Some(preset) => preset.template().to_owned(),
                None => context.own.to_string(),
            });
            context.told.set("");
        })
    };
    let option = |preset: Preset| {
        html! {
            <option value={preset.name()} selected={*context.preset == Some(preset)}>{ (words.preset)(preset) }</option>
        }
    };
    html! {
        <p class="row">
            <label for="template-preset">{ words.style }</label>
            <select id="template-preset" onchange={choose}>
                { for Preset::ALL.into_iter().map(option) }
                <option value={OWN} selected={context.preset.is_none()}>{ words.own }</option>
            </select>
        </p>
    }
}

fn field(context: &Context) -> Html {
    let typed = {
        let context = context.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                context.preset.set(Preset::of(&area.value()));
                context.template.set(area.value());
                context.told.set("");
            }
        })
    };
    let is_wrong = context.error.is_some();
    html! {
        <textarea aria-label={say!(markdown.template)} dir="ltr" rows="12" spellcheck="false" autocapitalize="off" autocomplete="off"
            value={context.template.to_string()} oninput={typed}
            aria-invalid={is_wrong.then_some("true")} aria-describedby={is_wrong.then_some(ERROR)} />
    }
}

fn shown(context: &Context) -> Html {
    let words = strings().markdown;
    let has_notes = !context.app.session().placements.is_empty();
    html! {
        <>
            // It is there before it says anything, so that it is heard.
            <p id={ERROR} class="problem" role="alert">{ context.error.as_deref().unwrap_or_default() }</p>
            // It stays while a template is wrong: the dialog would jump with each mistake.
            <section aria-label={words.preview} class={context.error.as_ref().map(|_| "stale")}>
                <h3>{ words.preview }</h3>
                if has_notes {
                    <pre tabindex="0" dir="auto" aria-label={words.preview}>{ &*context.preview }</pre>
                } else {
                    <p class="hint">{ words.no_notes }</p>
                }
            </section>
        </>
    }
}

fn buttons(context: &Context) -> Html {
    let words = strings().markdown;
    let save = {
        let context = context.clone();
        Callback::from(move |_: MouseEvent| {
            let is_usual = *context.preset == Some(Preset::default());
            let kept = if is_usual {
                ""
            } else {
                context.template.as_str()
            };
            preferences::keep_markdown_template(kept);
            UNSAVED.take();
            context.told.set(words.saved);
        })
    };
    let reset = {
        let context = context.clone();
        Callback::from(move |_: MouseEvent| {
            // The reader's own stays to be chosen again.
            if context.preset.is_none() {
                context.own.set(context.template.to_string());
            }
            context.preset.set(Some(Preset::default()));
            context
                .template
                .set(Preset::default().template().to_owned());
            context.told.set(words.is_reset);
        })
    };
    let copy = {
        let context = context.clone();
        Callback::from(move |_: MouseEvent| {
            let (filled, told) = (context.preview.clone(), context.told.setter());
            spawn_local(async move {
                let is_copied = files::copy(&filled).await;
                told.set(if is_copied {
                    words.copied
                } else {
                    words.not_copied
                });
            });
        })
    };
    let is_wrong = context.error.is_some();
    html! {
        <div class="row">
            <button class="primary" disabled={is_wrong} onclick={save}>{ say!(buttons.save) }</button>
            <button onclick={reset}>{ words.reset }</button>
            <button disabled={is_wrong} onclick={copy}>{ words.copy }</button>
            <p role="status" class="hint">{ *context.told }</p>
        </div>
    }
}
