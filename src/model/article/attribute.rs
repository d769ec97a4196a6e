//! The attributes that an article's elements can have, and their values.

use crate::model::address;

macro_rules! attributes {
    ($($(#[$doc:meta])* $name:ident $code:literal,)*) => {
        /// An attribute of an element.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Attribute { $($(#[$doc])* $name,)* }

        impl Attribute {
            /// The attribute's name in a stored article and, mostly, in HTML.
            pub fn code(self) -> &'static str {
                match self { $(Attribute::$name => $code,)* }
            }

            /// Returns the attribute with a name.
            pub fn from_code(code: &str) -> Option<Attribute> {
                match code { $($code => Some(Attribute::$name),)* _ => None }
            }
        }
    };
}

attributes! {
    /// `ltr`, `rtl` or `auto`.
    Dir "dir",
    /// Language (BCP 47).
    Lang "lang",
    /// Address of a link: see [`address::is_link`].
    Href "href",
    /// Address of a picture: see [`address::is_picture`].
    Src "src",
    /// A description of a picture in words.
    Alt "alt",
    /// The expansion of an abbreviation, or the title of a link.
    Title "title",
    /// Number of columns that a cell spans.
    Colspan "colspan",
    /// Number of rows that a cell spans.
    Rowspan "rowspan",
    /// The cells that a header cell applies to: `row`, `col`, `rowgroup` or `colgroup`.
    Scope "scope",
    /// The alignment of a cell's words: `left`, `center` or `right`.
    Align "align",
    /// The first number of a list.
    Start "start",
    /// The number of an item.
    Value "value",
    /// The numbering of a list: `1`, `a`, `A`, `i` or `I`.
    Type "type",
    /// `true` if a list counts down.
    Reversed "reversed",
    /// `true` if a task is done, `false` if not.
    Checked "checked",
    /// The target of links within the article.
    Id "id",
    /// Words shown that are not part of the text: a reading, a footnote mark.
    Label "label",
    /// The kind of a callout: `note`, `tip`, `important`, `warning` or `caution`; or the kind of an
    /// embedded object that a link replaces: `video`, `audio`, `page` or `file`.
    Kind "kind",
    /// `true` if details are shown open.
    Open "open",
    /// Width of a picture in pixels.
    Width "width",
    /// Height of a picture in pixels.
    Height "height",
    /// The programming language of preformatted text.
    Code "code",
    /// `block` if a formula has lines of its own, else `inline`.
    Display "display",
    /// `normal` if a name of one letter is upright.
    Mathvariant "mathvariant",
    /// `true` if an operator stretches to the height of its neighbours, else `false`.
    Stretchy "stretchy",
    /// `0` if a fraction has no line between its parts.
    Linethickness "linethickness",
    /// Width of a space in a formula, such as `0.5em`.
    Space "space",
}

/// Longest id, label or title, in bytes; nobody reads more.
const LONGEST_WORDS: usize = 2_000;
/// Most rows or columns that a cell may span (HTML has limits too).
const LARGEST_SPAN: u32 = 1_000;
/// Widest space in a formula, in em.
const WIDEST_SPACE: u32 = 20;

impl Attribute {
    /// True if the attribute may have `value`.
    pub fn admits(self, value: &str) -> bool {
        let one_of = |values: &[&str]| values.contains(&value);
        let number = |most: u32| value.parse::<u32>().is_ok_and(|n| n <= most);
        match self {
            Self::Dir => one_of(&["ltr", "rtl", "auto"]),
            Self::Lang | Self::Code => {
                !value.is_empty()
                    && value.len() <= 64
                    && value.bytes().all(|b| b.is_ascii_graphic() && b != b'"')
            }
            Self::Href => address::is_link(value),
            Self::Src => address::is_picture(value),
            Self::Alt | Self::Title | Self::Label => value.len() <= LONGEST_WORDS,
            Self::Colspan | Self::Rowspan => number(LARGEST_SPAN),
            Self::Scope => one_of(&["row", "col", "rowgroup", "colgroup"]),
            Self::Align => one_of(&["left", "center", "right"]),
            Self::Start | Self::Value => value.parse::<i32>().is_ok(),
            Self::Type => one_of(&["1", "a", "A", "i", "I"]),
            Self::Reversed | Self::Checked | Self::Open | Self::Stretchy => {
                one_of(&["true", "false"])
            }
            Self::Display => one_of(&["block", "inline"]),
            Self::Mathvariant => value == "normal",
            Self::Linethickness => value == "0",
            Self::Space => is_length(value),
            Self::Id => {
                !value.is_empty()
                    && value.len() <= LONGEST_WORDS
                    && !value.chars().any(|c| c.is_whitespace() || c.is_control())
            }
            Self::Kind => one_of(&[
                "note",
                "tip",
                "important",
                "warning",
                "caution",
                "video",
                "audio",
                "page",
                "file",
            ]),
            Self::Width | Self::Height => number(100_000),
        }
    }
}

/// True if a value is the width of a space, at most a line's. Checks the digits by hand: parsing
/// floats is as large as the rest of this file, and the page would have to load it.
fn is_length(value: &str) -> bool {
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = value.strip_suffix("em").filter(|em| em.len() <= 8) else {
        return false;
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let ems = match whole {
        "" if !part.is_empty() => Some(0),
        whole => whole.parse::<u32>().ok().filter(|_| is_number(whole)),
    };
    is_number(part) && ems.is_some_and(|ems| ems < WIDEST_SPACE)
}

/// The attributes of an element. Invariant: each value is allowed for its attribute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes(Vec<(Attribute, Box<str>)>);

impl Attributes {
    /// Creates an empty list of attributes.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds an attribute, or leaves it out if the value is not allowed.
    pub fn with(mut self, attribute: Attribute, value: &str) -> Self {
        self.set(attribute, value);
        self
    }

    /// Sets an attribute if the value is allowed; returns whether it is.
    pub fn set(&mut self, attribute: Attribute, value: &str) -> bool {
        let admitted = attribute.admits(value);
        if admitted {
            self.0.retain(|(other, _)| *other != attribute);
            self.0.push((attribute, value.into()));
        }
        admitted
    }

    /// Returns the value of an attribute.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        self.0
            .iter()
            .find_map(|(other, value)| (*other == attribute).then_some(&**value))
    }

    /// Returns every attribute with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &str)> {
        self.0
            .iter()
            .map(|(attribute, value)| (*attribute, &**value))
    }

    /// True if there are no attributes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_not_admitted_is_left_out() {
        let attributes = Attributes::none()
            .with(Attribute::Href, "javascript:alert(1)")
            .with(Attribute::Dir, "rtl");
        assert_eq!(attributes.get(Attribute::Href), None);
        assert_eq!(attributes.get(Attribute::Dir), Some("rtl"));
    }

    #[test]
    fn a_space_is_no_wider_than_a_line() {
        for width in ["0em", "1em", "0.5em", ".25em", "2.em", "19.99em"] {
            assert!(Attribute::Space.admits(width), "{width}");
        }
        for width in [
            "",
            "em",
            ".em",
            "1",
            "1px",
            "-1em",
            "+1em",
            "1e1em",
            "20em",
            "1.2.3em",
            "9999em",
            "0.00000001em",
            "1 em",
            "infem",
        ] {
            assert!(!Attribute::Space.admits(width), "{width}");
        }
    }
}
