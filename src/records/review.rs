//! `review` and `approval` of a memo.
//!
//! In: their keys. Out: faults of them; a warning where one says nothing of the memo as it is. Nothing printed takes anything from them. Not
//! here: whether what was approved is what would be printed, which the desk compares.

use super::{fields::Fields, idle, reader::Reader};
use crate::{
    diagnostic::Code,
    model::{ById, Office, Person, Status},
    yaml::Node,
};

/// Reads the keys of a memo of this status; `None` if one of them has a fault.
pub(super) fn check(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    office: &Office,
    status: Option<Status>,
) -> Option<()> {
    let review = r.may(f, "review", |n, r| review(n, r, &office.people));
    let approval = r.may(f, "approval", |n, r| approval(n, r, &office.people));
    if status.is_some_and(|status| status != Status::Review) {
        idle::tell(f, r, "review", "nobody is reading the memo: its status says otherwise", "take it out");
    }
    if matches!(status, Some(Status::Draft | Status::Review)) {
        idle::tell(f, r, "approval", "the memo is not approved: its status says otherwise", "take it out");
    }
    review.and(approval).map(drop)
}

fn review(node: &Node, r: &mut Reader<'_>, people: &ById<Person>) -> Option<()> {
    let mut f = r.fields(node, "a review")?;
    let with = r.need(&mut f, "with", |n, r| r.refer(n, people, Code::UnknownPerson, "person"));
    let since = r.need(&mut f, "since", |n, r| r.date(n));
    r.end(&f);
    with.and(since).map(drop)
}

fn approval(node: &Node, r: &mut Reader<'_>, people: &ById<Person>) -> Option<()> {
    let mut f = r.fields(node, "an approval")?;
    let by = r.need(&mut f, "by", |n, r| r.refer(n, people, Code::UnknownPerson, "person"));
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    let how = r.need(&mut f, "how", |n, r| r.text(n));
    let recorded_by = r.may(&mut f, "recorded_by", |n, r| r.refer(n, people, Code::UnknownPerson, "person"));
    let memo_date = r.need(&mut f, "memo_date", |n, r| r.date(n));
    let text = r.need(&mut f, "text", |n, r| r.text(n));
    r.end(&f);
    by.and(date).and(how).and(recorded_by).and(memo_date).and(text).map(drop)
}
