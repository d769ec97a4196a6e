//! "Folder" in "Your notes": a folder of the reader's in which each article's notes are kept.

use std::cell::OnceCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::platform::platform;
use super::your_notes::section;
use crate::app::App;
use crate::app::folder::{Keeper, Kept};
use crate::app::ports::FolderState;
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::ui::hooks::{AppHandle, Backend};
use crate::ui::say;

thread_local! {
    static KEEPER: OnceCell<Rc<Keeper>> = const { OnceCell::new() };
}

/// Returns what keeps this tab's folder up to date.
pub fn begin(app: &App, backend: &Backend) -> Rc<Keeper> {
    KEEPER.with(|keeper| {
        let new = || Keeper::new(app, platform(backend));
        keeper.get_or_init(new).clone()
    })
}

/// Asks for permission again, from the notice that says that it is missing.
pub fn allow_again(app: &AppHandle) {
    let app = app.clone();
    spawn_local(async move {
        let keeper = begin(&app, app.backend());
        if keeper.allow(&|_, _| ()).await.is_some() {
            withdraw(&app);
        }
    });
}

/// Removes the notice that notes could not be written, since they are by now.
fn withdraw(app: &AppHandle) {
    let session = app.session();
    let mut alerts = session.notices.alerts().iter();
    if let Some(alert) = alerts.find(|alert| alert.message == Message::FolderFailed) {
        let notice = alert.number;
        app.send(Action::Dismiss { notice });
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
}

/// What a button does.
#[derive(Clone, Copy)]
enum Step {
    Choose,
    Allow,
    Stop,
}

#[derive(Clone)]
struct Context {
    app: AppHandle,
    /// `None` until it is known.
    state: UseStateHandle<Option<FolderState>>,
    /// What is done, or was done, for the status.
    told: UseStateHandle<String>,
}

impl Context {
    async fn look(&self) {
        let state = platform(self.app.backend()).folder().await;
        self.state.set(Some(state));
    }

    fn button(&self, label: &'static str, step: Step) -> Html {
        let context = self.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let context = context.clone();
            spawn_local(async move { context.perform(step).await });
        });
        html! { <button type="button" {onclick}>{ label }</button> }
    }

    async fn perform(&self, step: Step) {
        let keeper = begin(&self.app, self.app.backend());
        let told = self.told.setter();
        let watch = |done, all| told.set(say!(folder.writing)(done, all));
        let kept = match step {
            Step::Choose => keeper.choose(&watch).await,
            Step::Allow => keeper.allow(&watch).await,
            Step::Stop => {
                keeper.leave().await;
                withdraw(&self.app);
                self.told.set(say!(folder.stopped).to_owned());
                return self.look().await;
            }
        };
        self.told.set(match kept {
            Some(Kept { articles, left_out }) => {
                withdraw(&self.app);
                say!(folder.written)(articles, left_out)
            }
            None => say!(folder.not_written).to_owned(),
        });
        self.look().await;
    }
}

#[component]
pub fn FolderSection(props: &Props) -> Html {
    let context = Context {
        app: props.app.clone(),
        state: use_state_eq(|| None),
        told: use_state_eq(String::new),
    };
    use_effect_with((), {
        let context = context.clone();
        move |()| spawn_local(async move { context.look().await })
    });
    let (said, buttons) = match &*context.state {
        None | Some(FolderState::Unknown) => return Html::default(),
        Some(FolderState::None) => (
            say!(folder.why).to_owned(),
            vec![(say!(folder.choose), Step::Choose)],
        ),
        Some(FolderState::Waiting(name)) => (
            say!(folder.waits)(name),
            vec![
                (say!(folder.allow), Step::Allow),
                (say!(folder.stop), Step::Stop),
            ],
        ),
        Some(FolderState::Kept(name)) => (
            say!(folder.kept)(name),
            vec![(say!(folder.stop), Step::Stop)],
        ),
    };
    let buttons = buttons.into_iter();
    section(
        say!(folder.label),
        html! {
            <>
                <p>{ said }</p>
                { for buttons.map(|(label, step)| context.button(label, step)) }
                <p role="status">{ &*context.told }</p>
            </>
        },
    )
}
