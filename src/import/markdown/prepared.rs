//! Prepares a Markdown text for the parser, with stand-ins for what CommonMark reads differently
//! from what authors mean. The rules are in `docs/markdown.md`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TextMergeStream};

use super::asides::{self, Aside};
use super::brackets::{Names, words_among};
use super::flanking::is_without_blanks;
use super::lines::is_escaped;
use super::masks::{Hidden, Masks};
use super::survey::Survey;
use super::{admonitions, attributes, breaks, callouts, captions, formulas, headings};

/// A text ready for the parser.
pub(super) struct Prepared<'a> {
    text: Cow<'a, str>,
    masks: Option<Masks>,
    options: Options,
    /// True if single line ends are kept, also where they would not make a space.
    keeps_lines: bool,
}

/// The replacement of some bytes.
type Edit = (Range<usize>, String);

impl<'a> Prepared<'a> {
    /// Prepares an article.
    pub(super) fn article(markdown: &'a str, options: Options) -> Self {
        Self::of(markdown, options, true)
    }

    /// Prepares a reader's note: nothing in it is a comment, and its footnotes stay in place.
    pub(super) fn note(markdown: &'a str, options: Options, keeps_lines: bool) -> Self {
        Self {
            keeps_lines,
            ..Self::of(markdown, options, false)
        }
    }

    fn of(markdown: &'a str, options: Options, is_article: bool) -> Self {
        let text = admonitions::as_quotations(markdown);
        let Some(mut masks) = Masks::for_text(&text) else {
            return Self {
                text,
                masks: None,
                options,
                keeps_lines: false,
            };
        };
        let edits = signs(&text, &masks);
        let mut text = edited(text, edits);
        if is_article && text.contains("^[") {
            text = with_footnotes(text, &masks, options);
        }
        if !is_plain(&text) {
            let survey = Survey::of(&text, options);
            let edits = meant(&text, &survey, &mut masks, is_article);
            text = edited(text, edits);
        }
        Self {
            text,
            masks: Some(masks),
            options,
            keeps_lines: false,
        }
    }

    /// Returns the parser's events, as if for the text as written.
    pub(super) fn events(&self) -> Vec<Event<'_>> {
        let events = TextMergeStream::new(Parser::new_ext(&self.text, self.options));
        let events = match &self.masks {
            Some(masks) => masks.removed_from(events),
            None => events.collect(),
        };
        let events = TextMergeStream::new(events.into_iter()).collect();
        captions::moved(match self.keeps_lines {
            true => events,
            false => breaks::joined(events),
        })
    }
}

/// True if nothing in a text can mean anything else than the parser reads.
fn is_plain(text: &str) -> bool {
    !text.contains(['$', '<', '{', '%'])
        && !["\\(", "\\[", "==", "[[", "[!"]
            .iter()
            .any(|sign| text.contains(sign))
}

