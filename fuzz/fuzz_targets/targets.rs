//! Targets that `describe` never makes but a file may contain, located in any text.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

use postil::model::anchoring::{Locator, at_hand};
use postil::model::annotation::{Quote, Rest, Standing, Target};
use postil::model::article::Article;
use postil::model::digest::Digest;
use postil::model::text::CodePointRange;

use postil_fuzz::{Edit, Prose, check, edited, range, ranges, version};

#[derive(Arbitrary, Debug)]
struct Input {
    text: Prose,
    since: Vec<Edit>,
    targets: [Hostile; 3],
}

/// The origin of a part of a quote.
#[derive(Arbitrary, Debug)]
enum Words {
    None,
    Any(Prose),
    /// From the text, so that there is something to find.
    Of(u16, u16),
}

#[derive(Arbitrary, Debug)]
struct Hostile {
    quote: Option<(Words, Words, Words)>,
    /// Tail and length of a quote that claims to be longer.
    rest: Option<(Words, u32)>,
    position: Option<(u32, u32)>,
    /// The digest of the older text, of the new one, or none.
    digest: Option<u8>,
    standing: Option<(u32, u32)>,
}

impl Words {
    fn text(&self, text: &str) -> String {
        match self {
            Self::None => String::new(),
            Self::Any(prose) => prose.text(),
            Self::Of(one, other) => range(text, *one, *other)
                .slice(text)
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

impl Hostile {
    fn target(&self, old: &str, new: &str) -> Target {
        let rest = self.rest.as_ref().map(|(tail, length)| Rest {
            tail: tail.text(old),
            length: *length,
            digest: Digest::of(old),
        });
        let quote = self.quote.as_ref().map(|(prefix, exact, suffix)| Quote {
            prefix: prefix.text(old),
            exact: exact.text(old),
            suffix: suffix.text(old),
            rest,
        });
        Target {
            source: String::new(),
            quote,
            position: self.position.map(CodePointRange::from),
            digest: self
                .digest
                .map(|which| Digest::of([old, new, ""][usize::from(which) % 3])),
            version: None,
            standing: self.standing.map(Standing::from),
        }
    }
}

fuzz_target!(|input: Input| {
    let old = input.text.text();
    let new = Article::verbatim(&edited(&old, &input.since));
    let versions = [version(old.clone())];
    // A version whose text does not match its digest.
    let mut forged = versions.clone();
    forged[0].text.push_str(new.text());
    for hostile in &input.targets {
        let target = hostile.target(&old, new.text());
        // A target that claims this very text, and is in it, stays there, even if it cuts a letter.
        if let Some(anchor) = at_hand(&new, &target) {
            ranges(new.text(), &anchor);
        }
        check(new.text(), &Locator::new(new.text()).locate(&target));
        check(
            new.text(),
            &Locator::with_versions(new.text(), &versions).locate(&target),
        );
        check(
            new.text(),
            &Locator::with_versions(new.text(), &forged).locate(&target),
        );
    }
});
