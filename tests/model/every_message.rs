//! A message of every kind, with the same values in each; a kind that is left out does not compile, or
//! fails a test.

use postil::model::annotation::Colour;
use postil::model::article::ArticleId;
use postil::model::exchange::markdown::{Problem, TemplateError};
use postil::model::exchange::{EntryFault, NotUnderstood, Report};
use postil::model::failure::Failure;
use postil::model::notebook::Intent;
use postil::model::notice::{Fewer, Message};
use postil::model::placements::PlacementCounts;
use postil::model::sync::store::Refusal;
use postil::model::sync::trouble::Trouble;

/// Names every kind of an enum: `kind` names that of a value, and does not compile while one is
/// missing; `all` lists them.
macro_rules! kinds {
    ($module:ident, $of:ident: $($kind:ident)*) => {
        mod $module {
            use super::$of;

            pub fn kind(value: &$of) -> &'static str {
                match value {
                    $($of::$kind { .. } => stringify!($kind),)*
                }
            }

            pub fn all() -> Vec<&'static str> {
                vec![$(stringify!($kind),)*]
            }
        }
    };
}

kinds!(of_message, Message:
    Highlighted Recoloured NoteSaved DraftKept OnScreenOnly Removed Changed Copied NotCopied LinkCopied NoAddress Kept
    Detached Attached PassageAdded PassageRemoved NothingSelected Looking Placed Undone Redone
    NothingToUndo NothingToRedo UndoConflict RedoConflict KeptBoth Imported Exported Restored
    BackupDue NothingToExport Opened OpenedCut Fewer ReadingNotes Changing Finding Reading Loading Stopped
    ArticleRemoved UpdateReady Storage ReadOnly KeptBothHeard SetAside NotPlaced ImportFailed
    OpenFailed TextMissing ExportFailed FileRefused BackupFailed FolderFailed OutOfStep NotYours
    TextNotKept
    PartMissing NotSpoken
);
kinds!(of_fewer, Fewer:
    InArticle InAll
);
kinds!(of_intent, Intent:
    Highlight AddNote Edit Recolour Remove Import Keep Detach Attach Move AddPassage RemovePassage
    Join Restore RemoveArticle AddTag RemoveTag RenameTag
);
kinds!(of_failure, Failure:
    NotLoaded TooSlow Stopped NotAnAddress SiteRefused SiteSilent SiteStatus PageTooLarge
    FileTooLarge FileUnreadable Empty Binary Locked Damaged Malformed OtherVersion Archive
    NotesTooLarge NotJson NoAnnotations TooManyNotes Template
);
kinds!(of_refusal, Refusal:
    Forbidden Full Newer Cleared Failed
);
kinds!(of_trouble, Trouble:
    Unreachable SignIn Forbidden Missing Full Busy TooLong Unknown NoAddress Closed Unsafe
    WrongPassphrase Sealed NotSealed Newer
);
kinds!(of_fault, EntryFault:
    NotAnObject NoTarget UnknownTarget NoteTooLong NoWords Garbled
);

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

const FAULTS: [EntryFault; 6] = [
    EntryFault::NotAnObject,
    EntryFault::NoTarget,
    EntryFault::UnknownTarget,
    EntryFault::NoteTooLong,
    EntryFault::NoWords,
    EntryFault::Garbled,
];

/// Everything that can be wrong with a server.
pub const TROUBLES: [Trouble; 15] = [
    Trouble::Unreachable,
    Trouble::SignIn,
    Trouble::Forbidden,
    Trouble::Missing,
    Trouble::Full,
    Trouble::Busy,
    Trouble::TooLong,
    Trouble::Unknown,
    Trouble::NoAddress,
    Trouble::Closed,
    Trouble::Unsafe,
    Trouble::WrongPassphrase,
    Trouble::Sealed,
    Trouble::NotSealed,
    Trouble::Newer,
];

const REFUSALS: [Refusal; 5] = [
    Refusal::Full,
    Refusal::Newer,
    Refusal::Cleared,
    Refusal::Forbidden,
    Refusal::Failed,
];

fn failures() -> Vec<Failure> {
    let templates = [
        Problem::Syntax,
        Problem::UnknownVariable,
        Problem::UnknownName,
        Problem::Endless,
        Problem::Unusable,
    ];
    let templates =
        templates.map(|problem| Failure::Template(TemplateError::new(7, problem, NAME)));
    [
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
    .into_iter()
    .chain(templates)
    .collect()
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
    FAULTS
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
        Message::LinkCopied,
        Message::NoAddress,
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
        Message::Changing { percent: 40 },
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
        Message::FolderFailed,
        Message::NotYours,
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
    all.extend(TROUBLES.map(|why| Message::OutOfStep { why }));
    let refusals = [None].into_iter().chain(REFUSALS.map(Some));
    let refusals: Vec<Option<Refusal>> = refusals.collect();
    let pairs = refusals
        .iter()
        .flat_map(|local| refusals.iter().map(move |journal| (*local, *journal)));
    all.extend(pairs.map(|(local, journal)| Message::Storage { local, journal }));
    all
}

fn is_complete<T>(listed: &[T], kind: fn(&T) -> &'static str, all: Vec<&'static str>) {
    let listed: Vec<&str> = listed.iter().map(kind).collect();
    for kind in all {
        assert!(listed.contains(&kind), "{kind} is not listed");
    }
}

#[test]
fn no_kind_of_message_is_left_out() {
    let messages = messages();
    is_complete(&messages, of_message::kind, of_message::all());
    let fewer = messages.iter().filter_map(|message| match message {
        Message::Fewer(fewer) => Some(*fewer),
        _ => None,
    });
    let fewer: Vec<Fewer> = fewer.collect();
    is_complete(&fewer, of_fewer::kind, of_fewer::all());
    is_complete(&INTENTS, of_intent::kind, of_intent::all());
    is_complete(&failures(), of_failure::kind, of_failure::all());
    is_complete(&TROUBLES, of_trouble::kind, of_trouble::all());
    is_complete(&REFUSALS, of_refusal::kind, of_refusal::all());
    is_complete(&FAULTS, of_fault::kind, of_fault::all());
}

#[test]
fn every_intent_has_a_name_of_its_own_in_a_stored_history() {
    for intent in INTENTS {
        assert_eq!(Intent::from_name(intent.name()), Some(intent));
    }
}
