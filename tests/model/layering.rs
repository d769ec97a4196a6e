//! Laws of the source tree: what each layer may name, and what no file may contain.

use std::fs;
use std::path::Path;

/// Paths (relative to the project) and text of all files under a folder with these extensions.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("the source tree can be read");
        for entry in entries {
            let path = entry.expect("the source tree can be read").path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if ending.is_some_and(|ending| endings.contains(&ending)) {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                let name = path.strip_prefix(root).expect("it lies in the project");
                found.push((name.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    assert!(!found.is_empty(), "there are files in {folder}");
    found
}

/// The line without its comment; the `//` of an address starts none.
fn code(line: &str) -> &str {
    let comment = line
        .match_indices("//")
        .find(|(at, _)| !line[..*at].ends_with(':'));
    comment.map_or(line, |(at, _)| &line[..at])
}

/// True if the code contains a name, and not as part of a longer one.
fn names(code: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let whole = !name.ends_with(|c: char| c.is_alphanumeric());
        let after = code[at + name.len()..].starts_with(is_part);
        !code[..at].ends_with(is_part) && (whole || !after)
    })
}

/// Lines under a folder that contain one of these names, without the files matched by `except`.
fn uses(folder: &str, forbidden: &[&str], except: impl Fn(&str) -> bool) -> Vec<String> {
    let mut uses = Vec::new();
    for (path, text) in files(folder, &["rs", "js"]) {
        for (number, line) in text.lines().enumerate().filter(|_| !except(&path)) {
            let hits = forbidden.iter().filter(|name| names(code(line), name));
            uses.extend(hits.map(|name| format!("{path}:{}: {name}", number + 1)));
        }
    }
    uses
}

const NONE: [String; 0] = [];
const BROWSER_CRATES: [&str; 6] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "yew",
    "gloo",
];

#[test]
fn names_are_whole_words() {
    assert!(names("use yew::html;", "yew") && !names("reviewed(yewish)", "yew"));
    assert!(names("x = eval(y)", "eval(") && !names("retrieval(y)", "eval("));
    assert_eq!(
        code("let a = \"https://b\"; // yew"),
        "let a = \"https://b\"; "
    );
}

#[test]
fn the_model_and_the_importers_know_no_browser() {
    for folder in ["src/model", "src/import", "src/app"] {
        assert_eq!(uses(folder, &BROWSER_CRATES, |_| false), NONE);
        assert_eq!(
            uses(folder, &["crate::browser", "crate::ui"], |_| false),
            NONE
        );
    }
}

#[test]
fn the_model_knows_no_other_layer() {
    assert_eq!(
        uses(
            "src/model",
            &[
                "crate::app",
                "crate::import",
                "std::time",
                "std::fs",
                "std::net"
            ],
            |_| false
        ),
        NONE
    );
    // What the program does is done over ports: it has no clock and no files of its own, and links
    // no parser.
    let foreign = ["std::time", "std::fs", "std::net"];
    assert_eq!(uses("src/app", &foreign, |_| false), NONE);
    // What is to be read goes through it as it is.
    let of_import = uses("src/app", &["crate::import"], |_| false);
    let of_input = uses("src/app", &["crate::import::Input"], |_| false);
    assert_eq!(of_import.len(), of_input.len(), "{of_import:?}");
}

#[test]
fn only_the_worker_looks_for_passages() {
    // Otherwise the worker's code would become part of the first download.
    let is_worker = |path: &str| {
        let folders = ["src/bin/", "src/model/anchoring/", "src/model/exchange/"];
        folders.iter().any(|folder| path.starts_with(folder))
    };
    assert_eq!(
        uses("src", &["Locator", "locate", "w3c::encode"], is_worker),
        NONE
    );
}

