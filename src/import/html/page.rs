//! Parses HTML within limits: the parser is html5ever, and this decides what it gets to see.
//!
//! Its time grows with the square of the nesting depth and of the attributes of one tag, so that a
//! small page can take hours. What exceeds a limit is cut, and [`Page::is_cut`] reports it.

mod sink;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use dom_query::{Document, NodeId};
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use sink::Measured;

/// Maximum number of bytes of HTML that are read.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Maximum number of open elements; real pages have under 100, and time grows with its square.
const DEEPEST: usize = 512;
/// Maximum number of nodes of a page: as many as a book of 3,000 pages has.
const MOST_NODES: usize = 200_000;
/// Maximum number of steps of the parser up and down its stack, about a second's worth.
const MOST_STEPS: u64 = 100_000_000;
/// Maximum number of attributes of one tag.
const MOST_ATTRIBUTES: usize = 1_000;
/// Number of bytes given to the parser between two checks of the limits.
const CHUNK: usize = 16 * 1024;
/// Number of bytes at the beginning of HTML in which a page identifies itself as one: licences and
/// comments may come first.
const WHERE_PAGES_BEGIN: usize = 8 * 1024;
/// Tags that only whole pages have.
const SIGNS_OF_A_PAGE: [&str; 5] = ["<!doctype", "<html", "<head", "<title", "<body"];
/// Elements whose content is text to the parser: it must see where they begin.
const RAW_TEXT: [&str; 9] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript",
];

/// A parsed page.
pub struct Page {
    pub(super) document: Document,
    cut: bool,
    whole: bool,
}

impl Page {
    /// Returns the tree.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// True if something was left out because the page exceeded a limit.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// True if it is a page of its own and not a fragment from a clipboard.
    pub fn is_whole(&self) -> bool {
        self.whole
    }
}

/// Parses HTML within the limits, reporting the share that is done.
pub(super) fn parse_watched(html: &str, watch: &dyn Fn(f32)) -> Page {
    let length = html.len();
    let html = &html[..html.floor_char_boundary(MOST_BYTES)];
    let mut cut = html.len() < length;
    let fragment = super::fragment(html);
    let whole = matches!(fragment, Cow::Borrowed(same) if same.len() == html.len())
        && says_it_is_whole(html);
    let html = with_few_attributes(&fragment);
    let options = TreeBuilderOpts {
        // As in the browser that saved or copied the page: `noscript` is text up to its end, and
        // elements left open in it cannot swallow the page.
        scripting_enabled: true,
        ..TreeBuilderOpts::default()
    };
    let gate = Gate {
        builder: TreeBuilder::new(Measured::default(), options),
        refused: RefCell::default(),
        cut: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = &*html;
    while !rest.is_empty() && !tokenizer.sink.is_full() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK));
        input.push_back(StrTendril::from(chunk));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        rest = after;
        watch(1.0 - rest.len() as f32 / html.len() as f32);
    }
    cut |= !rest.is_empty();
    tokenizer.end();
    cut |= tokenizer.sink.cut.get();
    let document = tokenizer.sink.builder.sink.into_document();
    Page {
        document,
        cut,
        whole,
    }
}

/// True if HTML begins as pages do; clipboards and Markdown have only what is in a body.
fn says_it_is_whole(html: &str) -> bool {
    let head = &html.as_bytes()[..html.len().min(WHERE_PAGES_BEGIN)];
    let has = |sign: &str| {
        head.windows(sign.len())
            .any(|window| window.eq_ignore_ascii_case(sign.as_bytes()))
    };
    SIGNS_OF_A_PAGE.iter().any(|sign| has(sign))
}

/// Sits between the tokenizer and the tree builder, and passes on what is within the limits.
struct Gate {
    builder: TreeBuilder<NodeId, Measured>,
    /// Names of refused elements that are not closed yet.
    refused: RefCell<Vec<html5ever::LocalName>>,
    cut: Cell<bool>,
}

impl Gate {
    fn is_full(&self) -> bool {
        let tree = &self.builder.sink;
        tree.nodes() > MOST_NODES || tree.steps() > MOST_STEPS
    }

