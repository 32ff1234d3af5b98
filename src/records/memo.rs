//! `memos/<year>/<id>.yaml` -> [`Memo`].

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    attachment::{attachment, beside},
    deadlines,
    fields::Fields,
    idle,
    memo_checks::{check_attachments, check_prose, delays_known, number_alone, withdrawn_later},
    past_election, plan,
    reader::Reader,
    relations, review, texts,
    told::{self, ToldPlan},
    words,
};
use crate::{
    diagnostic::{Code, Diagnostic, Help, Placed, SourceId, Sources, offered},
    model::{
        Archived, Attachment, Body, ById, Correction, Election, Id, Kept, Memo, Number, Office, Originator,
        Person, Plan, Relation, Status, Text, date,
    },
    prose,
    yaml::Node,
};

/// What a memo may refer to.
pub(super) struct MemoReferences<'a> {
    pub office: &'a Office,
    pub releases: &'a ById<Plan>,
    /// The Markdown files in `memos/`, by their path from the working folder.
    pub bodies: &'a BTreeMap<String, SourceId>,
    /// All files in the memos' folders, by their path from the working folder.
    pub files: &'a BTreeSet<String>,
    /// The ids of all memos.
    pub memos: &'a BTreeSet<String>,
    /// The numbers that these ids bear.
    pub numbers: &'a BTreeSet<Number>,
    /// The office's telephone numbers: figures, and how they are written.
    pub telephones: &'a BTreeMap<String, String>,
    pub sources: &'a Sources,
}

