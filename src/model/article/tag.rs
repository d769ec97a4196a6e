//! The vocabulary of an article: every element and attribute that can be shown at all.

use crate::model::address;

/// What an element is to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Holds words and inlines, never blocks.
    Leaf,
    /// Holds blocks; words in it get a paragraph of their own.
    Container,
    /// Like a container, but is itself the leaf where it holds nothing but one run of words.
    Item,
    /// Stands within a leaf.
    Inline,
    /// Holds nothing.
    Void,
}

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident $code:literal $element:literal $role:ident,)*) => {
        /// An element that an article can have. Nothing else can be drawn.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Tag { $($(#[$doc])* $name,)* }

        impl Tag {
            /// Every tag.
            pub const ALL: &[Tag] = &[$(Tag::$name,)*];

            /// The tag's name in a stored article; mostly the element's own.
            pub fn code(self) -> &'static str {
                match self { $(Tag::$name => $code,)* }
            }

            /// The HTML element it is drawn as.
            pub fn element(self) -> &'static str {
                match self { $(Tag::$name => $element,)* }
            }

            /// What it is to the text.
            pub fn role(self) -> Role {
                match self { $(Tag::$name => Role::$role,)* }
            }

            /// The tag of a stored name.
            pub fn from_code(code: &str) -> Option<Tag> {
                match code { $($code => Some(Tag::$name),)* _ => None }
            }
        }
    };
}

tags! {
    /// Heading of the first level.
    H1 "h1" "h1" Leaf,
    /// Heading of the second level.
    H2 "h2" "h2" Leaf,
    /// Heading of the third level.
    H3 "h3" "h3" Leaf,
    /// Heading of the fourth level.
    H4 "h4" "h4" Leaf,
    /// Heading of the fifth level.
    H5 "h5" "h5" Leaf,
    /// Heading of the sixth level.
    H6 "h6" "h6" Leaf,
    /// Paragraph.
    P "p" "p" Leaf,
    /// Preformatted text; its white space stands.
    Pre "pre" "pre" Leaf,
    /// Bulleted list.
    Ul "ul" "ul" Container,
    /// Numbered list.
    Ol "ol" "ol" Container,
    /// Item of a list.
    Li "li" "li" Item,
    /// Definition list.
    Dl "dl" "dl" Container,
    /// Term.
    Dt "dt" "dt" Leaf,
    /// Definition.
    Dd "dd" "dd" Item,
    /// Quotation.
    Blockquote "blockquote" "blockquote" Container,
    /// A boxed remark: a note, a tip, a warning.
    Callout "callout" "div" Container,
    /// Table.
    Table "table" "table" Container,
    /// A table's caption.
    Caption "caption" "caption" Leaf,
    /// Rows at a table's head.
    Thead "thead" "thead" Container,
    /// Rows of a table.
    Tbody "tbody" "tbody" Container,
    /// Rows at a table's foot.
    Tfoot "tfoot" "tfoot" Container,
    /// Row.
    Tr "tr" "tr" Container,
    /// Header cell.
    Th "th" "th" Item,
    /// Cell.
    Td "td" "td" Item,
    /// Figure.
    Figure "figure" "figure" Container,
    /// A figure's caption.
    Figcaption "figcaption" "figcaption" Leaf,
    /// Details that open and close.
    Details "details" "details" Container,
    /// What stays of closed details.
    Summary "summary" "summary" Leaf,
    /// The footnotes.
    Footnotes "footnotes" "section" Container,
    /// One footnote.
    Footnote "footnote" "div" Item,
    /// Rule between sections.
    Hr "hr" "hr" Void,
    /// Link.
    A "a" "a" Inline,
    /// Emphasis.
    Em "em" "em" Inline,
    /// Strong importance.
    Strong "strong" "strong" Inline,
    /// Code.
    Code "code" "code" Inline,
    /// Subscript.
    Sub "sub" "sub" Inline,
    /// Superscript.
    Sup "sup" "sup" Inline,
    /// Deleted.
    Del "del" "del" Inline,
    /// Inserted.
    Ins "ins" "ins" Inline,
    /// Marked by the author.
    Mark "mark" "mark" Inline,
    /// Small print.
    Small "small" "small" Inline,
    /// Abbreviation.
    Abbr "abbr" "abbr" Inline,
    /// Key to press.
    Kbd "kbd" "kbd" Inline,
    /// Sample output.
    Samp "samp" "samp" Inline,
    /// Variable.
    Var "var" "var" Inline,
    /// Title of a work.
    Cite "cite" "cite" Inline,
    /// Quotation within a sentence.
    Q "q" "q" Inline,
    /// Another voice.
    I "i" "i" Inline,
    /// Set off without more importance.
    B "b" "b" Inline,
    /// Underlined.
    U "u" "u" Inline,
    /// No longer so.
    S "s" "s" Inline,
    /// Carries a language or a direction.
    Span "span" "span" Inline,
    /// Isolated from the direction around it.
    Bdi "bdi" "bdi" Inline,
    /// With a direction forced upon it.
    Bdo "bdo" "bdo" Inline,
    /// Text with readings.
    Ruby "ruby" "ruby" Inline,
    /// A reading: shown, and no part of the text (see [`Attribute::Label`]).
    Reading "rt" "rt" Void,
    /// A formula by its TeX source.
    Tex "tex" "code" Inline,
    /// A formula (MathML Core, <https://www.w3.org/TR/mathml-core/>). What follows is a part of one.
    Math "math" "math" Inline,
    /// A group.
    Mrow "mrow" "mrow" Inline,
    /// A name.
    Mi "mi" "mi" Inline,
    /// A number.
    Mn "mn" "mn" Inline,
    /// An operator, a bracket, a separator.
    Mo "mo" "mo" Inline,
    /// Words.
    Mtext "mtext" "mtext" Inline,
    /// Space.
    Mspace "mspace" "mspace" Inline,
    /// One over the other.
    Mfrac "mfrac" "mfrac" Inline,
    /// Square root.
    Msqrt "msqrt" "msqrt" Inline,
    /// Root of a degree.
    Mroot "mroot" "mroot" Inline,
    /// With something at its foot.
    Msub "msub" "msub" Inline,
    /// With something at its head.
    Msup "msup" "msup" Inline,
    /// With something at both.
    Msubsup "msubsup" "msubsup" Inline,
    /// With something under it.
    Munder "munder" "munder" Inline,
    /// With something over it.
    Mover "mover" "mover" Inline,
    /// With something under and over it.
    Munderover "munderover" "munderover" Inline,
    /// With something at any of its corners.
    Mmultiscripts "mmultiscripts" "mmultiscripts" Inline,
    /// After it come those at the left corners.
    Mprescripts "mprescripts" "mprescripts" Inline,
    /// A matrix, or equations below each other.
    Mtable "mtable" "mtable" Inline,
    /// A row of it.
    Mtr "mtr" "mtr" Inline,
    /// A cell of it.
    Mtd "mtd" "mtd" Inline,
    /// Picture.
    Img "img" "img" Void,
    /// The mark that points to a footnote: shown, and no part of the text.
    NoteReference "noteref" "a" Void,
    /// The way back from a footnote: shown, and no part of the text.
    NoteReturn "noteback" "a" Void,
}

