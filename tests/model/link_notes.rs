//! Laws of links with notes: what they hold comes back, and hostile ones do no harm.

use postil::model::annotation::{Annotation, Quote};
use postil::model::article::Article;
use postil::model::colour_names::ColourNames;
use postil::model::exchange::link::{Head, decode, head};
use postil::model::exchange::{Export, Format, Wording, reading};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use proptest::prelude::*;

use super::strategies::{annotated, laws, stamp};

fn written(article: &Article, notebook: &Notebook) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    let export = Export {
        article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        template: None,
        wording: &Wording::default(),
        read_note: &Article::verbatim,
        stamp: stamp(9),
    };
    Format::Link.encode(&export).expect("it is written")
}

/// What a link holds of a note.
fn held(note: &Annotation) -> impl PartialEq + std::fmt::Debug + use<> {
    let words =
        |quote: Option<&Quote>| quote.map(|quote| (quote.exact.clone(), quote.rest.clone()));
    let more = note.more.iter().map(|target| words(target.quote.as_ref()));
    (
        note.id.clone(),
        words(note.target.quote.as_ref()),
        more.filter(Option::is_some).collect::<Vec<_>>(),
        note.note.clone(),
        note.tags.clone(),
        note.colour,
        (note.created.clone(), note.modified.clone()),
    )
}

proptest! {
    #![proptest_config(laws(60))]

    #[test]
    fn what_a_link_holds_comes_back((article, notebook) in annotated()) {
        let file = written(&article, &notebook);
        let notes: Vec<Annotation> = notebook
            .iter()
            .filter(|note| note.article == article.id())
            .map(|note| (**note).clone())
            .collect();
        let head = head(&file);
        prop_assert_eq!(head, Some(Head {
            title: article.title().to_owned(),
            source: article.iri(),
            notes: notes.len(),
        }));
        let arrivals = reading::decode(&file).expect("it is read");
        prop_assert!(arrivals.annotations.iter().all(|note| note.article == article.id()));
        for note in &notes {
            let came = arrivals.annotations.iter().find(|came| came.id == note.id);
            let says_nothing = note.quoted().is_none_or(str::is_empty)
                && note.note.is_empty() && note.tags.is_empty();
            prop_assert!(came.is_some() || says_nothing, "{note:?}");
            if let Some(came) = came {
                prop_assert_eq!(held(came), held(note));
            }
        }
    }

    #[test]
    fn hostile_links_do_no_harm(
        (article, notebook) in annotated(),
        at in any::<prop::sample::Index>(),
        put in "[\\PC\"{}\\[\\],:]{0,8}",
    ) {
        let mut file = written(&article, &notebook);
        let places: Vec<usize> = file.char_indices().map(|(at, _)| at).collect();
        let place = places[at.index(places.len())];
        file.truncate(place);
        file.push_str(&put);
        let _ = (head(&file), decode(&file));
        let forged = format!("{{\"postil\":\"link\",\"title\":\"\",\"source\":\"{place}\",\"notes\":[1,{{}},{{\"i\":\"\"}},{{\"i\":\"a b\"}},{{\"i\":\"x\",\"t\":[\" \"]}}]}}");
        let arrivals = decode(&forged).expect("the whole is understood");
        prop_assert_eq!((arrivals.annotations.len(), arrivals.not_understood.len()), (0, 5));
    }
}
