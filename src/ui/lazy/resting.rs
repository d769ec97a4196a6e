//! What is drawn only once no more is typed.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Time after a key until the rest is drawn, in milliseconds: longer than between two keys.
const REST: u32 = 250;

/// Returns false from when a value changes until it has stayed the same for [`REST`].
#[hook]
pub fn use_rested<T: PartialEq + Clone + 'static>(value: &T) -> bool {
    let rested = use_state_eq(|| value.clone());
    use_effect_with(value.clone(), {
        let rested = rested.setter();
        move |value| {
            let value = value.clone();
            let rest = Timeout::new(REST, move || rested.set(value));
            move || drop(rest)
        }
    });
    *rested == *value
}
