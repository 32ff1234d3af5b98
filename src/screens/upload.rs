//! Files that somebody brings to a memo: chosen, or dropped on its page.
//!
//! In: a form with files. Out: the memo with its new attachments. Not here: which files can be attached, and what they are called
//! (`desk`).

use std::sync::Arc;

use axum::{
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartError},
    http::{StatusCode, header},
    response::Response,
};

use super::{
    file::screen,
    open::Shared,
    request::{Answer, Desk, FormData, answered, of_another_start},
    unhurried, values,
};
use crate::{
    desk::{self, AttachReport, BroughtFile, LARGEST_ATTACHED, SourceFile},
    serve,
    words::series,
};

/// How many bytes are read of a form with files: several, or one that is told to be too large.
pub(super) const MOST: usize = 8 * LARGEST_ATTACHED * 1_000_000;

/// A form with files, or without. One without the token of this run is refused.
pub(super) struct UploadForm {
    pub form: FormData,
    pub files: Vec<BroughtFile>,
}

impl FromRequest<Arc<Shared>> for UploadForm {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<UploadForm, Response> {
        const UNREAD: &str = "This form cannot be read. Load the page again.";
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            return Ok(UploadForm {
                form: FormData::from_request(request, shared).await?,
                files: Vec::new(),
            });
        }
        let form = Multipart::from_request(request, shared).await;
        let form = form.map_err(|_| serve::sentence(StatusCode::BAD_REQUEST, UNREAD))?;
        let (fields, files) = read(form).await.map_err(|failed| match failed.status() {
            StatusCode::PAYLOAD_TOO_LARGE => serve::sentence(
                StatusCode::PAYLOAD_TOO_LARGE,
                "These files are more than the desk can take at once. A file can have 20 MB.",
            ),
            status => serve::sentence(status, UNREAD),
        })?;
        let form = FormData::of(fields, shared).ok_or_else(of_another_start)?;
        // One title is that of one file.
        let title = form.get("title").unwrap_or_default();
        let mut files: Vec<BroughtFile> = files;
        if let [file] = files.as_mut_slice() {
            file.title = title.to_owned();
        }
        Ok(UploadForm { form, files })
    }
}

/// The fields of a form, and its files.
async fn read(mut form: Multipart) -> Result<(Vec<(String, String)>, Vec<BroughtFile>), MultipartError> {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await? {
        match (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned)) {
            // A browser sends a field of files without a name if none was chosen.
            (_, Some(name)) if name.is_empty() => {}
            (_, Some(name)) => {
                let bytes = field.bytes().await?.to_vec();
                files.push(BroughtFile { name, title: String::new(), bytes });
            }
            (name, None) => fields.push((name, field.text().await?)),
        }
    }
    Ok((fields, files))
}

/// `POST /memo/ID/attach`.
pub(super) async fn attach(
    State(shared): State<Arc<Shared>>,
    Desk(open): Desk,
    Path(id): Path<String>,
    UploadForm { files, .. }: UploadForm,
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
pub(super) fn said(report: &AttachReport, clock: &str) -> String {
    let are = |count| if count == 1 { "is" } else { "are" };
    let names = |were: bool| {
        let files = report.attached.iter().filter(|file| file.was_attached == were);
        files.map(|file| file.name.as_str()).collect::<Vec<_>>()
    };
    let (new, old) = (names(false), names(true));
    let mut said = match new.len() {
        0 => "Nothing was added.".to_owned(),
        count => format!("Saved {clock} {} {} attached.", series(&new), are(count)),
    };
    if !old.is_empty() {
        said.push_str(&format!(" {} {} attached already.", series(&old), are(old.len())));
    }
    for file in report.attached.iter().filter(|file| !file.was_attached) {
        if let Some(taken) = &file.taken_name {
            said.push_str(&format!(
                " Another file beside the memo has the name {taken}, so yours is called {}.",
                file.name
            ));
        }
    }
    said
}
