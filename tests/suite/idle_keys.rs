//! No key is typed in vain: each key of the schemas changes what is built or reported, or is told where it changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ccrov::{
    build::{Scope, build},
    desk::{self, Desk, WhyRequest},
    folder::{Overlay, Snapshot},
    output::{Form, Manifest},
    records::Readings,
    schema::{SCHEMAS, Shape, shapes},
};

const OFFICE: &str = r##"state: State of California
office_holders:
  - {starting: 2021-01-29, name: Shirley N. Weber, degree: Ph.D., title: Secretary of State}
letterheads:
  elections:
    division: Elections Division
    address: 1500 11th Street, Sacramento, CA 95814
    tel: 916.657.2166
    fax: 916.653.3214
    web: www.sos.ca.gov
    logo: {file: seal.svg, alternative: The seal, height: 0.5 in}
  press:
    division: Press Office
    address: 500 Example Street, Sacramento, CA 95814
people:
  ana-ruiz:
    name: Ana Ruiz
    initials: ar
    titles:
      - {title: Analyst, starting: 2022-01-01}
    email: ana.ruiz@sos.ca.gov
    last_day: 2030-01-31
  ben-oda: {name: Ben Oda, initials: bo, titles: Chief}
contacts:
  help-desk: {name: the Help Desk, phone: 916-555-0100, email: help@sos.ca.gov}
  press-desk: {name: the Press Desk}
calendars:
  state:
    name: State offices
    holidays: state-offices
    closed:
      - {date: 2024-06-05, reason: Move to another floor}
  courts: {name: Courts, holidays: legal}
entities:
  sos: {name: SOS, calendar: state}
  counties: {name: Counties, part_of: sos}
  vendors: Vendors
counties:
  alpine: {name: Alpine, part_of: counties}
  colusa: Colusa
elections:
  general-2024: {name: General Election, date: 2024-11-05}
  primary-2024: {name: Primary Election, date: 2024-03-05}
mail_to: [alameda@example.gov]
running_head: "No. {{ memo.number }}"
typography: smart
theme:
  page: letter
  margin: 1 in
  size: 11
  colors: {links: "#0b3d78", rules: "#333333", shade: "#eeeeee"}
words: {tbd: To be determined, rolled: the office is closed}
website:
  title: Memoranda
  address: https://elections.example.gov/memos
  publish_to: site
  letterhead: elections
  contact: help-desk
  accessibility: Everybody can read this.
published_as: ccrov/{{ memo.year }}/{{ memo.id }}{{ memo.initials }}
accepts: {issued-by-hand: memos of a test}
"##;

const RELEASE: &str = r##"name: Drill
system: VoteCal
environment: {name: Test Environment, short: TE}
calendar: state
election: general-2024
milestones:
  opening: {date: 2024-06-03, actual: 2024-06-04}
  hearing: {start: 2024-06-10, end: 2024-06-14}
  review: {start: 2024-06-17, takes: 3wd}
  start-up: {at: opening, offset: 2wd}
  visit: {during: hearing, offset: 1d, closed: next}
  report: {after: hearing, lag: 2wd}
  notice: {before: hearing, lag: 2wd}
  together: {with: report}
  late: {at: opening, offset: 1d, not_before: 2024-06-20}
  summer: {at: freeze, offset: 4wd}
  unknown: TBD
  filing: {at: E-267, closed: previous, roll: courts}
  freeze: {date: 2024-06-28, fixed: true, authority: Elections Code 3114}
  ballots: {date: 2024-07-01, by: 2024-07-10}
  canvass: {date: 2024-05-20, done: false}
  closing: {at: E-60, time: 11:00 p.m.}
  signs: {at: hearing, offset: 42d}
delays:
  - announced: 2024-06-20
    cause: a storm
    moves:
      ballots: 2024-07-08
      review: {start: 2024-07-01, end: 2024-07-03}
    reopens: pack
proposed:
  by: ben-oda
  date: 2024-06-25
  announced: 2024-06-26
  cause: a late fix
  moves:
    ballots: 2024-07-09
    hearing: {start: 2024-07-22, end: 2024-07-26}
  reopens: report
  done: notice
  closed: {steps: {hang: next}, milestones: {signs: next}}
schedule:
  title: Drill Schedule
  edition: Summer
  introduction: These are the tasks.
  note: Call early.
  shows: [e-numbers, rolled]
