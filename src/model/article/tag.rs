//! The elements that an article can have.

/// How an element relates to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Holds words and inlines, but no blocks.
    Leaf,
    /// Holds blocks; words directly in it get their own paragraph.
    Container,
    /// Like a container, but becomes the leaf itself if it holds only one run of words.
    Item,
    /// Occurs within a leaf.
    Inline,
    /// Holds nothing.
    Void,
}

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident $code:literal $element:literal $role:ident,)*) => {
        /// An element of an article. Nothing else can be drawn.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Tag { $($(#[$doc])* $name,)* }

        impl Tag {
            /// Every tag.
            pub const ALL: &[Tag] = &[$(Tag::$name,)*];

            /// The tag's name in a stored article; mostly that of the HTML element.
            pub fn code(self) -> &'static str {
                match self { $(Tag::$name => $code,)* }
            }

            /// The HTML element that draws it.
            pub fn element(self) -> &'static str {
                match self { $(Tag::$name => $element,)* }
            }

            /// How it relates to the text.
            pub fn role(self) -> Role {
                match self { $(Tag::$name => Role::$role,)* }
            }

    /// True if content that does not fit one element of this kind can continue in another.
    pub fn goes_on(self) -> bool {
        matches!(
            self,
            Self::Ul
                | Self::Ol
                | Self::Li
                | Self::Dl
                | Self::Dd
                | Self::Blockquote
                | Self::Callout
                | Self::Table
                | Self::Thead
                | Self::Tbody
                | Self::Tfoot
                | Self::Footnotes
                | Self::Footnote
        )
    }

            /// Returns the tag with a stored name.
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
    /// Preformatted text, which keeps its white space.
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
    /// The part of closed details that is still shown.
    Summary "summary" "summary" Leaf,
    /// The footnotes.
    Footnotes "footnotes" "section" Container,
    /// Footnote.
    Footnote "footnote" "div" Item,
    /// Thematic break between sections.
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
    /// Deleted text.
    Del "del" "del" Inline,
    /// Inserted text.
    Ins "ins" "ins" Inline,
    /// Text marked by the author.
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
    /// Text in another voice.
    I "i" "i" Inline,
    /// Text set off without extra importance.
    B "b" "b" Inline,
    /// Underlined text.
    U "u" "u" Inline,
    /// Text that is no longer accurate.
    S "s" "s" Inline,
    /// Text with its own language or direction.
    Span "span" "span" Inline,
    /// Text isolated from the direction around it.
    Bdi "bdi" "bdi" Inline,
    /// Text with an overridden direction.
    Bdo "bdo" "bdo" Inline,
    /// Text with readings.
    Ruby "ruby" "ruby" Inline,
    /// A reading: shown, but not part of the text (see [`Label`](super::Attribute::Label)).
    Reading "rt" "rt" Void,
    /// A formula as TeX source.
    Tex "tex" "code" Inline,
    /// A formula (MathML Core, <https://www.w3.org/TR/mathml-core/>), with the parts below.
    Math "math" "math" Inline,
    /// A group.
    Mrow "mrow" "mrow" Inline,
    /// An identifier.
    Mi "mi" "mi" Inline,
    /// A number.
    Mn "mn" "mn" Inline,
    /// An operator, a bracket or a separator.
    Mo "mo" "mo" Inline,
    /// Words.
    Mtext "mtext" "mtext" Inline,
    /// Space.
    Mspace "mspace" "mspace" Inline,
    /// A fraction.
    Mfrac "mfrac" "mfrac" Inline,
    /// Square root.
    Msqrt "msqrt" "msqrt" Inline,
    /// Root with an index.
    Mroot "mroot" "mroot" Inline,
    /// With a subscript.
    Msub "msub" "msub" Inline,
    /// With a superscript.
    Msup "msup" "msup" Inline,
    /// With a subscript and a superscript.
    Msubsup "msubsup" "msubsup" Inline,
    /// With an underscript.
    Munder "munder" "munder" Inline,
    /// With an overscript.
    Mover "mover" "mover" Inline,
    /// With an underscript and an overscript.
    Munderover "munderover" "munderover" Inline,
    /// With scripts at any of its corners.
    Mmultiscripts "mmultiscripts" "mmultiscripts" Inline,
    /// Precedes the scripts at the left corners.
    Mprescripts "mprescripts" "mprescripts" Inline,
    /// A matrix, or equations below each other.
    Mtable "mtable" "mtable" Inline,
    /// A row of an `Mtable`.
    Mtr "mtr" "mtr" Inline,
    /// A cell of an `Mtable`.
    Mtd "mtd" "mtd" Inline,
    /// Picture.
    Img "img" "img" Void,
    /// The mark that links to a footnote: shown, but not part of the text.
    NoteReference "noteref" "a" Void,
    /// The link back from a footnote: shown, but not part of the text.
    NoteReturn "noteback" "a" Void,
}

impl Tag {
    /// The level of a heading, from 1 to 6; `None` for other elements.
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

    /// Returns the heading of a level, which is clamped to 1 to 6.
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

    /// True if the element is a table cell.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// True if it belongs to a formula and is drawn as a MathML element.
    pub fn is_mathematical(self) -> bool {
        self == Self::Math || self.is_in_formula()
    }

    /// True if it is a part of a formula. Such parts have meaning by position (numerator before
    /// denominator), so they are kept even without words.
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

    /// True if it is drawn as a block or as a part of one.
    pub fn is_block(self) -> bool {
        match self.role() {
            Role::Leaf | Role::Container | Role::Item => true,
            Role::Inline => false,
            Role::Void => self == Self::Hr,
        }
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
}
