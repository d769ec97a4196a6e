//! A message of every kind, with the same values in each.

use postil::model::annotation::Colour;
use postil::model::article::ArticleId;
use postil::model::exchange::{EntryFault, NotUnderstood, Report};
use postil::model::failure::Failure;
use postil::model::notebook::Intent;
use postil::model::notice::{Fewer, Message};
use postil::model::placements::PlacementCounts;
use postil::model::sync::store::Refusal;

/// A title, a name or a word that is passed on.
pub const NAME: &str = "Qx";

/// An article that no test opens.
pub fn article() -> ArticleId {
    ArticleId::of_iri(NAME)
}

const INTENTS: [Intent; 18] = [
    Intent::Highlight,
    Intent::AddNote,
    Intent::Edit,
    Intent::Recolour,
    Intent::Remove,
    Intent::Import,
    Intent::Keep,
    Intent::Detach,
    Intent::Attach,
    Intent::Move,
    Intent::AddPassage,
    Intent::RemovePassage,
    Intent::Join,
    Intent::Restore,
    Intent::RemoveArticle,
    Intent::AddTag,
    Intent::RemoveTag,
    Intent::RenameTag,
];

fn failures() -> Vec<Failure> {
    vec![
        Failure::NotLoaded,
        Failure::TooSlow,
        Failure::Stopped,
        Failure::NotAnAddress,
        Failure::SiteRefused,
        Failure::SiteSilent,
        Failure::SiteStatus(404),
        Failure::PageTooLarge,
        Failure::FileTooLarge,
        Failure::FileUnreadable,
        Failure::Empty,
        Failure::Binary(NAME.to_owned()),
        Failure::Locked,
        Failure::Damaged(NAME.to_owned()),
        Failure::Malformed,
        Failure::OtherVersion,
        Failure::Archive,
        Failure::NotesTooLarge,
        Failure::NotJson(NAME.to_owned()),
        Failure::NoAnnotations,
        Failure::TooManyNotes,
    ]
}

fn reports() -> Vec<Report> {
    let placement = PlacementCounts {
        in_place: 2,
        moved: 3,
        changed: 4,
        look: 5,
    };
    let report = |why| Report {
        added: 11,
        updated: 12,
        already: 13,
        elsewhere: 14,
        not_understood: 15,
        first_reason: Some(NotUnderstood { entry: 16, why }),
        placement: Some(placement),
    };
    let faults = [
        EntryFault::NotAnObject,
        EntryFault::NoTarget,
        EntryFault::UnknownTarget,
        EntryFault::NoteTooLong,
    ];
    faults
        .map(report)
        .into_iter()
        .chain([Report::default()])
        .collect()
}

fn simple() -> Vec<Message> {
    let title = NAME.to_owned();
    vec![
        Message::NoteSaved,
        Message::DraftKept,
        Message::OnScreenOnly,
        Message::Removed,
        Message::Copied { notes: 3 },
        Message::NotCopied,
        Message::Kept,
        Message::Detached,
        Message::Attached,
        Message::PassageAdded,
        Message::PassageRemoved,
        Message::NothingSelected,
        Message::Looking { place: 2, of: 4 },
        Message::Placed(PlacementCounts {
            in_place: 2,
            moved: 3,
            changed: 4,
            look: 5,
        }),
        Message::NothingToUndo,
        Message::NothingToRedo,
        Message::UndoConflict,
        Message::RedoConflict,
        Message::KeptBoth,
        Message::Exported { notes: 3 },
        Message::Restored { notes: 0 },
        Message::Restored { notes: 3 },
        Message::BackupDue { edits: 40 },
        Message::NothingToExport,
        Message::Opened {
            title: title.clone(),
        },
        Message::OpenedCut {
            title: title.clone(),
        },
        Message::Fewer(Fewer::InArticle(40)),
        Message::Fewer(Fewer::InAll(40)),
        Message::ReadingNotes { percent: None },
        Message::Finding { notes: 1 },
        Message::Finding { notes: 7 },
        Message::Reading {
            fetched: true,
            percent: None,
        },
        Message::Reading {
            fetched: false,
            percent: None,
        },
        Message::Loading,
        Message::Stopped,
        Message::ArticleRemoved {
            id: article(),
            title: title.clone(),
            notes: Vec::new(),
        },
        Message::UpdateReady,
        Message::ReadOnly,
        Message::KeptBothHeard,
        Message::SetAside { records: 1 },
        Message::SetAside { records: 7 },
        Message::TextMissing { title },
        Message::FileRefused,
        Message::BackupFailed,
        Message::TextNotKept,
        Message::PartMissing,
        Message::NotSpoken { absent: true },
        Message::NotSpoken { absent: false },
    ]
}

/// Returns the messages.
pub fn messages() -> Vec<Message> {
    let mut all = simple();
    all.extend(Colour::ALL.map(|colour| Message::Highlighted { colour }));
    all.extend(Colour::ALL.map(|colour| Message::Recoloured { colour }));
    for intent in INTENTS {
        all.push(Message::Changed { intent, notes: 7 });
        all.push(Message::Undone {
            intent,
            elsewhere: false,
        });
        all.push(Message::Redone {
            intent,
            elsewhere: true,
        });
    }
    all.extend(reports().into_iter().map(Message::Imported));
    for why in failures() {
        all.push(Message::ImportFailed { why: why.clone() });
        all.push(Message::OpenFailed { why: why.clone() });
        all.push(Message::ExportFailed { why: why.clone() });
        all.extend([1, 7].map(|notes| Message::NotPlaced {
            notes,
            why: why.clone(),
        }));
    }
    let refusals = [
        None,
        Some(Refusal::Full),
        Some(Refusal::Newer),
        Some(Refusal::Cleared),
        Some(Refusal::Forbidden),
    ];
    let pairs = refusals
        .iter()
        .flat_map(|local| refusals.iter().map(move |journal| (*local, *journal)));
    all.extend(pairs.map(|(local, journal)| Message::Storage { local, journal }));
    all
}
