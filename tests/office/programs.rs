//! The programs that open office files.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The Python that LibreOffice's bridge belongs to.
const SYSTEM_PYTHON: &str = "/usr/bin/python3";

/// What a script of this folder says of a file.
pub fn python(script: &str, file: &Path) -> Value {
    serde_json::from_str(&printed(script, &[file.to_owned()])).unwrap()
}

/// What a script of this folder prints of files.
pub fn printed(script: &str, files: &[PathBuf]) -> String {
    run(Command::new("sh").arg(here().join("python.sh")), script, files)
}

/// What a script prints that has LibreOffice open files.
pub fn with_uno(script: &str, files: &[PathBuf]) -> String {
    run(&mut Command::new(SYSTEM_PYTHON), script, files)
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office")
}

fn run(program: &mut Command, script: &str, files: &[PathBuf]) -> String {
    let output = program.arg(here().join(script)).args(files).output().unwrap();
    let [printed, said] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{script}: {printed}{said}");
    printed
}

/// Opens a file in LibreOffice and saves it as another kind, beside it.
pub fn saved_as(file: &Path, ending: &str) {
    let folder = file.parent().unwrap();
    // Each run has a profile of its own: two at a time would wait for each other.
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .args([folder, file])
        .output()
        .unwrap();
    let saved = file.with_extension(ending);
    assert!(output.status.success() && saved.exists(), "{}", String::from_utf8_lossy(&output.stderr));
}
