//! "Import notes": what files of notes hold and what importing them would do, before anything is
//! changed.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::platform::platform;
use super::waiting_files;
use crate::app::importing;
use crate::app::ports::FileOfNotes;
use crate::model::exchange::{Differing, NotUnderstood, Survey};
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Number of entries that are listed with the reason why they were not understood.
const LISTED: usize = 5;
/// The id of what says what the import would do.
const OUTCOME: &str = "import-outcome";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

#[component]
pub fn ImportDialog(props: &Props) -> Html {
    let files = use_memo((), |()| waiting_files::all());
    let differing = use_state_eq(Differing::default);
    let survey = use_memo(*differing, {
        let (app, files) = (props.app.clone(), files.clone());
        move |differing| importing::look(&app, &files, *differing)
    });
    let close = props.on_close.reform(|()| waiting_files::forget());
    let agree = {
        let (app, files, differing, close) =
            (props.app.clone(), files.clone(), *differing, close.clone());
        Callback::from(move |event: MouseEvent| {
            leave(&event);
            close.emit(());
            importing::import(
                &app,
                &*platform(app.backend()),
                files.to_vec().into(),
                differing,
            );
        })
    };
    let words = strings().import;
    let is_readable = files.iter().any(|file| file.read.is_ok());
    html! {
        <DialogFrame label={say!(bar.import_notes)} class="import-dialog" on_close={close.clone()}>
            { left_out(&files) }
            { counts(&survey) }
            { not_understood(&files) }
            if survey.differing() > 0 {
                { choice(&differing) }
            }
            <p id={OUTCOME} role="status">{ (words.outcome)(survey.added, survey.updated) }</p>
            <div class="row">
                <button type="button" class="primary" autofocus=true disabled={!is_readable} aria-describedby={OUTCOME}
                    onclick={agree}>{ say!(buttons.import) }</button>
                <button type="button" onclick={Callback::from(|event| leave(&event))}>{ say!(buttons.cancel) }</button>
            </div>
        </DialogFrame>
    }
}

/// Closes the dialog around a button by itself, so that the focus is again where it was.
fn leave(event: &MouseEvent) {
    let button = event.target_dyn_into::<Element>();
    let dialog = button.and_then(|button| button.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

/// Names the files that could not be read, each with the reason.
fn left_out(files: &[Rc<FileOfNotes>]) -> Html {
    let failed = files.iter().filter_map(|file| {
        let why = file.read.as_ref().err()?;
        let said = (strings().import.left_out)(&file.name, why);
        Some(html! { <p class="problem" dir="auto">{ said }</p> })
    });
    failed.collect()
}

/// Says what is in the files, as far as there is any of it.
fn counts(survey: &Survey) -> Html {
    let words = strings().import;
    let counts = [
        (survey.new, words.new),
        (survey.already, words.already),
        (survey.newer_here, words.newer_here),
        (survey.newer_there, words.newer_there),
        (survey.as_old, words.as_old),
        (survey.twice, words.twice),
    ];
    let told = counts.into_iter().filter(|(count, _)| *count > 0);
    let told = told.map(|(count, say)| html! { <li>{ say(count) }</li> });
    html! {
        <ul class="counts" role="list">
            { for told }
            if survey.elsewhere > 0 {
                <li>{ (words.elsewhere)(survey.elsewhere, survey.articles) }</li>
            }
        </ul>
    }
}

/// Lists entries that were not understood.
fn not_understood(files: &[Rc<FileOfNotes>]) -> Html {
    let words = strings().import;
    let entries = files.iter().flat_map(|file| {
        let read = file.read.iter();
        read.flat_map(|arrivals| &arrivals.not_understood)
            .map(|entry| (&*file.name, entry))
    });
    let entries: Vec<(&str, &NotUnderstood)> = entries.collect();
    if entries.is_empty() {
        return Html::default();
    }
    let listed = entries.iter().take(LISTED).map(|(name, entry)| {
        let name = (files.len() > 1).then_some(*name);
        html! { <li dir="auto">{ (words.entry)(name, entry) }</li> }
    });
    let more = entries.len().saturating_sub(LISTED);
    html! {
        <>
            <p>{ (words.not_understood)(entries.len()) }</p>
            <ul class="entries">
                { for listed }
                if more > 0 {
                    <li>{ (words.more)(more) }</li>
                }
            </ul>
        </>
    }
}

/// Asks what becomes of notes that say something else here than in a file.
fn choice(chosen: &UseStateHandle<Differing>) -> Html {
    let words = strings().import;
    let option = |(differing, label): (Differing, &&'static str)| {
        let choose = chosen.setter();
        let choose = Callback::from(move |_: Event| choose.set(differing));
        html! {
            <label class="switch">
                <input type="radio" name="differing" checked={**chosen == differing} onchange={choose} />{ *label }
            </label>
        }
    };
    let options = Differing::ALL.into_iter().zip(words.choices).map(option);
    html! {
        <fieldset role="radiogroup">
            <legend>{ words.differing }</legend>
            { for options }
        </fieldset>
    }
}
