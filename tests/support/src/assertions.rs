//! What the page promises to show: painted passages, the save state, and its stored data.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::driver::{Engine, VendorCommand};
use crate::reader::Reader;

/// One painted piece of text, with the ids of the notes it belongs to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Mark {
    pub ids: Vec<String>,
    pub text: String,
}

impl Reader {
    /// The root element's save state: `saving`, `saved` or `failed`.
    pub async fn save_state(&self) -> Option<String> {
        let state = self
            .run(
                "return document.documentElement.dataset.saveState ?? null",
                vec![],
            )
            .await;
        state.as_str().map(str::to_owned)
    }

    /// Waits until the page says that its notes are in this state of being saved.
    pub async fn wait_for_save_state(&self, wanted: &str) {
        let look = async || match self.save_state().await {
            Some(state) if state == wanted => Ok(()),
            other => Err(format!("the save state is {other:?} and not {wanted:?}")),
        };
        self.wait_for(look).await;
    }

    /// Waits until everything shown would survive a crash.
    pub async fn wait_until_saved(&self) {
        self.wait_for_save_state("saved").await;
    }

    /// The painted passages in text order.
    pub async fn marks(&self) -> Vec<Mark> {
        let script = "return [...document.querySelectorAll('mark[data-note]')]
            .map((mark) => ({ ids: mark.dataset.note.split(/\\s+/).filter(Boolean), text: mark.textContent }))";
        serde_json::from_value(self.run(script, vec![]).await).expect("marks have ids and a text")
    }

    /// The painted text of each note, its pieces joined, ordered by their starts.
    pub async fn painted(&self) -> Vec<String> {
        let mut painted: Vec<(String, String)> = Vec::new();
        for mark in self.marks().await {
            for id in mark.ids {
                match painted.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, text)) => text.push_str(&mark.text),
                    None => painted.push((id, mark.text.clone())),
                }
            }
        }
        painted.into_iter().map(|(_, text)| text).collect()
    }

    /// Waits until exactly these texts are painted.
    pub async fn wait_painted(&self, wanted: &[&str]) {
        let look = async || match self.painted().await {
            painted if painted == wanted => Ok(()),
            painted => Err(format!("painted are {painted:?} and not {wanted:?}")),
        };
        self.wait_for(look).await;
    }

    /// What `localStorage` holds under this key.
    pub async fn local_storage(&self, key: &str) -> Option<String> {
        let value = self
            .run(
                "return localStorage.getItem(arguments[0])",
                vec![json!(key)],
            )
            .await;
        value.as_str().map(str::to_owned)
    }

    /// Puts this into `localStorage`.
    pub async fn set_local_storage(&self, key: &str, value: &str) {
        self.run(
            "localStorage.setItem(arguments[0], arguments[1])",
            vec![json!(key), json!(value)],
        )
        .await;
    }

    /// Empties `localStorage`.
    pub async fn clear_local_storage(&self) {
        self.run("localStorage.clear()", vec![]).await;
    }

    /// Console errors since the last call; always empty elsewhere than in Chromium, since no other driver reports any.
    pub async fn console_errors(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let log = self
            .browser
            .client
            .issue_cmd(VendorCommand::console_log())
            .await
            .unwrap_or_default();
        let entries: &[Value] = log.as_array().map(Vec::as_slice).unwrap_or_default();
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        errors
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Saves a screenshot of the page's window as a PNG file.
    pub async fn screenshot(&self, file: &Path) {
        let png = self
            .browser
            .client
            .screenshot()
            .await
            .expect("a picture of the page");
        std::fs::write(file, png).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}
