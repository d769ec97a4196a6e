//! Drops the places of panics: file, line and column of each check that may fail are a fortieth of
//! a first visit. What a panic says stays, and so does the browser's stack. The compiler's own
//! option for it, `-Zlocation-detail=none`, is not stable.
//!
//! The program still has its relocations, which say where it refers to what:
//! <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>

use std::collections::BTreeMap;
use std::ops::Range;

use wasmparser::{
    KnownCustom, Linking, LinkingSectionReader, Parser, Payload, RelocSectionReader,
    RelocationType, SymbolInfo,
};

use crate::project::Result;

/// Bytes of a place: a pointer to the name of the file and its length, line and column.
const PLACE: usize = 16;
/// What the name of a file ends with.
const FILE: &[u8] = b".rs";

/// Makes every reference to a place refer to the first one, and blanks the others.
///
/// # Errors
/// If the program cannot be read, has no relocations, or no places: then the compiler writes them
/// differently.
pub fn drop_places(program: &mut [u8]) -> Result<()> {
    let parts = Parts::of(program).map_err(|error| format!("The program: {error}."))?;
    let places = parts.places(program);
    let Some((&first, kept)) = places.first_key_value() else {
        return Err("The program has no places of panics; see xtask/src/places.rs.".to_owned());
    };
    for (symbol, at) in parts.references {
        if places.contains_key(&symbol) {
            write_number(&mut program[at], first);
        }
    }
    let kept = kept.clone();
    for (&symbol, file) in &places {
        if symbol != first {
            program[parts.symbols[&symbol].clone()].fill(0);
        }
        if *file != kept {
            program[file.clone()].fill(0);
        }
    }
    Ok(())
}

/// What is needed of a program; ranges are those of its bytes.
#[derive(Default)]
struct Parts {
    /// The data of each symbol, by its index.
    symbols: BTreeMap<u32, Range<usize>>,
    /// The references to symbols in code and data: which symbol, and where its index is written.
    references: Vec<(u32, Range<usize>)>,
    /// The symbols that data refer to, by the position of the reference.
    referred: BTreeMap<usize, u32>,
}

type Read<T> = std::result::Result<T, wasmparser::BinaryReaderError>;

impl Parts {
    fn of(program: &[u8]) -> Read<Self> {
        let mut parts = Self::default();
        // Relocations name their section by its number.
        let (mut number, mut data) = (0, (0, 0));
        let mut segments = Vec::new();
        for payload in Parser::new(0).parse_all(program) {
            let payload = payload?;
            if let Payload::DataSection(section) = &payload {
                data = (number, section.range().start as usize);
                for segment in section.clone() {
                    let start = segment?.data.as_ptr() as usize;
                    segments.push(start - program.as_ptr() as usize);
                }
            }
            if let Payload::CustomSection(section) = &payload {
                match section.as_known() {
                    KnownCustom::Linking(linking) => parts.read_symbols(&linking, &segments)?,
                    KnownCustom::Reloc(entries) => {
                        parts.read_relocations(program, &entries, data)?;
                    }
                    _ => {}
                }
            }
            number += u32::from(payload.as_section().is_some());
        }
        Ok(parts)
    }

    fn read_symbols(&mut self, linking: &LinkingSectionReader, segments: &[usize]) -> Read<()> {
        for part in linking.subsections() {
            let Linking::SymbolTable(symbols) = part? else {
                continue;
            };
            for (index, symbol) in (0..).zip(symbols) {
                if let SymbolInfo::Data {
                    symbol: Some(symbol),
                    ..
                } = symbol?
                {
                    let start = segments[symbol.index as usize] + symbol.offset as usize;
                    let range = start..start + symbol.size as usize;
                    self.symbols.insert(index, range);
                }
            }
        }
        Ok(())
    }

    /// `data`: the number of the section with the data, and where its content begins.
    fn read_relocations(
        &mut self,
        program: &[u8],
        section: &RelocSectionReader,
        data: (u32, usize),
    ) -> Read<()> {
        for entry in section.entries().into_iter_with_offsets() {
            let (offset, entry) = entry?;
            if entry.ty == RelocationType::TypeIndexLeb {
                continue;
            }
            if section.section_index() == data.0 {
                let at = data.1 + entry.offset as usize;
                self.referred.insert(at, entry.index);
            }
            // An entry is its type, its offset and the index of its symbol.
            let index = end_of_number(program, offset as usize + 1);
            let end = end_of_number(program, index);
            self.references.push((entry.index, index..end));
        }
        Ok(())
    }

    /// The symbols that are places, each with the name of its file.
    fn places(&self, program: &[u8]) -> BTreeMap<u32, Range<usize>> {
        let file_of = |place: &Range<usize>| {
            let mut referred = self.referred.range(place.clone());
            let (at, symbol) = referred.next()?;
            let file = self.symbols.get(symbol)?;
            let name = program[file.clone()].trim_ascii_end();
            let name = name.strip_suffix(b"\0").unwrap_or(name);
            let is_place = place.len() == PLACE
                && *at == place.start
                && referred.next().is_none()
                && name.ends_with(FILE);
            is_place.then(|| file.clone())
        };
        let symbols = self.symbols.iter();
        let places = symbols.filter_map(|(&symbol, place)| Some((symbol, file_of(place)?)));
        places.collect()
    }
}

/// The position after a number in LEB128.
fn end_of_number(bytes: &[u8], start: usize) -> usize {
    let more = bytes[start..].iter().take_while(|byte| **byte >= 0x80);
    start + more.count() + 1
}

/// Writes a number in LEB128 with as many bytes as there are.
fn write_number(bytes: &mut [u8], mut number: u32) {
    let last = bytes.len() - 1;
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = (number & 0x7f) as u8 | if at < last { 0x80 } else { 0 };
        number >>= 7;
    }
}

#[cfg(test)]
mod tests {
    use super::{drop_places, end_of_number, write_number};

    #[test]
    fn a_program_without_places_is_refused() {
        let mut program = wasm_encoder::Module::new().finish();
        let refused = drop_places(&mut program).expect_err("it has none");
        assert!(refused.contains("no places"), "{refused}");
    }

    #[test]
    fn a_number_keeps_its_length() {
        let mut bytes = [0xff, 0x83, 0x7f, 1];
        assert_eq!(end_of_number(&bytes, 0), 3);
        write_number(&mut bytes[..3], 5);
        assert_eq!(bytes, [0x85, 0x80, 0, 1]);
        assert_eq!(end_of_number(&bytes, 0), 3);
    }
}
