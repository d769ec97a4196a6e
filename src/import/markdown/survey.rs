//! Locates the words of a text as the parser sees it: without code, addresses and HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A run of words.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Its range in bytes.
    pub range: Range<usize>,
    /// The block that contains it.
    pub block: usize,
    /// The part of the block, which code divides.
    pub part: usize,
    /// The innermost inline that contains it.
    pub parent: usize,
    /// The link or picture that contains it, if any.
    pub link: Option<usize>,
}

/// HTML in a text.
#[derive(Debug, Clone)]
pub(super) struct Markup {
    /// Its range in bytes.
    pub range: Range<usize>,
    /// The block that contains it, if it is not one itself.
    pub block: Option<usize>,
}

/// The parts of a text.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Runs of words, in order.
    pub words: Vec<Words>,
    /// HTML, in order.
    pub markup: Vec<Markup>,
    /// Headings.
    pub headings: Vec<Range<usize>>,
    /// Starts of the first paragraphs of quotations.
    pub quoted: Vec<usize>,
    /// Fenced code blocks and HTML blocks.
    pub verbatim: Vec<Range<usize>>,
}

impl Survey {
    /// Surveys a text.
    pub(super) fn of(text: &str, options: Options) -> Self {
        let mut survey = Self::default();
        let (mut block, mut part, mut inlines, mut next) = (0, 0, vec![0], 1);
        let (mut in_code, mut after_quote) = (false, false);
        let mut links = Vec::new();
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            let is_quote = matches!(event, Event::Start(Tag::BlockQuote(_)));
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links.push(next),
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    links.pop();
                }
                _ => {}
            }
            match event {
                Event::Text(_) if in_code => {}
                Event::Text(_) => survey.add(Words {
                    range,
                    block,
                    part,
                    parent: inlines.last().copied().unwrap_or_default(),
                    link: links.last().copied(),
                }),
                Event::Code(_) => part += 1,
                Event::InlineHtml(_) => survey.markup.push(Markup {
                    range,
                    block: Some(block),
                }),
                Event::Start(
                    Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Link { .. }
                    | Tag::Image { .. },
                ) => {
                    inlines.push(next);
                    next += 1;
                }
                Event::End(
                    TagEnd::Emphasis
                    | TagEnd::Strong
                    | TagEnd::Strikethrough
                    | TagEnd::Link
                    | TagEnd::Image,
                ) => {
                    inlines.pop();
                }
                Event::Start(tag) => {
                    block += 1;
                    match tag {
                        Tag::CodeBlock(kind) => {
                            in_code = true;
                            if kind.is_fenced() {
                                survey.verbatim.push(range);
                            }
                        }
                        Tag::HtmlBlock => {
                            survey.verbatim.push(range.clone());
                            survey.markup.push(Markup { range, block: None });
                        }
                        Tag::Heading { .. } => survey.headings.push(range),
                        Tag::Paragraph if after_quote => survey.quoted.push(range.start),
                        _ => {}
                    }
                }
                Event::End(tag) => {
                    block += 1;
                    in_code &= tag != TagEnd::CodeBlock;
                }
                _ => {}
            }
            after_quote = is_quote;
        }
        survey
    }

    /// Adds words, merging them with those directly before: the parser splits them where something
    /// might have begun.
    fn add(&mut self, words: Words) {
        if let Some(last) = self.words.last_mut()
            && (last.range.end, last.block, last.part, last.parent)
                == (words.range.start, words.block, words.part, words.parent)
        {
            last.range.end = words.range.end;
            return;
        }
        self.words.push(words);
    }

    /// True if a byte belongs to the article's words.
    pub(super) fn is_word(&self, at: usize) -> bool {
        let after = self.words.partition_point(|words| words.range.start <= at);
        after > 0 && self.words[after - 1].range.contains(&at)
    }

    /// True if a byte is in a fenced code block or an HTML block.
    pub(super) fn is_verbatim(&self, at: usize) -> bool {
        let after = self.verbatim.partition_point(|range| range.start <= at);
        after > 0 && self.verbatim[after - 1].contains(&at)
    }
}