tasks:
  - {id: install, step: 1, owners: sos, text: Install it, warning: BACK UP FIRST, start: {at: ballots}, end: {at: ballots}}
  - {id: test, step: 2, owners: counties, text: Test it, since: 1, start: {after: install}, takes: 2wd}
  - {id: print, step: 3, owners: vendors, text: Print it, until: 1, start: 2024-07-15, end: 2024-07-16}
  - {id: send, step: 4, owners: sos, text: Send it, start: 2024-06-12, end: 2024-06-13, actual: 2024-06-11}
  - {id: mail, step: 5, owners: sos, text: Mail it, start: 2024-06-05, end: 2024-06-07, done: false}
  - {id: pack, step: 5a, owners: sos, text: Pack it, start: {at: opening}, end: 2024-06-14}
  - {id: count, step: 5b, owners: sos, text: Count them, start: {at: freeze}, takes: 5wd, renumbered: {since: 1, step: 5c}}
  - {id: law, step: 6, owners: sos, text: File it, start: E-60, end: E-60, fixed: true, authority: Elections Code 3115}
  - {id: last, step: 7, owners: sos, text: End it, start: 2024-09-02, end: 2024-09-03, by: 2024-09-10}
  - {id: answer, step: 8, owners: sos, text: Answer it, start: {at: E-59, closed: next}, end: {at: E-59, closed: next}}
  - {id: hang, step: 9, owners: sos, text: Hang it, start: {at: hearing, offset: 42d}, end: {at: hearing, offset: 42d}}
  - {id: look, step: 10, owners: sos, text: Look at it, start: {at: signs}, end: {at: signs}}
accepts: {closed-day: it is so}
"##;

const MEMO: &str = r##"number: 24120
date: 2024-07-01
status: review
review: {with: ben-oda, since: 2024-06-28}
letterhead: elections
to: All Counties
from: ana-ruiz
signed: true
analyst: ben-oda
subject: "Drill: {{ schedule.edition }}"
contact: help-desk
body: |
  The {{ release.name }} of {{ release.system }} in the {{ environment.name }} ({{ environment.short }}) opens on
  {{ milestones.opening.date }}: "ask {{ contact.name }} at {{ contact.phone }} or {{ contact.email }}".

  {% for name, milestone in milestones %}{{ name }}: {{ milestone.window }}{% if milestone.overdue %} (overdue){% endif %}. {% endfor %}

  It was delayed on {{ delay.announced }} by {{ delay.cause }}. See https://www.sos.ca.gov or (916) 555-0100: [blank: name]

  Answer by {{ deadlines.reply.date }}.
deadlines: {id: reply, what: Answer the questions, who: counties, date: 7/10/2024}
release: drill
knows: 1
attachments:
  - schedule
  - {title: Note, body: Read it., date: 2024-06-30, revised: Revised 7/1/2024, letterhead: press, to: All Courts}
  - {title: Form, file: form.csv}
attachment_label: Enclosed
fields: true
list_attachments: true
updates: 24110
supersedes: 24111
corrects: 24112
accepts: {telephone-two-ways: it is so}
"##;

/// A memo with tasks of its own, which is not issued any more.
const OWN: &str = r##"number: 24121
date: 2024-07-02
status: withdrawn
why: It was sent twice.
withdrawn: 2024-07-05
corrections:
  - {date: 2024-07-03, what: the telephone number}
letterhead: elections
to: All Counties
from: ana-ruiz
subject: Ballots
election: general-2024
body: The {{ election.name }} is on {{ election.date }}.
milestones: {opening: 2024-08-01}
schedule: {title: Ballots}
tasks: {id: print, step: 1, owners: sos, text: Print them, start: {at: opening}, end: E-60}
attachments: schedule
"##;

const TEMPLATED: &str = "number: 24122\ndate: 2024-07-03\nstatus: approved\n\
    approval: {by: ben-oda, date: 2024-07-03, how: by e-mail, recorded_by: ana-ruiz, memo_date: 2024-07-03, text: 0}\nletterhead: elections\nto: All Counties\n\
    from: ana-ruiz\nsubject: Drill\ntemplate: release-delay\nrelease: drill\nattachments: schedule\n";

/// A draft of what is only proposed.
const PROPOSING: &str = "number: 24123\ndate: 2024-07-04\nstatus: draft\nletterhead: elections\nto: All Counties\nfrom: ana-ruiz\n\
    subject: Drill\ntemplate: release-delay\nrelease: drill\nknows: proposed\nattachments: schedule\n";

const ARCHIVED: &str = "archive: true\nnumber: 24113\ndate: 2024-05-01\ntitle: Old\naddress: https://sos.ca.gov/a.pdf\naccepts: {no-such-day: it is so}\n";

const O: &str = "memos/office.yaml";
const R: &str = "memos/releases/drill.yaml";
const M: &str = "memos/2024/24120.yaml";
const W: &str = "memos/2024/24121.yaml";
const T: &str = "memos/2024/24122.yaml";
const A: &str = "memos/2024/24113.yaml";