#[test]
fn the_lazy_part_has_one_way_in() {
    // Anything named outside of the lazy part would become part of the first download.
    let modules = [
        "all_notes",
        "aloud",
        "contents",
        "cursor",
        "cursor_keys",
        "dialogs",
        "ends",
        "export",
        "folder",
        "given",
        "import_dialog",
        "jumps",
        "keys",
        "language",
        "library",
        "links",
        "markdown_template",
        "notes",
        "platform",
        "sharing",
        "tags",
        "waiting_files",
        "wholes",
        "your_notes",
    ];
    let names = modules.map(|module| format!("lazy::{module}"));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let is_lazy = |path: &str| path.starts_with("src/ui/lazy/");
    assert_eq!(uses("src", &names, is_lazy), NONE);
    let (inside, outside): (Vec<_>, Vec<_>) = files("src/ui", &["rs"])
        .into_iter()
        .partition(|(path, _)| is_lazy(path));
    let declared = inside.iter().find(|(path, _)| path == "src/ui/lazy/mod.rs");
    let (_, declared) = declared.expect("the lazy part");
    for module in modules {
        assert!(declared.contains(&format!("\nmod {module};")), "{module}");
    }
    assert!(outside.iter().any(|(_, text)| text.contains("lazy::")));
    // The use cases that only the lazy part reaches, and what each may be named by.
    let cases = [
        "all_notes",
        "backup",
        "collection",
        "counterpart",
        "exchange",
        "exporting",
        "folder",
        "importing",
        "library_file",
        "linking",
        "opening",
        "placement",
        "sharing",
        "tagging",
    ];
    let forms = ["app::", "super::"];
    let named = forms.map(|form| cases.map(|case| format!("{form}{case}::")));
    let named: Vec<&str> = named.iter().flatten().map(String::as_str).collect();
    let may = |path: &str| {
        let is_case = cases
            .iter()
            .any(|case| path == format!("src/app/{case}.rs"));
        is_lazy(path) || is_case || path.starts_with("src/model/")
    };
    assert_eq!(uses("src", &named, may), NONE);
}

#[test]
fn the_browser_layer_does_not_know_the_interface() {
    assert_eq!(uses("src/browser", &["crate::ui"], |_| false), NONE);
}

#[test]
fn nothing_writes_markup_or_runs_text() {
    let forbidden = [
        "innerHTML",
        "inner_html",
        "outerHTML",
        "outer_html",
        "from_html_unchecked",
        "insertAdjacentHTML",
        "insert_adjacent_html",
        "document.write",
        "create_contextual_fragment",
        "eval(",
    ];
    for folder in ["src", "static"] {
        // The bookmarklet runs in other pages and only reads their markup.
        let is_guest = |path: &str| path == "static/bookmarklet.js";
        assert_eq!(uses(folder, &forbidden, is_guest), NONE);
    }
}

#[test]
fn only_the_browser_layer_takes_the_page_itself() {
    let is_browser = |path: &str| path.starts_with("src/browser/");
    assert_eq!(
        uses(
            "src",
            &[
                "web_sys::window",
                "gloo::utils::window",
                "gloo::utils::document"
            ],
            is_browser
        ),
        NONE
    );
    assert_eq!(uses("src", &["js_sys::global"], is_browser), NONE);
}

#[test]
fn only_the_text_counts_utf16_units() {
    let is_text = |path: &str| path == "src/model/text.rs";
    assert_eq!(
        uses("src/model", &["encode_utf16", "len_utf16"], is_text),
        NONE
    );
}

#[test]
fn the_native_layers_are_safe_and_documented() {
    for folder in ["src/model", "src/app"] {
        let layer = files(folder, &["rs"]);
        let (_, root) = layer
            .iter()
            .find(|(path, _)| *path == format!("{folder}/mod.rs"))
            .expect("the layer has a root");
        assert!(
            root.contains("#![forbid(unsafe_code)]") && root.contains("#![warn(missing_docs)]")
        );
        for (path, text) in layer {
            assert!(text.starts_with("//! "), "{path} says first what it owns");
        }
    }
}

/// The opening tags of a page, without those in comments.
fn tags(page: &str) -> Vec<&str> {
    let mut rest = page;
    let mut tags = Vec::new();
    while let Some(start) = rest.find('<') {
        let end = if rest[start..].starts_with("<!--") {
            "-->"
        } else {
            ">"
        };
        let length = rest[start..].find(end).expect("what is opened is closed");
        if end == ">" {
            tags.push(&rest[start..start + length]);
        }
        rest = &rest[start + length + end.len()..];
    }
    tags
}

#[test]
fn the_page_has_no_inline_script() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("index.html")).expect("there is a page");
    for tag in tags(&page) {
        let lower = tag.to_ascii_lowercase();
        assert!(
            !lower.starts_with("<script")
                || lower.contains(" src=")
                || lower.contains("application/json"),
            "{tag} is code without an address"
        );
        let said = lower.split_ascii_whitespace().skip(1);
        let handles = |word: &str| word.starts_with("on") && word.contains('=');
        assert!(!said.into_iter().any(handles), "{tag} handles an event");
        assert!(!lower.contains("javascript:"), "{tag} runs an address");
    }
}
