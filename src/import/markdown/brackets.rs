//! Decides which angle brackets begin an HTML tag and which are the author's words.

use std::collections::HashMap;

use super::survey::Survey;

/// HTML elements, including obsolete ones (<https://html.spec.whatwg.org/#elements-3>), except
/// obsolete ones that are common words (`image`, `command`, `content`, `element`).
const ELEMENTS: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo \
    bgsound big blink blockquote body br button canvas caption center cite code col colgroup data datalist \
    dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame \
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd keygen label legend \
    li link listing main map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript \
    object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp \
    script search section select slot small source span strike strong style sub summary sup svg table \
    tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp ";
/// Elements that are complete without an attribute or an end tag.
const WHOLE: &str = " br hr wbr col ";
/// Elements without an end tag that mean nothing without an attribute.
const VOID: &str =
    " area base basefont bgsound embed frame img input keygen link meta param source track ";
/// Elements that may be left open.
const LEFT_OPEN: &str =
    " caption colgroup dd dt li optgroup p rb rp rt rtc tbody td tfoot th thead tr ";
/// Elements that begin a block of HTML wherever a line begins with them, but are common words.
const WORDS_AT_LINES: &str = " address dir form frame link menu menuitem option param base search source \
    title track ";
/// Elements that begin a block wherever a line begins with them, and are not such words.
const BLOCKS: &str = " article aside basefont blockquote body caption center col colgroup dd details dialog \
    div dl dt fieldset figcaption figure footer frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend \
    li main nav noframes ol optgroup p pre script section style summary table tbody td textarea tfoot th \
    thead tr ul ";
/// Elements that contain no others.
const VERBATIM: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];
/// Attributes without a value (<https://html.spec.whatwg.org/#attributes-3>), also obsolete ones.
const BARE: &str = " allowfullscreen async autofocus autoplay border checked cite compact controls default \
    defer disabled download draggable formnovalidate hidden href id inert ismap itemscope loop multiple \
    muted name nohref nomodule noresize noshade novalidate nowrap open playsinline popover readonly required \
    reversed selected alt align class lang start style tabindex title translate value ";
/// Languages within HTML in which all element names are accepted.
const FOREIGN: [&str; 2] = ["svg", "math"];

fn is_in(list: &str, name: &str) -> bool {
    let found = list.match_indices(name).any(|(at, _)| {
        let (before, after) = (
            list[..at].ends_with(' '),
            list[at + name.len()..].starts_with(' '),
        );
        before && after
    });
    found && !name.is_empty()
}

/// Returns the name, in lower case, of the tag that begins here, and whether it is an end tag.
fn name_at(text: &str) -> Option<(String, bool)> {
    let rest = text.strip_prefix('<')?;
    let (rest, is_end) = match rest.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let length = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
        .count();
    let (name, after) = rest.split_at(length);
    let ends = after.is_empty() || after.starts_with([' ', '\t', '\n', '\r', '/', '>']);
    (ends && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then(|| (name.to_ascii_lowercase(), is_end))
}

/// Tracks the languages within HTML on the way through a text.
pub(super) struct Names {
    /// The position of the last end tag of each.
    ends: [Option<usize>; 2],
    /// Whether each is open.
    within: [bool; 2],
}

impl Names {
    /// Creates the tracker for a text.
    pub(super) fn of(text: &str) -> Self {
        Self {
            ends: [text.rfind("</svg"), text.rfind("</math")],
            within: [false; 2],
        }
    }

    /// True if a `<` of the text begins a tag with an unknown name. Must be called in text order.
    pub(super) fn is_unknown(&mut self, text: &str, at: usize) -> bool {
        let Some((name, is_end)) = name_at(&text[at..]) else {
            return false;
        };
        for (language, foreign) in FOREIGN.iter().enumerate() {
            if name == *foreign {
                self.within[language] = !is_end && self.ends[language] > Some(at);
            }
        }
        let is_element = is_in(ELEMENTS, &name);
        !is_element && !self.within.contains(&true) && !is_address(&text[..at])
    }
}

/// True if what follows is a link's address, which may be in angle brackets.
fn is_address(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t', '\n', '\r']);
    before.ends_with("](") || before.ends_with("]:")
}

/// A tag.
struct Tag {
    at: usize,
    end: usize,
    name: String,
    is_end: bool,
    /// True if it has no attributes.
    is_bare: bool,
    /// True if it has something that is not an attribute of HTML.
    is_odd: bool,
}

/// Reads the tag that begins here.
fn tag_at(text: &str, at: usize) -> Option<Tag> {
    let (name, is_end) = name_at(&text[at..])?;
    let mut tag = Tag {
        at,
        end: at + 1 + usize::from(is_end) + name.len(),
        name,
        is_end,
        is_bare: true,
        is_odd: false,
    };
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(tag.end)?;
        match byte {
            b'>' => {
                tag.end += 1;
                return Some(tag);
            }
            b' ' | b'\t' | b'\r' | b'\n' | b'/' => tag.end += 1,
            b'<' => return None,
            _ => {
                let start = tag.end;
                let is_name = |b: &u8| !b" \t\r\n/>=<".contains(b);
                tag.end += bytes[start..].iter().take_while(|b| is_name(b)).count();
                let name = &text[start..tag.end];
                tag.is_bare = false;
                tag.end += bytes[tag.end..]
                    .iter()
                    .take_while(|b| b" \t\r\n".contains(b))
                    .count();
                if bytes.get(tag.end) != Some(&b'=') {
                    tag.is_odd |= is_odd(name);
                    continue;
                }
                tag.end += 1;
                tag.end += bytes[tag.end..]
                    .iter()
                    .take_while(|b| b" \t\r\n".contains(b))
                    .count();
                tag.end = match bytes.get(tag.end)? {
                    quote @ (b'"' | b'\'') => {
                        let rest = &bytes[tag.end + 1..];
                        tag.end + 2 + rest.iter().position(|b| b == quote)?
                    }
                    _ => {
                        let rest = &bytes[tag.end..];
                        tag.end + rest.iter().take_while(|b| !b" \t\r\n>".contains(b)).count()
                    }
                };
            }
        }
    }
}