/// Each key: its file, its path in the schema, what stands there, and what else could.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    (O, "state", "State of California", "State of Jefferson"),
    (O, "office_holders", "2021-01-29", "2025-01-29"),
    (O, "office_holders.starting", "2021-01-29", "2025-01-29"),
    (O, "office_holders.name", "Shirley N. Weber", "Alex Padilla"),
    (O, "office_holders.degree", "degree: Ph.D., ", ""),
    (O, "office_holders.title", "title: Secretary", "title: Acting Secretary"),
    (O, "letterheads", "press:", "pres:"),
    (O, "letterheads.division", "Elections Division", "Voting Division"),
    (O, "letterheads.address", "1500 11th", "1501 11th"),
    (O, "letterheads.tel", "916.657.2166", "916.657.2167"),
    (O, "letterheads.fax", "916.653.3214", "916.653.3215"),
    (O, "letterheads.web", "www.sos.ca.gov", "www.example.gov"),
    (O, "letterheads.logo", "    logo: {file: seal.svg, alternative: The seal, height: 0.5 in}\n", ""),
    (O, "letterheads.logo.file", "seal.svg", "other.svg"),
    (O, "letterheads.logo.alternative", "The seal", "A star"),
    (O, "letterheads.logo.height", "0.5 in", "0.6 in"),
    (O, "people", "ben-oda:", "ben-odo:"),
    (O, "people.name", "Ana Ruiz", "Anna Ruiz"),
    (O, "people.initials", "initials: bo", "initials: bd"),
    (O, "people.titles", "title: Analyst,", "title: Chief,"),
    (O, "people.titles.title", "title: Analyst,", "title: Chief,"),
    (O, "people.last_day", "last_day: 2030", "last_day: 2024"),
    (O, "people.titles.starting", "starting: 2022", "starting: 2025"),
    (O, "contacts", "help-desk:", "helping-desk:"),
    (O, "contacts.name", "the Help Desk", "the Desk"),
    (O, "contacts.phone", "916-555-0100", "916-555-0101"),
    (O, "contacts.email", "help@", "desk@"),
    (O, "calendars", "courts:", "court:"),
    (O, "calendars.name", "name: State offices", "name: Offices"),
    (O, "calendars.holidays", "    holidays: state-offices\n", ""),
    (O, "calendars.closed", "date: 2024-06-05", "date: 2024-06-06"),
    (O, "calendars.closed.date", "date: 2024-06-05", "date: 2024-06-06"),
    (O, "calendars.closed.reason", "Move to another", "Move to the other"),
    (O, "entities", "vendors:", "sellers:"),
    (O, "entities.name", "name: Counties", "name: All Counties"),
    (O, "entities.calendar", "SOS, calendar: state", "SOS"),
    (O, "counties", "  colusa: Colusa\n", ""),
    (O, "counties.name", "name: Alpine", "name: Amador"),
    (O, "counties.part_of", "Alpine, part_of: counties", "Alpine"),
    (O, "website.letterhead", "  letterhead: elections\n  contact", "  contact"),
    (O, "website.contact", "contact: help-desk", "contact: press-desk"),
    (O, "website.accessibility", "Everybody can read", "All can read"),
    (O, "entities.part_of", ", part_of: sos", ""),
    (O, "elections", "general-2024:", "general:"),
    (O, "elections.name", "General Election", "Statewide General Election"),
    (O, "elections.date", "2024-11-05", "2024-11-06"),
    (O, "running_head", "No. ", "Number "),
    (O, "typography", "typography: smart", "typography: as-typed"),
    (O, "theme", "size: 11", "size: 12"),
    (O, "theme.page", "page: letter", "page: legal"),
    (O, "theme.margin", "margin: 1 in", "margin: 1.1 in"),
    (O, "theme.size", "size: 11", "size: 12"),
    (O, "theme.colors", "\"#0b3d78\"", "\"#0b3d88\""),
    (O, "theme.colors.links", "\"#0b3d78\"", "\"#0b3d88\""),
    (O, "theme.colors.rules", "\"#333333\"", "\"#333344\""),
    (O, "theme.colors.shade", "\"#eeeeee\"", "\"#eeeeff\""),
    (O, "words", "To be determined", "Not known yet"),
    (O, "words.tbd", "To be determined", "Not known yet"),
    (O, "words.rolled", "the office is closed", "moved"),
    (O, "website", "title: Memoranda", "title: Memos"),
    (O, "website.title", "title: Memoranda", "title: Memos"),
    (O, "website.address", "elections.example.gov", "example.gov"),
    (O, "accepts", "accepts: {issued-by-hand: memos of a test}\n", ""),
    (O, "published_as", "ccrov/{{ memo.year }}", "memos/{{ memo.year }}"),
    (R, "name", "name: Drill", "name: Exercise"),
    (R, "system", "VoteCal", "Roster"),
    (R, "environment", "Test Environment", "Trial Environment"),
    (R, "environment.name", "Test Environment", "Trial Environment"),
    (R, "environment.short", "short: TE", "short: TV"),
    (R, "calendar", "calendar: state\n", ""),
    (R, "election", "election: general-2024", "election: primary-2024"),
    (R, "milestones", "ballots: {date: 2024-07-01", "ballots: {date: 2024-07-02"),
    (R, "milestones.date", "ballots: {date: 2024-07-01", "ballots: {date: 2024-06-26"),
    (R, "milestones.start", "start: 2024-06-10", "start: 2024-06-11"),
    (R, "milestones.end", "end: 2024-06-14", "end: 2024-06-13"),
    (
        R,
        "milestones.takes",
        "review: {start: 2024-06-17, takes: 3wd}",
        "review: {start: 2024-06-17, takes: 4wd}",
    ),
    (R, "milestones.at", "{at: opening, offset: 2wd}", "{at: freeze, offset: 2wd}"),
    (R, "milestones.during", "during: hearing", "during: review"),
    (R, "milestones.after", "{after: hearing", "{after: review"),
    (R, "milestones.before", "{before: hearing", "{before: freeze"),
    (R, "milestones.with", "with: report", "with: notice"),
    (R, "milestones.offset", "offset: 2wd", "offset: 3wd"),
    (R, "milestones.lag", "after: hearing, lag: 2wd", "after: hearing, lag: 3wd"),
    (R, "milestones.not_before", "not_before: 2024-06-20", "not_before: 2024-06-21"),
    (R, "milestones.closed", "closed: previous", "closed: next"),
    (R, "milestones.roll", ", roll: courts", ""),
    (R, "milestones.time", "time: 11:00 p.m.", "time: 10:00 p.m."),
    (R, "milestones.actual", "actual: 2024-06-04", "actual: 2024-06-05"),
    (R, "milestones.done", ", done: false", ""),
    (R, "milestones.fixed", "fixed: true", "fixed: false"),
    (R, "milestones.authority", "Elections Code 3114", "Elections Code 3116"),
    (R, "milestones.by", "by: 2024-07-10", "by: 2024-07-02"),
    (R, "delays", "announced: 2024-06-20", "announced: 2024-06-21"),
    (R, "delays.announced", "announced: 2024-06-20", "announced: 2024-06-21"),
    (R, "delays.cause", "a storm", "a flood"),
    (R, "delays.moves", "ballots: 2024-07-08", "ballots: 2024-07-09"),
    (R, "delays.moves.start", "start: 2024-07-01", "start: 2024-06-28"),
    (R, "delays.moves.end", "end: 2024-07-03", "end: 2024-07-05"),
    (R, "delays.reopens", "    reopens: pack\n", ""),
    (R, "proposed", "ballots: 2024-07-09", "ballots: 2024-07-10"),
    (R, "proposed.by", "by: ben-oda", "by: ana-ruiz"),
    (R, "proposed.date", "date: 2024-06-25", "date: 2024-06-24"),
    (R, "proposed.announced", "announced: 2024-06-26", "announced: 2024-06-19"),
    (R, "proposed.cause", "a late fix", "a late test"),
    (R, "proposed.moves", "ballots: 2024-07-09", "ballots: 2024-07-10"),
    (R, "proposed.moves.start", "start: 2024-07-22", "start: 2024-07-23"),
    (R, "proposed.moves.end", "end: 2024-07-26", "end: 2024-07-25"),
    (R, "proposed.reopens", "  reopens: report\n", ""),
    (R, "proposed.done", "  done: notice\n", ""),
    (
        R,
        "proposed.closed",
        "steps: {hang: next}, milestones: {signs: next}",
        "steps: {hang: previous}, milestones: {signs: previous}",
    ),
    (R, "proposed.closed.steps", "{hang: next}", "{hang: previous}"),
    (R, "proposed.closed.milestones", "{signs: next}", "{signs: previous}"),
    (R, "schedule", "title: Drill Schedule", "title: Tasks"),
    (R, "schedule.title", "title: Drill Schedule", "title: Tasks"),
    (R, "schedule.edition", "edition: Summer", "edition: Fall"),
    (R, "schedule.introduction", "These are the tasks.", "These are all tasks."),
    (R, "schedule.note", "Call early.", "Call late."),
    (R, "schedule.shows", "  shows: [e-numbers, rolled]\n", ""),
    (R, "tasks", "text: Test it", "text: Try it"),
    (R, "tasks.id", "id: install", "id: installed"),
    (R, "tasks.step", "step: 2", "step: 2a"),
    (R, "tasks.owners", "owners: counties", "owners: vendors"),
    (R, "tasks.text", "text: Test it", "text: Try it"),
    (R, "tasks.warning", "BACK UP FIRST", "BACK UP NOW"),
    (R, "tasks.since", "since: 1", "since: 2"),
    (R, "tasks.until", ", until: 1", ""),
    (R, "tasks.start", "start: 2024-09-02", "start: 2024-08-30"),
    (R, "tasks.end", "end: 2024-09-03", "end: 2024-09-04"),
    (R, "tasks.takes", "takes: 2wd", "takes: 4wd"),
    (R, "tasks.actual", "actual: 2024-06-11", "actual: 2024-06-12"),
    (R, "tasks.done", "end: 2024-06-07, done: false", "end: 2024-06-07"),
    (R, "tasks.fixed", "fixed: true, authority: Elections Code 3115", "fixed: false"),
    (R, "tasks.authority", "Elections Code 3115", "Elections Code 3117"),
    (R, "tasks.by", "by: 2024-09-10", "by: 2024-09-02"),
    (R, "tasks.renumbered", ", renumbered: {since: 1, step: 5c}", ""),
    (R, "tasks.renumbered.since", "renumbered: {since: 1", "renumbered: {since: 2"),
    (R, "tasks.renumbered.step", "step: 5c", "step: 5d"),
    (R, "accepts", "accepts: {closed-day: it is so}\n", ""),
    (M, "number", "number: 24120\n", ""),
    (M, "date", "date: 2024-07-01", "date: 2024-07-02"),
    (M, "status", "status: review", "status: draft"),
    (M, "letterhead", "letterhead: elections", "letterhead: press"),
    (M, "to", "to: All Counties", "to: Counties"),
    (M, "from", "from: ana-ruiz", "from: ben-oda"),
    (M, "signed", "signed: true", "signed: false"),
    (M, "analyst", "analyst: ben-oda", "analyst: ana-ruiz"),
    (M, "subject", "subject: \"Drill:", "subject: \"Exercise:"),
    (M, "contact", "contact: help-desk", "contact: press-desk"),
    (M, "body", "opens on", "begins on"),
    (M, "release", "release: drill\n", ""),
    (M, "knows", "knows: 1", "knows: 0"),
    (M, "attachments", "  - schedule\n", ""),
    (M, "attachments.title", "title: Note", "title: Notes"),
    (M, "attachments.file", "file: form.csv", "file: form.txt"),
    (M, "attachments.body", "body: Read it.", "body: Keep it."),
    (M, "attachments.date", "date: 2024-06-30", "date: 2024-06-29"),
    (M, "attachments.revised", "Revised 7/1/2024", "Revised 7/2/2024"),
    (M, "attachments.letterhead", "letterhead: press", "letterhead: elections"),
    (M, "attachments.to", "to: All Courts", "to: Courts"),
    (M, "attachment_label", "Enclosed", "Attached"),
    (M, "fields", "fields: true", "fields: false"),
    (M, "list_attachments", "list_attachments: true", "list_attachments: false"),
    (M, "deadlines", "deadlines: {id: reply,", "deadlines: {id: answer,"),
    (M, "deadlines.id", "deadlines: {id: reply,", "deadlines: {id: answer,"),
    (M, "deadlines.what", "what: Answer the questions", "what: Answer"),
    (M, "deadlines.who", "who: counties, date", "who: sos, date"),
    (M, "deadlines.date", "date: 7/10/2024", "date: 7/11/2024"),
    (M, "updates", "updates: 24110\n", ""),
    (M, "supersedes", "supersedes: 24111\n", ""),
    (M, "corrects", "corrects: 24112\n", ""),
    (M, "accepts", "accepts: {telephone-two-ways: it is so}\n", ""),
    (W, "why", "sent twice", "sent late"),
    (W, "withdrawn", "2024-07-05", "2024-07-06"),
    (W, "corrections", "telephone", "fax"),
    (W, "corrections.date", "2024-07-03", "2024-07-04"),
    (W, "corrections.what", "telephone", "fax"),
    (W, "election", "election: general-2024", "election: primary-2024"),
    (W, "milestones", "opening: 2024-08-01", "opening: 2024-08-02"),
    (W, "schedule", "title: Ballots}", "title: Printing}"),
    (W, "tasks", "text: Print", "text: Fold"),
    (M, "review", "with: ben-oda, since", "with: ana-ruiz, since"),
    (M, "review.with", "with: ben-oda, since", "with: ana-ruiz, since"),
    (M, "review.since", "2024-06-28}", "2024-06-29}"),
    (T, "approval", "by: ben-oda", "by: ana-ruiz"),
    (T, "approval.by", "by: ben-oda", "by: ana-ruiz"),
    (T, "approval.date", "date: 2024-07-03, how", "date: 2024-07-02, how"),
    (T, "approval.how", "how: by e-mail", "how: on paper"),
    (T, "approval.recorded_by", "recorded_by: ana-ruiz, ", ""),
    (T, "template", "template: release-delay", "body: It is late."),
    (A, "archive", "archive: true\n", ""),
    (A, "number", "number: 24113", "number: 24114"),
    (A, "date", "date: 2024-05-01", "date: 2024-05-02"),
    (A, "title", "title: Old", "title: Older"),
    (A, "file", "address: https://sos.ca.gov/a.pdf", "file: form.txt"),
    (A, "address", "a.pdf", "b.pdf"),
];

