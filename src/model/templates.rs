//! The reader's templates: words with which notes begin.

use super::text::shortened;

/// Stands between two templates in the setting, and in none: people do not type it.
const BETWEEN: char = '\u{1e}';
/// Longest name of a template, in code points.
const LONGEST_NAME: usize = 40;
/// Most templates that are kept, so that all can be looked over.
const MOST: usize = 24;

/// The templates, in the order in which they were kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates(Vec<String>);

impl Templates {
    /// Reads the setting; if the reader has none, there is the usual template.
    pub fn from_text(text: Option<&str>, usual: &str) -> Self {
        let templates = text.unwrap_or(usual).split(BETWEEN);
        let templates = templates.filter(|template| !template.trim().is_empty());
        Self(templates.take(MOST).map(str::to_owned).collect())
    }

    /// Writes the setting.
    pub fn to_text(&self) -> String {
        self.0.join(&String::from(BETWEEN))
    }

    /// All of them.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// True if words can be kept: if there are any, they are not kept yet, and there is room.
    pub fn can_keep(&self, words: &str) -> bool {
        let is_new = !self.0.iter().any(|kept| kept == words);
        is_new && !words.trim().is_empty() && !words.contains(BETWEEN) && self.0.len() < MOST
    }

    /// Keeps words as a template.
    pub fn keep(&mut self, words: &str) {
        if self.can_keep(words) {
            self.0.push(words.to_owned());
        }
    }

    /// Removes a template by its index.
    pub fn remove(&mut self, index: usize) {
        if index < self.0.len() {
            self.0.remove(index);
        }
    }
}

/// Returns the name of a template: its first words, without the signs of Markdown.
pub fn name_of(template: &str) -> String {
    let words = template.split(|c: char| c.is_whitespace() || "*_#>`".contains(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    match words.join(" ") {
        name if name.is_empty() => template.trim().to_owned(),
        name => shortened(&name, LONGEST_NAME),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_kept_and_removed() {
        let usual = "**Summary:** \n\n**Question:** ";
        let mut templates = Templates::from_text(None, usual);
        assert_eq!(templates.all(), [usual]);
        templates.keep("> so");
        assert!(!templates.can_keep("> so") && !templates.can_keep(" "));
        let text = templates.to_text();
        assert_eq!(Templates::from_text(Some(&text), usual), templates);
        templates.remove(0);
        templates.remove(5);
        assert_eq!(templates.all(), ["> so"]);
        templates.remove(0);
        let none = Templates::from_text(Some(&templates.to_text()), usual);
        assert!(none.all().is_empty(), "removed for good");
    }

    #[test]
    fn a_template_is_named_by_its_first_words() {
        assert_eq!(
            name_of("**Summary:** \n\n**Question:** "),
            "Summary: Question:"
        );
        assert_eq!(name_of("***"), "***");
    }
}
