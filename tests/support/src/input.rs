//! Mouse and keyboard input as trusted events, by WebDriver actions.

use std::time::Duration;

use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
    TouchActions,
};
use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::json;

use crate::locator::Locator;
use crate::reader::Reader;

const TEXT: &str = include_str!("text.js");

/// Duration of a drag, so that the page sees the mouse move.
const DRAG: Duration = Duration::from_millis(60);
/// How often a drag is tried when the words move meanwhile.
const TRIES: usize = 3;

/// A point in the page's window, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Deserialize)]
pub struct Point {
    x: f64,
    y: f64,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
struct Points {
    press: Point,
    release: Point,
}

/// The relative position of two points, independent of scrolling: their left edges, and the
/// vertical distance of the last line from the first.
type Shape = (f64, f64, f64);

impl Points {
    fn shape(&self) -> Shape {
        (self.press.x, self.release.x, self.release.y - self.press.y)
    }
}

impl Reader {
    /// Drags the mouse from before `from` to behind `to` in the article; returns the selection.
    ///
    /// `to` is searched from the start of `from` on, so both may be the same words. White space
    /// counts as one blank, and none separates blocks. Both ends must fit into the window, and
    /// `from` must not begin in a link, which a browser would drag.
    pub async fn select_text(&self, from: &str, to: &str) -> String {
        self.drag_over(from, to, |Points { press, release }| (press, release))
            .await
    }

    /// The same in the opposite direction, from behind `to` to before `from`.
    pub async fn select_text_backwards(&self, from: &str, to: &str) -> String {
        self.drag_over(from, to, |Points { press, release }| (release, press))
            .await
    }

    /// Repeats the drag if the words had moved by the time the mouse got there: on a busy machine a
    /// font for rare letters may arrive seconds late.
    async fn drag_over(&self, from: &str, to: &str, way: fn(Points) -> (Point, Point)) -> String {
        for _ in 0..TRIES {
            let points = self.still_points_of(from, to).await;
            let (press, release) = way(points);
            self.drag(press, release).await;
            let selected = self.selected_text().await;
            if self.shape_of(from, to).await == Some(points.shape()) {
                return selected;
            }
        }
        panic!("{from:?} moves under each of {TRIES} drags")
    }

    /// The same with a key held down.
    pub async fn select_text_holding(&self, held: &str, from: &str, to: &str) -> String {
        let Points { press, release } = self.still_points_of(from, to).await;
        let value = key(held);
        let keyboard = || KeyActions::new("keyboard".to_owned());
        self.act_with(keyboard().then(KeyAction::Down { value }))
            .await;
        self.drag(press, release).await;
        self.act_with(keyboard().then(KeyAction::Up { value }))
            .await;
        self.selected_text().await
    }

    /// Drags the mouse between two points in the window, in steps; `held` is a key.
    pub async fn drag_between(&self, press: (f64, f64), release: (f64, f64), held: Option<&str>) {
        let point = |(x, y): (f64, f64)| Point { x, y };
        let keyboard = || KeyActions::new("keyboard".to_owned());
        if let Some(held) = held {
            let value = key(held);
            self.act_with(keyboard().then(KeyAction::Down { value }))
                .await;
        }
        self.drag(point(press), point(release)).await;
        if let Some(held) = held {
            let value = key(held);
            self.act_with(keyboard().then(KeyAction::Up { value }))
                .await;
        }
    }

    /// Moves a finger between two points in the window, in steps.
    pub async fn swipe(&self, from: (f64, f64), to: (f64, f64)) {
        let at = |share: f64| PointerAction::MoveTo {
            duration: Some(DRAG),
            x: from.0 + (to.0 - from.0) * share,
            y: from.1 + (to.1 - from.1) * share,
        };
        let button = MOUSE_BUTTON_LEFT;
        let finger = TouchActions::new("finger".to_owned())
            .then(at(0.0))
            .then(PointerAction::Down { button });
        let finger = (1..=5).fold(finger, |finger, step| {
            finger.then(at(f64::from(step) / 5.0))
        });
        self.act_with(finger.then(PointerAction::Up { button }))
            .await;
    }

    /// Clicks once at a point in the window; `held` is a key.
    pub async fn click_at(&self, there: (f64, f64), held: Option<&str>) {
        self.drag_between(there, there, held).await;
    }

