//! "Your notes": where they are, how safe they are, what was removed, and how to get it back.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::folder::FolderSection;
use super::platform::platform;
use super::synchronise::SynchroniseSection;
use crate::app::backup::{self, Operation, Overview};
use crate::app::ports::{BackupFile, Snapshot};
use crate::app::sync::circle::Among;
use crate::app::trash::Removed;
use crate::browser::local::QUOTA;
use crate::model::sync::replica::Safety;
use crate::model::text::shortened;
use crate::ui::hooks::AppHandle;
use crate::ui::say;
use crate::ui::shell::DialogFrame;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
    /// The notices.
    pub children: Html,
}

/// What the parts of the dialog share; after each operation everything is surveyed again.
#[derive(Clone)]
struct Context {
    app: AppHandle,
    on_close: Callback<()>,
    overview: UseStateHandle<Option<Overview>>,
}

impl Context {
    fn look(&self) {
        let context = self.clone();
        spawn_local(async move {
            let overview = backup::survey(&context.app, &platform(context.app.backend())).await;
            context.overview.set(Some(overview));
        });
    }

    fn button(&self, label: &'static str, operation: Operation) -> Html {
        let context = self.clone();
        let onclick = Callback::from(move |_: MouseEvent| context.perform(operation.clone()));
        html! { <button type="button" {onclick}>{ label }</button> }
    }

    fn perform(&self, operation: Operation) {
        let context = self.clone();
        spawn_local(async move {
            let leaves = matches!(operation, Operation::RestoreSnapshot(_));
            backup::perform(&context.app, &platform(context.app.backend()), operation).await;
            match leaves {
                // The page shows the result.
                true => context.on_close.emit(()),
                false => context.look(),
            }
        });
    }
}

/// Maximum number of notes listed from the trash.
const LISTED: usize = 100;
/// Maximum number of characters of a note or its passage in a list.
const SHORT: usize = 80;

#[component]
pub fn YourNotes(props: &Props) -> Html {
    let context = Context {
        app: props.app.clone(),
        on_close: props.on_close.clone(),
        overview: use_state(|| None),
    };
    let deleting = use_state_eq(|| false);
    use_effect_with((), {
        let context = context.clone();
        move |()| context.look()
    });
    let content = match &*context.overview {
        None => html! { <p role="status">{ say!(your_notes.looking) }</p> },
        Some(overview) => html! {
            <>
                { section(say!(your_notes.place), place(&context, overview)) }
                { section(say!(your_notes.backup), backup(&context, overview)) }
                <SynchroniseSection app={context.app.clone()} among={Among::Devices} />
                <SynchroniseSection app={context.app.clone()} among={Among::Readers} />
                <FolderSection app={context.app.clone()} />
                { section(say!(your_notes.trash), trash(&context, &overview.trash)) }
                { section(say!(your_notes.snapshots), snapshots(&context, &overview.snapshots)) }
                if overview.set_aside > 0 {
                    { section(say!(your_notes.set_aside), html! {
                        <>
                            <p>{ say!(your_notes.records_set_aside)(overview.set_aside) }</p>
                            { context.button(say!(buttons.download), Operation::DownloadAside) }
                        </>
                    }) }
                }
                { section(say!(your_notes.delete_everything), deletion(&context, &deleting)) }
            </>
        },
    };
    html! {
        <DialogFrame label={say!(bar.your_notes)} on_close={props.on_close.clone()}>
            <div class="your-notes">{ content }</div>
            { props.children.clone() }
        </DialogFrame>
    }
}

pub(super) fn section(label: &'static str, content: Html) -> Html {
    html! {
        <section aria-label={label}>
            <h3>{ label }</h3>
            { content }
        </section>
    }
}

fn place(context: &Context, overview: &Overview) -> Html {
    let safety = match overview.safety {
        Safety::Saved { .. } => say!(your_notes.saved),
        Safety::Saving => say!(your_notes.saving),
        Safety::Failed { .. } => say!(your_notes.not_saved),
    };
    let usage = overview.usage;
    // A UTF-16 unit takes two bytes.
    let (small, quota) = (overview.local_usage as f64 * 2.0, QUOTA as f64 * 2.0);
    html! {
        <>
            <p>{ say!(your_notes.where_they_are)(overview.notes, overview.articles) }</p>
            <p>{ safety }</p>
            { meter(say!(your_notes.small_storage), small, quota) }
            if usage.quota > 0.0 {
                { meter(say!(your_notes.database), usage.used, usage.quota) }
            }
            if usage.promised == Some(true) {
                <p>{ say!(your_notes.promised) }</p>
            } else {
                <p>{ say!(your_notes.not_promised) }</p>
                { context.button(say!(your_notes.ask_to_keep), Operation::AskToKeep) }
            }
        </>
    }
}

