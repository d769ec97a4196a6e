//! §3.3: when, by whom, for whom and why.

use serde_json::json;

use super::{Example, PAGE, example};

pub(super) fn examples() -> Vec<Example> {
    let review = "https://moss.example/review";
    let film = "https://harbour.example/film";
    vec![
        example(11, "§3.3.1: lifecycle", json!({
            "creator": "https://moss.example/ida",
            "created": "2023-03-01T06:00:00Z",
            "modified": "2023-03-02T18:30:00Z",
            "generator": "https://reader.example/app",
            "generated": "2023-03-04T07:45:10Z",
            "body": { "id": review, "creator": "https://moss.example/ben", "created": "2022-11-30T23:59:59Z" },
        }))
        .dated("2023-03-01T06:00:00Z", Some("2023-03-02T18:30:00Z"))
        .keeps(&["/creator", "/generator", "/generated", "/body"]),
        example(12, "§3.3.2: agents", json!({
            "creator": { "id": "https://moss.example/ida", "type": "Person", "name": "Ida Moss", "account": "ida",
                "email_sha1": "0f9d1c2b3a49586776859493a2b1c0dfeefdcaab" },
            "generator": { "id": "https://reader.example/app", "type": "Software", "name": "A reader, version 3",
                "homepage": "https://reader.example/" },
            "body": review,
        }))
        .keeps(&["/creator", "/generator", "/body"]),
        example(13, "§3.3.3: an audience", json!({
            "audience": { "id": "https://school.example/pupils", "type": "schema:EducationalAudience",
                "schema:educationalRole": "student" },
            "body": "https://school.example/exercise",
        }))
        .keeps(&["/audience", "/body"]),
        example(14, "§3.3.4: accessibility", json!({
            "motivation": "commenting",
            "body": review,
            "target": { "id": film, "type": "Video", "accessibility": "signLanguage" },
        }))
        .on(film)
        .keeps(&["/motivation", "/body", "/target"]),
        example(15, "§3.3.5: motivation and purpose", json!({
            "motivation": "bookmarking",
            "body": [
                { "type": "TextualBody", "value": "to read", "purpose": "tagging" },
                { "type": "TextualBody", "value": "Tables of the tides for a year", "purpose": "describing" },
            ],
        }))
        .says("Tables of the tides for a year")
        .tagged("to read")
        .keeps(&["/motivation", "/body/0", "/body/1/purpose"]),
        example(16, "§3.3.6: rights", json!({
            "rights": "https://rights.example/public-domain",
            "body": { "id": review, "rights": "https://rights.example/name-the-author" },
        }))
        .keeps(&["/rights", "/body"]),
        example(17, "§3.3.7: other identities", json!({
            "canonical": "urn:uuid:6b1f2a34-9d8e-4c70-a1b2-c3d4e5f60718",
            "via": "https://copies.example/17",
            "body": { "id": review, "rights": "https://rights.example/name-the-author" },
            "target": PAGE,
        }))
        .keeps(&["/canonical", "/via", "/body"]),
    ]
}
