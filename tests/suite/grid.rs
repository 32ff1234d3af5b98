//! The table of a release's steps at the desk: what is saved of it, what others do meanwhile, and the dates that follow.

use crate::common::{
    Folder,
    forms::{fields, plain},
    served::{Answer, Served},
};

const RELEASE: &str = "memos/releases/r.yaml";

const PLAN: &str = "\
name: Roster Release
calendar: state
milestones:
  release: 2025-06-29 # a Sunday
tasks:
  # Before all else.
  - {id: decide, step: 1, owners: sos, text: Decide, end: {at: release, offset: -3wd}}

  - id: install # by night
    step: 2
    owners: [sos, counties]
    text: >-
      Install it
      everywhere
    start:
      at: release
      closed: stay
    takes: 1wd
  - {id: watch, step: 3, owners: sos, text: Watch, start: {after: install}, takes: 5wd}
";

fn folder() -> Folder {
    let folder = Folder::with_seed();
    folder.file(
        "memos/office.yaml",
        folder.read("memos/office.yaml").replace("entities:\n", "entities:\n  counties: Counties\n"),
    );
    folder.file(RELEASE, PLAN);
    folder
}

/// The form of a page as a browser sends it, without the token.
fn form(page: &str) -> Vec<(String, String)> {
    fields(page, "memo")
}

/// Sends a form in which some fields say something else.
fn send(desk: &Served, path: &str, form: &[(String, String)], typed: &[(&str, &str)]) -> Answer {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for (name, value) in form {
        // Of a list, the first value is another.
        let is_first = fields.iter().all(|(field, _)| field != name);
        let typed = typed.iter().find(|(field, _)| is_first && field == name);
        fields.push((name, typed.map_or(value.as_str(), |(_, typed)| typed)));
    }
    fields.extend(typed.iter().filter(|(name, _)| *name == "do"));
    desk.post(path, &fields)
}

const TABLE: &str = "/release/r/tasks";

#[test]
fn one_cell_changes_its_line_only_and_an_untouched_table_nothing() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    assert!(desk.get("/release/r").text().contains("href=\"/release/r/tasks\""));
    let page = desk.get(TABLE).text();
    for words in [
        "<th scope=\"col\" class=\"c-step\">Step",
        "6/29/2025",
        "3 working days before the release",
        "Insert below",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let form = form(&page);
    assert_eq!(send(&desk, TABLE, &form, &[]).status, 303);
    assert_eq!(folder.read(RELEASE), PLAN);
    assert_eq!(send(&desk, TABLE, &form, &[("now:tasks[2].takes", "6wd")]).status, 303);
    assert_eq!(folder.read(RELEASE), PLAN.replace("takes: 5wd", "takes: 6wd"));
    let owners = [("now:tasks[0].end", "6/20/2025"), ("item:tasks[0].owners", "counties")];
    assert_eq!(send(&desk, TABLE, &self::form(&desk.get(TABLE).text()), &owners).status, 303);
    assert!(folder.read(RELEASE).contains("step: 1, owners: counties, text: Decide, end: 6/20/2025}"));
}

#[test]
fn steps_are_put_in_duplicated_moved_and_removed() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let press = |deed: &str, typed: &[(&str, &str)]| {
        let form = form(&desk.get(TABLE).text());
        let answer = send(&desk, TABLE, &form, &[typed, &[("do", deed)]].concat());
        assert_eq!(answer.status, 303, "{deed}: {}", answer.text());
        folder.read(RELEASE)
    };
    // What is typed is saved with it, and copied.
    let text = press("copy tasks 1", &[("now:tasks[1].text", "Install it twice")]);
    assert_eq!(text.matches("Install it twice").count(), 2, "{text}");
    assert!(text.contains("  - id: task-4\n    step: 2a\n"), "{text}");
    let text = press("below tasks 3", &[]);
    assert!(text.contains("  - id: task-5\n    step: 4\n    text: \"\"\n    owners: sos\n"), "{text}");
    let text = press("up tasks 4", &[("now:tasks[4].text", "Tell counties")]);
    assert!(text.find("Tell counties").unwrap() < text.find("id: watch").unwrap(), "{text}");
    press("remove tasks 3", &[]);
    let text = press("remove tasks 2", &[]);
    // Every remark is still there, and what nobody touched stands as it stood.
    let (head, _) = PLAN.split_once("    text: >-").unwrap();
    let (_, tail) = PLAN.split_once("everywhere\n").unwrap();
    assert!(text.starts_with(head) && text.ends_with(tail), "{text}");
}

