//! A fact of the office that issued memos printed otherwise: all of them corrected with one reason, after a look at each.
//!
//! In: a fact, the memos that are ticked, what was wrong. Out: one page before the deed; the memos corrected. Not here: which memos printed
//! it, which the desk finds.

use serde::Serialize;
use tera::Context;

use super::{
    deed::{self, Deed},
    issue,
    open::{OpenFolder, Shared},
    request::{Answer, FormData},
};
use crate::{
    desk::{self, FactCorrection, PrintedFact, Refused},
    folder::Snapshot,
    model::date,
    words::{counted, series},
};

/// A fact as the page offers it.
#[derive(Serialize)]
struct OfferedFact {
    words: String,
    key: String,
    from: String,
    to: String,
    count: String,
}

/// A memo that printed the fact.
#[derive(Serialize)]
struct MemoLine {
    id: String,
    subject: String,
    ticked: bool,
}

/// "12 issued memos printed another telephone of the Help Desk."
pub(super) fn waiting(snapshot: &Snapshot) -> Option<String> {
    let facts = desk::printed_facts(snapshot);
    let mut memos: Vec<&String> = facts.iter().flat_map(|fact| &fact.memos).collect();
    memos.sort_unstable();
    memos.dedup();
    let count = counted(memos.len(), "issued memo");
    (!memos.is_empty()).then(|| format!("{count} printed a fact that is another one by now."))
}

/// `/correct`.
pub(super) fn page(shared: &Shared, open: &OpenFolder, form: &FormData) -> Result<Answer, Refused> {
    let snapshot = open.snapshot()?;
    let facts = desk::printed_facts(&snapshot);
    let is_it =
        |fact: &&PrintedFact| form.get("key") == Some(&fact.key) && form.get("from") == Some(&fact.from);
    let chosen = facts.iter().find(is_it);
    let day = form.get("day").map_or_else(|| date::prose(shared.now().date()), str::to_owned);
    let mut context = Context::new();
    context.insert("title", "Correct a fact in issued memos");
    context.insert("day", &day);
    context.insert("what", form.get("what").unwrap_or_default());
    let line = |fact: &PrintedFact| OfferedFact {
        words: desk::fact_words(&snapshot, &fact.key),
        key: fact.key.clone(),
        from: fact.from.clone(),
        to: fact.to.clone(),
        count: counted(fact.memos.len(), "issued memo"),
    };
    context.insert("facts", &facts.iter().map(line).collect::<Vec<_>>());
    context.insert("chosen", &chosen.map(line));
    if let Some(fact) = chosen {
        let is_asked = form.get("do").is_some();
        let mut memos = form.all("memo");
        memos.retain(|memo| fact.memos.contains(memo));
        context.insert("memos", &rows(&snapshot, fact, &memos, is_asked));
        match (date::read(day.trim()), form.filled("what")) {
            _ if !is_asked => {}
            (Err(_), _) => context.insert("wrong", "The day is no date. Write it as March 2, 2026."),
            (Ok(day), _) if day > shared.now().date() => {
                context.insert("wrong", "That day has not come yet.");
            }
            (_, None) => context.insert("wrong", "Say what was wrong. Counties read it on each memo."),
            _ if memos.is_empty() => context.insert("wrong", "Tick at least one memo."),
            (Ok(date), Some(what)) => {
                let (from, to, what) = (fact.from.clone(), fact.to.clone(), what.to_owned());
                let wish = FactCorrection { from, to, memos, what, date };
                match deed::deed(shared, open, form, |now| desk::correct_fact(now, &wish))? {
                    Deed::Done(report) => {
                        let done: Vec<&str> = report.issued.iter().map(|memo| memo.id.as_str()).collect();
                        let said =
                            format!("Corrected here: {}. Publish, so that counties see it.", series(&done));
                        shared.say("/publish", said);
                        return Ok(Answer::Go("/publish".to_owned()));
                    }
                    Deed::Shown(shown) => {
                        context.insert("is_other", &shown.is_other);
                        context.insert("agreed", &shown.agreed);
                        issue::fill(&mut context, &shown.report, &shown.agreed);
                        context.insert(
                            "deed",
                            &format!("Correct {}", counted(shown.report.issued.len(), "memo")),
                        );
                    }
                }
            }
        }
    }
    let page = shared.pages.page(shared, "correct-fact.html", "office", context);
    Ok(deed::shown(form, page))
}

/// The memos that printed a fact; all are ticked until somebody chooses.
fn rows(snapshot: &Snapshot, fact: &PrintedFact, ticked: &[String], is_asked: bool) -> Vec<MemoLine> {
    let listed = desk::memo_list(snapshot).into_iter().filter(|memo| fact.memos.contains(&memo.id));
    let row = |memo: desk::ListedMemo| MemoLine {
        ticked: !is_asked || ticked.contains(&memo.id),
        id: memo.id,
        subject: memo.subject,
    };
    listed.map(row).collect()
}
