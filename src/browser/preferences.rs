//! The reader's preferences: light or dark, single-letter keys.

use super::local;
use super::system::{root, window};

/// Name of the theme setting; `static/theme.js` reads it before the first frame.
const THEME: &str = "theme";

/// The theme: light, dark, or that of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All themes.
    pub const ALL: [Theme; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme's name in storage and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Returns the theme with a name.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.name() == name)
            .unwrap_or_default()
    }

    /// Returns the theme in use, as applied before the first frame by `static/theme.js`.
    pub fn shown() -> Self {
        let shown = root().and_then(|root| root.get_attribute("data-theme"));
        Self::from_name(&shown.unwrap_or_default())
    }

    /// Applies this theme, and stores the choice if possible.
    pub fn choose(self) {
        if let Some(root) = root() {
            let _ = root.set_attribute("data-theme", self.name());
        }
        match local::set_setting(THEME, self.name()) {
            Ok(()) => forget_for_tab(THEME),
            // Without room in localStorage, the tab's own storage holds the choice; if that is
            // forbidden too, the choice lasts for this visit.
            Err(_) => keep_for_tab(THEME, self.name()),
        }
    }
}

/// Stores a setting for as long as the tab lives. That storage has a quota of its own.
fn keep_for_tab(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(&local::setting_key(name), value);
    }
}

/// Removes what this tab has stored, as the setting now applies to all tabs.
fn forget_for_tab(name: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(&local::setting_key(name));
    }
}

/// True if single letters are shortcuts (WCAG 2.1.4 requires a way to switch them off).
pub fn letter_keys() -> bool {
    local::setting("letter-keys").as_deref() != Some("off")
}

/// Switches single-letter shortcuts on or off.
pub fn set_letter_keys(on: bool) {
    // If it cannot be stored, the choice still holds for this visit.
    let _ = local::set_setting("letter-keys", if on { "on" } else { "off" });
}