impl Tag {
    /// 1 to 6 for a heading.
    pub fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }

    /// The heading of a level, brought to 1 to 6.
    pub fn heading(level: u8) -> Self {
        match level {
            0 | 1 => Self::H1,
            2 => Self::H2,
            3 => Self::H3,
            4 => Self::H4,
            5 => Self::H5,
            _ => Self::H6,
        }
    }

    /// Whether the element is a cell of a table.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// Whether it belongs to a formula and is drawn as an element of MathML.
    pub fn is_mathematical(self) -> bool {
        self == Self::Math || self.is_in_formula()
    }

    /// Whether it is a part of a formula. It counts by its place among others (what stands over
    /// the line and what under it), so that it is there even without words.
    pub fn is_in_formula(self) -> bool {
        matches!(
            self,
            Self::Mrow
                | Self::Mi
                | Self::Mn
                | Self::Mo
                | Self::Mtext
                | Self::Mspace
                | Self::Mfrac
                | Self::Msqrt
                | Self::Mroot
                | Self::Msub
                | Self::Msup
                | Self::Msubsup
                | Self::Munder
                | Self::Mover
                | Self::Munderover
                | Self::Mmultiscripts
                | Self::Mprescripts
                | Self::Mtable
                | Self::Mtr
                | Self::Mtd
        )
    }

    /// Whether it is drawn as a block (or as a part of one).
    pub fn is_block(self) -> bool {
        match self.role() {
            Role::Leaf | Role::Container | Role::Item => true,
            Role::Inline => false,
            Role::Void => self == Self::Hr,
        }
    }
}

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
const WIDEST_SPACE: f32 = 20.0;

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

/// Whether a value is a width of a space: at most a line's.
fn is_length(value: &str) -> bool {
    let number = value
        .strip_suffix("em")
        .and_then(|em| em.parse::<f32>().ok());
    number.is_some_and(|em| (0.0..=WIDEST_SPACE).contains(&em))
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
    fn every_tag_is_read_back_from_its_code() {
        for tag in Tag::ALL {
            assert_eq!(Tag::from_code(tag.code()), Some(*tag));
        }
    }

    #[test]
    fn nothing_that_runs_has_a_tag() {
        for element in [
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "svg",
            "link",
            "meta",
            "base",
            "maction",
            "annotation-xml",
        ] {
            assert!(
                Tag::ALL.iter().all(|tag| tag.element() != element),
                "{element}"
            );
        }
    }

    #[test]
    fn a_value_that_is_not_admitted_is_left_out() {
        let attributes = Attributes::none()
            .with(Attribute::Href, "javascript:alert(1)")
            .with(Attribute::Dir, "rtl");
        assert_eq!(attributes.get(Attribute::Href), None);
        assert_eq!(attributes.get(Attribute::Dir), Some("rtl"));
    }
}
