//! The list of keys, and the switch for single letters.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::preferences;
use crate::ui::shell::DialogFrame;
use crate::ui::strings;

pub fn keys_dialog(on_close: Callback<()>) -> Html {
    let switch = Callback::from(|event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            preferences::set_letter_keys(input.checked());
        }
    });
    html! {
        <DialogFrame label={strings().bar.keys} {on_close}>
            <label class="switch">
                <input type="checkbox" checked={preferences::letter_keys()} onchange={switch} />
                { strings().keys.single_letters }
            </label>
            <dl class="keys">
                { for strings().keys.list.iter().map(|(key, effect)| html! {
                    <div><dt><kbd>{ *key }</kbd></dt><dd>{ *effect }</dd></div>
                }) }
            </dl>
        </DialogFrame>
    }
}
