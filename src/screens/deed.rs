//! A deed that is looked at before it is done: issue, undo, withdraw, correct.
//!
//! In: a form, what plans the deed. Out: the plan to look at, with the pages that it would make; or the deed done. What is written is
//! what was shown: a form carries the digest of the plan that it shows, and where the plan is another one by now, that one is shown first.
//! Not here: what is planned.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get},
};

use super::{
    open::{OpenFolder, Shared},
    request::{Answer, Desk, FormData, answered},
    unhurried,
};
use crate::{
    desk::{Refused, again_if_stale},
    folder::{Plan, Snapshot},
    output::{OutputPath, Verdict, content_type},
    serve,
};

/// How many plans can be looked at, at a time.
const KEPT: usize = 8;

/// What became of a form.
pub(super) enum Deed<R> {
    /// Nothing is done yet.
    Shown(Shown<R>),
    /// It is done.
    Done(R),
}

/// A plan to look at.
pub(super) struct Shown<R> {
    pub report: R,
    /// The digest of the plan: a form that comes back with it means this plan.
    pub agreed: String,
    /// Whether somebody meant another plan, that cannot be carried out any more.
    pub is_other: bool,
}

/// The files that plans would write, for whoever looks at them.
#[derive(Default)]
pub(super) struct Looked(Mutex<VecDeque<WouldBe>>);

/// What a plan would write, by its digest.
struct WouldBe {
    digest: String,
    files: BTreeMap<OutputPath, Vec<u8>>,
}

impl Looked {
    fn keep<R>(&self, digest: &str, plan: &Plan<R>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|known| known.digest != digest);
        let changes = plan.output.iter().flat_map(|output| &output.changes);
        let files = changes.filter_map(|change| match &change.verdict {
            Verdict::Create(bytes) | Verdict::Replace(bytes) => Some((change.path.clone(), bytes.clone())),
            Verdict::Keep | Verdict::Remove => None,
        });
        kept.push_back(WouldBe { digest: digest.to_owned(), files: files.collect() });
        if kept.len() > KEPT {
            kept.pop_front();
        }
    }

    /// A file that a plan would write, if it would; `None` if the plan is not kept any more.
    fn file(&self, digest: &str, path: &str) -> Option<Option<(OutputPath, Vec<u8>)>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = kept.iter().find(|known| known.digest == digest)?;
        let path = path.parse::<OutputPath>().ok();
        Some(path.and_then(|path| Some((path.clone(), plan.files.get(&path)?.clone()))))
    }
}

/// Does what a form means, if that is what it showed; else shows what it would do.
///
/// # Errors
/// [`Refused`].
pub(super) fn deed<R>(
    shared: &Shared,
    open: &OpenFolder,
    form: &FormData,
    plan: impl Fn(&Snapshot) -> Result<Plan<R>, Refused>,
) -> Result<Deed<R>, Refused> {
    let meant = form.agreed();
    again_if_stale(|| {
        let plan = plan(&open.snapshot()?)?;
        let agreed = plan.digest();
        if meant == Some(agreed.as_str()) {
            return Ok(Deed::Done(shared.commit(open, plan)?.report));
        }
        open.looked.keep(&agreed, &plan);
        Ok(Deed::Shown(Shown { report: plan.report, is_other: meant.is_some(), agreed }))
    })
}

/// What answers for the page of a memo or a release before a deed, by its id.
type DeedPage = fn(&Shared, &OpenFolder, &str, &FormData) -> Result<Answer, Refused>;

/// A page before a deed: its address shows it, its form looks and does it.
pub(super) fn answers(page: DeedPage) -> MethodRouter<Arc<Shared>> {
    let answer = move |shared: Arc<Shared>, open: Arc<OpenFolder>, id: String, form: FormData| {
        unhurried(move || answered(&shared, page(&shared, &open, &id, &form)))
    };
    get(move |State(shared), Desk(open), Path(id)| answer(shared, open, id, FormData::asked(Vec::new())))
        .post(move |State(shared), Desk(open), Path(id), form| answer(shared, open, id, form))
}

/// A page before a deed on more than one memo: its address shows what is asked for, its form looks and does it.
pub(super) fn of_page(
    page: fn(&Shared, &OpenFolder, &FormData) -> Result<Answer, Refused>,
) -> MethodRouter<Arc<Shared>> {
    let answer = move |shared: Arc<Shared>, open: Arc<OpenFolder>, form: FormData| {
        unhurried(move || answered(&shared, page(&shared, &open, &form)))
    };
    get(move |State(shared), Desk(open), Query(asked)| answer(shared, open, FormData::asked(asked)))
        .post(move |State(shared), Desk(open), form| answer(shared, open, form))
}

/// A page that comes back: one whose deed was meant and is not done says so by its status.
pub(super) fn shown(form: &FormData, page: String) -> Answer {
    match form.agreed() {
        Some(_) => Answer::Problem(StatusCode::CONFLICT, page),
        None => Answer::Page(page),
    }
}

/// `GET /would/DIGEST/...`: the site as it would be; what a plan leaves as it is comes from what is built.
pub(super) async fn would(Desk(open): Desk, Path((digest, path)): Path<(String, String)>) -> Response {
    let Some(file) = open.looked.file(&digest, &path) else {
        let words = "This is no longer kept. Go back to the page before, and press “Show” again.";
        return serve::sentence(StatusCode::GONE, words);
    };
    match file {
        Some((path, bytes)) => {
            let kind = HeaderValue::from_static(content_type(path.as_str()));
            ([(header::CONTENT_TYPE, kind)], bytes).into_response()
        }
        None => serve::files::file(&open.built, &format!("/site/{path}")).await,
    }
}
