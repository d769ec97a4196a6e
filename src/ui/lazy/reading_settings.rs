//! "Reading settings": how the article and the notes look, applied while the reader chooses, and how
//! words are selected.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::language;
use crate::browser::preferences;
use crate::model::look::{Face, Look, Measure, Theme};
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

#[component]
pub fn ReadingSettings(props: &Props) -> Html {
    let theme = use_state_eq(preferences::theme);
    let look = use_state_eq(preferences::look);
    // The line that was being read when the dialog opened: it stays where it is.
    let line = use_memo((), |()| props.app.page().and_then(|page| page.line_read()));
    let change = {
        let (app, look) = (props.app.clone(), look.clone());
        Callback::from(move |new: Look| {
            preferences::choose_look(&new);
            look.set(new);
            if let (Some(page), Some(line)) = (app.page(), *line) {
                page.hold(line);
            }
        })
    };
    let choose_theme = {
        let theme = theme.clone();
        Callback::from(move |new: Theme| {
            preferences::choose_theme(new);
            theme.set(new);
        })
    };
    let whole_words = use_state_eq(preferences::whole_words);
    let choose_words = {
        let whole_words = whole_words.clone();
        Callback::from(move |on: bool| {
            preferences::set_whole_words(on);
            whole_words.set(on);
        })
    };
    let line_ends = use_state_eq(preferences::line_ends);
    let choose_lines = {
        let line_ends = line_ends.clone();
        Callback::from(move |on: bool| {
            preferences::set_line_ends(on);
            line_ends.set(on);
        })
    };
    let reset = {
        let (change, choose_theme) = (change.clone(), choose_theme.clone());
        let (choose_words, choose_lines) = (choose_words.clone(), choose_lines.clone());
        Callback::from(move |_: MouseEvent| {
            choose_theme.emit(Theme::default());
            change.emit(Look::default());
            choose_words.emit(true);
            choose_lines.emit(true);
        })
    };
    let words = strings().look;
    let switch_look = |label: &'static str, on: bool, set: fn(&mut Look, bool)| {
        let (look, change) = (*look, change.clone());
        let turn = Callback::from(move |on: bool| {
            let mut look = look;
            set(&mut look, on);
            change.emit(look);
        });
        switch(label, on, turn)
    };
    html! {
        <DialogFrame label={say!(bar.reading_settings)} class="look" on_close={props.on_close.clone()}>
            { themes(*theme, &choose_theme) }
            { faces(&look, &change) }
            { for Measure::ALL.into_iter().map(|measure| slider(measure, &look, &change)) }
            { switch_look(words.justified, look.justified, |look, on| look.justified = on) }
            { switch_look(words.strong, look.strong, |look, on| look.strong = on) }
            { switch_look(words.patterns, look.patterns, |look, on| look.patterns = on) }
            { switch(words.whole_words, *whole_words, choose_words) }
            { switch(words.line_ends, *line_ends, choose_lines) }
            { language::choice() }
            <button type="button" class="quiet" onclick={reset}>{ words.reset }</button>
        </DialogFrame>
    }
}

fn switch(label: &'static str, on: bool, turn: Callback<bool>) -> Html {
    let turn = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            turn.emit(input.checked());
        }
    });
    html! { <label class="switch"><input type="checkbox" checked={on} onchange={turn} />{ label }</label> }
}

fn themes(chosen: Theme, choose: &Callback<Theme>) -> Html {
    let tile = |theme: Theme| {
        let label = say!(look.named_theme)(theme);
        html! {
            <label class="theme" data-theme={theme.name()}>
                <input type="radio" name="theme" value={theme.name()} checked={theme == chosen}
                    onchange={choose.reform(move |_: Event| theme)} />
                { label }
            </label>
        }
    };
    html! {
        <div class="themes" role="radiogroup" aria-label={say!(look.theme)}>{ for Theme::ALL.into_iter().map(tile) }</div>
    }
}

fn faces(look: &Look, change: &Callback<Look>) -> Html {
    let (kept, change) = (*look, change.clone());
    let choose = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            let mut look = kept;
            look.face = Face::from_name(&select.value());
            change.emit(look);
        }
    });
    let face = |face: Face| {
        html! {
            <option value={face.name()} selected={face == kept.face}>{ say!(look.named_face)(face) }</option>
        }
    };
    html! {
        <label class="line">
            <span>{ say!(look.typeface) }</span>
            <select aria-label={say!(look.typeface)} onchange={choose}>{ for Face::ALL.into_iter().map(face) }</select>
        </label>
    }
}

fn slider(measure: Measure, look: &Look, change: &Callback<Look>) -> Html {
    let (kept, change) = (*look, change.clone());
    let slide = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(Ok(value)) = input.map(|input| input.value().parse()) {
            let mut look = kept;
            look.set_measure(measure, value);
            change.emit(look);
        }
    });
    let (least, most, _, step) = measure.range();
    let label = say!(look.measure)(measure);
    let value = look.measure(measure);
    let said = say!(look.value)(measure, value);
    html! {
        <label class="line" data-measure={measure.name()}>
            <span>{ label }</span>
            <input type="range" aria-label={label} aria-valuetext={said.clone()} min={least.to_string()} max={most.to_string()}
                step={step.to_string()} value={value.to_string()} oninput={slide} />
            <output>{ said }</output>
        </label>
    }
}
