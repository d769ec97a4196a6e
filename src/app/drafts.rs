//! Drafts: unsaved writing on notes, kept by the tab in which it is written.

use std::rc::Rc;

use super::records::Records;
use crate::model::annotation::AnnotationId;
use crate::model::session::Draft;
use crate::model::sync::record::{Path, Record, RecordKind, State};
use crate::model::sync::replica::Edit;
use crate::model::sync::version::ReplicaId;

/// Drafts that were found, and the replicas that wrote them.
#[derive(Debug, Default)]
pub struct FoundDrafts {
    /// The latest draft of each note.
    pub drafts: Vec<(AnnotationId, Draft)>,
    /// The replicas that wrote these drafts.
    pub writers: Vec<ReplicaId>,
}

impl Records {
    /// Stores the draft of a note for this tab, and ends the drafts of it that this tab has adopted
    /// from other tabs.
    pub fn write_draft(&self, id: &AnnotationId, draft: &Draft, adopted: &[ReplicaId]) {
        let replica = self.replica();
        replica.write(vec![Edit {
            path: Path::of_draft(replica.id(), id),
            state: State::Live,
            body: serde_json::to_string(draft).unwrap_or_default(),
        }]);
        self.end_drafts(id, adopted);
    }

    /// Ends the draft of a note once it is saved or discarded. Another tab's draft of the note
    /// stays.
    pub fn remove_draft(&self, id: &AnnotationId, adopted: &[ReplicaId]) {
        let own = [self.replica().id().clone()];
        self.end_drafts(id, &[adopted, &own].concat());
    }

    /// Writes tombstones for drafts. Without them the journal would bring the drafts back if the
    /// page were left now.
    fn end_drafts(&self, id: &AnnotationId, writers: &[ReplicaId]) {
        let replica = self.replica();
        for writer in writers {
            let path = Path::of_draft(writer, id);
            if replica.get(&path).is_some_and(|record| record.is_live()) {
                replica.write(vec![Edit {
                    path,
                    state: State::Removed { day: 0 },
                    body: String::new(),
                }]);
            }
        }
    }

    /// Returns the latest draft of each note that tabs now closed left behind. `present` lists the
    /// other open tabs, whose drafts stay theirs.
    pub fn drafts(&self, present: &[ReplicaId]) -> FoundDrafts {
        let replica = self.replica();
        let mut found: Vec<(Rc<Record>, AnnotationId, Draft)> = Vec::new();
        for record in replica.folder(RecordKind::Draft.folder()) {
            let Some((writer, note)) = record.path().draft() else {
                continue;
            };
            if present.contains(&writer) || writer == *replica.id() {
                continue;
            }
            if !record.is_live() {
                replica.forget(record.path());
            }
            let Ok(draft) = serde_json::from_str(&record.body()) else {
                continue;
            };
            match found.iter_mut().find(|(_, other, _)| *other == note) {
                Some(known) if known.0.version().dot() > record.version().dot() => {}
                Some(known) => *known = (record, note, draft),
                None => found.push((record, note, draft)),
            }
        }
        let writers = found
            .iter()
            .filter_map(|(record, ..)| Some(record.path().draft()?.0));
        FoundDrafts {
            writers: writers.collect(),
            drafts: found
                .into_iter()
                .map(|(_, id, draft)| (id, draft))
                .collect(),
        }
    }
}
