//! Laws of findings: they survive packing, later ones win, stored input is not trusted.

use std::rc::Rc;

use postil::model::anchoring::Anchor;
use postil::model::annotation::{Annotation, AnnotationId, Attachment};
use postil::model::article::Article;
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use proptest::collection::vec;
use proptest::prelude::*;

use super::strategies::{Search, annotated, findings_of, laws, notebook_of, search, text};

/// An article and a notebook with findings for its notes.
fn found() -> impl Strategy<Value = (Article, Notebook, Findings)> {
    (annotated(), vec(search(), 0..8)).prop_map(|((article, notebook), searches)| {
        let findings = findings_of(&article, &notebook, &searches);
        (article, notebook, findings)
    })
}

/// Findings as they come back from storage.
fn recalled(article: &Article, ids: &[AnnotationId], numbers: &[u32]) -> Findings {
    Findings::from_numbers(article.digest(), ids, numbers, article.text())
}

/// The anchor that the findings hold for each note.
fn said(notebook: &Notebook, findings: &Findings) -> Vec<(AnnotationId, Anchor)> {
    let said = |note: &Rc<Annotation>| Some((note.id.clone(), findings.get(note)?.clone()));
    notebook.iter().filter_map(said).collect()
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn a_packed_anchor_is_read_back(text in text(), searches in vec(search(), 0..6)) {
        let anchors = searches.iter().map(|search| search.in_text(&text)).chain([Anchor::Whole]);
        let anchors: Vec<Anchor> = anchors.collect();
        let mut numbers = Vec::new();
        anchors.iter().for_each(|anchor| anchor.write_numbers(&mut numbers));
        let mut numbers = numbers.into_iter();
        let read: Vec<Anchor> = std::iter::from_fn(|| Anchor::from_numbers(&mut numbers)).collect();
        prop_assert_eq!(read, anchors);
    }

    #[test]
    fn any_numbers_are_an_anchor_or_not(numbers in vec(prop_oneof![0..9_u32, any::<u32>()], 0..24)) {
        let mut rest = numbers.iter().copied();
        if let Some(anchor) = Anchor::from_numbers(&mut rest) {
            let mut packed = Vec::new();
            anchor.write_numbers(&mut packed);
            prop_assert_eq!(Anchor::from_numbers(&mut packed.into_iter()), Some(anchor));
        }
    }

    #[test]
    fn stored_findings_are_read_back((article, notebook, findings) in found()) {
        let (ids, numbers) = findings.to_numbers(&notebook);
        let read = recalled(&article, &ids, &numbers);
        prop_assert_eq!(said(&notebook, &read), said(&notebook, &findings));
        prop_assert_eq!(read.to_numbers(&notebook), (ids, numbers));
    }

    #[test]
    fn what_was_found_since_stands_beside_what_was_stored(
        (article, notebook) in annotated(),
        stored in vec(search(), 0..8),
        since in vec(search(), 0..8),
    ) {
        let (ids, numbers) = findings_of(&article, &notebook, &stored).to_numbers(&notebook);
        let mut findings = findings_of(&article, &notebook, &since);
        findings.recall(recalled(&article, &ids, &numbers));
        let expected = notebook.iter().enumerate().filter_map(|(index, note)| {
            let search = since.get(index).or_else(|| stored.get(index))?;
            Some((note.id.clone(), search.in_text(article.text())))
        });
        prop_assert_eq!(said(&notebook, &findings), expected.collect::<Vec<_>>());
    }

    #[test]
    fn stored_findings_of_other_passages_are_left_out((article, notebook, findings) in found()) {
        let (ids, numbers) = findings.to_numbers(&notebook);
        let other = notebook.iter().map(|note| {
            let mut note = (**note).clone();
            note.target.quote.get_or_insert_default().exact.push('!');
            note.attached = None;
            note
        });
        let other = notebook_of(other);
        prop_assert_eq!(said(&other, &recalled(&article, &ids, &numbers)), []);
        prop_assert_eq!(said(&other, &findings), []);
        prop_assert_eq!(findings.to_numbers(&Notebook::default()), (Vec::new(), Vec::new()));
    }

    #[test]
    fn damaged_findings_are_read_or_not((article, notebook, findings) in found(), numbers in vec(0..9_u32, 0..40)) {
        let (ids, packed) = findings.to_numbers(&notebook);
        let half = packed.len() / 2;
        for numbers in [&packed[..half], &packed[packed.len() - half..], &numbers] {
            let read = recalled(&article, &ids, numbers);
            prop_assert!(read.len() <= ids.len());
            let lie = said(&notebook, &read).into_iter().all(|(_, anchor)| anchor.lies_in(article.text()));
            prop_assert!(lie);
        }
    }

    #[test]
    fn what_is_found_later_stands((article, notebook) in annotated(), first in vec(search(), 0..8), later in vec(search(), 0..8)) {
        let mut findings = findings_of(&article, &notebook, &first);
        let found = |searches: &[Search]| {
            let found = notebook.iter().zip(searches);
            found.map(|(note, search)| (note.clone(), search.in_text(article.text()))).collect::<Vec<_>>()
        };
        findings.add(found(&later));
        let expected = notebook.iter().enumerate().filter_map(|(index, note)| {
            let search = later.get(index).or_else(|| first.get(index))?;
            Some((note.id.clone(), search.in_text(article.text())))
        });
        prop_assert_eq!(said(&notebook, &findings), expected.collect::<Vec<_>>());
    }

    #[test]
    fn the_places_of_a_search_lie_in_its_text(text in text(), search in search()) {
        let anchor = search.in_text(&text);
        prop_assert!(anchor.lies_in(&text));
        prop_assert!(anchor.best().is_none_or(|place| !place.range.is_empty()));
    }
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn a_finding_is_of_the_passage_that_was_looked_for((article, notebook) in annotated(), searches in vec(search(), 8)) {
        let findings = findings_of(&article, &notebook, &searches);
        for note in notebook.iter() {
            let detached = Annotation {
                attached: Some(Attachment::Nowhere(article.digest().clone())),
                ..(**note).clone()
            };
            prop_assert!(findings.get(note).is_some());
            let same = detached.sought() == note.sought();
            prop_assert_eq!(findings.get(&detached).is_some(), same);
            prop_assert_eq!(findings.hint(&note.id), findings.get(note));
        }
    }
}
