//! Tests of the requests for an address, and of answers in the form that the APIs give them.

use crate::import::notation::walk;
use crate::import::read;
use crate::model::article::Article;

use super::*;

fn asked(requests: &[Request]) -> Vec<&str> {
    requests
        .iter()
        .map(|request| request.address.as_str())
        .collect()
}

fn article(request: &Request, answer: &str) -> Article {
    let input = request
        .read(answer.as_bytes(), None)
        .expect("it is an article");
    read(input).expect("there are words in it").article
}

fn address(article: &Article) -> &str {
    match &article.description().source {
        Source::Address(address) => address,
        other => panic!("{other:?}"),
    }
}

const WIKI: &str = r##"{"parse":{"title":"New York City","pageid":7,"displaytitle":"<i>New York</i> City","text":
    "<div class=\"mw-content-ltr mw-parser-output\" lang=\"en\" dir=\"ltr\"><p>A <a href=\"/wiki/City\">city</a>.</p><h2>History<span class=\"mw-editsection\">[edit]</span></h2><p>Old.</p><div class=\"navbox\">Cities</div><style>p{}</style></div>"}}"##;

#[test]
fn an_article_of_wikipedia_is_asked_for_and_read() {
    let requests = known("https://en.m.wikipedia.org/wiki/NYC");
    let first = requests[0].address.as_str();
    assert!(
        first.starts_with("https://en.wikipedia.org/w/api.php?action=parse&page=NYC&prop="),
        "{first}"
    );
    assert!(first.contains("formatversion=2&origin=*"), "{first}");
    let article = article(&requests[0], WIKI);
    assert_eq!(
        address(&article),
        "https://en.wikipedia.org/wiki/New_York_City"
    );
    let description = article.description();
    assert_eq!(description.title, "New York City");
    assert_eq!(description.site.as_deref(), Some("Wikipedia"));
    assert_eq!(description.language.as_deref(), Some("en"));
    assert_eq!(
        walk(&article),
        "h1*[New York City] p*[A a(href=https://en.wikipedia.org/wiki/City)[city].] h2*[History] p*[Old.]"
    );
}

#[test]
fn versions_numbers_and_scripts_of_wikis_are_kept() {
    let first = |address: &str| guesses(address).swap_remove(0);
    let old = first("https://w.example/wiki/A?oldid=12");
    assert!(
        old.address.contains("/w/api.php?action=parse&oldid=12&"),
        "{}",
        old.address
    );
    assert_eq!(
        address(&article(&old, WIKI)),
        "https://w.example/wiki/A?oldid=12"
    );
    let number = first("https://w.example/w/index.php?curid=7");
    assert!(number.address.contains("/w/api.php?action=parse&pageid=7&"));
    let script = first("https://w.example/x/index.php?title=A_%26_B&action=view");
    assert!(
        script
            .address
            .contains("/x/api.php?action=parse&page=A_%26_B&"),
        "{}",
        script.address
    );
    assert_eq!(
        address(&article(&script, WIKI)),
        "https://w.example/x/index.php?title=New_York_City"
    );
    let plus = first("https://w.example/wiki/C%2B%2B");
    assert!(plus.address.contains("page=C%2B%2B&"), "{}", plus.address);
    assert_eq!(guesses("https://w.example/wiki/A").len(), 2);
}

const POSTS: &str = r#"[{"id":1,"date":"2024-05-06T07:08:09","link":"https://blog.example/2024/05/a-post/",
    "title":{"rendered":"A post &#8211; and more"},"content":{"rendered":"<p>Words with <em>weight</em>.</p>","protected":false},
    "_embedded":{"author":[{"id":2,"name":"Ann Author"}]}}]"#;

