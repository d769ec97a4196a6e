//! Drafts: what is being written on a note, kept in the tab that writes it.

use std::rc::Rc;

use super::records::Records;
use crate::model::annotation::AnnotationId;
use crate::model::session::Draft;
use crate::model::sync::record::{Kind, Path, Record, State};
use crate::model::sync::replica::Edit;
use crate::model::sync::version::ReplicaId;

/// Drafts that were found, and the tabs that had written them.
#[derive(Debug, Default)]
pub struct FoundDrafts {
    /// Of each note the draft that was written last.
    pub drafts: Vec<(AnnotationId, Draft)>,
    /// The replicas that wrote them.
    pub writers: Vec<ReplicaId>,
}

impl Records {
    /// Keeps what is being written on a note, in this tab. Drafts of it that this tab has adopted
    /// from others end.
    pub fn write_draft(&self, id: &AnnotationId, draft: &Draft, adopted: &[ReplicaId]) {
        let replica = self.replica();
        replica.write(vec![Edit {
            path: Path::of_draft(replica.id(), id),
            state: State::Live,
            body: serde_json::to_string(draft).unwrap_or_default(),
        }]);
        self.end_drafts(id, adopted);
    }

    /// Forgets what was being written on a note: it is saved or thrown away. What another tab writes
    /// on it stays.
    pub fn remove_draft(&self, id: &AnnotationId, adopted: &[ReplicaId]) {
        let own = [self.replica().id().clone()];
        self.end_drafts(id, &[adopted, &own].concat());
    }

    /// Leaves tombstones for drafts: otherwise the journal would bring them back if the page were
    /// left now.
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

    /// What was being written, when their pages were left, by tabs that are no more. `present` are
    /// the other tabs that are there; their drafts are their own.
    pub fn drafts(&self, present: &[ReplicaId]) -> FoundDrafts {
        let replica = self.replica();
        let mut found: Vec<(Rc<Record>, AnnotationId, Draft)> = Vec::new();
        for record in replica.folder(Kind::Draft.folder()) {
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
