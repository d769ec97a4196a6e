//! The pictures of an article: the worker fetches them when the reader asks for those of a host;
//! they are shown from memory. An `img` element never contacts another host itself.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Url};

use super::draw::Elements;
use super::elements;
use crate::app::drawing::open_placeholder;
use crate::app::layout::Labels;
use crate::app::ports::BoxFuture;
use crate::app::protocol::Unshown;
use crate::model::address;

/// Fetches a picture by its address; returns its address in memory, or why it cannot be shown.
pub type FetchPicture = Rc<dyn Fn(&str) -> BoxFuture<Result<String, Unshown>>>;

/// Number of simultaneous fetches: more are no faster, and delay the reader's other requests.
const AT_A_TIME: u32 = 4;

/// The pictures of one article. Dropping them frees what was fetched.
pub struct Pictures {
    labels: Labels,
    fetch: FetchPicture,
    hosts: RefCell<Rc<Vec<String>>>,
    known: RefCell<Vec<Known>>,
    /// Number of pictures being fetched.
    fetching: Cell<u32>,
}

struct Known {
    address: String,
    state: State,
}

enum State {
    /// These elements wait for the picture.
    Wanted(Vec<Element>),
    /// The same, and it is being fetched.
    Fetching(Vec<Element>),
    /// The picture is in memory, at this address.
    Here(String),
    Missing(Unshown),
}

impl Drop for Pictures {
    fn drop(&mut self) {
        for known in self.known.borrow().iter() {
            if let State::Here(here) = &known.state {
                let _ = Url::revoke_object_url(here);
            }
        }
    }
}

impl Pictures {
    /// Creates it with nothing fetched yet.
    pub fn new(labels: Labels, fetch: FetchPicture) -> Rc<Self> {
        Rc::new(Self {
            labels,
            fetch,
            hosts: RefCell::default(),
            known: RefCell::default(),
            fetching: Cell::new(0),
        })
    }

    /// Allows fetching pictures from these hosts and no others; true if that is a change.
    pub fn allow(&self, hosts: &Rc<Vec<String>>) -> bool {
        let is_new = *self.hosts.borrow() != *hosts;
        self.hosts.replace(hosts.clone());
        is_new
    }

    /// True if the reader has asked for the pictures of the address's host.
    pub fn may_show(&self, address: &str) -> bool {
        let hosts = self.hosts.borrow();
        address::host(address).is_some_and(|host| hosts.iter().any(|shown| shown == host))
    }

    /// The reason why a picture is missing, if known.
    pub fn missing(&self, address: &str) -> Option<Unshown> {
        let known = self.known.borrow();
        let known = known.iter().find(|known| known.address == address)?;
        match known.state {
            State::Missing(why) => Some(why),
            _ => None,
        }
    }

    /// Shows a picture in an `img` once it has arrived.
    pub fn show(self: &Rc<Self>, address: &str, image: &Element) {
        let mut known = self.known.borrow_mut();
        match known.iter_mut().find(|known| known.address == address) {
            None => known.push(Known {
                address: address.to_owned(),
                state: State::Wanted(vec![image.clone()]),
            }),
            Some(known) => match &mut known.state {
                State::Wanted(images) | State::Fetching(images) => images.push(image.clone()),
                State::Here(here) => elements::set(image, "src", here),
                State::Missing(_) => {}
            },
        }
        drop(known);
        self.fetch_more();
    }

    fn fetch_more(self: &Rc<Self>) {
        while self.fetching.get() < AT_A_TIME
            && let Some(address) = self.next()
        {
            self.fetching.set(self.fetching.get() + 1);
            let (pictures, fetched) = (Rc::downgrade(self), (self.fetch)(&address));
            spawn_local(async move {
                let fetched = fetched.await;
                show_fetched(&pictures, &address, fetched);
            });
        }
    }

    /// Returns the next wanted picture, and marks it as being fetched.
    fn next(&self) -> Option<String> {
        let mut known = self.known.borrow_mut();
        known.iter_mut().find_map(|known| match &mut known.state {
            State::Wanted(images) => {
                known.state = State::Fetching(std::mem::take(images));
                Some(known.address.clone())
            }
            _ => None,
        })
    }
}

/// Shows a fetched picture, unless the article was closed meanwhile.
fn show_fetched(pictures: &Weak<Pictures>, address: &str, fetched: Result<String, Unshown>) {
    let Some(pictures) = pictures.upgrade() else {
        if let Ok(here) = fetched {
            let _ = Url::revoke_object_url(&here);
        }
        return;
    };
    pictures.fetching.set(pictures.fetching.get() - 1);
    let mut images = Vec::new();
    let mut known = pictures.known.borrow_mut();
    if let Some(known) = known.iter_mut().find(|known| known.address == address) {
        let state = match &fetched {
            Ok(here) => State::Here(here.clone()),
            Err(why) => State::Missing(*why),
        };
        if let State::Fetching(waiting) = std::mem::replace(&mut known.state, state) {
            images = waiting;
        }
    }
    drop(known);
    for image in images {
        match &fetched {
            Ok(here) => elements::set(&image, "src", here),
            Err(why) => {
                let alt = image.get_attribute("alt").unwrap_or_default();
                let mut canvas = Elements::apart(None);
                open_placeholder(&mut canvas, &alt, pictures.labels, Some(*why));
                if let Some(placeholder) = canvas.into_first() {
                    let _ = image.replace_with_with_node_1(&placeholder);
                }
            }
        }
    }
    pictures.fetch_more();
}
