//! "Synchronise" and "Read together" in "Your notes": the reader's server and a group's, how to get
//! there, and how it stands.

mod invitation;
mod together;

use std::cell::OnceCell;
use std::rc::Rc;

pub use invitation::InvitedDialog;
pub use together::beside_notes;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::platform::platform;
use super::your_notes::section;
use crate::app::App;
use crate::app::sync::circle::{Among, Circle};
use crate::app::sync::joining::{Entered, Invitation, Looked, Secret};
use crate::app::sync::replicator::{InStep, Stopped};
use crate::app::sync::server::Trouble;
use crate::app::sync::synchroniser::{State, Status, Synchroniser};
use crate::browser::dates;
use crate::browser::system::window;
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::ui::hooks::{AppHandle, Backend};
use crate::ui::{say, strings};

thread_local! {
    static WITH_DEVICES: OnceCell<Rc<Synchroniser>> = const { OnceCell::new() };
    static WITH_READERS: OnceCell<Rc<Synchroniser>> = const { OnceCell::new() };
}

/// Returns what keeps this tab in step with others.
pub fn begin(app: &App, backend: &Backend, among: Among) -> Rc<Synchroniser> {
    let held = match among {
        Among::Devices => &WITH_DEVICES,
        Among::Readers => &WITH_READERS,
    };
    held.with(|synchroniser| {
        let new = || Synchroniser::new(among, app, platform(backend));
        synchroniser.get_or_init(new).clone()
    })
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub among: Among,
}

/// What the parts of the section share.
#[derive(Clone)]
struct Context {
    app: AppHandle,
    synchroniser: Rc<Synchroniser>,
    status: UseStateHandle<Status>,
    /// What was done, or what is wrong with what was entered.
    told: UseStateHandle<Html>,
    /// True while a server is looked at.
    is_busy: UseStateHandle<bool>,
    open: UseStateHandle<Open>,
    /// The link for another device, while that is open.
    invitation: UseStateHandle<Option<Invitation>>,
    /// True if what goes there is to be sealed.
    seals: UseStateHandle<bool>,
    fields: [NodeRef; 4],
    /// The box of the reader's name for a group.
    maker: NodeRef,
}

/// What a button does.
#[derive(Clone, Copy)]
enum Step {
    Open,
    Look,
    Now,
    Pause,
    Resume,
    Invite,
    AskToChange,
    AskToLeave,
    /// True if what is on the server is to be deleted.
    Leave(bool),
    Back,
}

/// What is open in the section.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// The form for a server.
    Form,
    /// The link for another device.
    Invitation,
    /// The form for another passphrase.
    Changing,
    /// The question whether to leave.
    Leaving,
}

