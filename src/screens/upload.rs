//! Files that somebody brings to a memo: chosen, or dropped on its page.
//!
//! In: a form with files. Out: the memo with its new attachments. Not here: which files can be attached, and what they are called
//! (`desk`).

use std::sync::Arc;

use axum::{
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartError},
    http::StatusCode,
    response::Response,
};

use super::{
    file::screen,
    open::Shared,
    request::{Answer, Desk, answered, of_another_start},
    unhurried, values,
};
use crate::{
    desk::{self, AttachReport, BroughtFile, LARGEST_ATTACHED, SourceFile},
    serve,
    words::series,
};

/// How many bytes are read of a form with files: several, or one that is told to be too large.
pub(super) const MOST: usize = 8 * LARGEST_ATTACHED * 1_000_000;

/// The files of a form. A form without the token of this run is refused.
pub(super) struct BroughtFiles(Vec<BroughtFile>);

impl FromRequest<Arc<Shared>> for BroughtFiles {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<BroughtFiles, Response> {
        const UNREAD: &str = "This form cannot be read. Load the page again.";
        let form = Multipart::from_request(request, shared).await;
        let form = form.map_err(|_| serve::sentence(StatusCode::BAD_REQUEST, UNREAD))?;
        let (token, files) = read(form).await.map_err(|failed| match failed.status() {
            StatusCode::PAYLOAD_TOO_LARGE => serve::sentence(
                StatusCode::PAYLOAD_TOO_LARGE,
                "These files are more than the desk can take at once. A file can have 20 MB.",
            ),
            status => serve::sentence(status, UNREAD),
        })?;
        if shared.token().is_shown(&token) { Ok(BroughtFiles(files)) } else { Err(of_another_start()) }
    }
}

/// The token of a form, and its files.
async fn read(mut form: Multipart) -> Result<(String, Vec<BroughtFile>), MultipartError> {
    let (mut token, mut title, mut files) = (String::new(), String::new(), Vec::new());
    while let Some(field) = form.next_field().await? {
        match (field.name().unwrap_or_default(), field.file_name().map(str::to_owned)) {
            ("token", _) => token = field.text().await?,
            ("title", _) => title = field.text().await?,
            // A browser sends a field of files without a name if none was chosen.
            ("file", Some(name)) if !name.is_empty() => {
                let bytes = field.bytes().await?.to_vec();
                files.push(BroughtFile { name, title: String::new(), bytes });
            }
            _ => {}
        }
    }
    // One title is that of one file.
    if let [file] = files.as_mut_slice() {
        file.title = title;
    }
    Ok((token, files))
}

/// `POST /memo/ID/attach`.
pub(super) async fn attach(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    BroughtFiles(files): BroughtFiles,
) -> Response {
    unhurried(move || {
        if files.is_empty() {
            let words = "Choose a file first: press “Upload a file” under Attachments.";
            let page = shared.pages.refusal(&shared, words);
            return Answer::Problem(StatusCode::UNPROCESSABLE_ENTITY, page);
        }
        let attached = shared.carry_out(&open, |now| desk::attach(now, &id, &files)).map(|report| {
            let page = screen(&SourceFile::Memo(id.clone()));
            shared.say(&page, said(&report, &values::clock(shared.now())));
            Answer::Go(page)
        });
        answered(&shared, attached)
    })
    .await
}

/// What was done, in a line.
fn said(report: &AttachReport, clock: &str) -> String {
    let names: Vec<&str> = report.attached.iter().map(|file| file.name.as_str()).collect();
    let are = if names.len() == 1 { "is" } else { "are" };
    let taken = report.attached.iter().filter(|file| file.was_taken).map(|file| {
        format!(
            " Another file beside the memo has the name {}, so yours is called {}.",
            file.brought, file.name
        )
    });
    format!("Saved {clock} {} {are} attached.{}", series(&names), taken.collect::<String>())
}
