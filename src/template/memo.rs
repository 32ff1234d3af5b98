//! One memo -> the Markdown of the memo and of its schedule.
//!
//! In: a memo, its office, the engine. Out: [`MemoTexts`], or faults. Texts are filled in in the order
//! in which they may name each other: causes, schedule, subject, body, memo.

use std::borrow::Cow;

use super::{
    Engine, Values,
    context::{DelayView, MemoContext, ScheduleView, StepRow},
    deadlines::DeadlineView,
    earlier::EarlierValues,
    engine::folded,
    full_stops::{one_stop, without_stop},
    marks,
    tidy::tidy,
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, Sources},
    document::{set_plain_typographically, set_typographically},
    model::{Attachment, Body, Delay, Entity, Holder, Memo, Office, ScheduleText, Text, Typography, date},
    prose::{self, Days},
    schedule::{ChangeWords, PlanKnowledge, Resolved, completed_steps},
};

/// A memo with its texts filled in.
#[derive(Debug)]
pub struct MemoTexts {
    /// Who publishes: the title of the office-holder and the division.
    pub publisher: String,
    /// The published path without its ending: `ccrov/2021/august/21144dl`.
    pub path: String,
    /// The memo with all that is attached.
    pub memo: DocumentText,
    /// The schedule alone, if it is attached.
    pub schedule: Option<ScheduleDocument>,
    /// The deadlines that it lists itself.
    pub deadlines: Vec<DeadlineView>,
}

/// A schedule that is published by itself.
#[derive(Debug)]
pub struct ScheduleDocument {
    /// Its text.
    pub part: DocumentText,
    /// Its rows.
    pub view: ScheduleView,
}

/// A document that is published by itself.
#[derive(Debug)]
pub struct DocumentText {
    /// What it is about: RE of a memo, the name of a schedule.
    pub title: String,
    /// Its text.
    pub markdown: String,
    /// The lines at the top of each page after the first.
    pub running_head: Vec<String>,
}

/// How an attached file is published.
#[derive(Debug, Clone)]
pub struct AttachmentLabel {
    /// What follows the memo's path: "court-judgment.pdf".
    pub suffix: String,
    /// "PDF, 12 pages, 340 KB".
    pub words: String,
}

/// What a memo is filled in with besides what it says itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct MemoInputs<'a> {
    /// The path without its ending, if it is known: an issued memo keeps its own.
    pub path: Option<&'a str>,
    /// Its attached files, in the order of its attachments.
    pub files: &'a [AttachmentLabel],
    /// What changed in its schedule, if it attaches that.
    pub changes: Option<&'a ChangeWords>,
}

/// Fills a memo's texts in. `None` if there was a fault.
pub fn render(
    memo: &Memo,
    office: &Office,
    resolved: Option<&Resolved<'_>>,
    given: MemoInputs<'_>,
    engine: &Engine,
    sources: &Sources,
    faults: &mut Faults,
) -> Option<MemoTexts> {
    let MemoInProgress { holder, base, view, mut filling, .. } =
        begin(memo, office, resolved, engine, sources, faults)?;
    let path = match given.path {
        Some(path) => path.to_owned(),
        None => filling.path(&office.published_as),
    };
    let table = filling.deadline_table(&base.deadline_rows);
    let body = filling.body(&memo.body);
    let body = filling.with_deadlines(memo, body, &base.deadline_rows, table.as_deref());
    filling.to_print.push((memo.body.place(), body.clone(), "{{ body | safe }}` in `templates/memo.md"));
    let noted = proposed_note(memo).map(|note| format!("{note}\n\n{body}"));
    filling.values.insert("body", noted.as_ref().unwrap_or(&body));

    let schedule =
        view.filter(|_| memo.attachments.iter().any(|a| matches!(a, Attachment::Schedule))).map(|view| {
            ScheduleDocument {
                part: DocumentText {
                    title: view.name.clone(),
                    markdown: filling.schedule_markdown(false),
                    running_head: filling.running_head(&view.name, office),
                },
                view,
            }
        });
    let markdown = filling.memo(memo, schedule.as_ref(), given, &path);
    let subject = base.memo.subject.unwrap_or_default();
    let running_head = filling.running_head(&subject, office);
    if !filling.whole {
        return None;
    }
    let publisher = format!("{}, {}, {}", holder.title, office.state, memo.letterhead.division);
    Some(MemoTexts {
        publisher,
        path,
        memo: DocumentText { title: subject, markdown, running_head },
        schedule,
        deadlines: base.deadline_rows,
    })
}

