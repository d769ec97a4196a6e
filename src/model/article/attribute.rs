//! The attributes of an article's elements: every one that can be shown at all, and its values.

use crate::model::address;

macro_rules! attributes {
    ($($(#[$doc:meta])* $name:ident $code:literal,)*) => {
        /// What can be said of an element.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Attribute { $($(#[$doc])* $name,)* }

        impl Attribute {
            /// The attribute's name, in a stored article and mostly in HTML.
            pub fn code(self) -> &'static str {
                match self { $(Attribute::$name => $code,)* }
            }

            /// The attribute of a name.
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
    /// What a picture shows, in words.
    Alt "alt",
    /// What an abbreviation or a link stands for.
    Title "title",
    /// Columns that a cell spans.
    Colspan "colspan",
    /// Rows that a cell spans.
    Rowspan "rowspan",
    /// `row`, `col`, `rowgroup` or `colgroup`: what a header cell is the header of.
    Scope "scope",
    /// `left`, `center` or `right`: how a cell's words are set.
    Align "align",
    /// The first number of a list.
    Start "start",
    /// The number of an item.
    Value "value",
    /// How a list is numbered: `1`, `a`, `A`, `i` or `I`.
    Type "type",
    /// `true` where a list counts down.
    Reversed "reversed",
    /// `true` or `false`: a task that is done, or not.
    Checked "checked",
    /// Something that links within the article can point to.
    Id "id",
    /// What is shown in place of words: a reading, a footnote's mark.
    Label "label",
    /// `note`, `tip`, `important`, `warning` or `caution`: what a boxed remark is; `video`,
    /// `audio`, `page` or `file`: what a link leads to that stands for something embedded.
    Kind "kind",
    /// `true` where details are shown open.
    Open "open",
    /// Width of a picture in pixels.
    Width "width",
    /// Height of a picture in pixels.
    Height "height",
    /// The programming language of preformatted text.
    Code "code",
    /// `block` or `inline`: whether a formula has lines of its own.
    Display "display",
    /// `normal` where a name of one letter is upright.
    Mathvariant "mathvariant",
    /// `true` or `false`: whether an operator grows with what is beside it.
    Stretchy "stretchy",
    /// `0` where there is no line between the two parts of a fraction.
    Linethickness "linethickness",
    /// Width of a space in a formula, as `0.5em`.
    Space "space",
}

/// Longest id, label or title, in bytes: more is not read by anybody.
const LONGEST_WORDS: usize = 2_000;
/// Most rows or columns that a cell may span (as in HTML's own limits).
const LARGEST_SPAN: u32 = 1_000;
/// Widest space in a formula, in widths of an m.
const WIDEST_SPACE: u32 = 20;

impl Attribute {
    /// Whether the attribute may have `value`.
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

/// Whether a value is a width of a space: at most a line's. By its digits: what reads fractions is
/// as large as all the rest of this file, and the page would have to load it.
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

/// The attributes of an element. Invariant: each value is one that its attribute admits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes(Vec<(Attribute, Box<str>)>);

impl Attributes {
    /// No attributes.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds an attribute, or leaves it out where the value is not admitted.
    pub fn with(mut self, attribute: Attribute, value: &str) -> Self {
        self.set(attribute, value);
        self
    }

    /// Sets an attribute; says whether the value was admitted.
    pub fn set(&mut self, attribute: Attribute, value: &str) -> bool {
        let admitted = attribute.admits(value);
        if admitted {
            self.0.retain(|(other, _)| *other != attribute);
            self.0.push((attribute, value.into()));
        }
        admitted
    }

    /// The value of an attribute.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        self.0
            .iter()
            .find_map(|(other, value)| (*other == attribute).then_some(&**value))
    }

    /// Every attribute with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &str)> {
        self.0
            .iter()
            .map(|(attribute, value)| (*attribute, &**value))
    }

    /// Whether there are none.
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
