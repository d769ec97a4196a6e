//! The link that joins another device of the reader's: shown on click, as a code too, and followed after
//! a click.

use qrcodegen::{QrCode, QrCodeEcc};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;
use yew::prelude::*;

use super::together::maker_box;
use super::{begin, trouble, value, withdraw};
use crate::app::sync::circle::{Among, Circle};
use crate::app::sync::joining::Invitation;
use crate::browser::files;
use crate::browser::launch::DEVICE;
use crate::browser::system::window;
use crate::model::notice::Message;
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Modules of white around a code (ISO/IEC 18004, §9.1).
const QUIET: i32 = 4;

/// Draws the link and its code.
pub fn shown(app: &AppHandle, invitation: &Invitation) -> Html {
    let words = strings().synchronise;
    let (why, label) = match invitation.is_together {
        true => (say!(together.invite_why), say!(together.link)),
        false => (words.invite_why, words.link),
    };
    let location = window().location();
    let place = [location.origin(), location.pathname()].map(Result::unwrap_or_default);
    let link = [&*place.concat(), DEVICE, &invitation.to_text()].concat();
    let copy = {
        let (app, link) = (app.clone(), link.clone());
        Callback::from(move |_: MouseEvent| {
            let (app, link) = (app.clone(), link.clone());
            spawn_local(async move {
                app.tell(match files::copy(&link).await {
                    true => Message::LinkCopied,
                    false => Message::NotCopied,
                });
            });
        })
    };
    html! {
        <div class="invitation">
            <p>{ why }</p>
            { for code(&link) }
            <input type="text" readonly=true aria-label={label} value={link.clone()} />
            <button type="button" onclick={copy}>{ words.copy_link }</button>
        </div>
    }
}

/// Draws a text as a code; `None` if it is too long for one.
fn code(text: &str) -> Option<Html> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path += &format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let all = size + 2 * QUIET;
    let view = format!("0 0 {all} {all}");
    Some(html! {
        <svg class="code" role="img" aria-label={say!(synchronise.code)} viewBox={view} shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    })
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub invitation: Invitation,
    pub on_done: Callback<()>,
}

/// Asks whether a link that was followed is to join this device; nothing is asked of the server before
/// that.
#[component]
pub fn InvitedDialog(props: &Props) -> Html {
    let words = strings().synchronise;
    let told = use_state(Html::default);
    let is_busy = use_state_eq(|| false);
    let (maker, name_box, password) = (use_node_ref(), use_node_ref(), use_node_ref());
    let is_together = props.invitation.is_together;
    let wants_password = is_together || !props.invitation.name.is_empty();
    let onsubmit = {
        let (app, invitation, on_done) = (
            props.app.clone(),
            props.invitation.clone(),
            props.on_done.clone(),
        );
        let (told, is_busy, password) = (told.clone(), is_busy.clone(), password.clone());
        let (maker, name_box) = (maker.clone(), name_box.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *is_busy {
                return;
            }
            let mut entered = invitation.clone().entered(value(&password));
            if is_together {
                entered.name = value(&name_box);
                entered.maker = Circle::name_of(&value(&maker));
                if entered.maker.is_none() {
                    told.set(html! { <p>{ say!(together.no_maker) }</p> });
                    return;
                }
            }
            is_busy.set(true);
            told.set(html! { <p>{ say!(synchronise.looking) }</p> });
            let (app, on_done) = (app.clone(), on_done.clone());
            let (told, is_busy) = (told.clone(), is_busy.clone());
            spawn_local(async move {
                let among = match is_together {
                    true => Among::Readers,
                    false => Among::Devices,
                };
                let joined = begin(&app, app.backend(), among).join(entered).await;
                is_busy.set(false);
                match joined {
                    Ok(()) => {
                        withdraw(&app);
                        on_done.emit(());
                    }
                    Err(why) => told.set(trouble(why)),
                }
            });
        })
    };
    let cancel = props.on_done.reform(|_: MouseEvent| ());
    let Invitation { address, name, .. } = &props.invitation;
    let (said, join) = match is_together {
        true => ((say!(together.invited))(address), say!(together.join)),
        false => ((words.invited)(address, name), words.join),
    };
    html! {
        <DialogFrame label={say!(launch.heading)} on_close={props.on_done.clone()}>
            <form class="server" {onsubmit}>
                <p class="arrived" dir="auto">{ said }</p>
                if is_together {
                    { maker_box(&maker) }
                    <label>{ words.name }
                        <input ref={name_box} type="text" autocomplete="username" autocapitalize="none" spellcheck="false" />
                    </label>
                }
                if wants_password {
                    <label>{ words.password }
                        <input ref={password} type="password" autocomplete="current-password" />
                    </label>
                }
                <div role="status">{ (*told).clone() }</div>
                <div class="row">
                    <button type="submit" class="primary" disabled={*is_busy}>{ join }</button>
                    <button type="button" onclick={cancel}>{ say!(buttons.cancel) }</button>
                </div>
            </form>
        </DialogFrame>
    }
}
