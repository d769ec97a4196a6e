//! Elements of the page, found by role and name as by a person or a screen reader.

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::driver::Engine;
use crate::reader::Reader;

/// The script that finds elements by role and name, for scripts that do so too.
pub const ROLES: &str = include_str!("roles.js");

/// A condition on accessible names; a plain string means exactly that name.
#[derive(Clone, Copy, Debug)]
pub enum Name<'a> {
    /// Any name, or none.
    Any,
    /// Exactly this name.
    Is(&'a str),
    /// A name that contains this.
    Has(&'a str),
    /// A name that begins with this.
    Begins(&'a str),
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(name: &'a str) -> Self {
        Name::Is(name)
    }
}

impl<'a> From<&'a String> for Name<'a> {
    fn from(name: &'a String) -> Self {
        Name::Is(name)
    }
}

/// An element by role and name, searched anew for each action; the first if there are several.
#[derive(Clone)]
pub struct Locator<'a> {
    reader: &'a Reader,
    path: Vec<Value>,
}

/// Methods that find elements by role, on the page and inside an element.
macro_rules! roles {
    ($($role:ident),*) => {
        impl Reader {
            $(#[doc = concat!("The things with the role `", stringify!($role), "` and this name.")]
            pub fn $role<'a>(&'a self, name: impl Into<Name<'a>>) -> Locator<'a> {
                self.by_role(stringify!($role), name)
            })*
        }
        impl<'r> Locator<'r> {
            $(#[doc = concat!("The things with the role `", stringify!($role), "` and this name, inside this one.")]
            pub fn $role<'a>(&self, name: impl Into<Name<'a>>) -> Locator<'r> {
                self.by_role(stringify!($role), name)
            })*
        }
    };
}

roles!(
    alert,
    article,
    button,
    checkbox,
    combobox,
    complementary,
    dialog,
    heading,
    link,
    list,
    listitem,
    main,
    menu,
    menuitem,
    option,
    radio,
    region,
    searchbox,
    status,
    textbox,
    toolbar
);

impl Reader {
    /// The things with this role and name.
    pub fn by_role<'a>(&'a self, role: &str, name: impl Into<Name<'a>>) -> Locator<'a> {
        Locator {
            reader: self,
            path: Vec::new(),
        }
        .by_role(role, name)
    }
}

