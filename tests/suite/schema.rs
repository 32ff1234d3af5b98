//! The schemas for editors say what the reader says: the same keys, and the files that ship are right.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{Folder, files, shipped};
use ccrov::schema::{SCHEMAS, Shape, shapes};
use serde_json::Value;

const KINDS: [&str; 3] = ["office", "release", "memo"];

fn schema(kind: &str) -> Value {
    let run = Folder::empty().run(&["schema", kind]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    serde_json::from_str(&run.results).unwrap()
}

/// The keys of everything that has keys, by what it is: "a task".
type Keys = BTreeMap<String, BTreeSet<String>>;

/// The keys that a schema lists.
fn listed(schema: &Value, keys: &mut Keys) {
    if let (Some(title), Some(properties)) = (schema["title"].as_str(), schema["properties"].as_object()) {
        keys.insert(title.to_owned(), properties.keys().cloned().collect());
        assert_eq!(schema["additionalProperties"], false, "{title} takes no other keys");
    }
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| listed(part, keys)),
        Value::Array(parts) => parts.iter().for_each(|part| listed(part, keys)),
        _ => {}
    }
}

/// The keys that the reader knows, as its faults offer them for a key that nobody knows.
fn known(file: &str, text: &str) -> Keys {
    let folder = Folder::with_seed();
    let data: Value =
        serde_json::from_str(&folder.file(file, text).run(&["check", "--json"]).results).unwrap();
    let faults =
        data["faults"].as_array().unwrap().iter().filter(|fault| fault["message"] == "unknown key `zzz`");
    let mut known = Keys::new();
    for fault in faults {
        let what = fault["expected"].as_str().unwrap().strip_prefix("not a key of ").unwrap();
        let offered = fault["help"].as_str().unwrap();
        assert!(!offered.contains(" more"), "the help must list all keys: {offered}");
        let keys = offered.split('`').skip(1).step_by(2).map(str::to_owned);
        known.entry(what.to_owned()).or_default().extend(keys);
    }
    known
}

/// Whatever has keys in each kind of file, with a key that nobody knows.
const UNKNOWN: [(&str, &str, &str); 4] = [
    (
        "office",
        "memos/office.yaml",
        "\
zzz: 1
office_holders: {zzz: 1}
letterheads: {a: {zzz: 1, logo: {zzz: 1}}}
people: {a: {zzz: 1, titles: {zzz: 1}}}
contacts: {a: {zzz: 1}}
calendars: {a: {zzz: 1, closed: {zzz: 1}}}
entities: {a: {zzz: 1}}
counties: {a: {zzz: 1}}
elections: {a: {zzz: 1}}
theme: {zzz: 1, typeface: {zzz: 1}, colors: {zzz: 1}}
words: {zzz: 1}
",
    ),
    (
        "release",
        "memos/releases/r.yaml",
        "\
zzz: 1
environment: {zzz: 1}
milestones:
  a: {zzz: 1}
  b: {zzz: 1, start: {zzz: 1}, fixed: true, actual: {zzz: 1}}
  c: {zzz: 1, at: a}
  d: {zzz: 1, after: a}
delays: {zzz: 1, moves: {a: {zzz: 1}}}
proposed: {zzz: 1, moves: {a: {zzz: 1}}, closed: {zzz: 1}}
schedule: {zzz: 1}
tasks: {zzz: 1, renumbered: {zzz: 1}, start: {zzz: 1}, end: {zzz: 1, after: a}, fixed: true}
",
    ),
    (
        "memo",
        "memos/2021/m.yaml",
        "\
zzz: 1
milestones:
  a: {zzz: 1}
  b: {zzz: 1, start: {zzz: 1}, fixed: true, actual: {zzz: 1}}
  c: {zzz: 1, at: a}
  d: {zzz: 1, after: a}
schedule: {zzz: 1}
tasks: {zzz: 1, renumbered: {zzz: 1}, start: {zzz: 1}, end: {zzz: 1, after: a}, fixed: true}
deadlines: {zzz: 1, date: {zzz: 1, after: a}}
attachments: {zzz: 1}
review: {zzz: 1}
approval: {zzz: 1}
corrections: {zzz: 1}
",
    ),
    ("memo", "memos/2021/m.yaml", "archive: true\nzzz: 1\n"),
];

