//! "Your notes": where they are, how safe they are, what was removed, and the way back.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::storage::{self, Deed, Overview, Removed};
use crate::browser::backup::{Backup, Snapshot};
use crate::browser::local::QUOTA;
use crate::model::sync::replica::Safety;
use crate::ui::hooks::Desk;
use crate::ui::shell::DialogFrame;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub on_close: Callback<()>,
    /// The messages.
    pub children: Html,
}

/// What the parts of the page share: something to do, after which everything is looked at again.
#[derive(Clone)]
struct Hand {
    desk: Desk,
    on_close: Callback<()>,
    overview: UseStateHandle<Option<Overview>>,
}

impl Hand {
    fn look(&self) {
        let hand = self.clone();
        spawn_local(async move {
            let overview = storage::survey(&hand.desk).await;
            hand.overview.set(Some(overview));
        });
    }

    fn button(&self, label: &'static str, deed: Deed) -> Html {
        let hand = self.clone();
        let onclick = Callback::from(move |_: MouseEvent| hand.perform(deed.clone()));
        html! { <button type="button" {onclick}>{ label }</button> }
    }

    fn perform(&self, deed: Deed) {
        let hand = self.clone();
        spawn_local(async move {
            let leaves = matches!(deed, Deed::RestoreSnapshot(_));
            storage::perform(&hand.desk, deed).await;
            match leaves {
                // What came of it is said on the page.
                true => hand.on_close.emit(()),
                false => hand.look(),
            }
        });
    }
}

/// Most notes of the trash that are listed.
const LISTED: usize = 100;
/// Most characters of a note or its passage in a list.
const SHORT: usize = 80;

#[component]
pub fn YourNotes(props: &Props) -> Html {
    let hand = Hand {
        desk: props.desk.clone(),
        on_close: props.on_close.clone(),
        overview: use_state(|| None),
    };
    let deleting = use_state_eq(|| false);
    use_effect_with((), {
        let hand = hand.clone();
        move |()| hand.look()
    });
    let content = match &*hand.overview {
        None => html! { <p role="status">{ words::LOOKING }</p> },
        Some(overview) => html! {
            <>
                { section(words::WHERE, place(&hand, overview)) }
                { section(words::BACKUP, backup(&hand, overview)) }
                { section(words::TRASH, trash(&hand, &overview.trash)) }
                { section(words::SNAPSHOTS, snapshots(&hand, &overview.snapshots)) }
                if overview.aside > 0 {
                    { section(words::SET_ASIDE, html! {
                        <>
                            <p>{ words::set_aside(overview.aside) }</p>
                            { hand.button(words::DOWNLOAD, Deed::DownloadAside) }
                        </>
                    }) }
                }
                { section(words::DELETE_EVERYTHING, deletion(&hand, &deleting)) }
            </>
        },
    };
    html! {
        <DialogFrame label={words::YOUR_NOTES} on_close={props.on_close.clone()}>
            <div class="your-notes">{ content }</div>
            { props.children.clone() }
        </DialogFrame>
    }
}

fn section(label: &'static str, content: Html) -> Html {
    html! {
        <section aria-label={label}>
            <h3>{ label }</h3>
            { content }
        </section>
    }
}

fn place(hand: &Hand, overview: &Overview) -> Html {
    let safety = match overview.safety {
        Safety::Saved { .. } => words::ALL_SAVED,
        Safety::Saving => words::BEING_SAVED,
        Safety::Failed { .. } => words::NOT_SAVED,
    };
    let usage = overview.usage;
    // A unit of UTF-16 is two bytes.
    let (small, quota) = (overview.small as f64 * 2.0, QUOTA as f64 * 2.0);
    html! {
        <>
            <p>{ words::where_they_are(overview.notes, overview.articles) }</p>
            <p>{ safety }</p>
            { meter(words::SMALL_STORAGE, small, quota) }
            if usage.quota > 0.0 {
                { meter(words::DATABASE, usage.used, usage.quota) }
            }
            if usage.promised == Some(true) {
                <p>{ words::PROMISED }</p>
            } else {
                <p>{ words::NOT_PROMISED }</p>
                { hand.button(words::ASK_TO_KEEP, Deed::AskToKeep) }
            }
        </>
    }
}