/// What a memo's templates can see of the office and of its release: all but what it says itself. `None`
/// if there is a fault.
pub fn seen(
    memo: &Memo,
    office: &Office,
    resolved: Option<&Resolved<'_>>,
    engine: &Engine,
    sources: &Sources,
) -> Option<serde_json::Value> {
    let mut aside = Faults::default();
    let begun = begin(memo, office, resolved, engine, sources, &mut aside)?;
    begun.filling.whole.then(|| {
        let views = serde_json::to_value((&begun.base, &begun.delays, &begun.view));
        let mut views = views.expect("views are structs with text keys, which always serialise");
        if let Some(base) = views[0].as_object_mut() {
            // Its own files are digested apart.
            base.remove("memo");
        }
        views
    })
}

/// What a memo that tells a proposal says of its dates, in all forms, whatever its templates are.
fn proposed_note(memo: &Memo) -> Option<String> {
    let words = "**PROPOSED DATES:** These dates are proposed. They have not been decided or announced.";
    memo.tells_proposal.then(|| words.to_owned())
}

/// A memo whose subject and schedule are filled in.
struct MemoInProgress<'a> {
    holder: &'a Holder,
    base: MemoContext<'a>,
    delays: Vec<DelayView>,
    view: Option<ScheduleView>,
    filling: Filling<'a>,
}

fn begin<'a>(
    memo: &'a Memo,
    office: &'a Office,
    resolved: Option<&Resolved<'_>>,
    engine: &'a Engine,
    sources: &'a Sources,
    faults: &'a mut Faults,
) -> Option<MemoInProgress<'a>> {
    let Some(holder) = office.holder(memo.date) else {
        let message = format!("nobody held the office on {}", date::prose(memo.date));
        faults.push(
            Diagnostic::new(Code::NobodyThen, memo.source.start(), message)
                .expected("the letterhead shows who holds the office on the memo's date")
                .help("add a line to `office_holders` in memos/office.yaml, or look at the memo's date"),
        );
        return None;
    };
    let known = resolved.map(Resolved::known);
    let mut base = MemoContext::new(office, holder, memo, known.as_ref());
    let days =
        Days { memo: Some(memo.date), election: memo.election.as_deref().map(|election| election.date) };
    let typography = office.typography;
    let mut filling = Filling {
        days,
        rolled: office.rolled.as_deref(),
        ..Filling::of(Values::of(&base), typography, engine, sources, faults)
    };

    let delays = known.map(|known| filling.delays(known.delays)).unwrap_or_default();
    let base_of = |then: &PlanKnowledge<'_>| Values::of(&MemoContext::new(office, holder, memo, Some(then)));
    let view = resolved.and_then(|resolved| {
        let earlier = EarlierValues::of(resolved, &base_of, &filling);
        filling.schedule(memo, resolved, &earlier)
    });
    base.deadline_rows = resolved.map(|resolved| filling.deadlines(resolved)).unwrap_or_default();
    let subject_lines = filling.lines(&memo.subject);
    filling.said_dates(&memo.subject, &subject_lines.join("\n"));
    base.memo.subject = Some(subject_lines.join(" "));
    base.memo.subject_lines = subject_lines;
    filling.values.insert("memo", &base.memo);
    Some(MemoInProgress { holder, base, delays, view, filling })
}