/// Keys whose values are seen elsewhere than in what is built and reported of a folder, and what holds them.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (O, "theme.typeface", "theme: files of fonts lie there"),
    (O, "people.email", "word_file: whom a mail is to"),
    (O, "mail_to", "mail: who gets it"),
    (O, "website.publish_to", "doctor: what is not published yet"),
    (T, "approval.memo_date", "review: the date then is no change"),
    (T, "approval.text", "review: what was approved is what is issued"),
    (A, "accepts", "nothing warns of an archived memo today"),
];

fn files() -> BTreeMap<&'static str, String> {
    let earlier = |number: &str| ARCHIVED.replace("24113", number);
    let seal = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0H9V9Z\"/></svg>";
    BTreeMap::from([
        (O, OFFICE.to_owned()),
        (R, RELEASE.to_owned()),
        (M, MEMO.to_owned()),
        (W, OWN.to_owned()),
        (T, TEMPLATED.to_owned()),
        (A, ARCHIVED.to_owned()),
        ("memos/2024/later.yaml", PROPOSING.to_owned()),
        ("memos/2024/24110.yaml", earlier("24110")),
        ("memos/2024/24111.yaml", earlier("24111")),
        ("memos/2024/24112.yaml", earlier("24112")),
        ("memos/2024/form.csv", "a,b\n".to_owned()),
        ("memos/2024/form.txt", "a, b\n".to_owned()),
        ("memos/seal.svg", seal.to_owned()),
        ("memos/other.svg", seal.replace("H9", "H8")),
    ])
}

