//! Links within the article: each is a step of the browser's history, so that Back leads to the line
//! that was read, and the link back from a footnote leads to the citation one came from.

use std::cell::RefCell;

use gloo::events::EventListener;
use web_sys::Element;

use crate::app::all_notes::once_drawn;
use crate::browser::elements::matching;
use crate::browser::page::Page;
use crate::browser::system::{focus_quietly, scroll_to_height};
use crate::browser::tab::{self, Step};
use crate::model::article::ArticleId;
use crate::ui::hooks::AppHandle;

/// Most links that are remembered: who goes back farther finds the line, and the focus stays.
const MOST: usize = 100;

thread_local! {
    static JUMPS: RefCell<Jumps> = RefCell::default();
}

#[derive(Default)]
struct Jumps {
    followed: Vec<Jump>,
    /// Listens to the browser's Back and Forward.
    steps: Option<EventListener>,
}

/// A link that was followed.
#[derive(Clone)]
struct Jump {
    /// The line that was read.
    from: Step,
    /// The byte at which the link stands. Its element may be drawn anew meanwhile.
    at: Option<u32>,
    href: String,
}

/// Follows a link within the article.
pub fn follow(app: &AppHandle, link: &Element) {
    listen(app);
    let Some(page) = app.page() else { return };
    let href = link.get_attribute("href").unwrap_or_default();
    let jump = Jump {
        from: Step {
            article: page.article().id(),
            byte: page.byte_read().unwrap_or_default(),
        },
        at: page.byte_of(link),
        href,
    };
    let article = jump.from.article.clone();
    if let Some(citation) = citation_of(&page, link, &article) {
        tab::step(&jump.from, &citation.from);
        show(&page, citation.from.byte, Some(&citation));
    } else if let Some(target) = page.find_id(&jump.href[1..]) {
        let byte = page.byte_of(&target).unwrap_or_default();
        tab::step(&jump.from, &Step { article, byte });
        page.go_to_element(&target);
    } else {
        return;
    }
    JUMPS.with_borrow_mut(|jumps| {
        jumps.followed.push(jump);
        let excess = jumps.followed.len().saturating_sub(MOST);
        jumps.followed.drain(..excess);
    });
}

/// Returns the last link that led to the footnote whose link back this is.
fn citation_of(page: &Page, link: &Element, article: &ArticleId) -> Option<Jump> {
    if link.get_attribute("role").as_deref() != Some("doc-backlink") {
        return None;
    }
    let leads_here = |jump: &&Jump| {
        let target = page.find_id(&jump.href[1..]);
        // What has the id may be an anchor in the footnote.
        let footnote = target.map(|target| match target.closest(".footnote") {
            Ok(Some(footnote)) => footnote,
            _ => target,
        });
        jump.from.article == *article
            && footnote.is_some_and(|footnote| footnote.contains(Some(link)))
    };
    JUMPS.with_borrow(|jumps| jumps.followed.iter().rev().find(leads_here).cloned())
}

/// Follows the browser's Back and Forward from now on.
pub fn listen(app: &AppHandle) {
    JUMPS.with_borrow_mut(|jumps| {
        jumps.steps.get_or_insert_with(|| {
            let app = app.clone();
            tab::on_step(move |step| arrive(&app, step))
        });
    });
}

/// Goes where a step of the browser's history was; the article may be another one by now.
fn arrive(app: &AppHandle, step: Step) {
    let there = app.clone();
    let article = step.article.clone();
    let arrived = move || {
        if let Some(page) = there.page() {
            let jump = JUMPS.with_borrow(|jumps| {
                let mut latest = jumps.followed.iter().rev();
                latest.find(|jump| jump.from == step).cloned()
            });
            show(&page, step.byte, jump.as_ref());
        }
    };
    once_drawn(app, &article, Box::new(arrived));
}

/// Shows a line where it was read, and focuses the link that was followed there.
fn show(page: &Page, byte: u32, jump: Option<&Jump>) {
    match byte {
        // What stands above the article is seen too.
        0 => scroll_to_height(0.0),
        _ => page.scroll_to_top(byte),
    }
    let Some(jump) = jump else { return };
    let links = matching(page.root(), "a[href]");
    let is_it = |link: &&Element| {
        link.get_attribute("href").as_deref() == Some(&jump.href) && page.byte_of(link) == jump.at
    };
    links.iter().find(is_it).into_iter().for_each(focus_quietly);
}
