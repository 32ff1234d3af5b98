//! The programs that open office files.

use std::{path::Path, process::Command};

use serde_json::Value;

/// What a script of this folder says of a file.
pub fn python(script: &str, file: &Path) -> Value {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
    let output =
        Command::new("sh").arg(here.join("python.sh")).arg(here.join(script)).arg(file).output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
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
