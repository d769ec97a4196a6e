//! Reads markup token by token and leniently: well-formed XML, and anything else.

use std::borrow::Cow;

/// A token. Words and values are as written, with their references.
pub(super) enum Token<'a> {
    /// `<name a="b">`, or `<name/>` if `empty`.
    Start {
        name: &'a str,
        attributes: Attributes<'a>,
        empty: bool,
    },
    /// `</name>`.
    End(&'a str),
    /// Words with references in them, including a stray `<`.
    Words(&'a str),
    /// Words without references: the content of a CDATA section.
    Verbatim(&'a str),
}

/// The attributes of an element.
pub(super) struct Attributes<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Attributes<'a> {
    /// Returns the first attribute of this name, whatever its prefix; references are resolved.
    pub(super) fn get(&self, wanted: &str) -> Option<Cow<'a, str>> {
        let mut all = self.0.iter();
        let (_, value) = all.find(|(name, _)| is_named(name, wanted))?;
        Some(words(value))
    }

    /// Returns names and values as written.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        self.0.iter().copied()
    }
}

/// Returns a name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Compares a name without its prefix, ignoring ASCII case.
pub(super) fn is_named(name: &str, wanted: &str) -> bool {
    local(name).eq_ignore_ascii_case(wanted)
}

/// The tokens of markup. Comments, instructions and declarations are skipped. What is not closed
/// extends to the end, so that no byte is examined more than a few times.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// Returns the tokens of a text.
    pub(super) fn of(markup: &'a str) -> Self {
        Self { rest: markup }
    }

    /// Skips past the end tag of an element whose content is not markup.
    pub(super) fn skip_raw(&mut self, name: &str) {
        while let Some(at) = self.rest.find("</") {
            let after = &self.rest[at + 2..];
            let head = after.get(..name.len());
            if head.is_some_and(|head| head.eq_ignore_ascii_case(name)) {
                self.rest = past(after, ">");
                return;
            }
            self.rest = after;
        }
        self.rest = "";
    }

    fn until(&mut self, end: &str) -> &'a str {
        let at = self.rest.find(end).unwrap_or(self.rest.len());
        let held = &self.rest[..at];
        self.rest = past(self.rest, end);
        held
    }

    /// Skips past a declaration and its internal subset in brackets, if it has one.
    fn skip_declaration(&mut self) {
        let end = self.rest.find(['[', '>']).unwrap_or(self.rest.len());
        if self.rest[end..].starts_with('[') {
            self.rest = past(&self.rest[end..], "]");
        }
        self.rest = past(self.rest, ">");
    }

    fn tag(&mut self) -> Token<'a> {
        self.rest = &self.rest[1..];
        let name = self.name();
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with("/>") || self.rest.starts_with('>') || self.rest.is_empty() {
                break;
            }
            let name = self.name();
            if name.is_empty() {
                // A stray `/`, `=` or quote.
                let mut characters = self.rest.chars();
                characters.next();
                self.rest = characters.as_str();
                continue;
            }
            attributes.push((name, self.value()));
        }
        let empty = self.rest.starts_with('/');
        self.rest = past(self.rest, ">");
        Token::Start {
            name,
            attributes: Attributes(attributes),
            empty,
        }
    }

    fn name(&mut self) -> &'a str {
        let ends = |c: char| c.is_whitespace() || "/>=\"'<".contains(c);
        let (name, rest) = self
            .rest
            .split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        name
    }

    fn value(&mut self) -> &'a str {
        let Some(rest) = self.rest.trim_start().strip_prefix('=') else {
            return "";
        };
        self.rest = rest.trim_start();
        for quote in ["\"", "'"] {
            let quoted = self.rest.strip_prefix(quote);
            if let Some((value, rest)) = quoted.and_then(|quoted| quoted.split_once(quote)) {
                self.rest = rest;
                return value;
            }
        }
        let ends = |c: char| c.is_whitespace() || c == '>';
        let (value, rest) = self
            .rest
            .split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        value.trim_start_matches(['"', '\''])
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            } else if self.rest.starts_with("<!--") {
                self.rest = past(&self.rest[4..], "-->");
            } else if let Some(rest) = self.rest.strip_prefix("<![CDATA[") {
                self.rest = rest;
                return Some(Token::Verbatim(self.until("]]>")));
            } else if self.rest.starts_with("<!") {
                self.skip_declaration();
            } else if self.rest.starts_with("<?") {
                self.rest = past(self.rest, ">");
            } else if let Some(rest) = self.rest.strip_prefix("</") {
                self.rest = rest;
                return Some(Token::End(self.until(">").trim()));
            } else if begins_tag(self.rest) {
                return Some(self.tag());
            } else {
                // A stray `<` belongs to the words, so the search for the next one begins after it.
                let from = usize::from(self.rest.starts_with('<'));
                let end = self.rest[from..].find('<').map(|at| from + at);
                let (words, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Token::Words(words));
            }
        }
    }
}

fn begins_tag(rest: &str) -> bool {
    let mut characters = rest.chars();
    characters.next() == Some('<')
        && characters
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_')
}

fn past<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

/// Resolves references in words: the five of XML, numeric ones, and the commonest of HTML's
/// (<https://www.w3.org/TR/xml/#sec-references>).
pub(super) fn words(written: &str) -> Cow<'_, str> {
    if !written.contains('&') {
        return Cow::Borrowed(written);
    }
    let (mut out, mut rest) = (String::with_capacity(written.len()), written);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest reference, `&#x10ffff;`, has ten characters.
        let head = &rest[..rest.floor_char_boundary(10)];
        let reference = head
            .split_once(';')
            .and_then(|(name, _)| Some((named(&name[1..])?, name.len() + 1)));
        let (character, length) = reference.unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn named(reference: &str) -> Option<char> {
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the tokens in a notation: `+name a=b`, `+name/`, `-name`, `'words'`.
    fn tokens(markup: &str) -> String {
        let said = Tokens::of(markup).map(|token| match token {
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                let all = attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}={value}"));
                let all: String = all.collect();
                format!("+{name}{all}{}", if empty { "/" } else { "" })
            }
            Token::End(name) => format!("-{name}"),
            Token::Words(words) | Token::Verbatim(words) => format!("'{words}'"),
        });
        said.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn well_formed_markup_is_read() {
        assert_eq!(
            tokens(
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '>'>]><a b=\"1\" c = '2'>x<b/></a>"
            ),
            "+a b=1 c=2 'x' +b/ -a"
        );
        assert_eq!(tokens("<a><![CDATA[<b>]]><!-- <c> --></a>"), "+a '<b>' -a");
    }

    #[test]
    fn other_markup_is_read_too() {
        assert_eq!(
            tokens("a < b <3 <p class=x y>"),
            "'a ' '< b ' '<3 ' +p class=x y="
        );
        assert_eq!(tokens("<a b=\"1"), "+a b=1");
        assert_eq!(tokens("<a /b='1'/ =>"), "+a b=1");
        assert_eq!(tokens("<!-- x"), "");
        assert_eq!(tokens("<"), "'<'");
        assert_eq!(tokens("ä<ä"), "'ä' +ä");
    }

    #[test]
    fn references_are_undone() {
        assert_eq!(words("a &amp; b&#8212;&#x2014;&nope; &"), "a & b——&nope; &");
    }
}
