//! Reads the pictures in a `noscript`, which is only text to a parser that supports scripts.

use std::cell::RefCell;

use dom_query::NodeRef;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::{Attribute, TokenizerResult};

/// Longest text that is read, in bytes: longer ones are whole pages again.
const LONGEST: usize = 64 * 1024;
/// Maximum number of pictures in one such text.
const MOST: usize = 32;

/// Returns the pictures in a `noscript`, not yet inserted into the page.
pub(super) fn pictures_in<'a>(noscript: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let text = noscript.text();
    if text.len() > LONGEST || !text.to_ascii_lowercase().contains("img") {
        return Vec::new();
    }
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(unescaped(&text)));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let tags = tokenizer.sink.0.take();
    let images = tags.into_iter().map(|attributes| {
        let image = noscript.tree.new_element("img");
        for attribute in attributes {
            image.set_attr(&attribute.name.local, &attribute.value);
        }
        image
    });
    images.collect()
}

/// Unescapes what the program that saved the page has escaped once more.
fn unescaped(text: &str) -> String {
    if text.contains("<img") || text.contains("<IMG") {
        return text.to_owned();
    }
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (escape, sign) in escapes {
        text = text.replace(escape, sign);
    }
    text
}

/// The attributes of the pictures' tags.
#[derive(Default)]
struct Tags(RefCell<Vec<Vec<Attribute>>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
            && matches!(&*tag.name, "img" | "amp-img")
        {
            let mut found = self.0.borrow_mut();
            if found.len() < MOST {
                found.push(tag.attrs);
            }
        }
        TokenSinkResult::Continue
    }
}