fn meter(label: &'static str, used: f64, all: f64) -> Html {
    // Whole thousandths, so that no fraction has to be formatted.
    let share = (used / all * 1000.0) as u32;
    html! {
        <p class="meter">
            <span>{ label }{ ": " }{ say!(your_notes.room)(used, all) }</span>
            <meter aria-label={label} max="1000" high="850" value={share.to_string()}></meter>
        </p>
    }
}

fn backup(context: &Context, overview: &Overview) -> Html {
    let (said, operation) = match &overview.backup_file {
        BackupFile::Unknown => (say!(your_notes.no_backup_file).to_owned(), None),
        BackupFile::None => (
            String::new(),
            Some((say!(your_notes.choose_backup), Operation::ChooseBackup)),
        ),
        BackupFile::Waiting(name) => (
            say!(your_notes.backup_waits)(name),
            Some((say!(your_notes.resume_backup), Operation::ResumeBackup)),
        ),
        BackupFile::Kept(name) => (
            say!(your_notes.backup_kept)(name),
            Some((say!(your_notes.stop_backup), Operation::StopBackup)),
        ),
    };
    html! {
        <>
            <p>{ say!(your_notes.edits_since_backup)(overview.edits) }</p>
            { context.button(say!(buttons.download_all), Operation::DownloadAll) }
            <p>{ said }</p>
            { for operation.map(|(label, operation)| context.button(label, operation)) }
        </>
    }
}

fn trash(context: &Context, removed: &[Removed]) -> Html {
    if removed.is_empty() {
        return html! { <p>{ say!(your_notes.trash_empty) }</p> };
    }
    let line = |removed: &Removed| {
        let note = &removed.note;
        html! {
            <li>
                <span>
                    <q dir="auto">{ shortened(note.quoted().unwrap_or(say!(notes.whole_article)), SHORT) }</q>
                    <span dir="auto">{ " " }{ shortened(&note.note, SHORT) }</span>
                    <span class="count">{ " " }{ say!(your_notes.days_left)(removed.days) }</span>
                </span>
                { context.button(say!(buttons.restore), Operation::Restore(note.clone().into())) }
            </li>
        }
    };
    html! {
        <ul role="list">{ for removed.iter().take(LISTED).map(line) }</ul>
    }
}

fn snapshots(context: &Context, snapshots: &[Snapshot]) -> Html {
    if snapshots.is_empty() {
        return html! { <p>{ say!(your_notes.no_snapshots) }</p> };
    }
    let line = |snapshot: &Snapshot| {
        html! {
            <li>
                <span>{ say!(your_notes.snapshot)(&snapshot.date, snapshot.notes) }</span>
                { context.button(say!(buttons.download), Operation::DownloadSnapshot(snapshot.clone())) }
                { context.button(say!(buttons.restore), Operation::RestoreSnapshot(snapshot.day)) }
            </li>
        }
    };
    html! {
        <ul role="list">{ for snapshots.iter().map(line) }</ul>
    }
}

/// Draws the deletion of everything, which cannot be undone, so the notes are offered first.
fn deletion(context: &Context, deleting: &UseStateHandle<bool>) -> Html {
    if !**deleting {
        let deleting = deleting.clone();
        let ask = Callback::from(move |_: MouseEvent| deleting.set(true));
        return html! {
            <>
                <p>{ say!(your_notes.delete_why) }</p>
                <button type="button" onclick={ask}>{ say!(your_notes.delete_everything) }</button>
            </>
        };
    }
    let keep = {
        let deleting = deleting.clone();
        Callback::from(move |_: MouseEvent| deleting.set(false))
    };
    html! {
        <>
            <p role="alert">{ say!(your_notes.delete_sure) }</p>
            { context.button(say!(buttons.download_all), Operation::DownloadAll) }
            <button type="button" onclick={keep}>{ say!(buttons.cancel) }</button>
            { context.button(say!(your_notes.delete_now), Operation::Delete) }
        </>
    }
}
