//! What a reader prefers: light or dark, single-letter keys.

use super::local;
use super::system::{root, window};

/// The setting of light or dark; `static/theme.js` reads it before the first frame.
const THEME: &str = "theme";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Match system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Theme; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in storage and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.name() == name)
            .unwrap_or_default()
    }

    /// The theme that is shown: what was chosen, from the first frame on (`static/theme.js`).
    pub fn shown() -> Self {
        let shown = root().and_then(|root| root.get_attribute("data-theme"));
        Self::from_name(&shown.unwrap_or_default())
    }

    /// Shows this theme, and keeps the choice where that is allowed.
    pub fn choose(self) {
        if let Some(root) = root() {
            let _ = root.set_attribute("data-theme", self.name());
        }
        match local::set_setting(THEME, self.name()) {
            Ok(()) => forget_for_tab(THEME),
            // Where there is no room for the choice, this tab keeps it; where that is forbidden as
            // well, it holds for this visit.
            Err(_) => keep_for_tab(THEME, self.name()),
        }
    }
}

/// Keeps a setting for as long as the tab lives. Its storage has a limit of its own.
fn keep_for_tab(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(&local::setting_key(name), value);
    }
}

/// What this tab has kept is over: it is kept for all of them.
fn forget_for_tab(name: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(&local::setting_key(name));
    }
}

/// Whether single letters are keys (WCAG 2.1.4 asks for a way to switch them off).
pub fn letter_keys() -> bool {
    local::setting("letter-keys").as_deref() != Some("off")
}

/// Switches single-letter keys on or off.
pub fn set_letter_keys(on: bool) {
    // A choice that cannot be kept still holds for this visit.
    let _ = local::set_setting("letter-keys", if on { "on" } else { "off" });
}