/// All that anybody sees of a folder: what is built, what is said of it, why each date is what it is. Lists take the most
/// time.
fn seen(files: &BTreeMap<&'static str, String>, forms: &[Form], lists: bool) -> BTreeMap<String, Vec<u8>> {
    let folder = files.iter().fold(Overlay::empty(), |folder, (path, text)| folder.with(*path, text));
    let snapshot = Desk::over(Arc::new(folder), Arc::new(Overlay::empty())).snapshot().unwrap();
    let before = Manifest::default();
    let scope = Scope { forms, lists, drafts: true, ..Scope::of(&[], &before) };
    let built = build(&snapshot, &mut Readings::default(), &scope, snapshot.faults());
    let said = built.faults.iter().map(|fault| format!("{}: {}\n", fault.code.name(), fault.message));
    let mut seen = BTreeMap::from([("what is said".to_owned(), said.collect::<String>().into_bytes())]);
    seen.extend(built.files.into_iter().map(|(path, bytes)| (path.to_string(), bytes)));
    if !lists {
        let status = desk::status(&snapshot)
            .map(|report| serde_json::to_vec(&(report.memos, report.proposals)).unwrap());
        seen.insert("status".to_owned(), status.unwrap_or_default());
    }
    for step in STEPS {
        let wish = WhyRequest { release: "drill".to_owned(), step: (*step).to_owned(), knows: None };
        let said = desk::why(&snapshot, &wish).map(|report| serde_json::to_vec(&report).unwrap());
        seen.insert(format!("why {step}"), said.unwrap_or_else(|refused| refused.to_string().into_bytes()));
    }
    seen
}