#[test]
fn rows_find_their_steps_whatever_others_put_in_or_removed() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    let first = "  # Before all else.\n";
    let another = "  - {id: begin, step: 0, owners: sos, text: Begin, end: 6/2/2025}\n";
    folder.file(RELEASE, PLAN.replace(first, &format!("{another}{first}")));
    assert_eq!(send(&desk, TABLE, &form, &[("now:tasks[2].takes", "6wd")]).status, 303);
    let both = PLAN.replace(first, &format!("{another}{first}")).replace("takes: 5wd", "takes: 6wd");
    assert_eq!(folder.read(RELEASE), both);

    // Two hands at one cell: both stand there, and what others changed elsewhere stays when it is saved again.
    folder.file(
        RELEASE,
        both.replace("takes: 6wd", "takes: 7wd").replace("text: Decide", "text: Decide today"),
    );
    let answer = send(&desk, TABLE, &form, &[("now:tasks[2].takes", "8wd")]);
    assert_eq!(answer.status, 409);
    let page = answer.text();
    assert!(page.contains("Somebody else wrote:</p><pre>7wd"), "{page}");
    assert_eq!(send(&desk, TABLE, &self::form(&page), &[]).status, 303);
    let text = folder.read(RELEASE);
    assert!(text.contains("takes: 8wd") && text.contains("text: Decide today"), "{text}");

    // A step that is gone: what was typed there is told, and nothing is written before.
    folder.file(RELEASE, PLAN.replace(PLAN.lines().last().unwrap(), ""));
    let answer =
        send(&desk, TABLE, &form, &[("now:tasks[2].takes", "9wd"), ("now:tasks[0].text", "Decide now")]);
    assert_eq!(answer.status, 409);
    let page = answer.text();
    assert!(page.contains("Somebody else removed step 3. You had typed there: 9wd"), "{page}");
    assert!(!folder.read(RELEASE).contains("Decide now"));
    assert_eq!(send(&desk, TABLE, &self::form(&page), &[]).status, 303);
    assert!(folder.read(RELEASE).contains("text: Decide now"));
}

#[test]
fn a_stale_list_is_not_changed_by_a_button() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    let theirs = PLAN.replace("text: Watch", "text: Watch it");
    folder.file(RELEASE, &*theirs);
    let answer = send(&desk, TABLE, &form, &[("do", "remove tasks 2")]);
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("Somebody else changed the steps meanwhile"), "{}", answer.text());
    assert_eq!(folder.read(RELEASE), theirs);
}

#[test]
fn the_dates_follow_what_is_typed_and_nothing_is_written() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    let follows = |typed: &[(&str, &str)]| send(&desk, "/release/r/tasks/follows", &form, typed).text();
    assert!(follows(&[]).contains("No date changes."));
    let part = follows(&[("now:tasks[0].end", "{at: release, offset: -5wd}")]);
    for words in [
        "1 date changes. Nothing is saved yet.",
        "6/23/2025: 5 working days before the release",
        "id=\"h-tasks-0--end\"",
    ] {
        assert!(part.contains(words), "{words}: {part}");
    }
    let part = follows(&[("now:tasks[0].end", "{at: relase}")]);
    assert!(part.contains("To fix:") && part.contains("then the dates follow"), "{part}");
    assert_eq!(folder.read(RELEASE), PLAN);
}

#[test]
fn a_release_without_steps_gets_its_first() {
    let folder = folder();
    folder.file(RELEASE, "name: R\nmilestones:\n  release: 2025-06-29\n");
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    assert_eq!(send(&desk, TABLE, &form, &[("do", "first tasks")]).status, 303);
    assert!(folder.read(RELEASE).contains("- id: task-1\n    step: 1\n"), "{}", folder.read(RELEASE));
    assert_eq!(desk.get("/release/none/tasks").status, 422);
}

#[test]
fn a_copied_step_has_the_rules_of_the_other_however_they_are_written() {
    let folder = folder();
    let rule = "    start:
      # the later of both
      after:
        - decide
        - release
      lag: 2wd # or more
    takes: 1wd
    warning: |
      Not: \"today\"
      # nor tomorrow
";
    let plan = PLAN.replace("    start:\n      at: release\n      closed: stay\n    takes: 1wd\n", rule);
    assert_ne!(plan, PLAN);
    folder.file(RELEASE, &*plan);
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    assert_eq!(send(&desk, TABLE, &form, &[("do", "copy tasks 1")]).status, 303);
    let text = folder.read(RELEASE);
    let copy = text.split("  - id: task-4\n").nth(1).unwrap_or_else(|| panic!("{text}"));
    let rule =
        "    start:\n      after:\n        - decide\n        - release\n      lag: 2wd\n    takes: 1wd\n";
    for words in ["step: 2a\n", rule, "      - sos\n      - counties\n", "nor tomorrow"] {
        assert!(copy.contains(words), "{words}: {text}");
    }
    let page = desk.get(TABLE).text();
    assert!(!page.contains("To fix:"), "{page}");
    // Both are there with the same dates.
    let says =
        |means: &&str| means.split('<').next().is_some_and(|words| words.contains("2 working days after"));
    assert_eq!(page.split("class=\"means\">").filter(says).count(), 2, "{page}");
}

