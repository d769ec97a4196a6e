//! The notes on paper.

use crate::browser::print;
use crate::model::annotation::Annotation;
use crate::ui::hooks::AppHandle;
use crate::ui::strings;

/// Adds the notes of the open article at the end of the page, to be printed.
pub fn print(app: &AppHandle) {
    let session = app.session();
    let placements = &session.placements;
    // A highlight without words is visible in the text.
    let placed = placements.placed().iter().map(|placed| &*placed.annotation);
    let written = placed.filter(|note| !note.is_bare());
    let unanchored = placements
        .unanchored()
        .iter()
        .map(|unanchored| &*unanchored.annotation);
    let pending = placements.pending().iter().map(|note| &**note);
    let lists = [
        print::List {
            heading: strings().notes.label,
            notes: written.collect(),
        },
        print::List {
            heading: strings().notes.without_place,
            notes: unanchored.chain(pending).collect::<Vec<&Annotation>>(),
        },
    ];
    print::put(&lists, strings().notes.whole_article);
}