    fn admits(&self, tag: &Tag) -> bool {
        match tag.kind {
            TagKind::StartTag => {
                let admitted = self.builder.sink.depth() < DEEPEST
                    || RAW_TEXT.contains(&tag.name.as_ref())
                    || super::elements::is_void(tag.name.as_ref());
                if !admitted {
                    self.refused.borrow_mut().push(tag.name.clone());
                    self.cut.set(true);
                }
                admitted
            }
            // The end tag of a refused element must not close another.
            TagKind::EndTag => {
                let mut refused = self.refused.borrow_mut();
                let matches = refused.last() == Some(&tag.name);
                if matches {
                    refused.pop();
                }
                !matches
            }
        }
    }
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let passes = match &token {
            Token::EOFToken => true,
            Token::ParseError(_) | Token::CommentToken(_) => false,
            _ if self.is_full() => {
                self.cut.set(true);
                false
            }
            Token::TagToken(tag) => self.admits(tag),
            _ => true,
        };
        if passes {
            self.builder.process_token(token, line)
        } else {
            TokenSinkResult::Continue
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Ends every tag that has too many attributes; the rest of them become words.
///
/// Tags are recognised less exactly than by the parser. A mistake (within a script, say) inserts
/// one `>` after a thousand words, where it does no harm.
fn with_few_attributes(html: &str) -> Cow<'_, str> {
    let mut ends = Vec::new();
    let mut tag: Option<Attributes> = None;
    for (at, byte) in html.bytes().enumerate() {
        let Some(attributes) = &mut tag else {
            let begins = byte == b'<' && html.as_bytes().get(at + 1).is_some_and(is_name);
            tag = begins.then(Attributes::default);
            continue;
        };
        if attributes.end_at(byte) {
            tag = None;
        } else if attributes.count > MOST_ATTRIBUTES {
            ends.push(at);
            tag = None;
        }
    }
    if ends.is_empty() {
        return Cow::Borrowed(html);
    }
    let (mut out, mut from) = (String::with_capacity(html.len() + ends.len()), 0);
    for end in ends {
        // This follows an ASCII byte, so it is a character boundary.
        out.push_str(&html[from..end]);
        out.push('>');
        from = end;
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}

fn is_name(byte: &u8) -> bool {
    byte.is_ascii_alphabetic() || *byte == b'/'
}

/// Counts the attributes of a tag.
#[derive(Default)]
struct Attributes {
    count: usize,
    quote: Option<u8>,
    last: u8,
}

impl Attributes {
    /// Consumes a byte of the tag; returns true if it ends the tag.
    fn end_at(&mut self, byte: u8) -> bool {
        let last = std::mem::replace(&mut self.last, byte);
        if let Some(quote) = self.quote {
            if byte == quote {
                self.quote = None;
            }
            return false;
        }
        let parts = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'');
        match byte {
            b'>' => return true,
            b'"' | b'\'' if last == b'=' => self.quote = Some(byte),
            _ if parts(last) && !parts(byte) && byte.is_ascii() => self.count += 1,
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_real_pages_stay_as_they_are() {
        let html = "<a title='a > b' href=x>a < b</a><img alt=\"1 2 3\"/>";
        assert_eq!(with_few_attributes(html), html);
    }

    #[test]
    fn a_tag_of_too_many_attributes_is_ended() {
        let names: String = (0..2 * MOST_ATTRIBUTES).map(|n| format!(" a{n}")).collect();
        let html = format!("<p title='{names}'{names}>");
        let expected = html.rfind(" a999 ").expect("it is among the names") + 1;
        let mended = with_few_attributes(&html);
        assert_eq!(mended.len(), html.len() + 1);
        assert_eq!(mended.rfind(">a999 "), Some(expected));
    }

    #[test]
    fn what_is_too_deep_is_refused_with_its_end() {
        let page = parse_watched(
            &("<div>".repeat(600) + "x" + &"</div>".repeat(600) + "<p>y"),
            &|_| {},
        );
        assert!(page.is_cut());
        assert!(!parse_watched(&"<p>x".repeat(5_000), &|_| {}).is_cut());
    }
}
