//! Markdown: the notes of an article by a template, and the article with its highlights.

mod chapters;
mod closing;
mod filters;
mod marked;
mod problem;
mod template;

use super::Export;

pub(super) use chapters::{Sorted, words_of};
pub use marked::encode as encode_marked;
pub use problem::{Problem, TemplateError};

/// The templates that come with the program. They are examples of what a reader can write, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// Each passage as a quotation, the note below it.
    #[default]
    Blockquote,
    /// Passage and note in a box of their own (<https://help.obsidian.md/callouts>).
    Callout,
    /// Passages as paragraphs, notes as items of a list.
    Plain,
}

impl Preset {
    /// Every template, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Blockquote, Self::Callout, Self::Plain];

    /// The template.
    pub fn template(self) -> &'static str {
        match self {
            Self::Blockquote => include_str!("markdown/templates/blockquote.md"),
            Self::Callout => include_str!("markdown/templates/callout.md"),
            Self::Plain => include_str!("markdown/templates/plain.md"),
        }
    }

    /// Its name in the page and in tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blockquote => "blockquote",
            Self::Callout => "callout",
            Self::Plain => "plain",
        }
    }

    /// Returns the preset that a template is, if it is one.
    pub fn of(template: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|preset| preset.template() == template)
    }
}

/// Writes the notes of an article by the reader's template, or by the first one of those that come
/// with the program.
///
/// # Errors
/// If the template cannot be used.
pub fn encode(export: &Export) -> Result<String, TemplateError> {
    let template = export.template.as_deref();
    let template = template.unwrap_or_else(|| Preset::default().template());
    template::render(template, &chapters::document(export, true))
}
