//! Which addresses an article or a note may link to.

/// Schemes that a link may have; a link with any other is shown as text.
const LINK_SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];
/// Picture formats that an `img` element shows without running anything.
const PICTURES: [&str; 7] = ["png", "jpeg", "gif", "webp", "avif", "bmp", "svg+xml"];

/// True if `address` may be followed: `http`, `https`, `mailto`, or a fragment of the article.
///
/// Refuses control characters and white space anywhere, since browsers remove some of them before
/// they read the scheme (<https://url.spec.whatwg.org/#concept-basic-url-parser>).
pub fn is_link(address: &str) -> bool {
    is_plain(address)
        && (address.starts_with('#') || LINK_SCHEMES.iter().any(|s| has_prefix(address, s)))
}

/// True if `address` may be shown as a picture: `http`, `https`, or a picture in a `data:` address.
pub fn is_picture(address: &str) -> bool {
    is_plain(address) && (is_remote(address) || is_picture_data(address))
}

/// True if fetching `address` sends a request to another machine.
pub fn is_remote(address: &str) -> bool {
    has_prefix(address, "https://") || has_prefix(address, "http://")
}

/// The host (with its port) of an `http` or `https` address.
pub fn host(address: &str) -> Option<&str> {
    let rest = LINK_SCHEMES[..2]
        .iter()
        .find(|scheme| has_prefix(address, scheme))
        .map(|scheme| &address[scheme.len()..])?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

/// Prefixes of query parameters that only track readers.
const FOLLOWERS: [&str; 6] = ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid"];

/// True if two web addresses name one page. Ignores the scheme, `www.`, the fragment, a trailing
/// slash and tracking parameters.
pub fn name_one_page(one: &str, other: &str) -> bool {
    let bare = |address: &str| {
        let host = host(address)?.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        let rest = address.split_once("://")?.1;
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.split_once('/').map_or("", |(_, path)| path);
        let followed = |part: &&str| !FOLLOWERS.iter().any(|name| part.starts_with(name));
        let query: Vec<&str> = query.split('&').filter(followed).collect();
        Some(
            [
                &host,
                "/",
                path.trim_end_matches('/'),
                "?",
                &query.join("&"),
            ]
            .concat(),
        )
    };
    let one = bare(one);
    one.is_some() && one == bare(other)
}

fn is_picture_data(address: &str) -> bool {
    has_prefix(address, "data:image/")
        && PICTURES.iter().any(|format| {
            let rest = &address["data:image/".len()..];
            has_prefix(rest, format) && rest[format.len()..].starts_with([';', ','])
        })
}

fn is_plain(address: &str) -> bool {
    !address.is_empty() && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn has_prefix(address: &str, prefix: &str) -> bool {
    address
        .get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_of_few_kinds() {
        for good in [
            "https://example.org/a?b#c",
            "HTTP://x",
            "mailto:a@b",
            "#top",
        ] {
            assert!(is_link(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.org",
            "relative",
            "",
            "blob:x",
            "https://a b",
            "\u{1}javascript:x",
        ] {
            assert!(!is_link(bad), "{bad:?}");
        }
    }

    #[test]
    fn pictures_are_of_few_kinds() {
        assert!(is_picture("data:image/png;base64,AAAA"));
        assert!(is_picture("data:image/svg+xml,%3Csvg/%3E"));
        assert!(is_picture("https://example.org/a.png"));
        assert!(!is_picture("data:text/html,<script>"));
        assert!(!is_picture("data:image/pngx,1"));
        assert!(!is_picture("javascript:1"));
    }

    #[test]
    fn one_page_has_many_addresses() {
        let page = "https://www.example.org/a/b?x=1";
        for same in [
            "http://example.org/a/b?x=1",
            "https://EXAMPLE.org/a/b/?x=1#part",
            "https://example.org/a/b?utm_source=y&x=1&fbclid=z",
        ] {
            assert!(name_one_page(page, same), "{same}");
        }
        for other in [
            "https://example.org/a/b",
            "https://example.org/a/B?x=1",
            "https://example.com/a/b?x=1",
            "urn:x:y",
            "",
        ] {
            assert!(!name_one_page(page, other), "{other}");
        }
        assert!(!name_one_page("urn:x:y", "urn:x:y"), "that is no page");
    }

    #[test]
    fn the_host_is_what_will_be_asked() {
        assert_eq!(
            host("https://user@example.org:8080/x"),
            Some("example.org:8080")
        );
        assert_eq!(host("http://a?b@c"), Some("a"));
        assert_eq!(host("mailto:a@b"), None);
    }
}