/// The milestones and tasks of the release.
const STEPS: &[&str] = &["filing", "freeze", "closing", "law", "start-up", "last"];

/// The paths of all keys.
fn paths(shapes: &[(String, Shape)], before: &str, all: &mut BTreeSet<String>) {
    for (name, shape) in shapes {
        let path = format!("{before}{name}");
        paths(&shape.keys, &format!("{path}."), all);
        all.insert(path);
    }
}

fn each_key_changes_something(kinds: &[&str], forms: &[Form]) {
    let files = files();
    let (before, with_lists) = (seen(&files, forms, false), seen(&files, forms, true));
    let said = String::from_utf8_lossy(&before["what is said"]).into_owned();
    assert!(before.contains_key("ccrov/2024/24120bo.html"), "{said}");
    assert!(!said.contains("idle-key"), "{said}");
    let mut idle = Vec::new();
    for (file, path, from, to) in CHANGES.iter().filter(|(file, ..)| kinds.contains(file)) {
        let mut files = files.clone();
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
        if seen(&files, forms, false) == before && seen(&files, forms, true) == with_lists {
            idle.push(format!("{file}: {path}"));
        }
    }
    assert!(idle.is_empty(), "{idle:#?}");
}

#[test]
fn each_key_of_the_office_changes_what_somebody_sees() {
    each_key_changes_something(&[O], &[Form::Md, Form::Html, Form::Pdf]);
}

