//! Shortens the names shared by the program and its glue: most of them end in a digest, which
//! nobody reads and no compression makes smaller.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ImportSection, Module};

use crate::project::Result;

/// Prefix of the names made by wasm-bindgen.
const MADE: &str = "__wb";
/// Prefix of the short names, which nothing else in the glue has.
const SHORT: &str = "_w";

/// The program and its glue, with short names for the program's imports and exports.
///
/// # Errors
/// If the program cannot be read, or the glue lacks a name that the program imports.
pub fn minify(program: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let mut short = Module::new();
    names
        .parse_core_module(&mut short, wasmparser::Parser::new(0), program)
        .map_err(|error| format!("The program cannot be read: {error}."))?;
    let (glue, met) = renamed(glue, &names.0)?;
    match met == names.0.len() {
        true => Ok((short.finish(), glue)),
        false => Err(format!(
            "The program wants {} names, the glue has {met}.",
            names.0.len()
        )),
    }
}

/// Short names by long ones.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> std::result::Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            self.parse_import(imports, import?)?;
        }
        Ok(())
    }

    fn parse_import(
        &mut self,
        imports: &mut ImportSection,
        import: wasmparser::Import<'_>,
    ) -> std::result::Result<(), Error<Infallible>> {
        let kind = self.entity_type(import.ty)?;
        if !import.name.starts_with(MADE) {
            imports.import(import.module, import.name, kind);
            return Ok(());
        }
        let count = self.0.len();
        let name = self.0.entry(import.name.to_owned());
        let name = name.or_insert_with(|| format!("{SHORT}{count:x}"));
        imports.import(import.module, name, kind);
        Ok(())
    }
}

/// The glue with all whole names replaced, and the number of names that occurred in it.
fn renamed(glue: &str, names: &BTreeMap<String, String>) -> Result<(String, usize)> {
    let belongs = |letter: char| letter.is_alphanumeric() || letter == '_';
    let (mut short, mut met) = (String::new(), std::collections::BTreeSet::new());
    let mut rest = glue;
    while let Some(start) = rest.find(belongs) {
        let word = &rest[start..];
        let length = word.find(|letter| !belongs(letter)).unwrap_or(word.len());
        let word = &word[..length];
        short += &rest[..start];
        short += match names.get(word) {
            Some(name) => {
                met.insert(word);
                name
            }
            None if names.values().any(|short| short == word) => {
                return Err(format!("The glue calls something {word} already."));
            }
            None => word,
        };
        rest = &rest[start + length..];
    }
    Ok((short + rest, met.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, TypeSection};

    fn program(names: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in names {
            imports.import("wbg", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn both_sides_have_the_same_short_names() {
        let long = program(&["__wbg_new_bb74", "memory", "__wbg_new_bb74_2"]);
        let glue = "{__wbg_new_bb74:()=>1,__wbg_new_bb74_2:()=>a.__wbg_new_bb74,b__wbg_new_bb74:2}";
        let (program_short, glue) = minify(&long, glue).expect("it is a program");
        assert_eq!(program_short, program(&["_w0", "memory", "_w1"]));
        assert_eq!(glue, "{_w0:()=>1,_w1:()=>a._w0,b__wbg_new_bb74:2}");
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        assert!(minify(&program(&["__wbg_new_bb74"]), "{other:1}").is_err());
        assert!(minify(b"no program", "{}").is_err());
        assert!(minify(&program(&["__wbg_new_bb74"]), "_w0,__wbg_new_bb74").is_err());
    }
}
