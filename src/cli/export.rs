//! `export`: the steps of a release -> an Excel file, wherever it is wanted.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{Outcome, Terminal, at, snapshot};
use crate::{
    desk,
    folder::{FileSystem as _, System, stem},
};

#[derive(Args)]
pub(super) struct ExportArguments {
    /// The release, by the name of its file
    #[arg(value_name = "RELEASE")]
    release: String,
    /// The file [default: RELEASE.xlsx]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    replace: bool,
}

/// What is printed as JSON.
#[derive(Serialize)]
struct ExportResult<'a> {
    file: &'a str,
}

/// `ccrov export RELEASE`.
pub(super) fn export(root: &Path, chosen: &ExportArguments, terminal: &mut Terminal) -> Outcome {
    let bytes = match snapshot(&at(root)).and_then(|now| desk::exported_steps(&now, &chosen.release)) {
        Ok(bytes) => bytes,
        Err(refused) => return terminal.refuse(&refused),
    };
    let to = chosen.to.clone().unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", stem(&chosen.release))));
    let name = to.display().to_string();
    if to.exists() && !chosen.replace {
        return terminal
            .wrong_usage(&format!("{name} is there already; add --replace, or name another with --to"));
    }
    // First beside it: nobody is left with half a file.
    let aside = to.with_extension("xlsx.new");
    let written = System.write(&aside, &bytes).and_then(|()| System.rename(&aside, &to));
    if let Err(error) = written {
        // It may be that it was never there.
        let _ = System.remove(&aside);
        return terminal.stop(
            &format!("{name} cannot be written: {error}; if it is open in Excel, close it"),
            Outcome::Disk,
        );
    }
    terminal.answer(&ExportResult { file: &name }, Outcome::Done, |terminal| {
        terminal.say(&format!("Wrote {name}."));
    })
}
