//! Web addresses as people type them.

use thiserror::Error;
use url::Url;

/// The error for text that is not a web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not a web address: it should begin with https://")]
pub struct NotAnAddress;

/// Normalises a web address as it was typed: removes fragment and credentials, and adds `https` if
/// it has no scheme.
///
/// # Errors
/// [`NotAnAddress`] if it is not an `http` or `https` address.
pub fn normalise(typed: &str) -> Result<String, NotAnAddress> {
    let typed = typed.trim();
    let full = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let mut url = Url::parse(&full).map_err(|_| NotAnAddress)?;
    let is_web = matches!(url.scheme(), "https" | "http");
    if !is_web || typed.is_empty() || typed.contains(char::is_whitespace) {
        return Err(NotAnAddress);
    }
    url.set_fragment(None);
    // These fail only for addresses without a host; a web address has one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_as_people_type_them() {
        assert_eq!(
            normalise(" example.org/a#b ").as_deref(),
            Ok("https://example.org/a")
        );
        assert_eq!(
            normalise("http://u:p@x.org").as_deref(),
            Ok("http://x.org/")
        );
        for bad in [
            "",
            "two words",
            "ftp://x",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ] {
            assert_eq!(normalise(bad), Err(NotAnAddress), "{bad}");
        }
    }
}
