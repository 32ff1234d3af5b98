//! A site is published to a folder: the plan first, then all of it at once, and back again.

use std::{collections::BTreeMap, fs, path::Path};

use crate::common::{Folder, Run, files};
use ccrov::output::{Manifest, digest};

const OFFICE: &str = "
state: State of California
office_holders: {starting: 2021-01-29, name: Shirley N. Weber, title: Secretary of State}
letterheads: {elections: {division: Elections Division, address: 1500 11th Street}}
people: {ana-ruiz: {name: Ana Ruiz, initials: ar, titles: Elections Analyst}}
published_as: ccrov/{{ memo.id }}
";

/// Two memos that have gone out, and a draft, built.
fn office() -> Folder {
    let folder = Folder::empty();
    folder.file("memos/office.yaml", OFFICE);
    memo(&folder, "24101", "approved", "Hours");
    memo(&folder, "24102", "approved", "Forms");
    let run = folder.run(&["issue", "24101", "24102"]);
    assert_eq!(run.status, 0, "{}{}", run.results, run.faults);
    memo(&folder, "24103", "draft", "Drill");
    folder.build();
    folder
}

fn memo(folder: &Folder, id: &str, status: &str, subject: &str) {
    let text = format!(
        "number: {id}\ndate: 5/6/2024\nstatus: {status}\nletterhead: elections\nto: All Counties\nfrom: ana-ruiz\n\
         subject: {subject}\nbody: About it.\n"
    );
    folder.file(&format!("memos/2024/{id}.yaml"), text);
}

/// What a visitor finds in a folder, by digests, the record left out.
fn site(folder: &Path) -> BTreeMap<String, String> {
    let names = files(folder).into_iter().filter(|name| name != "_ccrov/published.json");
    names.map(|name| (name.clone(), digest(&fs::read(folder.join(name)).unwrap()))).collect()
}

/// What the manifest says that a visitor is to find.
fn wanted(folder: &Folder, drafts: bool) -> BTreeMap<String, String> {
    let manifest = Manifest::read(&folder.bytes("output/manifest.json")).unwrap();
    let files = manifest.published(drafts).into_iter().map(|file| file.path.to_string());
    files.map(|path| (path.clone(), digest(&folder.bytes(&format!("output/{path}"))))).collect()
}

fn done(run: &Run) -> &str {
    assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
    &run.results
}

fn beside(folder: &Folder) -> Vec<String> {
    let names =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.starts_with("www")).collect();
    names.sort();
    names
}

#[test]
fn a_folder_holds_what_the_plan_said_without_drafts() {
    let folder = office();
    let dry = folder.run(&["publish", "www", "--dry-run"]);
    assert!(done(&dry).ends_with("Nothing was changed.\n"), "{}", dry.results);
    assert!(dry.results.contains(" ccrov/24101.html\n") && !dry.results.contains("24103"), "{}", dry.results);
    assert!(!folder.has("www"));

    let run = folder.run(&["publish", "www"]);
    assert!(
        done(&run).ends_with("0 changed, 0 unchanged, 0 removed.\nPublished to www.\n"),
        "{}",
        run.results
    );
    let www = folder.path().join("www");
    assert_eq!(site(&www), wanted(&folder, false));
    let run = folder.run(&["publish", "www"]);
    assert!(done(&run).ends_with("www is as it should be; nothing was changed.\n"), "{}", run.results);

    done(&folder.run(&["publish", "www", "--drafts"]));
    assert_eq!(site(&www), wanted(&folder, true));
    assert!(folder.has("www/ccrov/24103.html"));
    // Without them they go again, as does a memo that is not there any more.
    fs::remove_file(folder.path().join("memos/2024/24102.yaml")).unwrap();
    fs::remove_file(folder.path().join("memos/2024/24102.lock")).unwrap();
    folder.build();
    let run = folder.run(&["publish", "www"]);
    assert!(done(&run).contains("removed") && run.results.contains(" ccrov/24102.pdf\n"), "{}", run.results);
    assert_eq!(site(&www), wanted(&folder, false));
    assert!(!folder.has("www/ccrov/24102.pdf") && !folder.has("www/ccrov/24103.html"));
}

