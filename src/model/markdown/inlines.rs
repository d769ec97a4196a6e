//! The words of a block with their emphasis, links and code, escaped so that they stay what they are.

use super::dollars::are_prices;
use super::escaping::{MARK, code, escaped, from_the_margin, longest_run};
use super::marks::Stretch;
use crate::model::article::Tag;

/// How words are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    strong: bool,
    emphasis: bool,
    deleted: bool,
    code: bool,
    tex: bool,
    /// True within a passage.
    marked: bool,
    /// The address that they link to.
    link: Option<String>,
}

impl Style {
    /// The style of words in an element within words of this one.
    pub(super) fn within(mut self, tag: Tag, link: Option<&str>) -> Self {
        match tag {
            Tag::Strong | Tag::B => self.strong = true,
            Tag::Em | Tag::I | Tag::Cite | Tag::Var => self.emphasis = true,
            Tag::Del | Tag::S => self.deleted = true,
            Tag::Code | Tag::Kbd | Tag::Samp => self.code = true,
            Tag::Tex => self.tex = true,
            Tag::A => self.link = link.filter(|link| can_be_written(link)).map(str::to_owned),
            _ => {}
        }
        self
    }

    /// True for what is written as it is, and has no signs within.
    pub(super) fn is_code(&self) -> bool {
        self.code || self.tex
    }

    /// The marks around words.
    fn marks(&self) -> String {
        let stars = usize::from(self.emphasis) + 2 * usize::from(self.strong);
        let tildes = if self.deleted { "~~" } else { "" };
        [tildes, &"*".repeat(stars)].concat()
    }
}

/// True if a link to an address makes sense in a note: not if it leads to a place in a page.
fn can_be_written(link: &str) -> bool {
    let stays = |c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c);
    !link.starts_with('#') && !link.contains(stays)
}

/// Words of one style.
struct Run {
    words: String,
    style: Style,
    /// The footnotes that are referred to after them.
    footnotes: Vec<usize>,
}

/// The words of a block, in runs of one style.
#[derive(Default)]
pub(super) struct Line {
    runs: Vec<Run>,
}

impl Line {
    /// Adds words; a line feed breaks the line, over which no style reaches: a blank line would end it.
    pub(super) fn add(&mut self, stretch: &Stretch, style: &Style) {
        let style = Style {
            marked: stretch.is_marked,
            ..style.clone()
        };
        for (number, words) in stretch.words.split('\n').enumerate() {
            if number > 0 {
                self.push("\n", Style::default());
            }
            self.push(words, style.clone());
        }
        if let Some(last) = self.runs.last_mut() {
            last.footnotes.extend(&stretch.footnotes);
        }
    }

