//! What a memo's text says of days is held against the calendar, the memo's date and the election, in every way in which
//! people write it; what is right, and what is no day, is left alone.

use serde_json::Value;

use crate::common::{Folder, Random};

/// A memo of June 1, 2026, a Monday, about the election of Tuesday, November 3, 2026. Each text is a paragraph.
fn folder(texts: &[String]) -> Folder {
    let folder = Folder::with_seed();
    folder.edit(
        "memos/office.yaml",
        "\nelections:\n",
        "\nelections:\n  general-2026: {name: General Election, date: 2026-11-03}\n",
    );
    folder.file(
        "memos/2026/26100.yaml",
        "number: 26100\ndate: June 1, 2026\nstatus: draft\nletterhead: elections\nto: All\nfrom: debra-ledsinger\n\
         subject: Days\nelection: general-2026\nbody: 26100.md\n",
    );
    folder.file("memos/2026/26100.md", texts.join("\n\n") + "\n");
    folder
}

/// The faults of each text, by their codes.
fn told(texts: &[String]) -> Vec<Vec<String>> {
    let run = folder(texts).run(&["check", "26100", "--json"]);
    let report: Value = serde_json::from_str(&run.results).unwrap();
    let mut told = vec![Vec::new(); texts.len()];
    // The line on which each begins.
    let starts: Vec<usize> = texts
        .iter()
        .scan(1, |line, text| Some(std::mem::replace(line, *line + text.matches('\n').count() + 2)))
        .collect();
    // Where a line was broken is another matter.
    let of_days = |fault: &&Value| fault["code"] != "joined-lines";
    for fault in report["faults"].as_array().unwrap().iter().filter(of_days) {
        assert_eq!(fault["file"], "memos/2026/26100.md", "{fault}");
        let line = usize::try_from(fault["line"].as_u64().unwrap()).unwrap();
        let text = starts.partition_point(|start| *start <= line) - 1;
        told[text].push(fault["code"].as_str().unwrap().to_owned());
    }
    told
}

/// Each text has this one fault.
fn each_is(code: &str, texts: &[&str]) {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let told = told(&texts);
    let other: Vec<_> = texts.iter().zip(&told).filter(|(_, told)| **told != [code]).collect();
    assert!(other.is_empty(), "{other:#?}");
}