impl<'r> Locator<'r> {
    /// An element inside this one.
    pub fn by_role<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Locator<'r> {
        let (how, name) = match name.into() {
            Name::Any => ("any", ""),
            Name::Is(name) => ("is", name),
            Name::Has(name) => ("has", name),
            Name::Begins(name) => ("begins", name),
        };
        let step = json!({ "role": role, "how": how, "name": name, "nth": null });
        Locator {
            reader: self.reader,
            path: self.path.iter().cloned().chain([step]).collect(),
        }
    }

    /// The match with this index, counted from 0.
    pub fn nth(mut self, index: usize) -> Self {
        if let Some(step) = self.path.last_mut() {
            step["nth"] = json!(index);
        }
        self
    }

    /// Waits until the element is present.
    pub async fn wait(&self) -> Element {
        self.reader.wait_for(async || self.look().await).await
    }

    /// Waits until there is none or it is hidden.
    pub async fn wait_gone(&self) {
        let look = async || match self.count().await {
            0 => Ok(()),
            count => Err(format!(
                "there is still {} ({count} of them)",
                self.description()
            )),
        };
        self.reader.wait_for(look).await;
    }

    /// Waits until there are exactly this many.
    pub async fn wait_count(&self, wanted: usize) {
        let look = async || match self.count().await {
            count if count == wanted => Ok(()),
            count => Err(format!(
                "{count} instead of {wanted} of {}; {}",
                self.description(),
                self.others().await
            )),
        };
        self.reader.wait_for(look).await;
    }

    /// True if it is on the page now.
    pub async fn is_there(&self) -> bool {
        self.count().await > 0
    }

    /// Number of things on the page that match now.
    pub async fn count(&self) -> usize {
        let script = format!("{ROLES} return find(arguments[0]).length;");
        self.reader
            .run(&script, vec![json!(self.path)])
            .await
            .as_u64()
            .unwrap_or_default() as usize
    }

    /// Waits until it is where it was a frame before: what was typed may still be moving it.
    pub async fn wait_still(&self) {
        let look = async || {
            let place = "const { x, y } = element.getBoundingClientRect(); \
                const was = element.placeBefore; element.placeBefore = `${x} ${y}`; \
                await new Promise((done) => requestAnimationFrame(done)); \
                return was === element.placeBefore";
            let script = format!("return (async () => {{ {place} }})()");
            match self.evaluate(&script).await.as_bool() {
                Some(true) => Ok(()),
                _ => Err(format!("{} still moves", self.description())),
            }
        };
        self.reader.wait_for(look).await;
    }

    /// Clicks on it with the mouse.
    pub async fn click(&self) {
        self.act(async |element| element.click().await).await;
    }

    /// Waits until it can be pressed: what it does may not be possible yet.
    pub async fn wait_possible(&self) {
        let look = async || match self.attribute("aria-disabled").await {
            None => Ok(()),
            Some(_) => Err("it cannot be pressed".to_owned()),
        };
        self.reader.wait_for(look).await;
    }

    /// Appends text to a box by real keys.
    pub async fn type_text(&self, text: &str) {
        // Other drivers than WebKit's press Enter for a line feed.
        let entered = char::from(Key::Enter).to_string();
        let text = match self.reader.engine {
            Engine::WebKit => &text.replace('\n', &entered),
            _ => text,
        };
        self.act(async |element| element.send_keys(text).await)
            .await;
    }

    /// Empties the box.
    pub async fn clear(&self) {
        self.act(async |element| element.clear().await).await;
    }

    /// Replaces what is in the box, by real keys.
    pub async fn fill(&self, text: &str) {
        self.clear().await;
        self.type_text(text).await;
    }

    /// Gives it the focus.
    pub async fn focus(&self) {
        self.evaluate("element.focus()").await;
    }

    /// The visible text.
    pub async fn text(&self) -> String {
        self.act(async |element| element.text().await).await
    }

    /// The content of a box.
    pub async fn value(&self) -> String {
        let value = self
            .evaluate("return element.value ?? element.innerText")
            .await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// The value of this attribute.
    pub async fn attribute(&self, name: &str) -> Option<String> {
        self.act(async |element| element.attr(name).await).await
    }

    /// Waits until the attribute has this value.
    pub async fn wait_attribute(&self, name: &str, wanted: &str) {
        let look = async || match self.attribute(name).await {
            Some(value) if value == wanted => Ok(()),
            other => Err(format!(
                "{name} of {} is {other:?} and not {wanted:?}",
                self.description()
            )),
        };
        self.reader.wait_for(look).await;
    }

    /// Runs a function body with this element as `element`.
    pub async fn evaluate(&self, body: &str) -> Value {
        let script = format!("const [element] = arguments; {body}");
        let run = async |element: &Element| {
            let element = serde_json::to_value(element)?;
            self.reader.try_run(&script, vec![element]).await
        };
        self.act(run).await
    }

    /// Acts as soon as possible: the element may be redrawn, or covered for a moment.
    async fn act<T>(&self, act: impl AsyncFn(&Element) -> Result<T, CmdError>) -> T {
        let attempt = async || {
            let element = self.look().await?;
            match act(&element).await {
                Ok(done) => Ok(done),
                Err(error) if may_pass(&error) => Err(format!("{}: {error}", self.description())),
                Err(error) => panic!("{}: {error}", self.description()),
            }
        };
        self.reader.wait_for(attempt).await
    }

    async fn look(&self) -> Result<Element, String> {
        let script = format!("{ROLES} return find(arguments[0])[0] ?? null;");
        let found = self
            .reader
            .try_run(&script, vec![json!(self.path)])
            .await
            .map_err(|error| error.to_string())?;
        match found {
            Value::Null => Err(format!(
                "there is no {}; {}",
                self.description(),
                self.others().await
            )),
            found => Ok(element_of(self.reader, &found)),
        }
    }

    fn description(&self) -> String {
        let step = |step: &Value| {
            let role = step["role"].as_str().unwrap_or_default();
            match step["how"].as_str() {
                Some("any") => role.to_owned(),
                Some("has") => format!("{role} whose name has {}", step["name"]),
                Some("begins") => format!("{role} whose name begins with {}", step["name"]),
                _ => format!("{role} {}", step["name"]),
            }
        };
        self.path.iter().map(step).collect::<Vec<_>>().join(" > ")
    }

    /// The names of all elements with this role, for an error message.
    async fn others(&self) -> String {
        let role = self
            .path
            .last()
            .map(|step| step["role"].clone())
            .unwrap_or_default();
        let script = format!("{ROLES} return namesOf(arguments[0]);");
        match self.reader.try_run(&script, vec![role.clone()]).await {
            Ok(names) => format!("of that role there are {names}"),
            Err(error) => error.to_string(),
        }
    }
}

/// The element that a script returned.
pub fn element_of(reader: &Reader, found: &Value) -> Element {
    let reference = found
        .as_object()
        .and_then(|object| object.values().next())
        .and_then(Value::as_str);
    let reference = reference
        .expect("an element comes as an object with its reference")
        .to_owned();
    Element::from_element_id(reader.browser.client.clone(), reference.into())
}

fn may_pass(error: &CmdError) -> bool {
    let CmdError::Standard(error) = error else {
        return false;
    };
    matches!(
        error.error,
        ErrorStatus::StaleElementReference
            | ErrorStatus::ElementClickIntercepted
            | ErrorStatus::ElementNotInteractable
            | ErrorStatus::InvalidElementState
            | ErrorStatus::NoSuchElement
    )
}
