//! Laws of the links between notes: what is written is read, by ours and by the parser, what links
//! to a note is known whatever changed, and links survive a file.

use std::rc::Rc;

use postil::import::markdown::read_note;
use postil::model::annotation::{Annotation, AnnotationId};
use postil::model::article::{Article, Attribute, Piece};
use postil::model::colour_names::ColourNames;
use postil::model::exchange::w3c::{decode, encode};
use postil::model::exchange::{Arrivals, Differing, Export, survey};
use postil::model::findings::Findings;
use postil::model::links::{
    Folded, Index, MOST_OFFERED, OWN_FRAGMENT, Target, links_in, offered, redirected,
    without_addresses,
};
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::strategies::{annotated, id, laws, notebook_of, phrase, stamp};

/// Ids of every kind: UUIDs, digests, and IRIs of other programs.
fn any_id() -> impl Strategy<Value = AnnotationId> {
    let iri = select(
        &[
            "https://example.org/annos/(1)#a-b%20c",
            "urn:x:ä,ö&ü",
            "tag:a@b,2026:]x[",
        ][..],
    );
    prop_oneof![
        (0_u128..40).prop_map(id),
        "[a-z ]{1,9}".prop_map(|content| AnnotationId::of_content(&content)),
        iri.prop_map(|iri| AnnotationId::parse(iri).expect("an IRI is an id")),
    ]
}

fn any_target() -> impl Strategy<Value = Target> {
    let article = select(
        &[
            "https://example.org/wiki/Tide_(sea)?a=1&b",
            "urn:postil:article:karpathy-anthropic",
            "ni:///sha-256-96;ungWv48Bz-pBQUDe",
        ][..],
    );
    let heading = (article, phrase(), "[a-zA-Z,&%()-]{1,12}").prop_map(|(article, one, two)| {
        Target::Heading {
            article: article.to_owned(),
            words: [one, two].concat(),
        }
    });
    prop_oneof![any_id().prop_map(Target::Note), heading]
}