#[test]
fn what_is_not_ours_is_carried_over_and_never_replaced() {
    let folder = office();
    folder.file("www/robots.txt", "theirs").file("www/ccrov/theirs/a.txt", "a");
    done(&folder.run(&["publish", "www"]));
    memo(&folder, "24104", "issued", "News");
    done(&folder.run(&["issue", "24104"]));
    folder.file("www/later.txt", "later");
    done(&folder.run(&["publish", "www"]));
    for (name, text) in [("robots.txt", "theirs"), ("ccrov/theirs/a.txt", "a"), ("later.txt", "later")] {
        assert_eq!(folder.read(&format!("www/{name}")), text);
    }
    assert!(folder.has("www/ccrov/24104.html"));
    folder.file("www/after.txt", "after");
    done(&folder.run(&["publish", "www", "--undo"]));
    assert!(
        folder.has("www/after.txt") && folder.has("www/later.txt") && !folder.has("www/ccrov/24104.html")
    );

    let before = site(&folder.path().join("www"));
    folder.file("www/ccrov/24104.html", "theirs");
    let run = folder.run(&["publish", "www"]);
    assert_eq!(run.status, 1, "{}", run.results);
    assert!(run.faults.contains("not published by ccrov: ccrov/24104.html;"), "{}", run.faults);
    fs::remove_file(folder.path().join("www/ccrov/24104.html")).unwrap();
    assert_eq!(site(&folder.path().join("www")), before);
    // A file where a folder is to be, too.
    folder.file("other/ccrov", "a file");
    let run = folder.run(&["publish", "other"]);
    assert_eq!((run.status, folder.read("other/ccrov").as_str()), (1, "a file"), "{}", run.faults);
}

#[test]
fn the_last_publication_is_taken_back_once() {
    let folder = office();
    done(&folder.run(&["publish", "www"]));
    let (www, first) = (folder.path().join("www"), wanted(&folder, false));
    let before = fs::metadata(www.join("ccrov/24101.pdf")).unwrap().modified().unwrap();
    folder.edit("memos/office.yaml", "Shirley", "S.");
    memo(&folder, "24104", "approved", "News");
    done(&folder.run(&["issue", "24104"]));
    folder.build();
    done(&folder.run(&["publish", "www"]));
    assert_ne!(site(&www), first);
    let run = folder.run(&["publish", "www", "--undo", "--dry-run"]);
    assert!(done(&run).contains("removed") && run.results.contains("ccrov/24104.md"), "{}", run.results);
    done(&folder.run(&["publish", "www", "--undo"]));
    assert_eq!(site(&www), first);
    assert_eq!(fs::metadata(www.join("ccrov/24101.pdf")).unwrap().modified().unwrap(), before);
    assert_eq!(beside(&folder), ["www"]);
    let run = folder.run(&["publish", "www", "--undo"]);
    assert!(run.status == 1 && run.faults.contains("there is nothing to undo at "), "{}", run.faults);
    done(&folder.run(&["publish", "www"]));
    assert_eq!(site(&www), wanted(&folder, false));
}

#[test]
fn output_that_is_not_current_is_refused() {
    let folder = office();
    done(&folder.run(&["publish", "www"]));
    let before = site(&folder.path().join("www"));
    let refused = |says: &str| {
        let run = folder.run(&["publish", "www"]);
        assert!(run.status == 1 && run.faults.contains(says), "{}{}", run.results, run.faults);
        assert_eq!(site(&folder.path().join("www")), before);
        run.results
    };
    folder.edit("memos/2024/24103.yaml", "About it", "About that");
    assert!(refused("`ccrov build --anew` brings them up to date").contains("not current  ccrov/24103.md\n"));
    folder.edit("memos/2024/24103.yaml", "About that.", "About it.");
    memo(&folder, "24104", "approved", "{{ nothing }}");
    folder.edit("memos/2024/24104.yaml", "approved", "issued");
    assert!(refused("error[").contains("With faults: 24104\nNothing was published"));
    fs::remove_file(folder.path().join("memos/2024/24104.yaml")).unwrap();
    done(&folder.run(&["publish", "www"]));
    folder.file("output/ccrov/24101.pdf", "spoiled");
    refused("");
}

#[test]
fn a_draft_with_faults_keeps_nothing_back_unless_drafts_are_published() {
    let folder = office();
    folder.edit("memos/2024/24103.yaml", "About it.", "'{{ nothing }}'");
    memo(&folder, "24104", "review", "{{ nothing }}");
    let run = folder.run(&["publish", "www", "--drafts"]);
    assert!(run.status == 1 && run.results.contains("Nothing was published"), "{}", run.results);
    let run = folder.run(&["publish", "www"]);
    assert!(run.status == 0 && run.faults.contains("error["), "{}{}", run.results, run.faults);
    assert!(
        run.results.starts_with("With faults: 24103, 24104\nDrafts are not published"),
        "{}",
        run.results
    );
    assert_eq!(site(&folder.path().join("www")), wanted(&folder, false));
    folder.edit("memos/office.yaml", "people:", "peeple:");
    assert_eq!(folder.run(&["publish", "www"]).status, 1);
}

#[test]
fn lists_that_show_drafts_are_published_only_with_drafts() {
    let folder = office();
    done(&folder.run(&["build", "--drafts"]));
    let run = folder.run(&["publish", "www"]);
    assert!(run.status == 1 && run.faults.contains("publish with --drafts"), "{}", run.faults);
    assert!(!folder.has("www"));
    done(&folder.run(&["publish", "www", "--drafts"]));
    // Before the first publication, there was nothing.
    done(&folder.run(&["publish", "www", "--undo"]));
    assert_eq!(site(&folder.path().join("www")), BTreeMap::new());
}

