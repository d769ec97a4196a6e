//! The main job in WebKit, the third engine that readers have: `cargo xtask webkit`.

use postil_testing::journey::in_webkit;

use crate::main_job;

in_webkit!(
    highlights: main_job::a_passage_across_a_link_and_two_paragraphs_is_highlighted,
    notes: main_job::a_note_outlives_a_reload_and_so_does_undo,
    files: main_job::notes_leave_as_web_annotations_and_come_back,
    positions: main_job::positions_count_code_points,
);
