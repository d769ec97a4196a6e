//! Rewrites Markdown with raw HTML as one HTML text for the HTML importer.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use super::Document;
use super::footnotes::{Footnotes, footnote_id, reference_id};
use super::mended::{CAPTION, LABEL};
use super::writer::kind_name;

impl Document<'_> {
    /// Returns HTML equivalent to the Markdown, which has so many `bytes`. The HTML importer makes
    /// the same article of it as [`super::read`] would.
    pub(super) fn into_html(self, bytes: usize) -> String {
        let mut referred = vec![0; self.footnotes.in_order.len()];
        let mut events = with_references(self.body, &self.footnotes, &mut referred);
        events.extend(definitions(self.footnotes, &mut referred));
        let mut markup = String::with_capacity(bytes * 3 / 2);
        html::push_html(&mut markup, in_html(events).into_iter());
        markup
    }
}

/// Replaces events that the parser would not write in the HTML that pages use.
fn in_html(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut in_label = false;
    let html = |markup: String| Event::Html(CowStr::from(markup));
    for event in events {
        match event {
            Event::InlineMath(tex) => {
                out.push(Event::InlineHtml(formula(&tex, "inline", ["\\(", "\\)"])))
            }
            Event::DisplayMath(tex) => {
                out.push(Event::InlineHtml(formula(&tex, "display", ["\\[", "\\]"])))
            }
            Event::Start(Tag::MetadataBlock(CAPTION)) => out.push(html("<caption>".to_owned())),
            Event::End(TagEnd::MetadataBlock(CAPTION)) => out.push(html("</caption>".to_owned())),
            Event::Start(Tag::MetadataBlock(LABEL)) => in_label = true,
            Event::End(TagEnd::MetadataBlock(LABEL)) => in_label = false,
            Event::Text(label) if in_label => {
                if let Some(Event::Start(Tag::BlockQuote(Some(kind)))) = out.pop() {
                    let kind = kind_name(kind);
                    out.push(html(format!(
                        "<blockquote class=\"markdown-alert-{kind}\" data-callout=\"{}\">\n",
                        escaped(&label)
                    )));
                }
            }
            event => out.push(event),
        }
    }
    out
}

/// Writes a formula as pandoc does.
fn formula(tex: &str, kind: &str, [open, close]: [&str; 2]) -> CowStr<'static> {
    let tex = escaped(tex);
    CowStr::from(format!(
        "<span class=\"math {kind}\">{open}{tex}{close}</span>"
    ))
}

fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    words.replace('>', "&gt;").replace('"', "&quot;")
}

/// Returns the events with each reference as a link marked as one.
fn with_references<'a>(
    events: Vec<Event<'a>>,
    footnotes: &Footnotes<'a>,
    referred: &mut [usize],
) -> Vec<Event<'a>> {
    let reference = |event: Event<'a>| {
        let Event::FootnoteReference(label) = &event else {
            return event;
        };
        let Some(number) = footnotes.number_of(label) else {
            return Event::Text(CowStr::from(format!("[^{label}]")));
        };
        let Some(nth) = referred.get_mut(number - 1) else {
            return event;
        };
        *nth += 1;
        let (id, target) = (reference_id(number, *nth), footnote_id(number));
        Event::InlineHtml(CowStr::from(format!(
            "<a role=\"doc-noteref\" id=\"{id}\" href=\"#{target}\">{number}</a>"
        )))
    };
    events.into_iter().map(reference).collect()
}

fn definitions<'a>(mut footnotes: Footnotes<'a>, referred: &mut [usize]) -> Vec<Event<'a>> {
    let taken: Vec<Vec<Event<'a>>> = footnotes
        .in_order
        .iter_mut()
        .map(|footnote| std::mem::take(&mut footnote.events))
        .collect();
    let html = |markup: String| Event::Html(CowStr::from(markup));
    let mut out = Vec::new();
    for (footnote, events) in footnotes.in_order.iter().zip(taken) {
        let (number, id) = (footnote.number, footnote_id(footnote.number));
        out.push(html(format!(
            "<div class=\"footnote-definition\" id=\"{id}\">\
             <sup class=\"footnote-definition-label\">{number}</sup>\n"
        )));
        let mut events = with_references(events, &footnotes, referred);
        if footnote.references > 0 && events.last() == Some(&Event::End(TagEnd::Paragraph)) {
            let back = reference_id(number, 1);
            let link = format!(
                "<a role=\"doc-backlink\" href=\"#{back}\">{}</a>",
                super::super::NOTE_RETURN
            );
            events.insert(events.len() - 1, Event::InlineHtml(CowStr::from(link)));
        }
        out.extend(events);
        out.push(html("</div>\n".to_owned()));
    }
    if out.is_empty() {
        return out;
    }
    out.insert(0, html("\n<section class=\"footnotes\">\n".to_owned()));
    out.push(html("</section>\n".to_owned()));
    out
}
