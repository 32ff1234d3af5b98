//! The same memos give the same bytes, whoever builds them: folder, time zone, language, number of threads
//! and the order in which the files were put there leave no trace in output/.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use crate::common::{Folder, files, shipped};

/// What analysts have written of the shipped working folder, by path.
fn sources() -> Vec<(String, Vec<u8>)> {
    let names = ["memos", "templates"]
        .into_iter()
        .flat_map(|part| files(&shipped().join(part)).into_iter().map(move |file| format!("{part}/{file}")));
    names.map(|name| (name.clone(), fs::read(shipped().join(&name)).unwrap())).collect()
}

/// Builds a working folder, told which by `--root` and run from elsewhere. Gives what the program said and
/// every file of output/.
fn built(root: &Path, threads: &str, around: [(&str, &str); 4]) -> (String, BTreeMap<String, Vec<u8>>) {
    let output = Command::new(env!("CARGO_BIN_EXE_ccrov"))
        .args(["--root", root.to_str().unwrap(), "build", "--threads", threads])
        .current_dir(std::env::temp_dir())
        .envs(around)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let output = root.join("output");
    let bytes = files(&output).into_iter().map(|name| (name.clone(), fs::read(output.join(&name)).unwrap()));
    (said, bytes.collect())
}

#[test]
fn two_builds_of_the_same_memos_give_the_same_bytes() {
    let (here, there) = (Folder::empty(), Folder::empty());
    let sources = sources();
    for (name, bytes) in &sources {
        here.file(name, bytes);
    }
    let elsewhere = "Büro 2, Memos";
    for (name, bytes) in sources.iter().rev() {
        there.file(&format!("{elsewhere}/{name}"), bytes);
    }
    let plain = [("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C"), ("HOME", "/")];
    let other = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", "/nowhere"),
    ];
    let (said, files) = built(here.path(), "1", plain);
    let (said_there, files_there) = built(&there.path().join(elsewhere), "4", other);

    assert_eq!(said, said_there);
    assert!(files.contains_key("manifest.json") && files.len() > 30, "{:?}", files.keys());
    assert_eq!(files.keys().collect::<Vec<_>>(), files_there.keys().collect::<Vec<_>>());
    for (name, bytes) in &files {
        assert!(*bytes == files_there[name], "{name} differs");
    }
}
