//! Reads the article aloud from the cursor on, sentence by sentence.

use std::cell::RefCell;

use gloo::events::EventListener;

use super::cursor;
use crate::app::ports::Timer;
use crate::browser::speech::{self, Spoken, Utterance};
use crate::browser::system::window;
use crate::model::cursor::{Step, Unit};
use crate::model::notice::Message;
use crate::ui::hooks::AppHandle;
use crate::ui::say;

/// Milliseconds after which an engine that has not begun is given up: voices of the network take some.
const SILENCE: u32 = 8_000;
/// The step from sentence to sentence.
const NEXT: Step = Step {
    unit: Unit::Sentence,
    forward: true,
    extends: false,
};

/// A reading that goes on or rests.
struct Reading {
    /// The sentence that is read now; `None` while the reading rests.
    spoken: Option<Utterance>,
    /// Incremented with each sentence; what is heard of an earlier one does not count.
    turn: u32,
    watch: Option<Timer>,
    /// Engines go on reading when their page is left.
    _leaving: EventListener,
}

thread_local! {
    static READING: RefCell<Option<Reading>> = const { RefCell::new(None) };
}

/// True if the article is being read aloud, or that rests.
pub fn is_on() -> bool {
    READING.with_borrow(Option::is_some)
}

/// True if a sentence is being read aloud.
pub fn is_speaking() -> bool {
    READING.with_borrow(|reading| {
        reading
            .as_ref()
            .is_some_and(|reading| reading.spoken.is_some())
    })
}

/// Begins to read aloud, rests, or goes on.
pub fn toggle(app: &AppHandle) {
    if !speech::is_there() {
        return app.tell(Message::NotSpoken { absent: true });
    }
    if is_speaking() {
        rest();
        cursor::say(say!(cursor.resting));
        return;
    }
    if !cursor::begin(app) {
        return;
    }
    if !is_on() {
        let leaving = EventListener::new(&window(), "pagehide", |_| {
            stop();
        });
        READING.set(Some(Reading {
            spoken: None,
            turn: 0,
            watch: None,
            _leaving: leaving,
        }));
    }
    speak(app);
}

/// Rests, if the article is being read aloud.
pub fn rest() {
    READING.with_borrow_mut(|reading| {
        if let Some(reading) = reading {
            reading.turn += 1;
            (reading.spoken, reading.watch) = (None, None);
        }
    });
}

/// Ends the reading; true if there was one.
pub fn stop() -> bool {
    READING.take().is_some()
}

/// Reads on from where the cursor is now.
pub fn follow(app: &AppHandle) {
    if is_speaking() {
        speak(app);
    }
}

fn speak(app: &AppHandle) {
    let Some((words, language)) = cursor::words(app) else {
        // Another article is open.
        stop();
        return;
    };
    rest();
    cursor::hush();
    let turn = READING.with_borrow(|reading| reading.as_ref().map(|reading| reading.turn));
    let tell = {
        let app = app.clone();
        move |spoken: Spoken| hear(&app, turn, spoken)
    };
    let spoken = speech::speak(&words, &language, tell.clone());
    let is_spoken = spoken.is_some();
    let watch = app.after(SILENCE, move || tell(Spoken::Failed));
    READING.with_borrow_mut(|reading| {
        if let Some(reading) = reading {
            reading.spoken = spoken;
            reading.watch = Some(watch);
        }
    });
    if !is_spoken {
        hear(app, turn, Spoken::Failed);
    }
}

/// Hears what has become of the sentence of a turn.
fn hear(app: &AppHandle, turn: Option<u32>, spoken: Spoken) {
    let now = READING.with_borrow(|reading| reading.as_ref().map(|reading| reading.turn));
    if now.is_none() || now != turn {
        return;
    }
    match spoken {
        Spoken::Begun => READING.with_borrow_mut(|reading| {
            if let Some(reading) = reading {
                reading.watch = None;
            }
        }),
        // Not within the event, which belongs to the sentence that ends here.
        Spoken::Done => {
            let there = app.clone();
            app.spawn(async move {
                if cursor::go(&there, NEXT, true) {
                    speak(&there);
                } else {
                    stop();
                    cursor::say(say!(cursor.no_more)(Unit::Sentence, true));
                }
            });
        }
        Spoken::Failed => {
            let there = app.clone();
            app.spawn(async move {
                stop();
                there.tell(Message::NotSpoken { absent: false });
            });
        }
    }
}