#[test]
fn each_key_of_a_release_changes_what_somebody_sees() {
    each_key_changes_something(&[R], &[Form::Md, Form::Html]);
}

#[test]
fn each_key_of_a_memo_changes_what_somebody_sees() {
    each_key_changes_something(&[M, W, T, A], &[Form::Md, Form::Html, Form::Pdf]);
}

#[test]
fn the_list_has_each_key_of_the_schemas() {
    let of = |name: &str, is_archived: bool| {
        let schema = SCHEMAS.iter().find(|schema| schema.name == name).unwrap();
        let mut all = BTreeSet::new();
        paths(&shapes(schema, is_archived), "", &mut all);
        all
    };
    let kinds = [
        (of("office", false), &[O][..]),
        (of("release", false), &[R]),
        (of("memo", false), &[M, W, T]),
        (of("memo", true), &[A]),
    ];
    for (keys, files) in kinds {
        let tried = CHANGES.iter().map(|(file, path, ..)| (*file, *path));
        let tried = tried.chain(ELSEWHERE.iter().map(|(file, path, _)| (*file, *path)));
        let mut tried: BTreeSet<String> =
            tried.filter(|(file, _)| files.contains(file)).map(|(_, path)| path.to_owned()).collect();
        // What a memo holds of a plan is what a release holds of one; the faces of a typeface are its files.
        let is_own =
            |key: &String| ["milestones.", "schedule.", "tasks."].iter().any(|own| key.starts_with(own));
        let is_shared =
            |key: &String| key.starts_with("theme.typeface.") || (files.contains(&M) && is_own(key));
        tried.extend(keys.iter().filter(|key| is_shared(key)).cloned());
        assert_eq!(tried, keys);
    }
}

/// What changes nothing, with the key that is told: what is typed into which file, in place of what.
const IDLE: &[(&str, &str, &str, &str)] = &[
    (
        O,
        "calendars:\n",
        "calendars:\n  union: {name: Union, closed: {date: 2024-05-01, reason: Labor}}\n",
        "union",
    ),
    (
        R,
        "  start-up: {at: opening, offset: 2wd",
        "  start-up: {at: opening, offset: 2wd, closed: next",
        "closed",
    ),
    (R, "closed: previous, roll: courts", "closed: stay, roll: courts", "roll"),
    (P, "subject:", "contact: help-desk\nsubject:", "contact"),
    (P, "subject:", "knows: 0\nsubject:", "knows"),
    (P, "subject:", "why: It was late.\nsubject:", "why"),
    (P, "subject:", "withdrawn: 2024-07-01\nsubject:", "withdrawn"),
    (P, "subject:", "fields: true\nsubject:", "fields"),
    (P, "subject:", "list_attachments: false\nsubject:", "list_attachments"),
    (P, "subject:", "attachment_label: Enclosed\nsubject:", "attachment_label"),
    (P, "subject:", "milestones: {opening: 2024-07-01}\nsubject:", "milestones"),
    (P, "subject:", "schedule: {title: Tasks}\nsubject:", "schedule"),
    (P, "subject:", "tasks: {id: a, step: 1, owners: sos, text: Do it, end: 7/1/2024}\nsubject:", "tasks"),
    (S, "start: E-32", "start: 10/6/2024", "e-numbers"),
    (
        S,
        "shows: e-numbers}\ntasks: {id: a, step: 1, owners: sos, text: Do it, start: E-32}",
        "shows: [e-numbers, rolled]}\nmilestones: {a: 2024-10-05}\ntasks: {id: a, step: 1, owners: sos, text: Do it, start: {at: a, closed: next}}",
        "e-numbers",
    ),
];

const PLAIN: &str = "number: 24125\ndate: 2024-06-30\nstatus: draft\nletterhead: elections\nto: All Counties\n\
    from: ana-ruiz\nsubject: Hours\nbody: The office of contacts is closed.\n";

const P: &str = "memos/2024/24125.yaml";
const S: &str = "memos/2024/24126.yaml";

fn snapshot(files: &BTreeMap<&'static str, String>) -> Snapshot {
    let folder = files.iter().fold(Overlay::empty(), |folder, (path, text)| folder.with(*path, text));
    Desk::over(Arc::new(folder), Arc::new(Overlay::empty())).snapshot().unwrap()
}

