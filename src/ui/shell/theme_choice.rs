//! The choice of the theme: light, dark or the system's.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::browser::preferences::Theme;
use crate::ui::strings;

pub fn theme_choice() -> Html {
    let kept = Theme::shown();
    let choose = Callback::from(|event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            Theme::from_name(&select.value()).choose();
        }
    });
    html! {
        <label class="tool theme" title={strings().bar.theme}>
            <span class="icon" data-icon="theme" aria-hidden="true"></span>
            <select aria-label={strings().bar.theme} onchange={choose}>
                { for Theme::ALL.iter().zip(strings().bar.themes).map(|(theme, label)| html! {
                    <option value={theme.name()} selected={*theme == kept}>{ label }</option>
                }) }
            </select>
        </label>
    }
}
