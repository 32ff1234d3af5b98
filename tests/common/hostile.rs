//! The shipped working folder, with something hostile at the end of every text.

use serde_yaml::Value;

use super::{Folder, files, shipped};

/// What would break out of an element, an attribute, a comment or a script, or be taken for an expression.
pub const MARKUP: &str = " </script></style></title></main><!-- \"><img src=x onerror=run()> '>&lt;&#60; ]]> \
                          {{ '{{ 987 * 654 }}' }}";

/// The same, with a mark of the other direction of writing, and a word that fits into no line. What turns the direction
/// around is an error.
pub fn worst() -> String {
    format!("{MARKUP} \u{200f}turned {}", "w".repeat(600))
}

/// What stands at the end of the texts instead, when nothing is hostile.
pub const HARMLESS: &str = " and more";

/// Keys that hold text which is printed as it is, or with its expressions filled in.
const TEXTS: [&str; 22] = [
    "state", "name", "title", "degree", "titles", "division", "address", "tel", "fax", "web", "phone",
    "email", "reason", "system", "short", "cause", "edition", "text", "warning", "subject", "what", "why",
];

/// The folder with a piece at the end of every text of its YAML.
pub fn folder(piece: &str) -> Folder {
    let folder = Folder::with_sources_of(shipped());
    for file in files(&shipped().join("memos")).iter().filter(|file| file.ends_with(".yaml")) {
        let name = format!("memos/{file}");
        let mut value: Value = serde_yaml::from_str(&folder.read(&name)).unwrap();
        lengthen(&mut value, piece);
        folder.file(&name, serde_yaml::to_string(&value).unwrap());
    }
    folder
}

fn lengthen(value: &mut Value, piece: &str) {
    match value {
        Value::Mapping(entries) => {
            for (key, value) in entries {
                let key = key.as_str().unwrap_or_default();
                // An address on the web must be one.
                let is_address = value.as_str().is_some_and(|text| text.starts_with("https:"));
                match value {
                    Value::String(text) if TEXTS.contains(&key) && !is_address => text.push_str(piece),
                    value if key == "to" => every(value, piece),
                    // Entities and contacts can be a name alone.
                    Value::Mapping(inner) if key == "entities" => {
                        inner.values_mut().for_each(|value| match value {
                            Value::String(text) => text.push_str(piece),
                            other => lengthen(other, piece),
                        });
                    }
                    other => lengthen(other, piece),
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| lengthen(item, piece)),
        _ => {}
    }
}

/// Lengthens a text, or each text of a list.
fn every(value: &mut Value, piece: &str) {
    match value {
        Value::String(text) => text.push_str(piece),
        Value::Sequence(items) => items.iter_mut().for_each(|item| every(item, piece)),
        _ => {}
    }
}
