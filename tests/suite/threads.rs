//! Memos are printed several at a time; what comes of each is the same as if it were the only one.
//! faults.rs and same_bytes.rs hold the program as a whole against that.

use std::num::NonZeroUsize;

use ccrov::{
    diagnostic::{Code, Faults, Sources},
    issued::Locks,
    model::Memo,
    output::Form,
    pdf::{Faces, Theme},
    press::{Job, Logos, Press, Relations, Work},
    records::{self, Texts},
};

const OFFICE: &str = "
state: State of California
office_holders: {starting: 2021-01-29, name: Shirley N. Weber, title: Secretary of State}
letterheads: {elections: {division: Elections Division, address: 1500 11th Street}}
people: {ana-ruiz: {name: Ana Ruiz, initials: ar, titles: Elections Analyst}}
published_as: ccrov/{{ memo.id }}
";

const MEMO: &str = "
{date: 2/5/2024, status: draft, letterhead: elections, to: All Counties, from: ana-ruiz, subject: Hours,
 body: Hello., attachments: {file: form.txt, title: A Form}}
";

#[test]
fn a_memo_at_which_the_program_fails_is_a_fault_and_the_others_are_made() {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let ids = ["a", "b", "c", "d", "e"];
    let mut texts = Texts { office: Some(sources.add("memos/office.yaml", OFFICE)), ..Texts::default() };
    for id in ids {
        let memo = MEMO.replace("form.txt", &format!("{id}.txt"));
        texts.memos.push((id.to_owned(), sources.add(format!("memos/2024/{id}.yaml"), memo)));
        texts.files.insert(format!("memos/2024/{id}.txt"));
    }
    let template = sources.add("templates/memo.md", "# Memorandum\n\n{{ body | safe }}");
    let working = records::read(&texts, &sources, &mut faults, |_| true).unwrap();
    let press = Press::new(
        &[("memo.md".to_owned(), template)],
        Faces::embedded(),
        Theme::default(),
        &sources,
        &mut faults,
    );
    assert!(faults.is_empty(), "{faults:?}");
    let memos: Vec<&Memo> = working.memos.values().map(|memo| memo.as_deref().unwrap()).collect();
    let load = |path: &str| match path {
        "memos/2024/b.txt" => panic!("the file has no end"),
        path => Some(path.as_bytes().to_vec()),
    };
    let job = Job {
        office: &working.office,
        forms: &[Form::Md, Form::File],
        logos: &Logos::default(),
        relations: &Relations::default(),
        memos: &working.memos,
        releases: &working.releases,
        locks: &Locks::default(),
        load: &load,
        published: &|_| Ok(None),
        sources: &sources,
        settled: None,
        copies: None,
    };
    let work: Vec<Work<'_>> = memos.iter().map(|memo| Work::Print(memo)).collect();
    for threads in [1, 2, 8] {
        let mut faults = Faults::default();
        let printed = press.print_all(&work, &job, NonZeroUsize::new(threads).unwrap(), &mut faults);
        let faults = faults.into_sorted();
        assert_eq!(faults.len(), 1, "{faults:?}");
        let made = printed.iter().map(|printed| printed.as_ref().map(|printed| printed.entry.id.as_str()));
        assert_eq!(made.collect::<Vec<_>>(), [Some("a"), None, Some("c"), Some("d"), Some("e")]);
        assert_eq!(printed[4].as_ref().unwrap().artifacts[1].bytes, b"memos/2024/e.txt");
        assert_eq!((faults[0].code, &faults[0].place), (Code::ProgramFailed, &memos[1].source.start()));
        assert_eq!(faults[0].message, "ccrov itself failed at this memo: the file has no end");
    }
}