impl Context {
    fn button(&self, label: &'static str, step: Step) -> Html {
        let context = self.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let context = context.clone();
            spawn_local(async move { context.perform(step).await });
        });
        html! { <button type="button" disabled={*self.is_busy} {onclick}>{ label }</button> }
    }

    async fn perform(&self, step: Step) {
        let words = strings().synchronise;
        self.told.set(Html::default());
        match step {
            Step::Open => self.open.set(Open::Form),
            Step::Invite => {
                self.invitation.set(self.synchroniser.invitation().await);
                self.open.set(Open::Invitation);
            }
            Step::AskToChange => self.open.set(Open::Changing),
            Step::AskToLeave => self.open.set(Open::Leaving),
            Step::Back => self.close(),
            Step::Look => self.look().await,
            Step::Now => self.synchroniser.ask_now(),
            Step::Pause => self.synchroniser.pause(),
            Step::Resume => self.synchroniser.resume(),
            Step::Leave(deletes) => {
                self.is_busy.set(true);
                let left = self.synchroniser.leave(deletes).await;
                self.is_busy.set(false);
                self.close();
                self.told.set(match left {
                    Ok(()) => {
                        withdraw(&self.app);
                        let left = match (self.synchroniser.among(), deletes) {
                            (Among::Readers, _) => say!(together.left),
                            (Among::Devices, true) => words.left_empty,
                            (Among::Devices, false) => words.left,
                        };
                        html! { <p>{ left }</p> }
                    }
                    Err(why) => trouble(why),
                });
            }
        }
    }

    fn close(&self) {
        self.open.set(Open::Nothing);
        self.invitation.set(None);
    }

    fn entered(&self) -> Entered {
        let [address, name, password, passphrase] = &self.fields;
        let is_together = self.synchroniser.among() == Among::Readers;
        Entered {
            address: value(address),
            name: value(name),
            password: value(password),
            secret: match *self.seals {
                true => Secret::Passphrase(value(passphrase)),
                false => Secret::None,
            },
            maker: is_together.then(|| value(&self.maker)),
        }
    }

    /// Returns what was entered; `None` if the passphrase or a name is missing, which is told.
    fn complete(&self) -> Option<Entered> {
        let mut entered = self.entered();
        if let Some(maker) = &mut entered.maker {
            let Some(name) = Circle::name_of(maker) else {
                self.told.set(html! { <p>{ say!(together.no_maker) }</p> });
                return None;
            };
            *maker = name;
        }
        if entered.secret == Secret::Passphrase(String::new()) {
            self.told
                .set(html! { <p>{ say!(synchronise.no_passphrase) }</p> });
            return None;
        }
        self.is_busy.set(true);
        self.told
            .set(html! { <p>{ say!(synchronise.looking) }</p> });
        Some(entered)
    }

    async fn look(&self) {
        let Some(entered) = self.complete() else {
            return;
        };
        let words = strings().synchronise;
        let looked = self.synchroniser.look(entered).await;
        self.is_busy.set(false);
        self.told.set(match looked {
            Ok(Looked { is_new: true, .. }) => html! { <p>{ words.works_new }</p> },
            Ok(Looked { documents, .. }) => html! { <p>{ (words.works)(documents) }</p> },
            Err(why) => trouble(why),
        });
    }

    /// Takes the passphrase in the only box: the one that the database has by now, or that it gets.
    async fn take_passphrase(&self, is_new: bool) {
        let passphrase = value(&self.fields[3]);
        let words = strings().synchronise;
        if passphrase.is_empty() {
            return self.told.set(html! { <p>{ words.no_passphrase }</p> });
        }
        self.is_busy.set(true);
        self.told.set(html! { <p>{ words.looking }</p> });
        let outcome = match is_new {
            true => self.synchroniser.change_passphrase(passphrase).await,
            false => self.synchroniser.join_again(passphrase).await,
        };
        self.is_busy.set(false);
        self.told.set(match outcome {
            Ok(()) => {
                self.close();
                withdraw(&self.app);
                match is_new {
                    true => html! { <p>{ words.changed }</p> },
                    false => Html::default(),
                }
            }
            Err(why) => trouble(why),
        });
    }

    async fn join(&self) {
        let Some(entered) = self.complete() else {
            return;
        };
        let joined = self.synchroniser.join(entered).await;
        self.is_busy.set(false);
        self.told.set(match joined {
            Ok(()) => {
                self.close();
                withdraw(&self.app);
                Html::default()
            }
            Err(why) => trouble(why),
        });
    }
}

fn value(field: &NodeRef) -> String {
    let input = field.cast::<HtmlInputElement>();
    input.map(|input| input.value()).unwrap_or_default()
}

/// Removes the notice that something is wrong.
fn withdraw(app: &AppHandle) {
    let session = app.session();
    for alert in session.notices.alerts() {
        if matches!(alert.message, Message::OutOfStep { .. }) {
            let notice = alert.number;
            app.send(Action::Dismiss { notice });
        }
    }
}

