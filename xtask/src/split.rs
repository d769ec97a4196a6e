//! Splits the program: whatever a first visit does not need becomes a module of its own, which the
//! glue loads on demand. `wasm_split_cli_support` finds it by the program's own references.

use std::fs;
use std::path::Path;

use wasm_encoder::Module;
use wasm_encoder::reencode::{Error, Reencode};

use crate::places::drop_places;
use crate::project::{Project, Result, run};

/// Names of the splitter's files.
const LOADER: &str = "__wasm_split.js";
const LAZY: &str = "split_lazy.wasm";
/// How the loader fetches the lazy part and how it instantiates it.
const FETCHED: &str = "fetch(new URL(\"./split_lazy.wasm\", import.meta.url))";
const STARTED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// Works with any media type: not every host knows that of WebAssembly.
const STARTED_FROM_BYTES: &str = "src.then((part) => WebAssembly.instantiate(part, imports))";
/// The lazy part if `boot.js` has fetched it already.
const FETCHED_BEFORE: &str = "globalThis.postilLazy?.()";

/// A program split in two, and its glue.
pub struct Split {
    pub program: Vec<u8>,
    pub lazy: Vec<u8>,
    /// The script between program and page, which includes a loader for the lazy part.
    pub glue: String,
}

impl Split {
    /// The glue for a lazy part with this name and digest.
    pub fn glue_for(&self, lazy: &str, integrity: &str) -> String {
        let fetched = format!(
            "({FETCHED_BEFORE} ?? fetch(new URL(\"./{lazy}\", import.meta.url), {{ integrity: \"{integrity}\" }}).then((answer) => answer.arrayBuffer()))"
        );
        self.glue.replace(FETCHED, &fetched)
    }
}

/// Splits a program as built by Cargo, and runs wasm-bindgen; `folder` is for intermediate files.
/// If it `drops_places`, panics do not say where they were.
///
/// # Errors
/// If it was built without `--emit-relocs`, has no lazy part, or wasm-bindgen rejects it.
pub fn split(
    project: &Project,
    program: &Path,
    folder: &Path,
    drops_places: bool,
) -> Result<Split> {
    let problem = |error: &dyn std::fmt::Display| format!("{}: {error}.", program.display());
    let mut built = fs::read(program).map_err(|error| problem(&error))?;
    if drops_places {
        drop_places(&mut built)?;
    }
    let main = folder.join("postil.wasm");
    let mut options = wasm_split_cli_support::Options::new(&built);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./postil.js";
    wasm_split_cli_support::transform(options).map_err(|error| problem(&error))?;
    let mut bind = project.command("wasm-bindgen");
    bind.args(["--target=web", "--no-typescript", "--out-name=postil"])
        // The lazy part uses the program's function table.
        .arg("--keep-lld-exports")
        .arg("--out-dir")
        .arg(folder)
        .arg(&main);
    run(&mut bind)?;
    let read =
        |file: &str| fs::read(folder.join(file)).map_err(|error| format!("{file}: {error}."));
    let text = |file: &str| Ok::<_, String>(String::from_utf8_lossy(&read(file)?).into_owned());
    Ok(Split {
        program: without_names(&read("postil_bg.wasm")?)?,
        lazy: without_names(&read(LAZY)?)?,
        glue: with_loader(&text("postil.js")?, &text(LOADER)?)?,
    })
}

/// The glue including the loader: as a separate file it would delay the start.
fn with_loader(glue: &str, loader: &str) -> Result<String> {
    let strange =
        || "The glue or its loader is not as it used to be; see xtask/src/split.rs.".to_owned();
    let (import, glue) = glue.split_once('\n').ok_or_else(strange)?;
    let name = import
        .strip_prefix("import * as ")
        .and_then(|rest| rest.strip_suffix(&format!(" from \"./{LOADER}\"")))
        .ok_or_else(strange)?;
    let loader = loader
        .lines()
        .filter(|line| !line.starts_with("import "))
        .map(|line| line.strip_prefix("export ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n");
    if !loader.contains(FETCHED) || !loader.contains(STARTED) {
        return Err(strange());
    }
    let loader = loader.replace(STARTED, STARTED_FROM_BYTES);
    Ok(format!(
        "const {name} = (() => {{\n{loader}\nreturn {{ __wasm_split_load_lazy }};\n}})();\n{glue}"
    ))
}

/// True if functions are to keep their names, for a profiler, and panics their places.
pub fn keeps_names() -> bool {
    std::env::var_os("POSTIL_NAMES").is_some()
}

/// A module without custom sections, which no browser reads, and with minimal encodings of numbers.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    if keeps_names() {
        return Ok(module.to_vec());
    }
    let mut bare = Module::new();
    WithoutNames
        .parse_core_module(&mut bare, wasmparser::Parser::new(0), module)
        .map_err(|error| format!("A module cannot be read: {error}."))?;
    Ok(bare.finish())
}

struct WithoutNames;

impl Reencode for WithoutNames {
    type Error = std::convert::Infallible;

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> std::result::Result<(), Error<Self::Error>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::CustomSection;

    #[test]
    fn the_loader_is_put_into_the_glue() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nuse(import1);\n";
        let loader = format!(
            "import {{ initSync }} from \"./postil.js\";\nexport const __wasm_split_load_lazy = () => {{\nconst src = {FETCHED};\n{STARTED};\n}};\n"
        );
        let split = Split {
            program: Vec::new(),
            lazy: Vec::new(),
            glue: with_loader(glue, &loader).expect("they fit"),
        };
        let glue = split.glue_for("lazy-1.wasm", "sha256-x");
        assert!(glue.starts_with("const import1 = (() => {\nconst __wasm_split_load_lazy = "));
        assert!(glue.contains("\"./lazy-1.wasm\", import.meta.url), { integrity: \"sha256-x\" })"));
        assert!(glue.ends_with("})();\nuse(import1);\n") && !glue.contains("Streaming"));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(with_loader("use();\n", FETCHED).is_err());
        let glue = "import * as import1 from \"./__wasm_split.js\"\nuse(import1);\n";
        assert!(with_loader(glue, "export const a = 1;").is_err());
    }

    #[test]
    fn names_are_dropped() {
        let mut module = Module::new();
        module.section(&CustomSection {
            name: "name".into(),
            data: (&[1, 2, 3]).into(),
        });
        let bare = without_names(&module.finish()).expect("it is a module");
        assert_eq!(bare, Module::new().finish());
    }
}