fn each_is_right(texts: &[&str]) {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let told = told(&texts);
    let other: Vec<_> = texts.iter().zip(&told).filter(|(_, told)| !told.is_empty()).collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn a_weekday_that_is_not_the_dates_is_found_in_every_way_of_writing_it() {
    each_is(
        "wrong-weekday",
        &[
            "It is on Monday, November 3, 2026.",
            "It is on Monday,\nNovember 3, 2026.",
            "It is on Monday, November\n3, 2026.",
            "It is on Monday, November 3,\n2026, at noon.",
            "It is on **Monday**, November 3, 2026.",
            "It is on **Monday,** *November 3*, 2026.",
            "It is on _Monday_, November 3, 2026.",
            "It is on [Monday](https://example.org), November 3, 2026.",
            "It is on Monday November 3, 2026.",
            "It is on Monday, November 3 2026.",
            "It is on Monday, November 3rd, 2026.",
            "It is on Friday, November 3.",
            "It is on Wednesday, November 3rd; call us.",
            "It is on Mon., Nov. 3, 2026.",
            "It is on Thu. Nov. 3.",
            "It is on Wed., Sept. 8.",
            "It is on Mon 9/8/26.",
            "It is on Fri, 11/3.",
            "It is on Monday, 11/3/2026.",
            "It is on Monday 11-3-2026.",
            "MONDAY, NOVEMBER 3, 2026",
            "on monday, november 3, 2026",
            "It is on November 3, 2026 (Monday).",
            "It is on November 3 (Thurs.) at noon.",
            "It is on November 3, 2026, a Monday.",
            "It is on 11/3/2026, Monday.",
            "It is on 11/3/2026 (Monday, at noon).",
            "It is on Monday, 2026-11-03.",
            "It is on 2026-11-03 (Monday).",
            "It is on Monday, 3-Nov-2026.",
            "It is on 3-Nov-26 (Mon).",
            "It is on 11/3/2026 Monday.",
            "It is on MON, NOV 3, '26.",
            "It is on Monday, 3 November 2026.",
            "It is on Saturday, 3 November.",
            "It is on Sunday the 3rd of November.",
            "It is on Monday, the 3rd of November, 2026.",
            "It is on Monday, the 3rd day of November, 2026.",
            "It is on Monday,\u{a0}November\u{a0}3,\u{a0}2026.",
            "It is on Monday,  November  3,  2026.",
            "It is on Monday,&nbsp;November 3, 2026.",
            "It is on Monday (November 3, 2026).",
            "It is on Monday morning, November 3, 2026.",
            "It is on Monday,\\\nNovember 3, 2026.",
            "From Sunday, November 2 to Wednesday, November 4, 2026.",
            "From Monday, November 2 to Thursday, November 4.",
            "From Monday, November 2, 2026, through Thursday, November 4, 2026.",
            "On Saturday and Sunday, October 30 and November 1, 2026.",
            "On Saturday and Monday, October 31 and November 1, 2026.",
            "On Saturday or Sunday, November 7 or 9, 2026.",
            "> It is on Monday,\n> November 3, 2026.",
            "- It is on Monday,\n  November 3, 2026.",
            "| Day | Date |\n| --- | --- |\n| Monday | November 3, 2026 |",
            "Monday – November 3, 2026",
            "(Monday, November 3, 2026)",
            "“Monday, November 3, 2026”",
        ],
    );
}

#[test]
fn a_weekday_that_may_be_the_dates_is_left_alone() {
    each_is_right(&[
        "It is on Tuesday, November 3, 2026. And on **Tues.**, Nov. 3rd, or 11/3/26 (Tue).",
        // The last one and the next one.
        "It is on Tuesday, November 3, as Monday, November 3, was.",
        "It is on Tuesday, January 5, and on Wednesday, January 6.",
        "In 2020, it was on Tuesday, November 3; in 2022, on Thursday, November 3.",
        "From Monday, November 2 to Wednesday, November 4.",
        "From Monday, December 28 to Sunday, January 3, 2027.",
        "Monday through Friday, November 2–6, 2026, and Monday and Tuesday, November 2 and 3.",
        "Saturday and Sunday, October 31 and November 1, 2026.",
        "Open Monday to Friday, November 3, 2026, is Election Day.",
        "Every Monday. November 3, 2026, is a Tuesday.",
        "On Monday, ballots go out; November 3, 2026, is the day.",
        "If November 3, 2026, is not a Monday, or when July 4 falls on a Saturday, we are open.",
        "The Desert Sun, November 3, 2026.",
        "On November 3, 2026 Monday ballots are counted.",
        "Mon.–Fri., Nov. 2–6, and Mon–Wed, 11/2/2026.",
        "Closed on November 2, 2026. Tuesday, November 3, 2026, is Election Day.",
        "Closed November 2, 2026, Tuesday, November 3, 2026, and later.",
        "`Monday, November 3, 2026` and monday-2026-11-03.pdf and https://example.org/monday/2026-11-03.",
        "- Monday\n- November 3, 2026",
        "| Monday | Tuesday |\n| --- | --- |\n| November 2, 2026 | November 3, 2026 |",
        "| Nov. 2 | Monday | Nov. 3 | Tuesday |\n| --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 |",
        "Monday, 8:00 a.m. to 5:00 p.m., and Friday 1/2 day, and Saturday 24/7.",
        "Monday's hours of November 3, 2026, are longer.",
        "## Monday\n\nNovember 3, 2026, is the day.",
    ]);
}

#[test]
fn a_day_that_does_not_exist_is_a_warning() {
    each_is(
        "no-such-day",
        &[
            "It is on November 31, 2026.",
            "It is due by November 31.",
            "It is due on **November 31**.",
            "The form of Sept. 31 is late.",
            "It is due by 9/31.",
            "It is due 2/29/2027.",
            "It is due 02/29/27.",
            "Send it on 9/31, not later.",
            "It runs from 9/31 on.",
            "It runs through 11/31 at least.",
            "It runs from 9/1 to 9/31.",
            "It is due until 6/31.",
            "It is due before 4/31.",
            "It is due Monday, 9/31.",
            "It is due on 13/5/2026.",
            "It is due 2026-11-31.",
            "It is due 11-31-2026.",
            "It is due on the 31st of November.",
            "It is due 31 November 2026.",
            "It is due on Monday, November 31, 2026.",
            "It is due November 45, 2026.",
            "It is due February 30.",
            "It is due by February 29, 2027.",
            "It is due by February 29.",
            "It runs November 1–31, 2026.",
            "It runs from November 15 to 31.",
        ],
    );
}

#[test]
fn what_is_no_day_is_left_alone() {
    each_is_right(&[
        "It is due November 30, 2026, by 9/30, on 2/28/2027, on 2024-02-29, on February 29, 2028.",
        "In 2028, it is due by February 29.",
        "In June 31 counties took part, and since April 31 precincts have reported.",
        "We reduced it by 9/31 of the ballots; 9/31 is a fraction, 13/5/2026 a part's number.",
        "See section 9-31-2026 and Section 9/31/2026, rule 11/31, form 2-30-2026.",
        "Call (916) 555-0131 or 916.657.2166; see version 2.30.2026 and 1.31.",
        "Write to 1131 November 31st.example.org or 9/31/2026/7.",
        "`9/31/2026`, [the form](https://example.org/form-9-31-2026.pdf), https://example.org/9/31/2026, a_9/31/2026.pdf",
        "    ",
        "Print 30,000 in November 30,000 times; May 31,000 voters.",
        "<!-- by 9/31/2026 -->",
        "In May 45 counties, in March 50 counties and by March 350 counties.",
        "The ratio is 9/31. The score was 2-30.",
        "Version 3, 2026; Number 3, 2026; Member 3, 2026; Section 3, 2026; Part 3, 2026; Exhibit 3, 2026.",
    ]);
}

#[test]
fn a_misspelled_month_beside_a_day_and_a_year_is_a_warning() {
    each_is(
        "misspelled-month",
        &[
            "It is on Novmber 3, 2026.",
            "It is on Febuary 2, 2026.",
            "It is on Setpember 4th, 2026.",
            "It is on 3 Novmber 2026.",
            "It is on the 3rd of Novmber, 2026.",
            "It is on **Augst** 5,\n2026.",
            "NOVEBMER 3, 2026",
            "It is on Wednesday, Febuary 2, 2026.",
        ],
    );
}

#[test]
fn a_misspelled_weekday_before_a_date_is_a_warning() {
    each_is(
        "misspelled-weekday",
        &[
            "It is on Wedensday, November 3, 2026.",
            "It is on Wensday, November 3.",
            "It is on **Tusday** Nov. 3.",
            "It is on Thrusday, 11/5/2026.",
            "It is on Saterday,\nNovember 7.",
            "MODNAY, NOVEMBER 2, 2026",
            "It is from Monday, November 2, to Firday, November 6.",
        ],
    );
    each_is_right(&[
        "On the Holiday, November 11, 2026, offices are closed.",
        "On Election Day, November 3, 2026, polls are open.",
        "On Tuesdays, November 3 and 10, it is open.",
        "On Payday, November 2, 2026, it is closed.",
        "On Veterans Day, November 11, it is closed.",
        "By Midday, November 3, all is done.",
        "In Sunday School, November 1, they sang.",
    ]);
}

#[test]
fn an_e_number_is_held_against_the_date_beside_it() {
    each_is(
        "wrong-e-number",
        &[
            "It is due September 5, 2026 (E-60).",
            "It is due on September 5 (E-60).",
            "It is due on Sept. 5 (E–60).",
            "It is due on Saturday, September 5 (E-60).",
            "It is due on September 5 (Saturday, E-60).",
            "It is due on E-60 (September 5).",
            "It is due on E-60 (Saturday, September 5, 2026).",
            "It is due on **E-60** (9/5).",
            "It is due on E-60, September 5, 2026.",
            "It is due on E-60, Saturday, September 5.",
            "It is due on E–60, September 5.",
            "It is due on November 4 (E+2).",
            "It is due on E+2 (November 4).",
            "It is due 60 days before the election (September 5).",
            "| Day | Date |\n| --- | --- |\n| E-60 | September 5, 2026 |",
            "E-60: September 5, 2026",
        ],
    );
    each_is_right(&[
        "It is due on September 4 (E-60), E-60 (September 4), E-60, September 4, 2026, and 9/4 (E–60).",
        "It is due on November 5 (E+2) and on January 2 (E+60).",
        "September 4, E-60, October 4, E-30.",
        "It is 60 days before the election (November 3, 2026), and fewer than 60.",
        "E-60 to E-30 (September 4 to October 4).",
        "In 2024, E-60 was September 6, 2024.",
        "September 4 and October 4 (E-60, E-30), E-60 to E-30, September 4 to October 4.",
        "See Exhibit E-2 (September 5, 2026) and Form E-40, September 5, 2026.",
        "| E-60 | September 4, 2026 |\n| --- | --- |\n| E-30 | October 4, 2026 |",
    ]);
}

#[test]
fn a_date_that_a_template_fills_in_is_told_once() {
    let folder = folder(&["On Monday, {{ election.date }}, and on Monday, November 3, 2026.".to_owned()]);
    let run = folder.run(&["check", "26100"]);
    assert_eq!(run.faults.matches("error[wrong-weekday]").count(), 1, "{}", run.faults);
    folder
        .file("memos/2026/26100.md", "On Tuesday, {{ election.date }}, or {{ election.date }}\n(Monday).\n");
    let run = folder.run(&["check", "26100"]);
    assert_eq!(run.faults.matches("error[wrong-weekday]").count(), 1, "{}", run.faults);
}

#[test]
fn a_typed_weekday_before_a_date_that_is_filled_in_is_told_at_its_line() {
    let folder = folder(&[
        "Hello.".to_owned(),
        "But on **Monday,** {{ election.date }}, or {{ \"E-60\" | e_date }} (E-59).".to_owned(),
    ]);
    let run = folder.run(&["check", "26100"]);
    assert_eq!(run.faults.matches("--> memos/2026/26100.md:3:").count(), 2, "{}", run.faults);
}

#[test]
fn a_subject_and_an_attached_text_are_read_as_they_are_filled_in() {
    let folder = folder(&["Hello.".to_owned()]);
    folder.edit("memos/2026/26100.yaml", "subject: Days", "subject: Monday, {{ election.date }}");
    folder.edit(
        "memos/2026/26100.yaml",
        "body: 26100.md",
        "body: 26100.md\nattachments:\n  - title: A Form\n    body: By Friday, {{ election.date }}.",
    );
    let run = folder.run(&["check", "26100"]);
    assert_eq!(run.faults.matches("error[wrong-weekday]").count(), 2, "{}", run.faults);
}

#[test]
fn a_quoted_error_is_answered_in_the_memo() {
    let folder = folder(&["Hello.".to_owned()]);
    folder.edit(
        "memos/2026/26100.yaml",
        "body: 26100.md",
        "body: The notice said November 31, 2026.\naccepts:\n  no-such-day: It quotes the notice.",
    );
    let run = folder.run(&["check", "26100"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    // The text may stand in a file beside the memo.
    folder.edit("memos/2026/26100.yaml", "body: The notice said November 31, 2026.", "body: 26100.md");
    folder.file("memos/2026/26100.md", "The notice said November 31, 2026.\n");
    let run = folder.run(&["check", "26100"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
}

#[test]
fn a_place_over_a_lines_end_is_where_its_first_word_stands() {
    let folder = folder(&["Hello.".to_owned()]);
    let body = "body: |\n  On Tuesday, November 3, 2026.\n\n  But Monday,\n  November 3, 2026.";
    folder.edit("memos/2026/26100.yaml", "body: 26100.md", body);
    let run = folder.run(&["check", "26100"]);
    assert!(run.faults.contains("--> memos/2026/26100.yaml:12:7\n"), "{}", run.faults);
}

#[test]
fn the_texts_of_a_schedule_are_read_too() {
    let folder = folder(&["Hello.".to_owned()]);
    folder.edit(
        "memos/2026/26100.yaml",
        "body: 26100.md",
        "body: 26100.md\nattachments: schedule\nschedule:\n  introduction: By Monday, November 3, 2026.\n  note: By Friday, {{ election.date }}.\n\
         tasks:\n  - {id: a, step: 1, owners: counties, text: \"Send it on Monday, {{ election.date }}\", start: 2026-11-03, end: 2026-11-03}",
    );
    let run = folder.run(&["check", "26100"]);
    assert_eq!(run.faults.matches("error[wrong-weekday]").count(), 3, "{}", run.faults);
}

#[test]
fn an_open_memo_whose_days_all_lie_before_it_names_another_election() {
    let folder =
        folder(&["The canvass ends on {{ \"E+28\" | e_date | weekday_date }}, the 28th day.".to_owned()]);
    folder.edit(
        "memos/office.yaml",
        "\nelections:\n",
        "\nelections:\n  primary-2026: {name: Primary Election, date: 2026-06-02}\n",
    );
    let memo = folder.read("memos/2026/26100.yaml");
    for (date, election, status, warned) in [
        ("November 10, 2026", "primary-2026", "draft", true),
        ("November 10, 2026", "primary-2026", "issued", false),
        ("November 10, 2026", "general-2026", "draft", false),
        // It looks ahead, or back on the last election that there was.
        ("June 20, 2026", "primary-2026", "draft", false),
        ("July 5, 2026", "primary-2026", "draft", false),
        ("January 10, 2027", "general-2026", "draft", false),
    ] {
        let memo =
            memo.replace("June 1, 2026", date).replace("general-2026", election).replace("draft", status);
        folder.file(
            "memos/2026/26100.yaml",
            memo.replace("number: 26100\n", if date.ends_with('7') { "" } else { "number: 26100\n" }),
        );
        let run = folder.run(&["check", "26100"]);
        assert_eq!(
            run.faults.contains("warning[past-election]"),
            warned,
            "{date} {election}: {}",
            run.faults
        );
    }
}

#[test]
fn dates_of_any_form_are_right_with_their_weekday_and_wrong_with_another() {
    use chrono::{Datelike as _, Days, NaiveDate};
    let mut dice = Random(7);
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for _ in 0..400 {
        let day = first + Days::new(dice.below(3650));
        let other = day + Days::new(1 + dice.below(6));
        let names = [
            "%B %-d, %Y",
            "%b. %-d, %Y",
            "%B %-d %Y",
            "%-d %B %Y",
            "%Y-%m-%d",
            "%-m/%-d/%Y",
            "%m/%d/%y",
            "%-m-%-d-%Y",
        ];
        let written = day.format(names[dice.below(8) as usize]).to_string().replace("May. ", "May ");
        let marks = ["", "**", "*"][dice.below(3) as usize];
        let blank = [" ", "\n", "  ", "\u{a0}"][dice.below(4) as usize];
        let comma = [",", ""][dice.below(2) as usize];
        let form = dice.below(3);
        let text = |weekday: NaiveDate| {
            let cut = if form == 1 { "%a" } else { "%A" };
            let weekday = weekday.format(cut).to_string();
            match form {
                2 => format!("It is on {written} ({marks}{weekday}{marks})."),
                _ => format!("It is on {marks}{weekday}{marks}{comma}{blank}{written}."),
            }
        };
        assert_ne!(day.weekday(), other.weekday());
        right.push(text(day));
        wrong.push(text(other));
    }
    for (text, told) in right.iter().zip(told(&right)) {
        assert!(told.is_empty(), "{text}: {told:?}");
    }
    for (text, told) in wrong.iter().zip(told(&wrong)) {
        assert_eq!(told, ["wrong-weekday"], "{text}");
    }
}
