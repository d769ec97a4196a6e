//! Files that mean harm.

use std::io::Write;

/// A book whose chapters are a thousand times as long as it is.
pub fn bomb() -> Vec<u8> {
    let chapter = "<p>word</p>".repeat(30_000_000 / 11);
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    let files = [
        ("mimetype", "application/epub+zip".to_owned()),
        (
            "b.opf",
            "<package><manifest><item id=\"a\" href=\"a.html\"/><item id=\"b\" href=\"b.html\"/>\
             </manifest><spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>"
                .to_owned(),
        ),
        ("a.html", format!("<p>first words</p>{chapter}")),
        ("b.html", chapter),
    ];
    for (name, text) in files {
        let is_first = name == "mimetype";
        let method = match is_first {
            true => rawzip::CompressionMethod::STORE,
            false => rawzip::CompressionMethod::DEFLATE,
        };
        let file = archive.new_file(name).compression_method(method);
        let (mut entry, config) = file.start().expect("memory can be written");
        let mut writer = config.wrap(&mut entry);
        let packed = match is_first {
            true => text.into_bytes(),
            false => miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 1),
        };
        writer.write_all(&packed).expect("memory can be written");
        let (_, sizes) = writer.finish().expect("memory can be written");
        entry.finish(sizes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written");
    bytes
}