#[test]
fn two_steps_of_one_name_keep_what_is_typed_apart() {
    let folder = folder();
    let twice = PLAN.replace("id: watch", "id: decide");
    folder.file(RELEASE, &*twice);
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    let typed = [("now:tasks[0].text", "Decide now"), ("now:tasks[2].text", "Watch now")];
    assert_eq!(send(&desk, TABLE, &form, &typed).status, 303);
    let both =
        twice.replace("text: Decide,", "text: Decide now,").replace("text: Watch,", "text: Watch now,");
    assert_eq!(folder.read(RELEASE), both);
}

#[test]
fn who_is_responsible_for_a_step_that_is_gone_is_told_too() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let form = form(&desk.get(TABLE).text());
    folder.file(RELEASE, PLAN.replace(PLAN.lines().last().unwrap(), ""));
    let answer = send(
        &desk,
        TABLE,
        &form,
        &[("item:tasks[2].owners", "counties"), ("now:tasks[0].text", "Decide now")],
    );
    assert_eq!(answer.status, 409);
    assert!(
        answer.text().contains("Somebody else removed step 3. You had typed there: counties"),
        "{}",
        answer.text()
    );
    assert!(!folder.read(RELEASE).contains("Decide now"));
}

#[test]
fn two_steps_with_one_number_are_told() {
    let folder = folder();
    folder.file(RELEASE, PLAN.replace("step: 3", "step: 2"));
    let desk = Served::desk(folder.path());
    let page = desk.get(TABLE).text();
    assert_eq!(page.matches("Another step has this number, too.").count(), 2, "{page}");
}

#[test]
fn hostile_cells_are_written_as_they_are_typed_or_told() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let long = "x: \"y\" # z ' & \\ ".repeat(400);
    let texts = [
        "  - leading",
        "# no remark",
        "a: b",
        "'quoted' \"both\"",
        "{{ nothing",
        "[1, 2]",
        "null",
        "0x10",
        "“curly” – dash",
        "*star*",
        long.as_str(),
        "two\n\n  lines\n# three",
    ];
    for typed in texts {
        let form = form(&desk.get(TABLE).text());
        let answer =
            send(&desk, TABLE, &form, &[("now:tasks[1].text", typed), ("now:tasks[0].warning", typed)]);
        assert_eq!(answer.status, 303, "{typed:.30}: {}", answer.text());
        let again = self::form(&desk.get(TABLE).text());
        let shown = |key: &str| {
            again.iter().find(|(name, _)| name == key).map(|(_, value)| value.trim_end().to_owned())
        };
        assert_eq!(shown("now:tasks[1].text").as_deref(), Some(typed.trim_end()), "{}", folder.read(RELEASE));
        assert_eq!(
            shown("now:tasks[0].warning").as_deref(),
            Some(typed.trim_end()),
            "{}",
            folder.read(RELEASE)
        );
    }
    for (cell, typed) in [
        ("now:tasks[0].end", "2/30/2025"),
        ("now:tasks[0].end", "{at: release"),
        ("now:tasks[2].takes", "5x"),
        ("now:tasks[0].step", ""),
    ] {
        let folder = self::folder();
        let desk = Served::desk(folder.path());
        let form = form(&desk.get(TABLE).text());
        assert_eq!(send(&desk, TABLE, &form, &[(cell, typed)]).status, 303);
        let page = desk.get(TABLE).text();
        assert!(
            page.contains("To fix:") && page.contains(&format!("value=\"{typed}\"")),
            "{cell} {typed}: {page}"
        );
        // What was typed can be put right where it stands.
        let was = form.iter().find(|(name, _)| name == cell).map(|(_, value)| value.clone()).unwrap();
        assert_eq!(send(&desk, TABLE, &self::form(&page), &[(cell, &was)]).status, 303);
        assert!(!desk.get(TABLE).text().contains("To fix:"), "{}", folder.read(RELEASE));
    }
    // Nobody is responsible: that is to be fixed, and the row stays.
    let form = form(&desk.get(TABLE).text());
    assert_eq!(send(&desk, TABLE, &form, &[("item:tasks[0].owners", "")]).status, 303);
    let page = desk.get(TABLE).text();
    assert!(page.contains("To fix:") && page.contains("id=\"t-decide\""), "{page}");
}

#[test]
fn a_number_of_working_days_is_one_and_what_is_no_date_is_told_with_all_its_forms() {
    let folder = folder();
    let desk = Served::desk(folder.path());
    let form = |desk: &Served| form(&desk.get(TABLE).text());
    assert_eq!(send(&desk, TABLE, &form(&desk), &[("now:tasks[2].takes", "3")]).status, 303);
    assert_eq!(folder.read(RELEASE), PLAN.replace("takes: 5wd", "takes: 3wd"));
    for typed in ["2/9/26", "soon"] {
        send(&desk, TABLE, &form(&desk), &[("now:tasks[0].end", typed)]);
        let page = plain(&desk.get(TABLE).text());
        assert!(page.contains(&format!("“{typed}” is no date")), "{page}");
        assert!(page.contains("Write a date (10/8/2021)") && page.contains("E-60, or nothing."), "{page}");
        assert!(!page.contains(">Nothing.<"), "{page}");
    }
}
