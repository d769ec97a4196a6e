//! HTML that grows: elements, attributes and words, each of which stays in its place.

/// HTML in the making. Whatever is given as words or as a value is escaped.
#[derive(Default)]
pub struct Markup {
    html: String,
    open: Vec<&'static str>,
    /// True directly after the start tag of preformatted text.
    begins_pre: bool,
}

impl Markup {
    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.void(name, attributes);
        self.open.push(name);
        self.begins_pre = name == "pre";
    }

    /// Writes an element that has no content and no end tag.
    pub fn void(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begins_pre = false;
        self.html.extend(["<", name]);
        for (name, value) in attributes {
            self.html.extend([" ", name, "=\""]);
            self.escaped(value);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Writes words.
    pub fn text(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        // A parser drops a line feed that comes first.
        if std::mem::take(&mut self.begins_pre) && words.starts_with('\n') {
            self.html.push('\n');
        }
        self.escaped(words);
    }

    /// Writes what is markup already.
    pub fn raw(&mut self, markup: &str) {
        self.begins_pre = false;
        self.html.push_str(markup);
    }

    /// Closes the element opened last.
    pub fn close(&mut self) {
        self.begins_pre = false;
        if let Some(name) = self.open.pop() {
            self.html.extend(["</", name, ">"]);
        }
    }

    /// Writes an element that holds only words.
    pub fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], words: &str) {
        self.open(name, attributes);
        self.text(words);
        self.close();
    }

    /// Returns the HTML.
    pub fn finish(self) -> String {
        self.html
    }

    fn escaped(&mut self, words: &str) {
        let mut rest = words;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\r', '\0']) {
            self.html.push_str(&rest[..at]);
            self.html.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\r' => "&#13;",
                // No HTML can say it.
                _ => "\u{fffd}",
            });
            rest = &rest[at + 1..];
        }
        self.html.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn nothing_leaves_its_place() {
        let mut page = Markup::default();
        page.open("p", &[("title", "\"><script>")]);
        page.text("</p><!-- & 'so'");
        page.close();
        assert_eq!(
            page.finish(),
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt;&lt;!-- &amp; 'so'</p>"
        );
    }

    #[test]
    fn preformatted_text_keeps_its_first_line_feed() {
        let mut page = Markup::default();
        page.element("pre", &[], "\na");
        page.element("p", &[], "\na");
        assert_eq!(page.finish(), "<pre>\n\na</pre><p>\na</p>");
    }
}