    fn push(&mut self, words: &str, style: Style) {
        match self.runs.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.style == style && last.footnotes.is_empty() => {
                last.words.push_str(words);
            }
            _ => self.runs.push(Run {
                words: words.to_owned(),
                style,
                footnotes: Vec::new(),
            }),
        }
    }

    /// References to the footnotes of all passages that end here.
    pub(super) fn references(&self) -> String {
        let all = self.runs.iter().map(|run| references(&run.footnotes));
        all.collect()
    }

    /// As lines of a paragraph.
    pub(super) fn in_lines(&self) -> String {
        let lines = self.inline(false);
        let lines: Vec<String> = lines.split('\n').map(from_the_margin).collect();
        lines.join("\n")
    }

    /// As a heading, which has a single line.
    pub(super) fn in_heading(&self) -> String {
        // A heading's attributes and its closing signs look like this.
        let line = self.inline(false).replace('\n', " ");
        line.replace('{', "\\{").replace('#', "\\#")
    }

    /// As a cell of a table, which has a single line.
    pub(super) fn in_cell(&self) -> String {
        self.inline(true).replace('\n', " ").trim().to_owned()
    }

    /// As it is, in a fence longer than any within.
    pub(super) fn in_fence(&self, language: &str) -> String {
        let words: String = self.runs.iter().map(|run| run.words.as_str()).collect();
        let fence = "`".repeat(longest_run(&words, '`').max(2) + 1);
        let language = language.replace('`', "");
        [&fence, &*language, "\n", &words, "\n", &fence].concat()
    }

    fn inline(&self, in_cell: bool) -> String {
        let mut out = String::new();
        // A mark beside another would be read as one of both.
        let mut just_closed = false;
        let mut is_marked = false;
        let mut footnotes: Vec<usize> = Vec::new();
        for (index, run) in self.runs.iter().enumerate() {
            let (words, style) = (&*run.words, &run.style);
            // Marks beside a space of any kind are none, except those of code.
            let is_blank = |c: char| match c {
                ' ' | '\n' => true,
                _ => !style.is_code() && c.is_whitespace() && !c.is_control(),
            };
            let core = words.trim_matches(is_blank);
            let start = words.len() - words.trim_start_matches(is_blank).len();
            let (before, after) = (&words[..start], &words[start + core.len()..]);
            out.push_str(before);
            if core.is_empty() {
                just_closed &= before.is_empty();
                continue;
            }
            footnotes.extend(&run.footnotes);
            // Brackets beside a reference would be read as one link with it.
            let referred = match after.is_empty() && self.is_link_at(index + 1) {
                true => String::new(),
                false => references(&std::mem::take(&mut footnotes)),
            };
            if style.marked && !is_marked {
                out.push_str(MARK);
                (is_marked, just_closed) = (true, false);
            }
            let ends = is_marked && !self.is_marked_after(index);
            // Signs of code beside others would be read as one longer sign.
            let written = match out.ends_with(['`', '$']) && style.is_code() {
                true => escaped(core, in_cell),
                false => written(core, style, in_cell),
            };
            let next = match after.chars().next() {
                _ if ends => MARK.chars().next(),
                _ if !referred.is_empty() => Some('['),
                None => {
                    let next = self.runs.get(index + 1);
                    next.and_then(|next| next.words.chars().next())
                }
                next => next,
            };
            let marks = match style.marks() {
                _ if just_closed && before.is_empty() => String::new(),
                marks if can_stand(out.chars().next_back(), &written, next) => marks,
                _ => String::new(),
            };
            let closing: String = marks.chars().rev().collect();
            // Brackets after a reference would make a link of it.
            if before.is_empty() && out.ends_with(']') && written.starts_with('(') {
                out.push('\\');
            }
            out.extend([&marks, &*written, &closing]);
            if ends {
                out.push_str(MARK);
                is_marked = false;
            }
            if !referred.is_empty() && out.ends_with('!') {
                // A picture would begin so.
                out.truncate(out.len() - 1);
                out.push_str("\\!");
            }
            out.push_str(&referred);
            out.push_str(after);
            let has_signs = ends || !referred.is_empty();
            just_closed = !marks.is_empty() && after.is_empty() && !has_signs;
        }
        out
    }

    /// True if a run begins with a link.
    fn is_link_at(&self, index: usize) -> bool {
        let run = self.runs.get(index);
        run.is_some_and(|run| run.style.link.is_some() && !run.words.starts_with([' ', '\n']))
    }

    /// True if the passage goes on after a run, in the same line.
    fn is_marked_after(&self, index: usize) -> bool {
        let is_blank = |run: &&Run| run.words.trim_matches(' ').is_empty();
        let rest = &self.runs[index + 1..];
        let blank = rest.iter().take_while(is_blank);
        let reached = blank.clone().count();
        let next = rest.get(reached);
        blank.into_iter().all(|run| run.style.marked)
            && next.is_some_and(|run| run.style.marked && !run.words.starts_with('\n'))
    }
}

/// References to footnotes (<https://help.obsidian.md/syntax#Footnotes>).
fn references(footnotes: &[usize]) -> String {
    let all = footnotes.iter().map(|number| format!("[^{number}]"));
    all.collect()
}

/// True if marks around words, between these characters, are read as emphasis
/// (<https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>).
fn can_stand(before: Option<char>, words: &str, after: Option<char>) -> bool {
    let is_inside_word =
        |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_punctuation());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let bounded = is_letter(words.chars().next()) && is_letter(words.chars().next_back());
    bounded || !(is_inside_word(before) || is_inside_word(after))
}

/// Writes words without the marks around them.
fn written(words: &str, style: &Style, in_cell: bool) -> String {
    let words = match style {
        // Between dollars, a number with words would be read as prices.
        Style { tex: true, .. } if !words.contains(['$', '\n', '`', '|']) && !are_prices(words) => {
            return ["$", words, "$"].concat();
        }
        Style { code: true, .. } | Style { tex: true, .. } => code(words, in_cell),
        _ => escaped(words, in_cell),
    };
    match &style.link {
        Some(link) if link.contains(['(', ')', '*', '_', '`', '[', ']', '|']) => {
            let link = if in_cell {
                link.replace('|', "%7C")
            } else {
                link.clone()
            };
            ["[", &words, "](<", &link, ">)"].concat()
        }
        Some(link) => ["[", &words, "](", link, ")"].concat(),
        None => words,
    }
}
