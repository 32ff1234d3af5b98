//! Working folders that are published with a login, and the bucket that they go to, on a server that others wrote.

use std::{collections::BTreeMap, process::Command};

use ccrov::output::{Manifest, digest};

use crate::{
    common::{Folder, Run},
    wire::{Cut, Server, Wire},
};

pub const KEY: &str = "AKIAEXAMPLEOFAKEY";
pub const SECRET: &str = "secret/that+nobody/may+see";

const OFFICE: &str = "
state: State of California
office_holders: {starting: 2021-01-29, name: Shirley N. Weber, title: Secretary of State}
letterheads: {elections: {division: Elections Division, address: 1500 11th Street}}
people: {ana-ruiz: {name: Ana Ruiz, initials: ar, titles: Elections Analyst}}
published_as: ccrov/{{ memo.id }}
accepts: {issued-by-hand: memos of a test}
website: {address: \"https://elections.example.gov/memos\"}
";

/// A working folder with these memos, each with its text, built.
pub fn office(memos: &[(&str, &str)]) -> Folder {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE);
    for (id, body) in memos {
        let text = format!(
            "number: {id}\ndate: 5/6/2024\nstatus: issued\nletterhead: elections\nto: All\nfrom: ana-ruiz\n\
             subject: Hours\nbody: {body}\n"
        );
        folder.file(&format!("memos/2024/{id}.yaml"), text);
    }
    folder.build();
    folder
}

/// Runs the program with an environment that has a login, and looks for the secret in what it says.
pub fn publish_with(folder: &Folder, arguments: &[&str], settings: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ccrov"));
    command.arg("publish").args(arguments).current_dir(folder.path()).env_clear().env("NO_COLOR", "1");
    command.envs(settings.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let run = Run {
        status: output.status.code().unwrap(),
        results: text(output.stdout),
        faults: text(output.stderr),
    };
    for secret in [SECRET, KEY, "token-of-a-session"] {
        assert!(
            !run.results.contains(secret) && !run.faults.contains(secret),
            "{}{}",
            run.results,
            run.faults
        );
    }
    run
}

/// A bucket's content as a test sees it, and the program's way to it.
pub struct Bucket {
    pub wire: Wire,
    pub server: Server,
}

impl Bucket {
    pub fn new() -> Bucket {
        let server = Server::start();
        Bucket { wire: Wire::to(server.port), server }
    }

    pub fn publish(&self, folder: &Folder, arguments: &[&str], cut: Cut) -> Run {
        self.wire.cut(cut);
        let endpoint = format!("http://127.0.0.1:{}", self.wire.port);
        let login = [
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_SESSION_TOKEN", "token-of-a-session"),
            ("AWS_ENDPOINT_URL", &endpoint),
        ];
        publish_with(folder, arguments, &login)
    }

    pub fn done(&self, folder: &Folder, arguments: &[&str]) -> String {
        let run = self.publish(folder, arguments, Cut::Never);
        assert_eq!(run.status, 0, "{arguments:?}: {}{}", run.results, run.faults);
        run.results
    }

    pub fn put(&self, key: &str, text: &str) {
        let (head, _) = self.server.ask(&format!("PUT /memos/{key}"), text.as_bytes());
        assert!(head.starts_with("http/1.1 200"), "{key}: {head}");
    }

    /// An object: its headers, in small letters, and its bytes.
    pub fn get(&self, key: &str) -> (String, Vec<u8>) {
        let (head, bytes) = self.server.ask(&format!("GET /memos/{key}"), b"");
        assert!(head.starts_with("http/1.1 200"), "{key}: {head}");
        (head, bytes)
    }

    /// The keys below a prefix.
    pub fn keys(&self, prefix: &str) -> Vec<String> {
        let (head, listed) = self.server.ask(&format!("GET /memos?list-type=2&prefix={prefix}"), b"");
        let listed = String::from_utf8(listed).unwrap();
        assert!(head.starts_with("http/1.1 200") && listed.contains("<IsTruncated>false<"), "{listed}");
        listed.split("<Key>").skip(1).map(|key| key.split('<').next().unwrap().to_owned()).collect()
    }

    /// The record at a prefix.
    pub fn record(&self, prefix: &str) -> serde_json::Value {
        serde_json::from_slice(&self.get(&format!("{prefix}/_ccrov/published.json")).1).unwrap()
    }

    /// The objects below a prefix by digests, their keys without it.
    pub fn objects(&self, prefix: &str) -> BTreeMap<String, String> {
        let keys = self.keys(&format!("{prefix}/"));
        keys.iter().map(|key| (key[prefix.len() + 1..].to_owned(), digest(&self.get(key).1))).collect()
    }

    /// What a visitor finds.
    pub fn site(&self, prefix: &str) -> BTreeMap<String, String> {
        let mut objects = self.objects(prefix);
        objects.retain(|key, _| !key.starts_with("_ccrov/"));
        objects
    }

    /// Holds a target against the site that it is to have, to the last object.
    pub fn is_exactly(&self, prefix: &str, wanted: &BTreeMap<String, String>, case: &str) {
        let objects = self.objects(prefix);
        let mut site = objects.clone();
        site.retain(|key, _| !key.starts_with("_ccrov/"));
        assert_eq!(site, *wanted, "{case}");
        let record = self.record(prefix);
        assert_eq!(record["touched"], serde_json::Value::Null, "{case}");
        let kept = objects.keys().filter_map(|key| key.strip_prefix("_ccrov/kept/"));
        let named = record["kept"].as_array().into_iter().flatten().map(|sha256| sha256.as_str().unwrap());
        assert_eq!(kept.collect::<Vec<_>>(), named.collect::<Vec<_>>(), "{case}");
    }

    /// Type and caching of an object.
    pub fn headers(&self, key: &str) -> (String, String) {
        let (head, _) = self.get(key);
        let value = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
        (value("content-type: "), value("cache-control: "))
    }
}

/// What the manifest says that a visitor is to find, and a file that is not ours.
pub fn wanted(folder: &Folder) -> BTreeMap<String, String> {
    let manifest = Manifest::read(&folder.bytes("output/manifest.json")).unwrap();
    let files = manifest.published(false).into_iter().map(|file| file.path.to_string());
    let files = files.map(|path| (path.clone(), digest(&folder.bytes(&format!("output/{path}")))));
    files.chain([("theirs.txt".to_owned(), digest(b"theirs"))]).collect()
}

pub fn first() -> Folder {
    office(&[("24101", "One."), ("24102", "Two.")])
}

/// One memo changed, one gone, one new.
pub fn second() -> Folder {
    office(&[("24101", "One and more."), ("24103", "Three.")])
}

/// Another one changed, and back again.
pub fn third() -> Folder {
    office(&[("24101", "One and less."), ("24102", "Two."), ("24104", "Four.")])
}
