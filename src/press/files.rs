//! The files that are attached to a memo, on their way to be published.
//!
//! In: a memo's attachments. Out: their bytes and how they are listed; warnings about PDFs that not
//! everybody can read. Not here: changing a file.

use super::job::Job;
use crate::{
    attached::Attached,
    diagnostic::{Code, Diagnostic, Faults, Place},
    model::{Attachment, Memo},
    output::{Artifact, Form, OutputPath, Piece, harmless},
    template::AttachmentLabel,
};

/// An attached file on its way to be published.
pub(super) struct FileToPublish {
    pub published: AttachmentLabel,
    pub pages: Option<usize>,
    pub bytes: Vec<u8>,
}

/// The fault of a PDF that no reader should open.
pub(super) fn too_large(name: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(
        Code::AttachedTooLarge,
        place.clone(),
        format!("{name} unpacks to more than a reader can take"),
    )
    .expected("a page of at most 64 MB, and 256 MB in all, are expected")
    .help("print the file into a new PDF, and publish that")
}

impl FileToPublish {
    /// The file as a part of what is published of a memo.
    pub fn beside(self, memo: &OutputPath) -> Artifact {
        Artifact {
            piece: Piece::Attachment,
            form: Form::File,
            path: memo.beside(&self.published.suffix),
            pages: self.pages,
            bytes: self.bytes,
        }
    }
}

/// The memo's attached files, looked at. `None` if one cannot be read.
pub(super) fn attached_files(memo: &Memo, job: &Job<'_>, faults: &mut Faults) -> Option<Vec<FileToPublish>> {
    let mut files = Vec::new();
    for attachment in &memo.attachments {
        let Attachment::File(file) = attachment else { continue };
        let path = &file.path;
        let name = path.value.rsplit('/').next().unwrap_or(&path.value);
        let Some(bytes) = (job.load)(&path.value) else {
            let message = format!("{} cannot be read", path.value);
            let help = "look at who may read the file";
            faults.push(Diagnostic::new(Code::UnreadableFile, path.place.clone(), message).help(help));
            return None;
        };
        let attached = Attached::look(name, &bytes);
        if attached.is_too_large {
            faults.push(too_large(name, &path.place));
        }
        if !attached.lacks.is_empty() {
            let message = format!("{name} lacks {}", attached.lacks.join(", "));
            faults.push(
                Diagnostic::new(Code::AttachedFile, path.place.clone(), message)
                    .expected("not everybody can read it")
                    .help("ask for an accessible file, or say under `accepts:` why this one must do"),
            );
        }
        files.push(FileToPublish {
            pages: attached.pages,
            published: AttachmentLabel { suffix: harmless(name), words: attached.in_words() },
            bytes,
        });
    }
    Some(files)
}
