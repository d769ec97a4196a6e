//! Paths within an archive, and the targets of the addresses in its files.

use crate::import::links::fragment_name;

/// The target of an address in a file of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file of the archive, and possibly a position in it (as written, percent-encoded).
    Inside {
        /// The file's path in the archive.
        path: String,
        /// The fragment; not empty.
        fragment: Option<String>,
    },
    /// An address with a scheme of its own.
    Outside,
    /// Nothing.
    Nowhere,
}

/// Returns the target of `address` as written in the file at `from`.
pub(super) fn place(from: &str, address: &str) -> Place {
    let address = address.trim();
    if address.is_empty() || address.starts_with("//") {
        return Place::Nowhere;
    }
    if has_scheme(address) {
        return Place::Outside;
    }
    let (before, fragment) = address.split_once('#').unwrap_or((address, ""));
    let before = before.split('?').next().unwrap_or_default();
    Place::Inside {
        path: match before {
            "" => from.to_owned(),
            path => resolved(from, &fragment_name(path)),
        },
        fragment: (!fragment.is_empty()).then(|| fragment.to_owned()),
    }
}

/// Resolves a path relative to the file at `from`.
fn resolved(from: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    let folder = match path.starts_with('/') {
        true => "",
        false => from.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns the address of a file, relative to the root of the archive.
pub(super) fn address_of(path: &str) -> String {
    let mut address = String::from("/");
    for character in path.chars() {
        match character {
            '%' | '#' | '?' | '"' | '&' | '<' | '>' => {
                address.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => address.push(other),
        }
    }
    address
}

/// True if an address begins with a scheme (RFC 3986, §3.1,
/// <https://www.rfc-editor.org/rfc/rfc3986#section-3.1>).
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(from: &str, address: &str) -> String {
        match place(from, address) {
            Place::Inside { path, fragment } => match fragment {
                Some(fragment) => format!("{path}#{fragment}"),
                None => path,
            },
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn addresses_are_resolved_within_the_archive() {
        assert_eq!(inside("a/b.xhtml", "c.xhtml#d"), "a/c.xhtml#d");
        assert_eq!(inside("a/b.xhtml", "../c%20d.xhtml"), "c d.xhtml");
        assert_eq!(inside("b.xhtml", "../../c"), "c");
        assert_eq!(inside("a/b.xhtml", "#x"), "a/b.xhtml#x");
        assert_eq!(inside("a/b.xhtml", "/c?d#"), "c");
        assert_eq!(
            inside("a/b.xhtml", &address_of("a/c#d?e.png")),
            "a/c#d?e.png"
        );
        assert_eq!(inside("a/b.xhtml", "https://c"), "Outside");
        assert_eq!(inside("a/b.xhtml", "//c"), "Nowhere");
    }
}
