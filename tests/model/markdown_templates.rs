//! Laws of templates of Markdown: what they say is the reader's, and they end.

use postil::model::colour_names::ColourNames;
use postil::model::exchange::Export;
use postil::model::exchange::markdown::{Problem, TemplateError, encode};
use postil::model::placements::Placements;

use super::markdown_export::wording;
use super::strategies::{of_paragraphs, stamp};

fn filled(template: &str) -> Result<String, TemplateError> {
    let article = of_paragraphs(&["some words"]);
    let placements = Placements::default();
    encode(&Export {
        article: &article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        template: Some(template.to_owned()),
        wording: &wording(),
        read_note: &postil::model::article::Article::verbatim,
        stamp: stamp(0),
    })
}

#[test]
fn a_mistaken_template_says_where_and_why() {
    for (template, line, problem, detail) in [
        ("one\n{{ titel }}", 2, Problem::UnknownVariable, "titel"),
        ("{{ title.of.it }}", 1, Problem::UnknownVariable, "of"),
        ("\n\n{{ title | nope }}", 3, Problem::UnknownName, "nope"),
        ("{{ nope() }}", 1, Problem::UnknownName, "nope"),
        ("a\n{% for x in tags %}\n", 2, Problem::Syntax, ""),
        ("a\n{{ title", 2, Problem::Syntax, ""),
        ("{% include 'a' %}", 1, Problem::Syntax, ""),
        (
            "a\n{% for a in [0] * 9999 %}{% for b in [0] * 9999 %}{% for c in [0] * 9999 %}x{% endfor %}{% endfor %}{% endfor %}",
            2,
            Problem::Endless,
            "",
        ),
        (
            "{% set a = 'x' * 9999 %}\n{% set a = a * 9999 %}{% set a = a ~ a ~ a ~ a %}",
            2,
            Problem::Endless,
            "",
        ),
        ("{{ 'a' * 999999999999 }}", 1, Problem::Endless, ""),
        ("{{ 1 / title }}", 1, Problem::Unusable, ""),
    ] {
        let error = filled(template).expect_err(template);
        assert_eq!(
            (error.line(), error.problem()),
            (line, problem),
            "{template}: {error:?}"
        );
        assert!(error.detail().contains(detail), "{template}: {error:?}");
    }
    let deep = ["{{ ", &"(".repeat(50_000), "1"].concat();
    assert_eq!(filled(&deep).expect_err("deep").problem(), Problem::Syntax);
    let long = "x".repeat(200_000);
    assert!(filled(&long).is_err());
}

#[test]
fn a_template_is_the_readers_own() {
    let own =
        "{{ title | upper }}{% for c in chapters %}{{ c.annotations | length }}{% endfor %}\n\n";
    assert_eq!(filled(own).as_deref(), Ok("TEST\n"));
    let words = filled("{{ 'a: \"b\"\n' | yaml }} {{ 'a b' | tag }} {{ 'a\nb' | quote }}");
    assert_eq!(words.as_deref(), Ok("\"a: \\\"b\\\"\\n\" #a-b > a\n> b\n"));
}
