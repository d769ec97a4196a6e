//! The files of notes that wait for the reader to agree to their import.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::ports::FileOfNotes;
use crate::ui::loading::{self, Dialog};

thread_local! {
    static WAITING: RefCell<Vec<Rc<FileOfNotes>>> = RefCell::default();
    /// The number of the last report.
    static REPORTS: Cell<u32> = const { Cell::new(0) };
}

/// Shows what is in files, together with those of which that is shown already.
pub fn ask(files: Vec<Rc<FileOfNotes>>) {
    WAITING.with_borrow_mut(|waiting| waiting.extend(files));
    REPORTS.set(REPORTS.get() + 1);
    loading::enter(Dialog::Import(REPORTS.get()));
}

/// The files that wait.
pub fn all() -> Vec<Rc<FileOfNotes>> {
    WAITING.with_borrow(Clone::clone)
}

/// Forgets them, once the reader has decided.
pub fn forget() {
    WAITING.with_borrow_mut(Vec::clear);
}
