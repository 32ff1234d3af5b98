//! The desk is killed while it writes: at the next start the write is whole, or it never was.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    time::Instant,
};

use crate::common::{
    Folder, files,
    served::{Served, hidden},
};

/// In how many places a write is interrupted.
const KILLS: u32 = 6;

/// What a form sends, besides the token.
type Form = Vec<(&'static str, String)>;

/// A write of the desk: the form that the page, once looked at, sends.
struct Write {
    path: &'static str,
    form: fn(&Served) -> Form,
}

/// The form of a page before a deed, with the digest that the page shows.
fn agreed(desk: &Served, path: &str, fields: &[(&'static str, &str)]) -> Form {
    let looked = desk.post(path, &[fields, &[("do", "look")]].concat()).text();
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let deed = [("do", "deed".to_owned()), ("agreed", hidden(&looked, "agreed"))];
    fields.chain(deed).collect()
}

const WRITES: [Write; 5] = [
    Write {
        path: "/memo/26002",
        form: |_| {
            let was = "SAMPLE: Help Desk Hours on Election Day";
            let subject = |name, value: &str| (name, value.to_owned());
            vec![subject("was:subject", was), subject("now:subject", "Another subject")]
        },
    },
    Write {
        path: "/slip/roster-2026",
        form: |desk| {
            let typed = [("to:release", "5/24/2026"), ("told", "2/17/2026"), ("cause", "a late fix")];
            let follows = desk.post("/slip/roster-2026/follows", &typed).text();
            let seen = [("seen", hidden(&follows, "seen")), ("do", "record".to_owned())];
            typed.map(|(name, value)| (name, value.to_owned())).into_iter().chain(seen).collect()
        },
    },
    Write { path: "/issue", form: |desk| agreed(desk, "/issue", &[("memo", "26001")]) },
    Write {
        path: "/new",
        form: |_| vec![("from", "26001".to_owned()), ("name", "another-drill".to_owned())],
    },
    Write { path: "/publish", form: |desk| agreed(desk, "/publish", &[("target", "www")]) },
];

/// What stands in a folder, but for the program's own notes.
fn contents(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let names = files(folder.path()).into_iter().filter(|name| !name.starts_with(".ccrov"));
    names.map(|name| (name.clone(), folder.bytes(&name))).collect()
}

fn start() -> Folder {
    let folder = Folder::sample();
    fs::create_dir(folder.path().join("www")).unwrap();
    folder.build();
    folder
}

fn fields(form: &Form) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn send(desk: &Served, write: &Write, form: &Form) -> u16 {
    desk.post(write.path, &fields(form)).status
}

fn is_whole_after_a_kill(write: &Write) {
    let folder = start();
    let old = contents(&folder);
    let desk = Served::desk(folder.path());
    let form = (write.form)(&desk);
    let begin = Instant::now();
    assert_eq!(send(&desk, write, &form), 303, "{}", write.path);
    let whole = begin.elapsed();
    let new = contents(&folder);
    assert!(old != new, "{} changes something", write.path);
    drop(desk);

    for kill in 0..KILLS {
        let folder = start();
        let desk = Served::desk(folder.path());
        let form = (write.form)(&desk);
        let begun = desk.begin_post(write.path, &fields(&form));
        std::thread::sleep(whole * kill / KILLS);
        let aside = desk.kill();
        drop(begun);
        let desk = Served::desk_of(folder.path(), aside);
        assert_eq!(desk.get("/").status, 200);
        // What was begun at a target is finished by the next publication.
        let is_open = || desk.post("/publish", &[("target", "www")]).text().contains("name=\"agreed\"");
        if write.path == "/publish" && is_open() {
            let form = (write.form)(&desk);
            assert_eq!(send(&desk, write, &form), 303);
        }
        let now = contents(&folder);
        let other = |all: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
            let names: BTreeSet<&String> = all.keys().chain(now.keys()).collect();
            names.into_iter().filter(|name| all.get(*name) != now.get(*name)).cloned().collect()
        };
        let (undone, finished) = (other(&old), other(&new));
        assert!(
            undone.is_empty() || finished.is_empty(),
            "{} killed after {kill} of {KILLS}: neither as before ({undone:?}) nor whole ({finished:?})",
            write.path
        );
    }
}

#[test]
fn a_memo_that_is_saved_is_whole_or_not_there_after_a_kill() {
    is_whole_after_a_kill(&WRITES[0]);
}

#[test]
fn a_delay_that_is_recorded_is_whole_or_not_there_after_a_kill() {
    is_whole_after_a_kill(&WRITES[1]);
}

#[test]
fn a_memo_that_is_issued_is_whole_or_not_there_after_a_kill() {
    is_whole_after_a_kill(&WRITES[2]);
}

#[test]
fn a_memo_that_is_begun_is_whole_or_not_there_after_a_kill() {
    is_whole_after_a_kill(&WRITES[3]);
}

#[test]
fn a_site_that_is_published_is_whole_or_not_there_after_a_kill() {
    is_whole_after_a_kill(&WRITES[4]);
}
