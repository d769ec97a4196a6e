//! The JSON that the Hypothesis client exports and imports: annotations as its API has them.
//!
//! <https://h.readthedocs.io/en/latest/api-reference/> (annotation); the client's
//! `annotations-exporter.ts` and `import-annotations.ts`. What it cannot hold rides in a field of
//! its own (`own`), which the client ignores.

mod decode;
mod encode;
mod replies;

pub use decode::decode;
pub use encode::encode;

/// The field of an annotation in the W3C's form that keeps everything that only Hypothesis knows:
/// group, permissions, links, what is hidden, the document.
const KEPT: &str = "urn:postil:hypothesis";
/// The author in the W3C's form. An `acct:` address is an IRI (RFC 7565).
const CREATOR: &str = "creator";
/// The form of an author is `acct:name@authority`.
const ACCOUNT: &str = "acct:";

/// The name of an author in the form of an account; `None` if it has another form.
pub(super) fn user_name(user: &str) -> Option<&str> {
    Some(account(user)?.0)
}

/// The name and the authority of an author; `None` if it has another form.
fn account(user: &str) -> Option<(&str, &str)> {
    let (name, authority) = user.strip_prefix(ACCOUNT)?.split_once('@')?;
    (!name.is_empty() && !authority.is_empty()).then_some((name, authority))
}
