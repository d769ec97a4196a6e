//! Passages described in a text and located in edited versions of it, with and without the older
//! texts.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

use postil::model::anchoring::{Anchor, Locator, at_hand, describe, locate};
use postil::model::article::Article;
use postil::model::text::snap_to_graphemes;

use postil_fuzz::{Edit, Prose, check, edited, range, version};

/// Maximum number of passages in a text: more would only be slower.
const MOST_PASSAGES: usize = 8;

#[derive(Arbitrary, Debug)]
struct Input {
    old: Prose,
    passages: Vec<(u16, u16)>,
    /// The first edits of the text, and later ones.
    first: Vec<Edit>,
    then: Vec<Edit>,
    /// An unrelated text.
    other: Prose,
}

fuzz_target!(|input: Input| {
    let old = Article::verbatim(&input.old.text());
    let between = edited(old.text(), &input.first);
    let new = Article::verbatim(&edited(&between, &input.then));
    let versions = [old.text().to_owned(), between, input.other.text()].map(version);
    let locators = [
        Locator::new(new.text()),
        Locator::with_versions(new.text(), &versions[..1]),
        Locator::with_versions(new.text(), &versions),
        // Without the version on which the passages were made.
        Locator::with_versions(new.text(), &versions[1..]),
    ];
    for &(one, other) in input.passages.iter().take(MOST_PASSAGES) {
        let passage = snap_to_graphemes(old.text(), range(old.text(), one, other));
        if passage.is_empty() {
            continue;
        }
        let target = describe(&old, passage);
        assert_eq!(locate(&old, &target), Anchor::Exact(passage));
        for locator in &locators {
            check(new.text(), &locator.locate(&target));
        }
        if new.text() == old.text() {
            assert_eq!(at_hand(&new, &target), Some(Anchor::Exact(passage)));
        }
    }
});