/// True if a name without a value is not an attribute.
fn is_odd(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_of_a_script =
        name.contains('-') || name.starts_with([':', '@', '*', '#', '[', '(', '{']);
    !is_of_a_script && !is_in(BARE, &name)
}

/// Returns the position of each `<` that looks like a tag but is a word: the tag has no attributes
/// and is never closed, or has something that is not an attribute.
pub(super) fn words_among(text: &str, survey: &Survey) -> Vec<usize> {
    let mut found = Found::default();
    for markup in &survey.markup {
        match markup.block {
            Some(block) => {
                found.block(block);
                if let Some(tag) = tag_at(&text[..markup.range.end], markup.range.start) {
                    let glued = text[..tag.at].ends_with(char::is_alphanumeric);
                    found.tag(tag, false, glued);
                }
            }
            None => tags_in(text, markup.range.clone(), &mut found),
        }
    }
    // After `](` a word would become an address.
    let mut words = found.finish();
    words.retain(|at| !is_address(&text[..*at]));
    words
}

/// Reads the tags in a block of HTML.
fn tags_in(text: &str, range: std::ops::Range<usize>, found: &mut Found) {
    let (mut at, text) = (range.start, &text[..range.end]);
    while let Some(next) = text[at..].find('<') {
        at += next;
        // What is not closed extends to the end of the block.
        if text[at..].starts_with("<!--") {
            match text[at..].find("-->") {
                Some(end) => at += end,
                None => return,
            }
            continue;
        }
        let Some(tag) = tag_at(text, at) else {
            at += 1;
            continue;
        };
        at = tag.end;
        let verbatim = VERBATIM
            .iter()
            .find(|name| !tag.is_end && **name == tag.name);
        found.tag(tag, true, false);
        if let Some(name) = verbatim {
            match text[at..].find(&format!("</{name}")) {
                Some(end) => at += end,
                None => return,
            }
        }
    }
}

/// A start tag, and whether it is settled.
struct Open {
    at: usize,
    /// True if it may be a word.
    may_be_word: bool,
    is_gone: bool,
}

#[derive(Default)]
struct Found {
    words: Vec<usize>,
    open: HashMap<String, Vec<usize>>,
    all: Vec<Open>,
    /// Those of the present block that stand directly after a letter.
    glued: Vec<usize>,
    block: usize,
}

impl Found {
    fn block(&mut self, block: usize) {
        if self.block != block {
            self.block = block;
            self.end_block();
        }
    }

    /// A tag after a letter that is not closed in its paragraph is a word.
    fn end_block(&mut self) {
        for index in std::mem::take(&mut self.glued) {
            let open = &mut self.all[index];
            if !open.is_gone {
                open.is_gone = true;
                self.words.push(open.at);
            }
        }
    }

    fn tag(&mut self, tag: Tag, in_block: bool, glued: bool) {
        if tag.is_end {
            while let Some(index) = self.open.get_mut(&tag.name).and_then(Vec::pop) {
                if !std::mem::replace(&mut self.all[index].is_gone, true) {
                    break;
                }
            }
            return;
        }
        let is_void = is_in(VOID, &tag.name);
        if tag.is_odd || (tag.is_bare && is_void) {
            return self.words.push(tag.at);
        }
        if is_void || is_in(WHOLE, &tag.name) {
            return;
        }
        let ends = !is_in(LEFT_OPEN, &tag.name);
        let is_word = !in_block || is_in(WORDS_AT_LINES, &tag.name) || !is_in(BLOCKS, &tag.name);
        let index = self.all.len();
        self.all.push(Open {
            at: tag.at,
            may_be_word: tag.is_bare && ends && is_word,
            is_gone: false,
        });
        self.open.entry(tag.name).or_default().push(index);
        if glued && tag.is_bare {
            self.glued.push(index);
        }
    }

    fn finish(mut self) -> Vec<usize> {
        self.end_block();
        let left = self
            .all
            .iter()
            .filter(|open| open.may_be_word && !open.is_gone);
        self.words.extend(left.map(|open| open.at));
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_elements() {
        for name in ["b", "sub", "h1", "details"] {
            assert!(is_in(ELEMENTS, name), "{name}");
        }
        for name in ["boat", "h7", "path", "t", "image", "your-name", "h1 h2"] {
            assert!(!is_in(ELEMENTS, name) || name.contains(' '), "{name}");
        }
        assert_eq!(name_at("<B>"), Some(("b".to_owned(), false)));
        assert_eq!(name_at("</b >"), Some(("b".to_owned(), true)));
        for text in ["< b>", "<1>", "<a:b>", "<me@x.y>", "<!-- -->", "<?x"] {
            assert_eq!(name_at(text), None, "{text}");
        }
    }
}