#[test]
fn the_schemas_list_exactly_the_keys_that_the_reader_knows() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let of_kind = UNKNOWN.iter().filter(|(of, ..)| *of == kind);
        let known: Keys = of_kind.flat_map(|(_, file, text)| known(file, text)).collect();
        let mut listed_keys = Keys::new();
        listed(&schema(kind), &mut listed_keys);
        let empty = BTreeSet::new();
        for what in known.keys().chain(listed_keys.keys()).collect::<BTreeSet<_>>() {
            let (known, listed) =
                (known.get(what).unwrap_or(&empty), listed_keys.get(what).unwrap_or(&empty));
            let lacking: Vec<_> = known.difference(listed).collect();
            let unknown: Vec<_> = listed.difference(known).collect();
            if !lacking.is_empty() {
                wrong.push(format!("schema/{kind}.json: {what} lacks the keys {lacking:?}"));
            }
            if !unknown.is_empty() {
                wrong.push(format!(
                    "schema/{kind}.json: {what} lists {unknown:?}, which the reader (or UNKNOWN here) lacks"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The kind of a YAML file by its path.
fn kind(path: &str) -> &'static str {
    match path {
        path if path.ends_with("office.yaml") => "office",
        path if path.contains("releases/") => "release",
        _ => "memo",
    }
}

/// What data breaks of a schema.
pub fn broken_by(schema: &Value, data: &Value, path: &str) -> Vec<String> {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let name = "https://elections.example.gov/schema.json";
    compiler.add_resource(name, schema.clone()).unwrap();
    let schema = compiler.compile(name, &mut schemas).unwrap();
    schemas.validate(data, schema).err().map(|error| format!("{path}: {error:#}")).into_iter().collect()
}

/// What a file breaks of its schema.
fn broken(path: &str, text: &str) -> Vec<String> {
    broken_by(&schema(kind(path)), &serde_yaml::from_str(text).unwrap(), path)
}

#[test]
fn files_that_build_are_what_the_schemas_say() {
    let mut count = 0;
    let golden = std::fs::read_dir(shipped().join("tests/golden")).unwrap();
    let golden = golden.map(|case| case.unwrap().path().join("memos"));
    let begun = Folder::empty();
    begun.run(&["init", "."]);
    let others = ["memos", "tests/explained/memos"].map(|folder| shipped().join(folder));
    for folder in golden.chain(others).chain([begun.path().join("memos")]) {
        for file in files(&folder).iter().filter(|file| file.ends_with(".yaml")) {
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            assert_eq!(broken(file, &text), [""; 0], "{}", folder.display());
            count += 1;
        }
    }
    assert!(count > 8, "the files are there");
}

#[test]
fn the_schemas_mark_slips() {
    let memo = std::fs::read_to_string(shipped().join("memos/2021/21144.yaml")).unwrap();
    for (from, to) in [
        ("from:", "form:"),
        ("status: issued", "status: isued"),
        ("status: issued", "status: withdrawn"),
        ("date: August 31, 2021", "date: soon"),
        ("number: 21144\n", ""),
        ("knows: 1", "knows: one"),
        ("template: release-delay\n", ""),
        ("from: debra-ledsinger", "from: Debra Ledsinger"),
        ("attachments: schedule", "attachments: shedule"),
        ("attachments: schedule", "attachments: {title: A Form}"),
        ("attachments: schedule", "archive: true"),
    ] {
        assert!(!broken("memo.yaml", &memo.replace(from, to)).is_empty(), "{to}");
    }
}

#[test]
fn the_schema_takes_a_theme_and_marks_its_slips() {
    let theme = "theme: {page: a4, margin: 25 mm, size: 12, typeface: Arial, colors: {links: '#0B3D78'}}";
    let office = std::fs::read_to_string(shipped().join("memos/office.yaml")).unwrap();
    assert_eq!(broken("office.yaml", &format!("{office}\n{theme}")), [""; 0]);
    for (from, to) in [
        ("a4", "a3"),
        ("25 mm", "25"),
        ("12", "24"),
        ("Arial", "{regular: fonts/Office-Regular.ttf}"),
        ("'#0B3D78'", "blue"),
        ("links", "link"),
    ] {
        assert!(!broken("office.yaml", &format!("{office}\n{}", theme.replace(from, to))).is_empty(), "{to}");
    }
}

/// The rows of a table of keys; those of a key that a release explains are left to it.
fn rows(shapes: &[(String, Shape)], depth: usize, known: &[(String, Shape)], rows: &mut String) {
    for (key, shape) in shapes {
        let needed = shape.needed.as_deref().unwrap_or(if shape.is_required { "yes" } else { "" });
        let needed = if needed.is_empty() { String::new() } else { format!("{needed} ") };
        let same = known.iter().any(|(other, there)| other == key && there.keys == shape.keys);
        let elsewhere = same && !shape.keys.is_empty();
        let more = if elsewhere { " Its keys are those in a release." } else { "" };
        let help = shape.help.replace('|', "\\|");
        let dots = "… ".repeat(depth);
        *rows += &format!("| {dots}`{key}` | {needed}| {help}{more} |\n");
        if !elsewhere {
            self::rows(&shape.keys, depth + 1, &[], rows);
        }
    }
}

/// The guide's tables of keys are made of the schemas: `UPDATE=1 cargo test schema::` writes them.
#[test]
fn the_guide_lists_the_keys_that_the_schemas_describe() {
    let path = shipped().join("docs/keys.md");
    let mut guide = std::fs::read_to_string(&path).unwrap();
    let before = guide.clone();
    let of =
        |name: &str, archived| shapes(SCHEMAS.iter().find(|schema| schema.name == name).unwrap(), archived);
    let (release, memo) = (of("release", false), of("memo", false));
    for (heading, shapes, known) in [
        ("## memos/office.yaml\n", of("office", false), &[][..]),
        ("## memos/releases/&lt;id&gt;.yaml\n", release.clone(), &[]),
        ("## memos/&lt;year&gt;/&lt;id&gt;.yaml\n", memo, &release),
        ("## An archived memo\n", of("memo", true), &[]),
    ] {
        let mut table = "| Key | Needed | Value |\n| --- | --- | --- |\n".to_owned();
        rows(&shapes, 0, known, &mut table);
        let (head, rest) = guide.split_once(heading).unwrap_or_else(|| panic!("{heading}"));
        let (between, rest) = rest.split_once("| Key |").unwrap();
        let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
        guide = format!("{head}{heading}{between}{table}{}", &rest[end..]);
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &guide).unwrap();
    } else {
        assert!(guide == before, "docs/keys.md is not what the schemas say: UPDATE=1 cargo test schema::");
    }
}

#[test]
fn everything_that_a_schema_lists_is_described() {
    fn described(schema: &Value, path: &str) {
        let properties = schema["title"].is_string().then(|| schema["properties"].as_object()).flatten();
        for (key, part) in properties.into_iter().flatten() {
            let words = part["description"].as_str().is_some() || part["$ref"].is_string();
            assert!(words, "{path}/{key}");
        }
        for (key, part) in schema.as_object().into_iter().flatten() {
            described(part, &format!("{path}/{key}"));
        }
    }
    for kind in KINDS {
        described(&schema(kind), kind);
    }
}