fn meter(label: &'static str, used: f64, all: f64) -> Html {
    // Whole thousandths: no fraction has to be written.
    let share = (used / all * 1000.0) as u32;
    html! {
        <p class="meter">
            <span>{ label }{ ": " }{ words::room(used, all) }</span>
            <meter aria-label={label} max="1000" high="850" value={share.to_string()}></meter>
        </p>
    }
}

fn backup(hand: &Hand, overview: &Overview) -> Html {
    let (said, deed) = match &overview.backup {
        Backup::Unknown => (words::NO_BACKUP_FILE.to_owned(), None),
        Backup::None => (
            String::new(),
            Some((words::CHOOSE_BACKUP, Deed::ChooseBackup)),
        ),
        Backup::Waiting(name) => (
            words::backup_waits(name),
            Some((words::RESUME_BACKUP, Deed::ResumeBackup)),
        ),
        Backup::Kept(name) => (
            words::backup_kept(name),
            Some((words::STOP_BACKUP, Deed::StopBackup)),
        ),
    };
    html! {
        <>
            <p>{ words::since_backup(overview.edits) }</p>
            { hand.button(words::DOWNLOAD_ALL, Deed::DownloadAll) }
            <p>{ said }</p>
            { for deed.map(|(label, deed)| hand.button(label, deed)) }
        </>
    }
}

fn trash(hand: &Hand, removed: &[Removed]) -> Html {
    if removed.is_empty() {
        return html! { <p>{ words::TRASH_EMPTY }</p> };
    }
    let line = |removed: &Removed| {
        let note = &removed.note;
        html! {
            <li>
                <span>
                    <q dir="auto">{ shortened(note.quoted().unwrap_or(words::WHOLE_ARTICLE)) }</q>
                    <span dir="auto">{ " " }{ shortened(&note.note) }</span>
                    <span class="count">{ " " }{ words::days_left(removed.days) }</span>
                </span>
                { hand.button(words::RESTORE, Deed::Restore(note.clone().into())) }
            </li>
        }
    };
    html! {
        <ul role="list">{ for removed.iter().take(LISTED).map(line) }</ul>
    }
}

fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(SHORT).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}

fn snapshots(hand: &Hand, snapshots: &[Snapshot]) -> Html {
    if snapshots.is_empty() {
        return html! { <p>{ words::NO_SNAPSHOTS }</p> };
    }
    let line = |snapshot: &Snapshot| {
        html! {
            <li>
                <span>{ words::snapshot(&snapshot.date, snapshot.notes) }</span>
                { hand.button(words::DOWNLOAD, Deed::DownloadSnapshot(snapshot.clone())) }
                { hand.button(words::RESTORE, Deed::RestoreSnapshot(snapshot.day)) }
            </li>
        }
    };
    html! {
        <ul role="list">{ for snapshots.iter().map(line) }</ul>
    }
}

/// Nothing can be taken back here, so the notes are offered first.
fn deletion(hand: &Hand, deleting: &UseStateHandle<bool>) -> Html {
    if !**deleting {
        let deleting = deleting.clone();
        let ask = Callback::from(move |_: MouseEvent| deleting.set(true));
        return html! {
            <>
                <p>{ words::DELETE_WHY }</p>
                <button type="button" onclick={ask}>{ words::DELETE_EVERYTHING }</button>
            </>
        };
    }
    let keep = {
        let deleting = deleting.clone();
        Callback::from(move |_: MouseEvent| deleting.set(false))
    };
    html! {
        <>
            <p role="alert">{ words::DELETE_SURE }</p>
            { hand.button(words::DOWNLOAD_ALL, Deed::DownloadAll) }
            <button type="button" onclick={keep}>{ words::CANCEL }</button>
            { hand.button(words::DELETE_NOW, Deed::Delete) }
        </>
    }
}