    /// Clicks three times in the middle of these words of the article, which selects their block.
    pub async fn click_thrice(&self, words: &str) -> String {
        let Points { press, release } = self.still_points_of(words, words).await;
        let there = PointerAction::MoveTo {
            duration: Some(Duration::ZERO),
            x: (press.x + release.x) / 2.0,
            y: press.y,
        };
        let button = MOUSE_BUTTON_LEFT;
        let mouse = (0..3).fold(
            MouseActions::new("mouse".to_owned()).then(there),
            |mouse, _| {
                mouse
                    .then(PointerAction::Down { button })
                    .then(PointerAction::Up { button })
            },
        );
        self.act_with(mouse).await;
        self.selected_text().await
    }

    /// Clicks in the middle of these words of the article.
    pub async fn click_text(&self, words: &str) {
        let Points { press, release } = self.still_points_of(words, words).await;
        let middle = Point {
            x: (press.x + release.x) / 2.0,
            y: press.y,
        };
        self.drag(middle, middle).await;
    }

    /// The points of words once these no longer move: a late font moves them, as does an article
    /// that is still being scrolled to its bookmark.
    async fn still_points_of(&self, from: &str, to: &str) -> Points {
        // A background tab may never get a frame.
        let frames = "return new Promise((done) => {
            setTimeout(done, 250);
            requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)));
        }).then(() => true)";
        let still = async || {
            let before = self.points_of(from, to).await;
            self.run(frames, vec![]).await;
            let after = self.points_of(from, to).await;
            (before == after)
                .then_some(after)
                .ok_or_else(|| format!("{from:?} still moves"))
        };
        self.wait_for(still).await
    }

    /// The text that is selected.
    pub async fn selected_text(&self) -> String {
        let text = self.run("return String(getSelection())", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Presses keys together and releases them: `Escape`, `h`, `Control+Enter`, `Control+Shift+H`.
    pub async fn press(&self, keys: &str) {
        let keys: Vec<char> = keys.split('+').map(key).collect();
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let actions = down
            .chain(up)
            .fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
        self.browser
            .client
            .perform_actions(actions)
            .await
            .unwrap_or_else(|error| panic!("{keys:?}: {error}"));
    }

    /// Moves the mouse onto the element.
    pub async fn hover(&self, thing: &Locator<'_>) {
        let middle = "element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            const { left, right, top, bottom } = element.getBoundingClientRect();
            return { x: (left + right) / 2, y: (top + bottom) / 2 };";
        let Point { x, y } = serde_json::from_value(thing.evaluate(middle).await).expect("a place");
        self.point_at((x, y)).await;
    }

    /// Moves the mouse to a point in the window.
    pub async fn point_at(&self, (x, y): (f64, f64)) {
        let mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveTo {
            duration: Some(DRAG),
            x,
            y,
        });
        self.browser
            .client
            .perform_actions(mouse)
            .await
            .expect("the mouse moves");
    }

    async fn act_with(&self, actions: impl Into<fantoccini::actions::ActionSequence>) {
        let done = self.browser.client.perform_actions(actions).await;
        done.unwrap_or_else(|error| panic!("hands: {error}"));
    }

    async fn points_of(&self, from: &str, to: &str) -> Points {
        let script = format!("{TEXT} return pointsOf(arguments[0], arguments[1]);");
        let look = async || {
            let points = self.run(&script, vec![json!(from), json!(to)]).await;
            match points.as_str() {
                Some(instead) => Err(instead.to_owned()),
                None => serde_json::from_value(points).map_err(|error| error.to_string()),
            }
        };
        self.wait_for(look).await
    }

    /// The shape of the passage, as long as both ends are in the article.
    async fn shape_of(&self, from: &str, to: &str) -> Option<Shape> {
        let script = format!(
            "{TEXT} const {{ press, release }} = edgesOf(...arguments); return {{ press, release }}"
        );
        let points = self.run(&script, vec![json!(from), json!(to)]).await;
        let points: Option<Points> = serde_json::from_value(points).ok();
        points.map(|points| points.shape())
    }

    async fn drag(&self, press: Point, release: Point) {
        let to = |Point { x, y }, duration| PointerAction::MoveTo {
            duration: Some(duration),
            x,
            y,
        };
        let halfway = Point {
            x: (press.x + release.x) / 2.0,
            y: (press.y + release.y) / 2.0,
        };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(to(press, Duration::ZERO))
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(to(halfway, DRAG))
            .then(to(release, DRAG))
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        self.browser
            .client
            .perform_actions(mouse)
            .await
            .expect("the mouse moves");
    }
}

/// A key by its name in `KeyboardEvent.key`, or the character it types.
fn key(name: &str) -> char {
    let key = match name {
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => Key::Space,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        character => {
            let mut characters = character.chars();
            return match (characters.next(), characters.next()) {
                (Some(only), None) => only,
                _ => panic!("there is no key {name:?}"),
            };
        }
    };
    key.into()
}
