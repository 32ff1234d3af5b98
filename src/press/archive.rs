//! Memos that exist as files only: listed, related to, never set again.
//!
//! In: an archived memo. Out: its entry in the manifest, and its file as it is. Not here: changing it.

use std::collections::BTreeMap;

use super::{
    Press,
    files::too_large,
    job::{Job, MemoFiles},
    relations::{Location, MemoReference},
};
use crate::{
    attached::Attached,
    diagnostic::{Code, Diagnostic, Faults},
    document::set_plain_typographically,
    model::{Archived, Kept, Typography, date},
    output::{Artifact, Form, MemoEntry, OutputPath, Piece, digest},
    template,
};

impl Press {
    /// An archived memo's entry, and its file if the working folder has it. `None` if the file cannot
    /// be read. `before` is what this program has built of it: a file that is the same is not looked through again.
    pub fn archived(
        &self,
        memo: &Archived,
        before: Option<&MemoEntry>,
        job: &Job<'_>,
        faults: &mut Faults,
    ) -> Option<MemoFiles> {
        let mut entry = MemoEntry {
            id: memo.id.to_string(),
            number: Some(memo.number.clone()),
            date: memo.date,
            title: title(memo, job),
            withdrawn: None,
            status: "archived".to_owned(),
            locked: false,
            proposed: false,
            corrections: Vec::new(),
            release: None,
            relations: BTreeMap::new(),
            changes: None,
            schedule: Vec::new(),
            deadlines: Vec::new(),
            address: None,
            made_from: None,
            artifacts: Vec::new(),
        };
        let mut artifacts = Vec::new();
        match &memo.kept {
            Kept::Address(address) => entry.address = Some(address.clone()),
            Kept::File(_) if !job.forms.contains(&Form::File) => {}
            Kept::File(file) => {
                let Some(bytes) = (job.load)(&file.value) else {
                    let message = format!("{} cannot be read", file.value);
                    let help = "look at who may read the file";
                    faults
                        .push(Diagnostic::new(Code::UnreadableFile, file.place.clone(), message).help(help));
                    return None;
                };
                let path = self.archived_path(memo, &file.value, job);
                let pages = match before.and_then(|entry| entry.file(&path, &digest(&bytes))) {
                    Some(file) => file.pages,
                    None => match Attached::look(path.as_str(), &bytes) {
                        attached if attached.is_too_large => {
                            faults.push(too_large(&file.value, &file.place));
                            return None;
                        }
                        attached => attached.pages,
                    },
                };
                artifacts.push(Artifact { piece: Piece::Memo, form: Form::File, path, bytes, pages });
            }
        }
        Some(MemoFiles { entry, artifacts, copy: None, lock: None, clean: true })
    }

    /// What others call an archived memo.
    pub fn archived_name(&self, memo: &Archived, job: &Job<'_>) -> MemoReference {
        MemoReference {
            number: Some(memo.number.clone()),
            title: title(memo, job),
            date: date::prose(memo.date),
            page: match &memo.kept {
                Kept::Address(address) => Location::Address(address.clone()),
                Kept::File(file) => Location::Path(self.archived_path(memo, &file.value, job)),
            },
            withdrawn: None,
        }
    }

    /// `ccrov/2016/may/16120.pdf`: where the office's other memos are, or by year and month if its pattern needs more than is
    /// known of an old memo.
    fn archived_path(&self, memo: &Archived, file: &str, job: &Job<'_>) -> OutputPath {
        let usual = template::archived_path(memo, job.office, &self.markdown, job.sources);
        let stem = usual.and_then(|path| path.parse().ok()).unwrap_or_else(|| {
            let month = date::month(memo.date).to_lowercase();
            let year = chrono::Datelike::year(&memo.date);
            let path: Result<OutputPath, _> = format!("ccrov/{year}/{month}/{}", memo.id).parse();
            path.expect("figures, letters and hyphens make a path")
        });
        stem.ending_as(file)
    }
}

/// What an archived memo is about, as it is printed.
fn title(memo: &Archived, job: &Job<'_>) -> String {
    match job.office.typography {
        Typography::AsTyped => memo.title.clone(),
        Typography::Smart => set_plain_typographically(&memo.title).into_owned(),
    }
}