#[test]
fn what_an_interruption_leaves_beside_the_folder_is_finished_or_cleared() {
    let folder = office();
    done(&folder.run(&["publish", "www"]));
    let first = wanted(&folder, false);
    memo(&folder, "24104", "approved", "News");
    done(&folder.run(&["issue", "24104"]));
    // While the new folder was being made.
    folder.file("www.ccrov-next/_ccrov/unfinished.json", "{").file("www.ccrov-next/ccrov/24101.html", "half");
    let run = folder.run(&["publish", "www"]);
    assert!(run.status == 0 && run.faults.contains("was interrupted"), "{}{}", run.results, run.faults);
    let (www, second) = (folder.path().join("www"), wanted(&folder, false));
    assert_eq!(
        (site(&www), beside(&folder)),
        (second.clone(), vec!["www".into(), "www.ccrov-before".into()])
    );
    // Between the switch and the new name of the folder that was replaced.
    let (before, next) = (folder.path().join("www.ccrov-before"), folder.path().join("www.ccrov-next"));
    fs::rename(&before, &next).unwrap();
    folder.file("www.ccrov-next/late.txt", "late");
    assert_eq!(folder.run(&["publish", "www", "--dry-run"]).status, 0);
    assert_eq!(beside(&folder), ["www", "www.ccrov-next"]);
    assert_eq!(folder.run(&["publish", "www"]).status, 0);
    assert_eq!(fs::read(www.join("late.txt")).unwrap(), b"late");
    [&www, &before].iter().for_each(|place| fs::remove_file(place.join("late.txt")).unwrap());
    assert_eq!(beside(&folder), ["www", "www.ccrov-before"]);
    // When the new folder was complete, and not yet in place.
    let (_, was) = (fs::rename(&www, &next).unwrap(), fs::rename(&before, &www).unwrap());
    assert_eq!((was, site(&www)), ((), first.clone()));
    assert_eq!(folder.run(&["publish", "www"]).status, 0);
    assert_eq!(site(&www), second);
    // Where two folders cannot change places in one step: the target has gone, the new one has not come.
    fs::rename(&www, &next).unwrap();
    assert_eq!(folder.run(&["publish", "www"]).status, 0);
    assert_eq!(
        (site(&www), beside(&folder)),
        (second.clone(), vec!["www".into(), "www.ccrov-before".into()])
    );
    done(&folder.run(&["publish", "www", "--undo"]));
    assert_eq!((site(&www), beside(&folder)), (first.clone(), vec!["www".into()]));
    // While the new folder was being made: to undo that is to undo nothing else.
    done(&folder.run(&["publish", "www"]));
    folder.file("www.ccrov-next/_ccrov/.writing-1-unfinished.json", "{");
    let run = folder.run(&["publish", "www", "--undo"]);
    assert_eq!(run.status, 0, "{}", run.faults);
    assert!(run.faults.contains("the last run was interrupted"), "{}", run.faults);
    assert!(run.results.ends_with("www is removed; nothing else was undone.\n"), "{}", run.results);
    assert_eq!((site(&www), beside(&folder)), (second, vec!["www".into(), "www.ccrov-before".into()]));
    done(&folder.run(&["publish", "www", "--undo"]));
    assert_eq!(site(&www), first);
    // A folder of that name that is somebody's.
    folder.file("www.ccrov-next/mine.txt", "mine");
    let run = folder.run(&["publish", "www"]);
    assert!(run.status == 3 && run.faults.contains("move it away") && folder.has("www.ccrov-next/mine.txt"));
}

#[test]
fn a_target_that_cannot_be_one_is_wrong_usage() {
    let folder = office();
    for target in [
        "memos",
        "memos/2024",
        "templates",
        "output",
        "output/ccrov",
        ".",
        "..",
        "nowhere/www",
        "memos/office.yaml",
        "ftp://host/x",
        "s3://",
        "s3://A/b",
        "s3://memos/../x",
        "",
    ] {
        fs::create_dir_all(folder.path().join("templates")).unwrap();
        let run = folder.run(&["publish", target]);
        assert_eq!(run.status, 2, "{target}: {}{}", run.results, run.faults);
    }
    assert_eq!(folder.run(&["publish", "www", "--undo", "--drafts"]).status, 2);
    // A file that somebody has changed at the target is put right, a record that was changed is not guessed at.
    done(&folder.run(&["publish", "www"]));
    folder.file("www/ccrov/24101.md", "changed");
    assert!(done(&folder.run(&["publish", "www"])).contains("1 changed"));
    assert_eq!(site(&folder.path().join("www")), wanted(&folder, false));
    folder.file("www/_ccrov/published.json", "{}");
    let run = folder.run(&["publish", "www"]);
    assert!(run.status == 3 && run.faults.contains("published.json is not the record"), "{}", run.faults);
}