/// Words for a link: as a note's or a heading's, with every mark of Markdown.
fn words() -> impl Strategy<Value = String> {
    (phrase(), "[]\\[\\\\*_`<>~&|$^{}()!#a-c .-]{0,12}").prop_map(|(one, two)| {
        let words = format!("x{one} {two}x");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// The words with round brackets in place of square ones.
fn round(words: &str) -> String {
    words.replace('[', "(").replace(']', ")")
}

/// The first link that the parser reads: its address and the words of the whole note.
fn read(markdown: &str) -> (Option<String>, String) {
    let note = read_note(markdown, true);
    let address = note.pieces().iter().find_map(|piece| match piece {
        Piece::Open { attributes, .. } => attributes.get(Attribute::Href).map(str::to_owned),
        _ => None,
    });
    (address, note.text().to_owned())
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn an_address_is_read_as_it_was_written(target in any_target()) {
        prop_assert_eq!(Target::parse(&target.address()), Some(target));
    }

    #[test]
    fn a_written_link_is_found_with_its_words(target in any_target(), words in words()) {
        let markdown = format!("see {} there", target.markdown(&words));
        let links = links_in(&markdown);
        prop_assert_eq!(links.len(), 1, "{}", markdown);
        prop_assert_eq!(&links[0].target, &target);
        prop_assert_eq!(&markdown[links[0].range.clone()], target.address());
        prop_assert_eq!(without_addresses(&markdown), format!("see {} there", round(&words)));
    }

    #[test]
    fn the_parser_reads_a_written_link(target in any_target(), words in words()) {
        let (address, text) = read(&target.markdown(&words));
        let own = if target.is_own() { ["#", OWN_FRAGMENT].concat() } else { String::new() };
        prop_assert_eq!(address, Some([own, target.address()].concat()));
        prop_assert_eq!(text, round(&words));
    }

    #[test]
    fn any_text_can_be_searched_for_links(text in any::<String>(), target in any_target()) {
        let text = format!("{text}]({text}<{}{text}", target.address());
        for link in links_in(&text) {
            prop_assert!(text.get(link.range.clone()).is_some());
        }
        let _ = without_addresses(&text);
        let _ = redirected(&text, &|id| Some(id.clone()));
    }

    #[test]
    fn what_is_offered_has_every_word_and_the_open_article_comes_first(
        all in vec(("[ab ]{0,6}", "[bc ]{0,4}", any::<bool>()), 0..90),
        typed in "[abc]{0,2}( [abc]{1,2})?",
    ) {
        let fold = |(words, title, is_here)| Folded { words, title, is_here };
        let all: Vec<Folded> = all.into_iter().map(fold).collect();
        let fits = |folded: &Folded| {
            typed.split(' ').all(|word| folded.words.contains(word) || folded.title.contains(word))
        };
        let found = offered(&all, &typed);
        let fitting = all.iter().filter(|folded| fits(folded)).count();
        prop_assert_eq!(found.len(), fitting.min(MOST_OFFERED));
        let mut once = found.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), found.len());
        prop_assert!(found.iter().all(|&index| fits(&all[index])));
        prop_assert!(found.is_sorted_by_key(|&index| !all[index].is_here));
    }
}

/// A note with links to others, by their numbers.
fn linking(note: &Annotation, number: u128, to: &[u128]) -> Annotation {
    let links = to
        .iter()
        .map(|other| Target::Note(id(*other)).markdown("there"));
    Annotation {
        id: id(number),
        note: links.collect::<Vec<_>>().join(" and "),
        ..note.clone()
    }
}

/// A step of the notes: the numbers of an article's notes, each with what it links to.
fn states() -> impl Strategy<Value = Vec<(bool, Vec<Vec<u128>>)>> {
    let links = vec(0_u128..6, 0..3);
    vec((any::<bool>(), vec(links, 0..6)), 1..6)
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn what_links_to_a_note_is_known_whatever_changed(
        (article, notebook) in annotated(), states in states(),
    ) {
        let Some(note) = notebook.iter().next() else { return Ok(()) };
        let mut index = Index::default();
        let mut last: Vec<Rc<Annotation>> = Vec::new();
        for (is_other, state) in states {
            let article = match is_other {
                true => postil::model::article::ArticleId::of_iri("urn:x:other"),
                false => article.id(),
            };
            // The notes of an article have numbers of their own.
            let first = if is_other { 10 } else { 0 };
            let notes: Vec<Rc<Annotation>> = state.iter().enumerate().map(|(at, to)| {
                let new = Annotation {
                    article: article.clone(),
                    ..linking(note, first + at as u128, to)
                };
                let same = last.iter().find(|old| ***old == new);
                same.cloned().unwrap_or_else(|| Rc::new(new))
            }).collect();
            index.take(Some(&article), &notes);
            last.retain(|note| note.article != article);
            last.extend(notes);
        }
        last.sort_by(|one, other| one.id.cmp(&other.id));
        prop_assert_eq!(index.notes(), &last[..]);
        for number in 0..6 {
            let target = id(number);
            let leads = |from: &&Rc<Annotation>| {
                let mut links = links_in(&from.note).into_iter();
                from.id != target && links.any(|link| link.target.note() == Some(&target))
            };
            let wanted: Vec<_> = last.iter().filter(leads).map(|from| from.id.clone()).collect();
            let found: Vec<_> = index.sources(&target).iter().map(|from| from.id.clone()).collect();
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn a_file_keeps_what_every_link_leads_to(
        (article, notebook) in annotated(), to in vec(any_id(), 0..4),
    ) {
        // A file without notes is none.
        prop_assume!(!notebook.is_empty());
        let ids: Vec<AnnotationId> = notebook.iter().map(|note| note.id.clone()).collect();
        let links = |number: usize| -> String {
            let own = ids.get(number / 2).into_iter().chain(&to);
            own.map(|id| Target::Note(id.clone()).markdown("a [link]")).collect()
        };
        let notes = notebook.iter().enumerate().map(|(number, note)| Annotation {
            note: [&note.note, "\n\n", &*links(number)].concat(),
            ..(**note).clone()
        });
        let notebook = notebook_of(notes);
        let after = imported(&exported(&article, &notebook), &article, &Notebook::default());
        for note in notebook.iter() {
            let there = after.get(&note.id).expect("an imported note keeps its id");
            prop_assert_eq!(&there.note, &note.note);
            prop_assert_eq!(links_in(&there.note), links_in(&note.note));
        }
    }

    #[test]
    fn links_follow_a_note_that_is_imported_as_a_copy((article, notebook) in annotated()) {
        let notes: Vec<Rc<Annotation>> = notebook.iter().cloned().collect();
        let [target, source, ..] = &notes[..] else { return Ok(()) };
        let words = |note: &Annotation, words: String| Annotation { note: words, ..note.clone() };
        // In the file the target says something else, and a new note links to it.
        let link = Target::Note(target.id.clone()).markdown("there");
        let file = notebook_of([
            words(target, "as in the file".to_owned()),
            words(source, link.clone()),
        ]);
        let file = exported(&article, &file);
        let here = notebook_of([words(target, "as it is here".to_owned())]);
        let after = imported(&file, &article, &here);
        prop_assert_eq!(after.len(), 3);
        let leads_to = links_in(&after.get(&source.id).expect("it is new").note);
        let copy = leads_to[0].target.note().and_then(|id| after.get(id));
        prop_assert_eq!(copy.map(|copy| &*copy.note), Some("as in the file"));
        prop_assert_eq!(&*after.get(&target.id).expect("it stays").note, "as it is here");
        // The same file again changes nothing.
        let again = imported(&file, &article, &after);
        prop_assert_eq!(again, after);
    }
}

fn exported(article: &Article, notebook: &Notebook) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    encode(&Export {
        article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        template: None,
        wording: &Default::default(),
        read_note: &Article::verbatim,
        stamp: stamp(0),
    })
}

/// The notebook after the import of a file.
fn imported(file: &str, article: &Article, notebook: &Notebook) -> Notebook {
    let mut arrivals: Arrivals = decode(file).expect("the file holds annotations");
    arrivals.settle(Some(article));
    let here: Vec<&Annotation> = notebook.iter().map(|note| &**note).collect();
    let open = article.id();
    let (arrivals, _) = survey(vec![arrivals], &here, Some(&open), Differing::default());
    let (transaction, _) = arrivals.into_transaction(Some(article), notebook);
    notebook.apply(&transaction).expect("it fits the notebook")
}