/// The warnings of a key that changes nothing: the texts at their places.
fn told_idle(files: &BTreeMap<&'static str, String>) -> Vec<String> {
    let report = desk::check(&snapshot(files), &[]).unwrap();
    assert_eq!(report.errors, 0, "{:?}", report.findings.faults);
    let idle = report.findings.faults.iter().filter(|fault| fault.code.name() == "idle-key");
    idle.map(|fault| {
        report.findings.sources.get(fault.place.source).text[fault.place.range.clone()].to_owned()
    })
    .collect()
}

/// A memo with tasks of its own, whose dates show their E-numbers.
fn own() -> String {
    let own = PLAIN.replace("24125", "24126").replace("subject:", "election: general-2024\nsubject:");
    let tasks =
        "schedule: {shows: e-numbers}\ntasks: {id: a, step: 1, owners: sos, text: Do it, start: E-32}\n";
    format!("{own}{tasks}attachments: schedule\n")
}

#[test]
fn a_key_that_changes_nothing_is_told() {
    let mut files = files();
    files.insert(P, PLAIN.to_owned());
    files.insert(S, own());
    assert_eq!(told_idle(&files), [""; 0]);
    for (file, from, to, key) in IDLE {
        let mut files = files.clone();
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
        assert!(told_idle(&files).iter().any(|told| told == key), "{file}: {key}: {:?}", told_idle(&files));
    }
}

/// What looks like a key that changes nothing, and shows something.
const SHOWN: &[(&str, &str, &str)] = &[
    (
        P,
        "subject:",
        "contact: help-desk\ndeadlines: {what: \"Call {{ contact.phone }}\", who: counties, date: 7/10/2024}\nsubject:",
    ),
    // With the E-numbers come the stars.
    (
        S,
        "shows: e-numbers}\ntasks: {id: a, step: 1, owners: sos, text: Do it, start: E-32}",
        "shows: e-numbers}\nmilestones: {a: 2024-10-05}\ntasks: {id: a, step: 1, owners: sos, text: Do it, start: {at: a, closed: next}}",
    ),
];

#[test]
fn what_shows_something_is_not_told() {
    let mut files = files();
    files.insert(P, PLAIN.to_owned());
    files.insert(S, own());
    for (file, from, to) in SHOWN {
        let mut files = files.clone();
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
        assert_eq!(told_idle(&files), [""; 0], "{to}");
    }
}

/// The warnings of keys that change nothing, of a folder with faults.
fn told_beside_faults(files: &BTreeMap<&'static str, String>) -> usize {
    let report = desk::check(&snapshot(files), &[]).unwrap();
    assert!(report.errors > 0);
    report.findings.faults.iter().filter(|fault| fault.code.name() == "idle-key").count()
}

#[test]
fn beside_a_date_with_a_fault_nothing_is_idle() {
    let mut files = files();
    for (from, to) in [
        ("start: E-32", "start: E-32x"),
        ("owners: sos, text: Do it, start: E-32", "owners: nobody, text: Do it, start: E-32"),
        (
            "tasks: {id: a, step: 1, owners: sos, text: Do it, start: E-32}",
            "milestones: {a: E-32x}\ntasks: {id: a, step: 1, owners: sos, text: Do it, start: {at: a}}",
        ),
    ] {
        let text = own();
        assert!(text.contains(from), "{from}");
        files.insert(S, text.replace(from, to));
        assert_eq!(told_beside_faults(&files), 0, "{to}");
    }
}

#[test]
fn what_was_read_before_still_names_its_calendar() {
    let mut files = files();
    files.insert(
        O,
        OFFICE.replace(
            "calendars:\n",
            "calendars:\n  fair: {name: Fair, closed: {date: 2024-07-10, reason: Fair}}\n",
        ),
    );
    let deadline = "deadlines: {what: Call, who: counties, date: {at: E-118, roll: fair}}\nelection: general-2024\nsubject:";
    files.insert(P, PLAIN.replace("subject:", deadline));
    let (snapshot, before) = (snapshot(&files), Manifest::default());
    let mut readings = Readings::default();
    for _ in 0..2 {
        let built = build(&snapshot, &mut readings, &Scope::of(&[], &before), snapshot.faults());
        let told: Vec<_> = built.faults.iter().map(|fault| &fault.message).collect();
        assert!(built.faults.is_empty(), "{told:?}");
    }
}

#[test]
fn a_template_of_the_office_may_show_any_key() {
    let mut files = files();
    files.insert(P, PLAIN.replace("subject:", "contact: help-desk\nsubject:"));
    assert_eq!(told_idle(&files), ["contact"]);
    let memo = include_str!("../../templates/memo.md");
    let shows = memo.replace("FROM:", "{% if contact %}{{ contact.name }}{% endif %}\n\nFROM:");
    files.insert("templates/memo.md", shows);
    assert_eq!(told_idle(&files), [""; 0]);
}