impl MemoReferences<'_> {
    /// What the memo's texts are held against.
    pub fn known(&self) -> prose::KnownFacts<'_> {
        prose::KnownFacts { memos: self.numbers, telephones: self.telephones, sources: self.sources }
    }

    /// The folder of a memo's file.
    pub fn folder(&self, memo: SourceId) -> &str {
        self.sources.get(memo).name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Reads a memo's file.
pub(super) fn memo(id: Id, node: &Node, r: &mut Reader<'_>, around: &MemoReferences<'_>) -> Option<Memo> {
    let office = around.office;
    let mut f = r.fields(node, "a memo")?;
    f.named("letterhead", &office.letterheads);
    f.named("from", &office.people);
    let status = r.need(&mut f, "status", status);
    let number = match status {
        Some(Status::Draft | Status::Review | Status::Approved) => r.may(&mut f, "number", |n, r| r.text(n)),
        _ => r.need(&mut f, "number", |n, r| r.text(n)).map(Some),
    };
    let why = match status {
        Some(Status::Withdrawn) => r.need(&mut f, "why", |n, r| r.text(n)).map(Some),
        _ => r.may(&mut f, "why", |n, r| r.text(n)),
    };
    let withdrawn = r.may(&mut f, "withdrawn", |n, r| r.date(n));
    let reviewed = review::check(&mut f, r, office, status);
    let corrections = r.may(&mut f, "corrections", |n, r| Some(r.list(n, correction)));
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    if let (Some(Some(withdrawn)), Some(date)) = (withdrawn, date) {
        withdrawn_later(withdrawn, date, &f, r);
    }
    let letterhead = r.need(&mut f, "letterhead", |n, r| {
        r.refer(n, &office.letterheads, Code::UnknownLetterhead, "letterhead")
    });
    let to = r.need(&mut f, "to", |n, r| Some(r.list(n, |n, r| r.text(n))));
    let people = r.need(&mut f, "from", |n, r| Some(r.list(n, |n, r| person(n, r, office, date))));
    let signed = r.may(&mut f, "signed", |n, r| r.flag(n));
    let analyst = r.may(&mut f, "analyst", |n, r| r.refer(n, &office.people, Code::UnknownPerson, "person"));
    let subject = r.need(&mut f, "subject", |n, r| r.prose(n));
    let contact =
        r.may(&mut f, "contact", |n, r| r.refer(n, &office.contacts, Code::UnknownContact, "contact"));
    let body = body(&mut f, r, around);
    let election =
        r.may(&mut f, "election", |n, r| r.refer(n, &office.elections, Code::UnknownElection, "election"));
    let plan = plan_of(&mut f, r, around, election.as_ref().and_then(Option::as_ref));
    let (plan, told) = told::told(plan, &mut f, r, status);
    let known = deadlines::DeadlineContext {
        memo: &id,
        office,
        plan: plan.as_deref(),
        election: election.as_ref().and_then(Option::as_ref),
    };
    // How many delays a release with a fault has is not known, nor what deadlines could count from.
    let unknown = r.leans_on_fault || plan.is_none() && f.key_range("release").is_some();
    let deadlines = match f.get("deadlines") {
        Some(_) if !unknown => deadlines::read(&mut f, r, &known),
        _ => Some(Vec::new()),
    };
    let delays = plan.as_ref().map_or(0, |plan| plan.delays.len());
    let attachments = r.may(&mut f, "attachments", |n, r| Some(r.list(n, |n, r| attachment(n, r, around))));
    let attachment_label = r.may(&mut f, "attachment_label", |n, r| r.text(n));
    let lists_attachments = r.may(&mut f, "list_attachments", |n, r| r.flag(n));
    let fields = r.may(&mut f, "fields", |n, r| r.flag(n));
    let relations = relations::read(&id, &mut f, r, around);
    let texts = texts_of(body.as_ref(), attachments.iter().flatten().flatten());
    let beside: Vec<SourceId> = texts.iter().map(|text| text.place.source).collect();
    r.accepts(&mut f, &beside);
    r.end(&f);

    let own = election.as_ref().and_then(Option::as_ref).zip(f.value_range("election"));
    if let (Some((election, written)), Some(date)) = (own, date)
        && status.is_some_and(Status::is_open)
    {
        past_election::warn(election, date, &texts, written, office, r);
    }
    // A release may say it for all its memos.
    let election = election.map(|own| own.or_else(|| plan.as_ref()?.election.clone()));
    let election_day = election.as_ref().and_then(|e| e.as_ref()).map(|election| election.date);
    let days = prose::Days { memo: date, election: election_day };
    check_prose(&texts, subject.as_ref(), days, around, r.faults);
    if let Some(Some(number)) = &number {
        number_alone(number, &id, date, &f, r);
    }
    let is_open = status.is_none_or(Status::is_open);
    let knows = told.map(|told| match told {
        ToldPlan::Delays(count) => count,
        ToldPlan::Proposal => delays,
        ToldPlan::Unsaid => delays_known(plan.as_deref(), date, is_open, &f, r),
    });
    let plan = plan.map(|plan| plan.numbered(knows.unwrap_or(delays)));
    let people = people?;
    let analyst = analyst?.or_else(|| people.first().map(|(person, _)| Arc::clone(person)))?;
    let attachments = attachments?.unwrap_or_default();
    // What changed since a memo that this one updates needs no delay; whether that one tells the same plan, the press sees.
    let updates = relations.iter().any(|(relation, _)| *relation != Relation::Corrects);
    let is_before_delays = knows == Some(0) && !unknown && !updates;
    check_attachments(&attachments, plan.is_some(), is_before_delays, &f, r);
    // Without its release, most of what a memo says would be a fault.
    if unknown {
        return None;
    }
    let election = election?;
    let dated = deadlines::with_plan(deadlines?, plan.as_ref(), knows?, election.as_ref(), r);
    reviewed?;
    let memo = Memo {
        id,
        source: r.source,
        number: number?,
        date: date?,
        status: status?,
        why: why?,
        withdrawn: withdrawn?,
        corrections: corrections?.unwrap_or_default(),
        letterhead: letterhead?,
        to: to?,
        from: people.into_iter().map(|(_, originator)| originator).collect(),
        signed: signed?.unwrap_or(false),
        analyst,
        subject: subject?,
        contact: contact?,
        election,
        body: body?,
        plan,
        deadlines: dated,
        knows: knows?,
        tells_proposal: told == Some(ToldPlan::Proposal),
        attachments,
        attachment_label: attachment_label?,
        lists_attachments: lists_attachments?.unwrap_or(true),
        fields: fields?.unwrap_or(false),
        relations,
    };
    // Of a memo with a fault it is not known what it will show.
    if r.faults.errors() == 0 {
        idle::check(&f, &memo, r);
    }
    Some(memo)
}

/// The texts that are written for this memo: its body, and what is attached as text.
fn texts_of<'a>(body: Option<&'a Body>, attachments: impl Iterator<Item = &'a Attachment>) -> Vec<&'a Text> {
    let body = match body {
        Some(Body::Text(text)) => Some(text),
        _ => None,
    };
    let attached = attachments.filter_map(|attachment| match attachment {
        Attachment::Text(attached) => Some(&attached.body),
        _ => None,
    });
    body.into_iter().chain(attached).collect()
}

fn status(node: &Node, r: &mut Reader<'_>) -> Option<Status> {
    let text = r.text(node)?;
    let status = text.parse().ok();
    if status.is_none() {
        let help = words::without_sign(&text, |word| word.parse::<Status>().is_ok())
            .map_or_else(|| offered(&text, Status::ALL.iter().map(|status| status.word())), Help::from);
        let message = format!("there is no status `{text}`");
        r.fault(Code::BadValue, node, message, "how far the memo has come is expected", help);
    }
    status
}

/// What was put right, and when.
fn correction(node: &Node, r: &mut Reader<'_>) -> Option<Correction> {
    let mut f = r.fields(node, "a correction")?;
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    let what = r.need(&mut f, "what", |n, r| r.text(n));
    r.end(&f);
    Some(Correction { date: date?, what: what? })
}

/// An originator, who must have a title on the memo's date.
fn person(
    node: &Node,
    r: &mut Reader<'_>,
    office: &Office,
    date: Option<NaiveDate>,
) -> Option<(Arc<Person>, Originator)> {
    let person = r.refer(node, &office.people, Code::UnknownPerson, "person")?;
    let title = match date {
        Some(day) => person.title(day).map(str::to_owned),
        None => Some(String::new()),
    };
    let Some(title) = title else {
        let name = &person.name;
        let (message, help) = match (person.last_day, date) {
            (Some(last), Some(day)) if last < day => (
                format!(
                    "{name} has left the office by the memo's date: the last day is {}",
                    date::prose(last)
                ),
                "name somebody else here, or put the memo's date or `last_day` in memos/office.yaml right",
            ),
            _ => (
                format!("{name} has no title on the memo's date"),
                "add the title of that day to `titles` in memos/office.yaml",
            ),
        };
        let help = help.to_owned();
        r.fault(Code::NobodyThen, node, message, "FROM shows the title of the memo's date", help);
        return None;
    };
    let originator = Originator { name: person.name.clone(), title };
    Some((person, originator))
}

/// The body: a template by name, text, or the Markdown file beside the memo.
fn body(f: &mut Fields<'_>, r: &mut Reader<'_>, around: &MemoReferences<'_>) -> Option<Body> {
    let template = r.may(f, "template", |n, r| {
        let mut value = r.text(n)?;
        if let Some(name) = value.strip_suffix(".md") {
            value = name.to_owned();
        }
        Some(Placed { value, place: r.source.at(n.range.clone()) })
    });
    let written = f.get("body").is_some();
    let Some(template) = template? else {
        return r.need(f, "body", |n, r| texts::body(n, r, around)).map(Body::Text);
    };
    if written {
        conflict(f, r, "body", "a memo is written in a template or in a body", "keep `template` or `body`");
    }
    Some(Body::Template(template))
}

/// The memo's plan: a release's, or its own.
fn plan_of(
    f: &mut Fields<'_>,
    r: &mut Reader<'_>,
    around: &MemoReferences<'_>,
    election: Option<&Arc<Election>>,
) -> Option<Arc<Plan>> {
    let release = r.may(f, "release", |n, r| r.refer(n, around.releases, Code::UnknownRelease, "release"));
    let own = plan::own(f, r, around.office, election);
    match release {
        Some(Some(release)) => {
            if own.is_some() {
                let help = "move it to the release's file, or take the line `release` out";
                for key in plan::OWN.into_iter().filter(|key| f.key_range(key).is_some()) {
                    conflict(f, r, key, "the release has it", help);
                }
            }
            Some(release)
        }
        Some(None) => own.map(Arc::new),
        None => None,
    }
}

fn conflict(f: &Fields<'_>, r: &mut Reader<'_>, key: &str, expected: &str, help: &str) {
    let place = r.source.at(f.key_range(key).unwrap_or_default());
    let message = format!("`{key}` cannot stand here as well");
    r.faults.push(Diagnostic::new(Code::ConflictingKeys, place, message).expected(expected).help(help));
}

/// Reads the file of a memo that exists as a file only.
pub(super) fn archived(
    id: Id,
    node: &Node,
    r: &mut Reader<'_>,
    around: &MemoReferences<'_>,
) -> Option<Archived> {
    let mut f = r.fields(node, "an archived memo")?;
    r.may(&mut f, "archive", |n, r| r.flag(n));
    let number = r.need(&mut f, "number", |n, r| r.text(n));
    let date = r.need(&mut f, "date", |n, r| r.date(n));
    let title = r.need(&mut f, "title", |n, r| r.text(n));
    let kept = match r.may(&mut f, "address", super::address::read) {
        Some(Some(address)) => Some(Kept::Address(address)),
        Some(None) => r.need(&mut f, "file", |n, r| beside(n, r, around)).map(Kept::File),
        None => None,
    };
    r.accepts(&mut f, &[]);
    r.end(&f);
    if let Some(number) = &number {
        number_alone(number, &id, date, &f, r);
    }
    Some(Archived { id, number: number?, date: date?, title: title?, kept: kept? })
}
