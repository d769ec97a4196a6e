//! Looks for passages, and keeps the last text prepared for the next question about it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use postil::app::protocol::{FoundPlaces, Place, Placed};
use postil::browser::worker::server::start_task;
use postil::browser::{system, texts};
use postil::model::anchoring::{Anchor, Locator, OlderText};
use postil::model::annotation::Target;
use postil::model::article::Article;
use postil::model::digest::Digest;

/// A question, and where its answer goes.
type Asked = (Place, Channel<Placed>);

/// A task that looks for passages. It owns the text, from which the prepared locator borrows.
#[derive(Clone)]
pub struct Places(Channel<Asked>);

impl Places {
    /// Starts the task, which waits for questions.
    pub fn start() -> Self {
        let questions: Channel<Asked> = Channel::default();
        let all = questions.clone();
        start_task(async move {
            let mut next = all.take().await;
            loop {
                next = answer_about_one_text(next, &all).await;
            }
        });
        Self(questions)
    }

    /// Answers a question when its turn comes.
    pub async fn answer(&self, question: Place) -> Placed {
        let answer = Channel::default();
        self.0.put((question, answer.clone()));
        answer.take().await
    }
}

/// Prepares a text and answers all questions about it. Returns the first question about another
/// text.
async fn answer_about_one_text((first, answer): Asked, questions: &Channel<Asked>) -> Asked {
    let Some(text) = &first.text else {
        answer.put(Placed::Unprepared);
        return questions.take().await;
    };
    let versions = versions(&first.older).await;
    let start = system::milliseconds();
    let locator = Locator::with_versions(text, &versions);
    let took = system::milliseconds() - start;
    drop(versions);
    answer.put(answer_with(&locator, &first, took));
    let is_at_hand = |version: &(Digest, _)| first.older.iter().any(|(at, _)| *at == version.0);
    loop {
        let (next, answer) = questions.take().await;
        if next.digest != first.digest || !next.older.iter().all(is_at_hand) {
            return (next, answer);
        }
        answer.put(answer_with(&locator, &next, 0.0));
    }
}

/// Returns the older texts that were handed over or are stored.
async fn versions(older: &[(Digest, Option<String>)]) -> Vec<OlderText> {
    let mut versions = Vec::new();
    for (digest, given) in older {
        let json = match given {
            Some(json) => Some(json.clone()),
            None => texts::text(digest).await,
        };
        // An article read by another version of the text rule has other offsets and does not help.
        if let Some(Ok(article)) = json.map(|json| Article::from_json(&json)) {
            versions.push(OlderText {
                digest: digest.clone(),
                text: article.text().to_owned(),
            });
        }
    }
    versions
}

fn answer_with(locator: &Locator, question: &Place, prepared: f64) -> Placed {
    let mut numbers = Vec::new();
    let mut times = Vec::new();
    for (sought, original) in &question.targets {
        let start = system::milliseconds();
        place(locator, sought, original.as_ref()).write_numbers(&mut numbers);
        times.push((system::milliseconds() - start) as f32);
    }
    let survival = |(digest, _): &(Digest, _)| locator.survival(digest);
    Placed::Found(FoundPlaces {
        numbers,
        survival: question.older.iter().map(survival).collect(),
        prepared,
        times,
    })
}

/// Returns the anchor of a note where the reader put it. Unless that is certain, the note's
/// original target takes precedence if it is found for certain.
fn place(locator: &Locator, sought: &Target, original: Option<&Target>) -> Anchor {
    let found = locator.locate(sought);
    let is_certain = |anchor: &Anchor| matches!(anchor, Anchor::Exact(_) | Anchor::Moved(_));
    if is_certain(&found) {
        return found;
    }
    let other = original.map(|original| locator.locate(original));
    other.filter(is_certain).unwrap_or(found)
}

/// A queue of values from one task to another.
struct Channel<T>(Rc<RefCell<(VecDeque<T>, Option<Waker>)>>);

impl<T> Default for Channel<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new((VecDeque::new(), None))))
    }
}

impl<T> Clone for Channel<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Channel<T> {
    fn put(&self, thing: T) {
        let mut channel = self.0.borrow_mut();
        channel.0.push_back(thing);
        if let Some(waiting) = channel.1.take() {
            waiting.wake();
        }
    }

    async fn take(&self) -> T {
        poll_fn(|context| {
            let mut channel = self.0.borrow_mut();
            match channel.0.pop_front() {
                Some(thing) => Poll::Ready(thing),
                None => {
                    channel.1 = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
