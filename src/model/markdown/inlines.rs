//! The words of a block with their emphasis, links and code, escaped so that they stay what they are.

use crate::model::article::Tag;

/// How words are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    strong: bool,
    emphasis: bool,
    deleted: bool,
    code: bool,
    tex: bool,
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

/// The words of a block, in runs of one style.
#[derive(Default)]
pub(super) struct Line {
    runs: Vec<(String, Style)>,
}

impl Line {
    /// Adds words; a line feed breaks the line, over which no style reaches: a blank line would end it.
    pub(super) fn add(&mut self, words: &str, style: Style) {
        for (number, words) in words.split('\n').enumerate() {
            if number > 0 {
                self.push("\n", Style::default());
            }
            self.push(words, style.clone());
        }
    }

    fn push(&mut self, words: &str, style: Style) {
        match self.runs.last_mut() {
            _ if words.is_empty() => {}
            Some((last, same)) if *same == style => last.push_str(words),
            _ => self.runs.push((words.to_owned(), style)),
        }
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
        let words: String = self.runs.iter().map(|(words, _)| words.as_str()).collect();
        let fence = "`".repeat(longest_run(&words, '`').max(2) + 1);
        let language = language.replace('`', "");
        [&fence, &*language, "\n", &words, "\n", &fence].concat()
    }

    fn inline(&self, in_cell: bool) -> String {
        let mut out = String::new();
        // A mark beside another would be read as one of both.
        let mut just_closed = false;
        for (index, (words, style)) in self.runs.iter().enumerate() {
            let core = words.trim_matches([' ', '\n']);
            let start = words.len() - words.trim_start_matches([' ', '\n']).len();
            let (before, after) = (&words[..start], &words[start + core.len()..]);
            out.push_str(before);
            if core.is_empty() {
                just_closed &= before.is_empty();
                continue;
            }
            // Signs of code beside others would be read as one longer sign.
            let written = match out.ends_with(['`', '$']) && (style.code || style.tex) {
                true => escaped(core, in_cell),
                false => written(core, style, in_cell),
            };
            let next = after.chars().next().or_else(|| {
                let next = self.runs.get(index + 1);
                next.and_then(|(words, _)| words.chars().next())
            });
            let marks = match style.marks() {
                _ if just_closed && before.is_empty() => String::new(),
                marks if can_stand(out.chars().next_back(), &written, next) => marks,
                _ => String::new(),
            };
            let closing: String = marks.chars().rev().collect();
            out.extend([&marks, &*written, &closing, after]);
            just_closed = !marks.is_empty() && after.is_empty();
        }
        out
    }
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
        Style { tex: true, .. } if !words.contains(['$', '\n', '`', '|']) => {
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

/// Writes code between as many signs as are needed.
fn code(words: &str, in_cell: bool) -> String {
    let mark = "`".repeat(longest_run(words, '`') + 1);
    let words = words.replace('\n', " ");
    let words = if in_cell {
        words.replace('|', "\\|")
    } else {
        words
    };
    let needs_space = words.starts_with('`') || words.ends_with('`');
    let space = if needs_space { " " } else { "" };
    [&mark, space, &words, space, &mark].concat()
}

fn longest_run(words: &str, sign: char) -> usize {
    let runs = words.split(|c| c != sign).map(str::len);
    runs.max().unwrap_or(0)
}

/// Escapes what Markdown would read as anything but these words.
fn escaped(words: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before: Option<char> = None;
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let twice = before == Some(c) || after == Some(c);
        let means = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '$' => true,
            '_' => !(is_letter(before) && is_letter(after)),
            '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '~' | '=' | '%' => twice || after.is_none() || before.is_none(),
            '|' => in_cell,
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Escapes a line of words, so that it is read as a paragraph of these words.
pub fn escaped_line(line: &str) -> String {
    from_the_margin(&escaped(line, false))
}

/// Escapes what begins a block at the beginning of a line.
fn from_the_margin(line: &str) -> String {
    let line = line.trim_start_matches(' ');
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = line[digits..].chars().next();
    let rest = line.get(digits + 1..).unwrap_or_default();
    let begins = match sign {
        Some('.' | ')') if digits > 0 => rest.is_empty() || rest.starts_with([' ', '\t']),
        _ if digits > 0 => false,
        Some('#' | '>' | '+' | '-' | '=' | '|' | ':' | '!') => true,
        _ => false,
    };
    match begins {
        true => [&line[..digits], "\\", &line[digits..]].concat(),
        false => line.to_owned(),
    }
}
