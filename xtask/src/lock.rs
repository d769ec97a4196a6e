//! Versions: of a package in Cargo.lock, and of an installed program.

/// The version of `package` in the text of a Cargo.lock; the first if there are several.
pub fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| quoted(line, "name") == Some(package))?;
    lines
        .take_while(|line| !line.starts_with("[["))
        .find_map(|line| quoted(line, "version"))
}

/// The version in a program's output for `--version`: the first word that starts with a digit.
pub fn printed_version(output: &str) -> Option<&str> {
    output
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?
        .strip_prefix(" = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen"
version = "0.2.130"

[[package]]
name = "unversioned"

[[package]]
name = "yew"
version = "0.23.0"
"#;

    #[test]
    fn a_locked_version_is_that_of_the_very_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "yew"), Some("0.23.0"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version(LOCK, "unversioned"), None);
    }

    #[test]
    fn a_printed_version_may_stand_after_the_name_and_before_a_commit() {
        assert_eq!(printed_version("wasm-bindgen 0.2.130"), Some("0.2.130"));
        assert_eq!(
            printed_version("geckodriver 0.37.1 (abc 2026-01-01)\n\nThe source"),
            Some("0.37.1")
        );
        assert_eq!(printed_version("none"), None);
    }
}
