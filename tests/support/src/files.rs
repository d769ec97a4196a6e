//! Files: uploads and downloads.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::locator::{ROLES, element_of};
use crate::reader::Reader;

/// A download that the browser has completed.
#[derive(Debug)]
pub struct Download {
    /// The file's name.
    pub name: String,
    /// The file's content.
    pub bytes: Vec<u8>,
}

impl Download {
    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("the file is UTF-8")
    }
}

impl Reader {
    /// Chooses a file in the input with this label, or with this label on the button beside it.
    pub async fn upload(&self, label: &str, file: &Path) {
        self.upload_several(label, &[file.to_owned()]).await;
    }

    /// Chooses several files at once.
    async fn upload_several(&self, label: &str, files: &[PathBuf]) {
        let script = format!("{ROLES} return fileInput(arguments[0]) ?? null;");
        let look = async || match self.run(&script, vec![json!(label)]).await {
            Value::Null => Err(format!("there is no file input {label:?}")),
            found => Ok(element_of(self, &found)),
        };
        let input = self.wait_for(look).await;
        let path = |file: &PathBuf| {
            let path = fs::canonicalize(file);
            let path = path.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            path.to_string_lossy().into_owned()
        };
        let paths: Vec<String> = files.iter().map(path).collect();
        input
            .send_keys(&paths.join("\n"))
            .await
            .unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    /// Chooses a file with this name and content.
    pub async fn upload_bytes(&self, label: &str, name: &str, bytes: &[u8]) {
        self.upload_all_bytes(label, &[(name, bytes)]).await;
    }

    /// Chooses files with these names and contents, all at once.
    pub async fn upload_all_bytes(&self, label: &str, files: &[(&str, &[u8])]) {
        let written = files.iter().map(|(name, bytes)| {
            let file = self.browser.folder.join(name);
            fs::write(&file, bytes).expect("a file to upload");
            file
        });
        let written: Vec<PathBuf> = written.collect();
        self.upload_several(label, &written).await;
    }

    /// Waits for a downloaded file with this name (`*` matches anything), reads it and deletes it.
    pub async fn wait_for_download(&self, pattern: &str) -> Download {
        let folder = self.browser.downloads();
        let file = self.wait_for(async || finished(&folder, pattern)).await;
        let bytes = fs::read(&file).expect("the downloaded file");
        fs::remove_file(&file).expect("the downloaded file");
        Download {
            name: name_of(&file),
            bytes,
        }
    }
}

/// While a browser is writing, a second file lies beside the final one.
fn finished(folder: &Path, pattern: &str) -> Result<PathBuf, String> {
    let files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    let names: Vec<String> = files.iter().map(|file| name_of(file)).collect();
    let unfinished = |name: &String| {
        name.ends_with(".part") || name.ends_with(".crdownload") || name.starts_with('.')
    };
    if names.iter().any(unfinished) {
        return Err(format!("a download has not ended: {names:?}"));
    }
    let found = files.iter().find(|file| matches(pattern, &name_of(file)));
    found
        .filter(|file| file.metadata().is_ok_and(|metadata| metadata.len() > 0))
        .cloned()
        .ok_or_else(|| format!("no download is named {pattern:?}; there are {names:?}"))
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|tail| {
            tail.char_indices()
                .any(|(at, _)| matches(rest, &tail[at..]))
                || matches(rest, "")
        }),
    }
}

#[test]
fn a_star_stands_for_anything() {
    assert!(matches("notes.json", "notes.json"));
    assert!(matches("*.json", "notes.json"));
    assert!(matches("notes*", "notes.json"));
    assert!(matches("n*es*on", "notes.json"));
    assert!(!matches("*.md", "notes.json"));
    assert!(!matches("notes", "notes.json"));
}