/// Says what is wrong, and what to do.
fn trouble(why: Trouble) -> Html {
    let words = strings().synchronise;
    let origin = || window().location().origin().unwrap_or_default();
    html! {
        <>
            <p>{ (words.trouble)(why) }</p>
            if why == Trouble::Closed {
                <p>{ words.lines }</p>
                <pre>{ lines(&origin()) }</pre>
            }
        </>
    }
}

/// The lines of CouchDB's configuration that let pages of an origin read its answers
/// (<https://docs.couchdb.org/en/stable/config/http.html#cross-origin-resource-sharing>).
fn lines(origin: &str) -> String {
    format!(
        "[chttpd]\nenable_cors = true\n\n[cors]\norigins = {origin}\nmethods = GET, PUT, POST\nheaders = accept, authorization, content-type\n"
    )
}

#[component]
pub fn SynchroniseSection(props: &Props) -> Html {
    let synchroniser = begin(&props.app, props.app.backend(), props.among);
    let context = Context {
        app: props.app.clone(),
        status: use_state_eq(|| synchroniser.status()),
        synchroniser,
        told: use_state(Html::default),
        is_busy: use_state_eq(|| false),
        open: use_state_eq(|| Open::Nothing),
        invitation: use_state_eq(|| None),
        seals: use_state_eq(|| true),
        fields: [
            use_node_ref(),
            use_node_ref(),
            use_node_ref(),
            use_node_ref(),
        ],
        maker: use_node_ref(),
    };
    use_effect_with((), {
        let synchroniser = context.synchroniser.clone();
        let shown = context.status.setter();
        let app = props.app.clone();
        move |()| {
            // What is wrong is said here, where no notice need stand before it.
            withdraw(&app);
            let there = synchroniser.clone();
            synchroniser.watch(Some(Rc::new(move || shown.set(there.status()))));
            move || synchroniser.watch(None)
        }
    });
    let content = match context.status.state {
        State::None => joining(&context),
        _ => standing(&context),
    };
    let label = match props.among {
        Among::Devices => say!(synchronise.label),
        Among::Readers => say!(together.label),
    };
    section(
        label,
        html! {
            <>
                { content }
                <div role="status">{ (*context.told).clone() }</div>
            </>
        },
    )
}

/// Draws how it stands.
fn standing(context: &Context) -> Html {
    let words = strings().synchronise;
    let status = &*context.status;
    let is_together = context.synchroniser.among() == Among::Readers;
    let said = match status.state {
        State::None => String::new(),
        State::Paused => words.paused.to_owned(),
        State::Elsewhere => words.elsewhere.to_owned(),
        State::Working => (words.working)(status.waiting),
        State::InStep(InStep {
            refused,
            unreadable,
            ..
        }) => (words.in_step)(refused, unreadable),
        State::Stopped(Stopped::Device(_)) => words.not_kept.to_owned(),
        State::Stopped(Stopped::Server(Trouble::Unreachable)) => (words.offline)(status.waiting),
        State::Stopped(Stopped::Server(why)) => {
            (words.stopped)((words.trouble)(why), status.waiting)
        }
    };
    let at = status
        .at
        .as_ref()
        .map(|at| (words.last)(&dates::said(&at.0)));
    let pausing = match status.state {
        State::Paused => context.button(words.resume, Step::Resume),
        _ => context.button(words.pause, Step::Pause),
    };
    html! {
        <>
            if let Some((address, name)) = &status.place {
                <p dir="auto">{ (words.place)(address, name) }{ " " }{ if status.is_sealed { words.sealed } else { words.open } }</p>
            }
            <p role="status">{ said }{ " " }{ at.unwrap_or_default() }</p>
            if is_together {
                <together::Shared app={context.app.clone()} status={status.clone()} />
            }
            if !matches!(status.state, State::Paused | State::Elsewhere) {
                { context.button(words.now, Step::Now) }
            }
            { pausing }
            { context.button(if is_together { say!(together.invite) } else { words.invite }, Step::Invite) }
            if status.is_sealed && !is_together {
                { context.button(words.change, Step::AskToChange) }
            }
            if *context.open != Open::Leaving {
                { context.button(words.leave, Step::AskToLeave) }
            }
            if status.state == State::Stopped(Stopped::Server(Trouble::WrongPassphrase)) {
                { passphrase(context, false) }
            } else if *context.open == Open::Changing {
                { passphrase(context, true) }
            }
            if *context.open == Open::Leaving {
                <p role="alert">{ if is_together { say!(together.leave_why) } else { words.leave_why } }</p>
                { context.button(if is_together { words.leave } else { words.leave_only }, Step::Leave(false)) }
                if !is_together {
                    { context.button(words.leave_and_delete, Step::Leave(true)) }
                }
                { context.button(say!(buttons.cancel), Step::Back) }
            }
            if let Some(invitation) = &*context.invitation {
                { invitation::shown(&context.app, invitation) }
                { context.button(words.hide, Step::Back) }
            }
        </>
    }
}

