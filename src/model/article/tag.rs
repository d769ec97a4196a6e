//! The elements of an article: every one that can be shown at all.

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

    /// Whether what does not fit into one element of this kind can go on in another.
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
    /// A reading: shown, and no part of the text (see [`Label`](super::Attribute::Label)).
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
