//! Word files as tests make them: their text in the XML that Word writes, without what a test does not speak of.

use ccrov::package::write_package;

/// The body of a text, as the XML that stands in `w:body`, with other parts of the file: their names and their XML.
pub fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let names = concat!(
        r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
        r#"xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" "#,
        r#"xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" "#,
        r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#
    );
    let relation = |id: usize, kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="rId{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let relations = |inner: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#
        )
    };
    let kinds = parts.iter().enumerate().map(|(at, (name, _))| {
        let kind =
            name.rsplit('/').next().unwrap().trim_end_matches(".xml").trim_end_matches(char::is_numeric);
        relation(at + 1, if kind == "item" { "customXml" } else { kind }, name)
    });
    let of_document = relations(&kinds.collect::<String>());
    let of_file = relations(&relation(1, "officeDocument", "word/document.xml"));
    let document = format!("<w:document {names}><w:body>{body}</w:body></w:document>");
    let mut files: Vec<(String, String)> = vec![
        ("_rels/.rels".to_owned(), of_file),
        ("word/document.xml".to_owned(), document),
        ("word/_rels/document.xml.rels".to_owned(), of_document),
    ];
    files.extend(parts.iter().map(|(name, inner)| (format!("word/{name}"), inner.replace("NAMES", names))));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    write_package(&files)
}

/// A paragraph of plain words.
pub fn p(words: &str) -> String {
    format!("<w:p>{}</w:p>", r(words))
}

/// Plain words.
pub fn r(words: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}
