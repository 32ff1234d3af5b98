//! `build`: the memos, built into the output folder. Prints every fault, then one line with the counts.

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::{Args, builder::PossibleValuesParser, builder::TypedValueParser as _};

use super::{
    Outcome, Terminal, again_if_stale, at, day,
    report::{outcome, print, with_faults},
    snapshot,
};
use crate::{
    desk::{self, BuildReport, BuildRequest, FileState, Refused},
    folder::WorkingFolder,
    output::Form,
    words::{counted, series},
};

#[derive(Args)]
pub(super) struct BuildArguments {
    /// The memos to build, by the names of their files; all if none is named
    #[arg(value_name = "MEMO")]
    memos: Vec<String>,
    /// The folder to write to, anywhere but among the memos [default: output in the working folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write these forms only: md, html, pdf, csv, file (attached files as they are)
    #[arg(long, value_name = "FORM,...", value_delimiter = ',', value_parser = forms())]
    only: Vec<Form>,
    /// Write nothing; list what differs from the output folder, and end with status 1 if anything does
    #[arg(long)]
    pub check: bool,
    /// List drafts on the website too
    #[arg(long)]
    drafts: bool,
    /// The day after which dates come up on the home page [default: the date of the newest issued memo]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Remove what was built of a year whose folder in memos/ is gone
    #[arg(long, value_name = "YEAR")]
    remove: Vec<String>,
    /// Make every file anew, be it untouched since the last build
    #[arg(long)]
    anew: bool,
    /// Move files that ccrov did not write, and that are where its own are to go, into moved-aside/
    #[arg(long, conflicts_with = "check")]
    adopt: bool,
    /// How many memos to work on at a time; what is written is the same for any number [default: as many as
    /// the machine can]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<NonZeroUsize>,
}

fn forms() -> impl clap::builder::TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.map(Form::ending)).map(|name| {
        let form = Form::ALL.into_iter().find(|form| form.ending() == name);
        form.expect("only the names of forms are accepted")
    })
}

fn at_least_one(number: &str) -> Result<NonZeroUsize, &'static str> {
    number.parse().map_err(|_| "a whole number is expected, 1 or more")
}

/// `ccrov build`.
pub(super) fn build(root: &Path, chosen: &BuildArguments, terminal: &mut Terminal) -> Outcome {
    let folder = match &chosen.out {
        Some(out) => at(root).building_into(out),
        None => at(root),
    };
    let wish = BuildRequest {
        memos: chosen.memos.clone(),
        forms: chosen.only.clone(),
        drafts: chosen.drafts,
        as_of: chosen.as_of,
        removing: chosen.remove.clone(),
        threads: chosen.threads,
        thorough: chosen.check || chosen.anew,
        adopt: chosen.adopt,
    };
    let plan =
        || folder.can_build().map_err(Refused::from).and_then(|()| desk::build(&snapshot(&folder)?, &wish));
    if chosen.check {
        let report = match plan() {
            Ok(plan) => plan.report,
            Err(refused) => return terminal.refuse(&refused),
        };
        let stale = if report.stale.is_empty() { Outcome::Done } else { Outcome::Faults };
        let ended = stale.max(outcome(&report.findings));
        return terminal.answer(&report, ended, |terminal| differences(&folder, &report, terminal));
    }
    let mut findings = None;
    let built = again_if_stale(|| {
        let plan = plan()?;
        findings = Some((plan.report.findings.clone(), plan.report.built));
        Ok(folder.commit(plan)?.report)
    });
    match (built, findings) {
        (Ok(report), _) => {
            let ended = outcome(&report.findings);
            terminal.answer(&report, ended, |terminal| {
                let trouble = trouble(&report, terminal);
                say(&report, &trouble, terminal);
            })
        }
        (Err(refused), Some((findings, built))) if matches!(refused, Refused::Disk(_)) => terminal
            .refuse_and(&refused, |terminal| {
                let trouble = print(&findings, terminal);
                terminal.complain(&refused.to_string());
                let count = counted(built, "memo");
                terminal.say(&match refused.is_partial() {
                    true => format!("Stopped: not every file of {count} could be written.{trouble}"),
                    false => format!("Nothing was written.{trouble}"),
                });
            }),
        (Err(refused), _) => terminal.refuse(&refused),
    }
}

/// Prints the faults. Gives the sentences on issued memos and on faults.
pub(super) fn trouble(report: &BuildReport, terminal: &mut Terminal) -> String {
    let kept = match report.issued {
        0 => String::new(),
        1 => " 1 issued memo keeps its form.".to_owned(),
        issued => format!(" {issued} issued memos keep their form."),
    };
    format!("{kept}{}", print(&report.findings, terminal))
}

/// Says what was written.
pub(super) fn say(report: &BuildReport, trouble: &str, terminal: &mut Terminal) {
    let asked = counted(report.memos, "memo");
    let count = match report.with_faults.is_empty() {
        true => asked,
        false => format!("{} of {asked}", report.built),
    };
    let removed = if report.removed == 0 { String::new() } else { format!(", {} removed", report.removed) };
    let lists = match report.of_lists {
        0 => String::new(),
        lists => format!("; {} of the lists", counted(lists, "file")),
    };
    if !report.left_out.is_empty() {
        let (tell, it) = if report.left_out.len() == 1 { ("tells", "it") } else { ("tell", "them") };
        let memos = series(&report.left_out);
        terminal.say(&format!(
            "Left out: {memos}, which {tell} a delay that is only proposed; --drafts builds {it}."
        ));
    }
    for path in &report.moved {
        terminal.say(&format!("Moved aside: {path}"));
    }
    terminal.say(&format!(
        "{}Built {count}: {} written, {} unchanged{removed}{lists}.{trouble}",
        with_faults(&report.with_faults),
        counted(report.written, "file"),
        report.unchanged
    ));
}

/// Lists what differs from the output folder.
fn differences(folder: &WorkingFolder, report: &BuildReport, terminal: &mut Terminal) {
    let trouble = trouble(report, terminal);
    for stale in &report.stale {
        let word = match stale.state {
            FileState::Missing => "missing",
            FileState::Differs => "differs",
            FileState::LeftOver => "left over",
        };
        terminal.say(&format!("{word:<9}  {}", stale.path));
    }
    let folder = folder.output().strip_prefix(".").unwrap_or(folder.output()).display();
    match report.stale.len() {
        0 => terminal.say(&format!("{folder} is current: {}.{trouble}", counted(report.files, "file"))),
        count => terminal.say(&format!(
            "{} in {folder} {} not current; `ccrov build --anew` writes them.{trouble}",
            counted(count, "file"),
            if count == 1 { "is" } else { "are" }
        )),
    }
}
