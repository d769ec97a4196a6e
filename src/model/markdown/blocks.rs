//! Blocks below each other, each line behind the signs of the quotations and lists around it.

/// What stands before the lines of a container.
struct Around {
    /// Before its first line, until that is written.
    first: Option<String>,
    /// Before every other line.
    rest: String,
    /// True for an item, which needs no blank line before it.
    is_item: bool,
    /// True once it has a line.
    has_lines: bool,
}

/// Writes blocks.
#[derive(Default)]
pub(super) struct Blocks {
    out: String,
    around: Vec<Around>,
    /// True if an item was the last container that was closed since the last block.
    ends_with_item: bool,
}

impl Blocks {
    /// Opens a container whose lines begin like this.
    pub(super) fn open(&mut self, first: &str, rest: &str) {
        self.push(first, rest, false);
    }

    /// Opens an item of a list.
    pub(super) fn open_item(&mut self, first: &str, rest: &str) {
        self.push(first, rest, true);
    }

    fn push(&mut self, first: &str, rest: &str, is_item: bool) {
        self.around.push(Around {
            first: Some(first.to_owned()),
            rest: rest.to_owned(),
            is_item,
            has_lines: false,
        });
    }

    /// Closes the innermost container.
    pub(super) fn close(&mut self) {
        let closed = self.around.pop();
        self.ends_with_item = closed.is_some_and(|closed| closed.is_item && closed.has_lines);
    }

    /// Writes a block of one or more lines.
    pub(super) fn write(&mut self, block: &str) {
        if block.trim().is_empty() {
            return;
        }
        self.separate();
        for (number, line) in block.split('\n').enumerate() {
            if number > 0 {
                self.out.push('\n');
            }
            for around in &mut self.around {
                let first = around.first.take();
                self.out.push_str(first.as_deref().unwrap_or(&around.rest));
            }
            self.out.push_str(line);
            self.trim_line();
        }
        for around in &mut self.around {
            around.has_lines = true;
        }
        self.ends_with_item = false;
    }

    /// Begins a new line, after a blank one unless an item follows another.
    fn separate(&mut self) {
        if self.out.is_empty() {
            return;
        }
        self.out.push('\n');
        let begun = self.around.iter().take_while(|around| around.has_lines);
        let (inside, new) = self.around.split_at(begun.count());
        let follows_item = new.first().is_some_and(|new| new.is_item) && self.ends_with_item;
        if follows_item {
            return;
        }
        for around in inside {
            self.out.push_str(&around.rest);
        }
        self.trim_line();
        self.out.push('\n');
    }

    fn trim_line(&mut self) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
    }

    /// Returns what was written.
    pub(super) fn finish(self) -> String {
        self.out
    }
}