/// Applies edits, which are in order; of two that overlap the first applies.
fn edited(text: Cow<'_, str>, edits: Vec<Edit>) -> Cow<'_, str> {
    if edits.is_empty() {
        return text;
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, words) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&words);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Returns edits for characters that mean nothing wherever they stand.
fn signs(text: &str, masks: &Masks) -> Vec<Edit> {
    let (mut edits, bytes) = (Vec::new(), text.as_bytes());
    let mut names = Names::of(text);
    let is_ascii = text.is_ascii();
    let mut at = 0;
    let mut one = |at: usize, sign: char| edits.push((at..at + 1, sign.to_string()));
    let mut stars = Vec::new();
    while let Some(found) = bytes[at..].iter().position(|byte| b"<~*".contains(byte)) {
        at += found;
        let run = bytes[at..]
            .iter()
            .take_while(|byte| **byte == bytes[at])
            .count();
        match bytes[at] {
            b'<' => {
                let last = at + run - 1;
                if names.is_unknown(text, last) && !is_escaped(text, last) {
                    one(last, masks.less);
                }
            }
            b'~' if run == 1 && !is_escaped(text, at) => one(at, masks.tilde),
            b'*' if !is_ascii => {
                let escaped = usize::from(is_escaped(text, at));
                if escaped < run {
                    stars.push(at + escaped..at + run);
                }
            }
            _ => {}
        }
        at += run;
    }
    for run in stars {
        edits.extend(beside(text, run, masks));
    }
    edits.sort_by_key(|(range, _)| range.start);
    edits
}

/// Returns stand-ins beside stars, so that these can emphasise words of a script without spaces.
fn beside(text: &str, run: Range<usize>, masks: &Masks) -> Vec<Edit> {
    let before = text[..run.start].chars().next_back();
    let after = text[run.end..].chars().next();
    let counts = |c: Option<char>| c.is_some_and(is_without_blanks);
    if !counts(before) && !counts(after) {
        return Vec::new();
    }
    let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let sides = [(before, run.start), (after, run.end)];
    let sides = sides.into_iter().filter(|(c, _)| is_word(*c));
    sides
        .map(|(_, at)| (at..at, masks.joiner.to_string()))
        .collect()
}

/// Moves the footnotes of a text to its end.
fn with_footnotes<'a>(text: Cow<'a, str>, masks: &Masks, options: Options) -> Cow<'a, str> {
    let found = asides::footnotes(&text, &Survey::of(&text, options));
    if found.is_empty() {
        return text;
    }
    let (mut edits, mut notes) = (Vec::new(), String::from("\n\n"));
    for (number, footnote) in found.into_iter().enumerate() {
        let name = masks.name(number);
        edits.push((footnote.range, format!("[^{name}]")));
        notes.push_str(&format!("[^{name}]: {}\n\n", footnote.words.trim()));
    }
    let text = edited(text, edits);
    Cow::Owned(text.into_owned() + &notes)
}

/// Returns edits for everything among words that is meant differently from how it would be read.
fn meant(text: &str, survey: &Survey, masks: &mut Masks, is_article: bool) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    if is_article {
        let comments = asides::comments_over_lines(text, survey).into_iter();
        edits.extend(comments.map(|range| (range, String::new())));
    }
    let mut found = formulas::over_lines(text, survey);
    let within = formulas::within_lines(text, survey, &found);
    found.extend(within);
    for formula in found {
        let source = &text[formula.range.clone()];
        let hidden = Hidden::Formula {
            tex: masks.unmasked(&formula.tex),
            is_block: formula.is_block,
        };
        edits.push((formula.range.clone(), masks.hide(hidden, source)));
    }
    for heading in &survey.headings {
        let said = attributes::of_heading(text, heading);
        if let Some(said) = said.filter(|said| {
            survey.is_word(said.range.end.saturating_sub(1)) || !said.after.is_empty()
        }) {
            let source = text[said.range.clone()].to_owned();
            let hidden = Hidden::Attributes {
                id: said.id.map(|id| masks.unmasked(&id)),
            };
            let stand_in = masks.hide(hidden, &source) + &said.after;
            edits.push((said.range, stand_in));
        }
    }
    for start in &survey.quoted {
        if let Some(head) = callouts::head(&text[*start..]) {
            let range = *start..start + head.length;
            let hidden = Hidden::Callout {
                kind: head.kind,
                label: head.label,
            };
            let stand_in = masks.hide(hidden, &text[range.clone()]);
            edits.push((range, stand_in));
        }
    }
    for aside in asides::of(text, survey, is_article) {
        match aside {
            Aside::Highlight(open, close) => {
                for (range, begins) in [(open, true), (close, false)] {
                    let stand_in = masks.hide(Hidden::Highlight { begins }, "==");
                    edits.push((range, stand_in));
                }
            }
            Aside::Link(before, after, Some(name)) if is_article => {
                let name = headings::slug(&masks.unmasked(&text[name]));
                edits.push((before, "[".to_owned()));
                edits.push((after, format!("](#{name})")));
            }
            Aside::Link(before, after, _) => {
                for range in [before, after] {
                    let stand_in = masks.hide(Hidden::Bracket, &text[range.clone()]);
                    edits.push((range, stand_in));
                }
            }
            Aside::Comment(range) => edits.push((range, String::new())),
        }
    }
    let words = words_among(text, survey).into_iter();
    edits.extend(words.map(|at| (at..at + 1, masks.less.to_string())));
    edits.sort_by_key(|(range, _)| range.start);
    edits
}