#[test]
fn a_post_of_wordpress_is_asked_for_and_read() {
    let requests = guesses("https://blog.example/2024/05/a-post/");
    assert_eq!(
        asked(&requests),
        [
            "https://blog.example/wp-json/wp/v2/posts?slug=a-post&_embed=1",
            "https://blog.example/wp-json/wp/v2/pages?slug=a-post&_embed=1"
        ]
    );
    let article = article(&requests[0], POSTS);
    assert_eq!(
        walk(&article),
        "h1*[A post – and more] p*[Words with em[weight].]"
    );
    let description = article.description();
    assert_eq!(description.byline.as_deref(), Some("Ann Author"));
    assert_eq!(description.published.as_deref(), Some("2024-05-06"));
    assert_eq!(address(&article), "https://blog.example/2024/05/a-post/");
    assert_eq!(guesses("https://blog.example/"), []);
    // A blog may be in a folder of its site; a year is not one.
    let below = guesses("https://site.example/blog/2024/05/a-post/");
    assert_eq!(
        asked(&below),
        [
            "https://site.example/wp-json/wp/v2/posts?slug=a-post&_embed=1",
            "https://site.example/blog/wp-json/wp/v2/posts?slug=a-post&_embed=1",
            "https://site.example/wp-json/wp/v2/pages?slug=a-post&_embed=1",
            "https://site.example/blog/wp-json/wp/v2/pages?slug=a-post&_embed=1"
        ]
    );
    assert_eq!(guesses("https://blog.example/a-post").len(), 2);
    let hosted = known("https://ann.wordpress.com/2024/a-post/");
    assert!(
        hosted[0]
            .address
            .starts_with("https://public-api.wordpress.com/wp/v2/sites/ann.wordpress.com/posts?")
    );
}

#[test]
fn no_answer_speaks_for_another_site_or_is_forced_into_an_article() {
    let request = &guesses("https://evil.example/a-post")[0];
    assert_eq!(
        address(&article(request, POSTS)),
        "https://evil.example/a-post"
    );
    for nonsense in [
        "",
        "[]",
        "{}",
        "null",
        "<html>",
        "[{\"link\":1}]",
        "{\"error\":{\"code\":\"missingtitle\"}}",
    ] {
        assert!(
            request.read(nonsense.as_bytes(), None).is_none(),
            "{nonsense}"
        );
        let wiki = &guesses("https://w.example/wiki/A")[0];
        assert!(wiki.read(nonsense.as_bytes(), None).is_none(), "{nonsense}");
    }
    let locked = POSTS.replace("\"protected\":false", "\"protected\":true");
    assert!(request.read(locked.as_bytes(), None).is_none());
}

#[test]
fn github_hands_out_files_and_what_is_to_be_read_first() {
    let file = known("https://github.com/o/r/blob/main/docs/a%20b.md");
    assert_eq!(
        asked(&file),
        ["https://raw.githubusercontent.com/o/r/main/docs/a%20b.md"]
    );
    let read = article(&file[0], "# T\n\n[x](y.md) ![p](p.png)");
    assert_eq!(
        address(&read),
        "https://github.com/o/r/blob/main/docs/a%20b.md"
    );
    let drawn = walk(&read);
    assert!(
        drawn.contains("href=https://github.com/o/r/blob/main/docs/y.md"),
        "{drawn}"
    );
    assert_eq!(
        picture("https://github.com/o/r/blob/main/docs/p.png").as_deref(),
        Some("https://raw.githubusercontent.com/o/r/main/docs/p.png")
    );
    let root = known("https://github.com/o/r");
    assert_eq!(
        root[0].address,
        "https://raw.githubusercontent.com/o/r/HEAD/README.md"
    );
    assert_eq!(root.len(), 3);
    assert_eq!(
        asked(&known("https://gist.github.com/o/1f")),
        ["https://gist.githubusercontent.com/o/1f/raw"]
    );
    assert_eq!(known("https://github.com/o/r/issues/3"), []);
    assert_eq!(known("https://example.org/wiki/A"), []);
}

#[test]
fn a_page_tells_where_its_interface_is_but_only_at_its_own_site() {
    let page =
        |href: &str| format!("<head><link rel=\"https://api.w.org/\" href=\"{href}\" /></head>");
    let told = |href: &str| told_by(&page(href), "https://blog.example/a-post/");
    assert_eq!(
        told("https://blog.example/sub/wp-json/")[0].address,
        "https://blog.example/sub/wp-json/wp/v2/posts?slug=a-post&_embed=1"
    );
    assert_eq!(told("https://other.example/wp-json/"), []);
    assert_eq!(told_by("<p>api.w.org</p>", "https://blog.example/a"), []);
}