/// Fills text after text in. One with a fault is blank, so that the others show theirs too.
pub(super) struct Filling<'a> {
    pub values: Values,
    pub typography: Typography,
    pub engine: &'a Engine,
    pub sources: &'a Sources,
    pub faults: &'a mut Faults,
    /// The office's own words for what a star at a date means.
    pub rolled: Option<&'a str>,
    /// What dates in its texts are read by.
    pub days: Days,
    /// The texts that the memo is to print, each with its place and the variable that stands for it.
    pub to_print: Vec<(Place, String, &'static str)>,
    pub whole: bool,
}

impl<'a> Filling<'a> {
    /// One that reads dates by nothing but themselves.
    pub fn of(
        values: Values,
        typography: Typography,
        engine: &'a Engine,
        sources: &'a Sources,
        faults: &'a mut Faults,
    ) -> Filling<'a> {
        let (days, to_print) = (Days::default(), Vec::new());
        Filling { values, typography, engine, sources, faults, rolled: None, days, to_print, whole: true }
    }
}

impl Filling<'_> {
    fn or_blank(&mut self, filled: Option<String>) -> String {
        self.whole &= filled.is_some();
        one_stop(filled.unwrap_or_default())
    }

    fn path(&mut self, text: &Text) -> String {
        let filled = self.engine.plain(text, &self.values, self.sources, self.faults);
        self.or_blank(filled)
    }

    pub(super) fn plain(&mut self, text: &Text) -> String {
        let filled = self.path(text);
        self.set(filled, set_plain_typographically)
    }

    /// A text with the quotation marks and dashes that the office wants.
    pub(super) fn set(&self, text: String, set: fn(&str) -> Cow<'_, str>) -> String {
        match self.typography {
            Typography::AsTyped => text,
            Typography::Smart => set(&text).into_owned(),
        }
    }

    pub(super) fn rich(&mut self, text: &Text) -> String {
        let filled = self.engine.rich(text, &self.values, self.sources, self.faults);
        self.or_blank(filled).trim().to_owned()
    }

    /// A text of several lines, each filled in and folded.
    fn lines(&mut self, text: &Text) -> Vec<String> {
        let filled = self.engine.unfolded(text, &self.values, self.sources, self.faults);
        let filled = self.or_blank(filled);
        self.set(filled, set_plain_typographically)
            .lines()
            .map(folded)
            .filter(|line| !line.is_empty())
            .collect()
    }

    fn running_head(&mut self, title: &str, office: &Office) -> Vec<String> {
        self.values.insert("title", title);
        // What is filled in as nothing keeps its place.
        let lines = office.running_head.iter().flat_map(|text| match self.lines(text) {
            lines if lines.is_empty() => vec![String::new()],
            lines => lines,
        });
        let lines = lines.collect();
        // Only running heads know a title.
        self.values.remove("title");
        lines
    }

    pub(super) fn template(&mut self, name: &str) -> String {
        let filled = self.engine.fill(name, &self.values, self.sources, self.faults);
        let markdown = tidy(&self.or_blank(filled));
        self.set(markdown, set_typographically)
    }

    /// The texts of a schedule are read here only: their dates are near the memo's.
    pub(super) fn schedule_dates(&mut self, text: &Text, filled: &str) {
        let before = self.faults.errors();
        prose::check_dates(text, self.days, self.sources, self.faults);
        self.whole &= self.faults.errors() == before;
        self.said_dates(text, filled);
    }

    /// A text may put a typed weekday before a date that is filled in.
    pub(super) fn said_dates(&mut self, text: &Text, filled: &str) {
        let before = self.faults.errors();
        prose::check_filled_dates(text, filled, self.days, self.sources, self.faults);
        self.whole &= self.faults.errors() == before;
    }

    fn body(&mut self, body: &Body) -> String {
        let (text, filled) = match body {
            Body::Text(text) => (text, self.rich(text)),
            Body::Template(name) => {
                let filled = self.engine.fill_named(name, &self.values, self.sources, self.faults);
                (name, self.or_blank(filled).trim().to_owned())
            }
        };
        self.said_dates(text, &filled);
        filled
    }

    /// `delays`, and `delay` for the last one.
    pub(super) fn delays(&mut self, delays: &[Delay]) -> Vec<DelayView> {
        let mut views = Vec::with_capacity(delays.len());
        for delay in delays {
            let cause = without_stop(self.plain(&delay.cause));
            views.push(DelayView { announced: date::prose(delay.announced), cause });
        }
        if let Some(last) = views.last() {
            self.values.insert("delay", last);
        }
        self.values.insert("delays", &views);
        views
    }

    /// `schedule` with its names, which its other texts may use.
    pub(super) fn schedule_names(&mut self, texts: &ScheduleText) -> ScheduleView {
        let title = texts.title.as_ref().map_or_else(|| "Schedule".to_owned(), |title| self.plain(title));
        let edition = texts.edition.as_ref().map(|edition| self.plain(edition));
        let name = match &edition {
            Some(edition) => format!("{title} – {edition}"),
            None => title.clone(),
        };
        let view = ScheduleView { title, edition, name, ..ScheduleView::default() };
        self.values.insert("schedule", &view);
        view
    }

    /// `schedule`: first its names, then the whole.
    fn schedule(
        &mut self,
        memo: &Memo,
        resolved: &Resolved<'_>,
        earlier: &EarlierValues,
    ) -> Option<ScheduleView> {
        let texts = &memo.plan.as_deref()?.schedule;
        let mut view = self.schedule_names(texts);
        for task in resolved.steps() {
            let then = earlier.values(task);
            let text = self.of_step(&task.task.text, then);
            self.schedule_dates(&task.task.text, &text);
            let row = StepRow {
                id: task.task.id.to_string(),
                step: task.step().value.clone(),
                owner: Entity::joined(&task.task.owners),
                text,
                warning: task.task.warning.as_ref().map(|warning| self.of_step(warning, then)),
                start: marks::printed(&task.start, texts),
                end: marks::printed(&task.end, texts),
                dates: [&task.start, &task.end].map(|when| when.cell.to_string()),
            };
            if task.completed { view.completed.push(row) } else { view.remaining.push(row) }
        }
        let steps = completed_steps(resolved.steps().map(|t| (t.step().value.as_str(), t.completed)));
        view.completed_steps = steps.to_string();
        view.completed_count = steps.len();
        self.values.insert("schedule", &view);
        view.introduction = texts.introduction.as_ref().map(|introduction| self.rich(introduction));
        view.rolled_note = marks::note(resolved, texts, self.rolled);
        let is_attached = memo.attachments.iter().any(|a| matches!(a, Attachment::Schedule));
        if let (Some(place), Some(note), true) = (&texts.shows_rolled, &view.rolled_note, is_attached) {
            let variable = "{{ schedule.rolled_note | safe }}` in `templates/schedule.md";
            self.to_print.push((place.clone(), note.clone(), variable));
        }
        view.note = texts.note.as_ref().map(|note| self.rich(note));
        let around = [(&texts.introduction, &view.introduction), (&texts.note, &view.note)];
        for (text, filled) in
            around.into_iter().filter_map(|(text, filled)| text.as_ref().zip(filled.as_ref()))
        {
            self.schedule_dates(text, filled);
        }
        if let Some(note) = proposed_note(memo) {
            let introduction = view.introduction.take().map(|text| format!("\n\n{text}"));
            view.introduction = Some(note + &introduction.unwrap_or_default());
        }
        self.values.insert("schedule", &view);
        Some(view)
    }

    pub(super) fn schedule_markdown(&mut self, attached: bool) -> String {
        self.values.insert("attached", &attached);
        self.template("schedule.md")
    }
}