/// Draws a form for a passphrase: one that the database gets, or that it has by now.
fn passphrase(context: &Context, is_new: bool) -> Html {
    let words = strings().synchronise;
    let there = context.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let context = there.clone();
        if !*context.is_busy {
            spawn_local(async move { context.take_passphrase(is_new).await });
        }
    });
    let (label, submit) = match is_new {
        true => (words.new_passphrase, words.change_now),
        false => (words.passphrase, words.join),
    };
    html! {
        <form class="server" {onsubmit}>
            <label>{ label }
                <input ref={context.fields[3].clone()} type="password" autocomplete="off" />
            </label>
            if is_new {
                <p>{ words.change_why }</p>
            }
            <div class="buttons">
                <button type="submit" class="primary" disabled={*context.is_busy}>{ submit }</button>
                if is_new {
                    { context.button(say!(buttons.cancel), Step::Back) }
                }
            </div>
        </form>
    }
}

/// Draws the form.
fn joining(context: &Context) -> Html {
    let words = strings().synchronise;
    let is_together = context.synchroniser.among() == Among::Readers;
    let (why, set_up) = match is_together {
        true => (say!(together.why), say!(together.set_up)),
        false => (words.why, words.set_up),
    };
    if *context.open != Open::Form {
        return html! {
            <>
                <p>{ why }</p>
                { context.button(set_up, Step::Open) }
            </>
        };
    }
    let (passphrase_why, open_why, join) = match is_together {
        true => (
            say!(together.passphrase_why),
            say!(together.open_why),
            say!(together.join),
        ),
        false => (words.passphrase_why, words.open_why, words.join),
    };
    let [address, name, password, passphrase] = &context.fields;
    let there = context.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let context = there.clone();
        if !*context.is_busy {
            spawn_local(async move { context.join().await });
        }
    });
    let seals = context.seals.clone();
    let turn = Callback::from(move |_: Event| seals.set(!*seals));
    html! {
        <form class="server" {onsubmit}>
            <p>{ why }</p>
            if is_together {
                { together::maker_box(&context.maker) }
            }
            <label>{ words.address }
                <input ref={address} type="text" inputmode="url" autocomplete="url" autocapitalize="none" spellcheck="false" required=true placeholder={words.address_hint} />
            </label>
            <label>{ words.name }
                <input ref={name} type="text" autocomplete="username" autocapitalize="none" spellcheck="false" />
            </label>
            <label>{ words.password }
                <input ref={password} type="password" autocomplete="current-password" />
            </label>
            <label class="switch"><input type="checkbox" checked={*context.seals} onchange={turn} />{ words.seal }</label>
            if *context.seals {
                <label>{ words.passphrase }
                    <input ref={passphrase} type="password" autocomplete="off" />
                </label>
                <p>{ passphrase_why }</p>
            } else {
                <p>{ open_why }</p>
            }
            <div class="buttons">
                <button type="submit" class="primary" disabled={*context.is_busy}>{ join }</button>
                { context.button(words.look, Step::Look) }
            </div>
        </form>
    }
}
