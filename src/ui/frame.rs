//! The page as the build wrote it: the elements that the app fills, and the article that is there
//! before the app is.
//!
//! The article element is never created or moved by the app, so that a selection that a reader made
//! in it before the app was ready stands, and so does the place of reading.

use web_sys::{Document, Element};

use crate::browser::system::root;
use crate::model::article::Article;
use crate::ui::{say, strings};

/// Attribute of the root element while the page hides the bundled article, because the reader
/// comes back to another one (`static/theme.js`).
const ANOTHER: &str = "data-another";

/// The elements that the app fills. Equal to its clones.
#[derive(Clone, PartialEq)]
pub struct Frame {
    /// Around everything; its class says how the page is laid out.
    pub app: Element,
    /// The bar at the top.
    pub bar: Element,
    /// The landmark `main`.
    pub main: Element,
    /// What stands above the article.
    pub above: Element,
    /// The article.
    pub article: Element,
    /// The toolbar of the selection, after the article.
    pub tools: Element,
    /// The notes.
    pub beside: Element,
    /// Everything that is shown over the page.
    pub over: Element,
}

impl Frame {
    /// Finds the elements; `None` if the page is not as it was built.
    pub fn of(document: &Document) -> Option<Self> {
        let get = |id: &str| document.get_element_by_id(id);
        Some(Self {
            app: get("postil")?,
            bar: get("bar")?,
            main: get("main")?,
            above: get("above")?,
            article: get("article")?,
            tools: get("tools")?,
            beside: get("beside")?,
            over: get("over")?,
        })
    }

    /// Says on the landmark whether an article is still being read, and shows the article if not.
    pub fn show_reading(&self, is_reading: bool) {
        let Some(root) = root() else { return };
        if !is_reading {
            let _ = root.remove_attribute(ANOTHER);
        }
        let hides = root.has_attribute(ANOTHER);
        let say = |name: &str, value: &str| match hides {
            true => self.main.set_attribute(name, value),
            false => self.main.remove_attribute(name),
        };
        let _ = say("aria-busy", "true");
        let _ = say("aria-label", say!(reader.reading));
    }

    /// Says of the article element what is shown in it.
    pub fn describe_article(&self, article: &Article) {
        let description = article.description();
        let direction = description.direction.as_deref().unwrap_or("auto");
        let _ = self.article.set_attribute("dir", direction);
        let title = strings::title(article.title());
        let _ = self.article.set_attribute("aria-label", title);
        let _ = match description.language.as_deref() {
            Some(language) => self.article.set_attribute("lang", language),
            // Of an article in an unknown language nobody should think that it is in the interface's.
            None if strings::other().is_some() => self.article.set_attribute("lang", ""),
            None => self.article.remove_attribute("lang"),
        };
    }
}
