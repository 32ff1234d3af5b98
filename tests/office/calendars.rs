//! Calendars, read by two programs that are not ours, and imported into one calendar after one another.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    common::{Folder, files, shipped},
    programs::printed,
};

/// What a calendar holds into which the files were imported.
fn imported(files: &[PathBuf]) -> Value {
    serde_json::from_str(&printed("calendars.py", files)).unwrap()
}

fn built(folder: &Folder) {
    let run = folder.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.faults);
}

/// The calendars that a folder has published, kept under a name.
fn kept(folder: &Folder, name: &str) -> Vec<PathBuf> {
    let output = folder.path().join("output/calendar");
    let all = files(&output).into_iter().filter(|file| file.ends_with(".ics"));
    let keep = |file: String| {
        let kept = folder.path().join(name).join(&file);
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        fs::copy(output.join(&file), &kept).unwrap();
        kept
    };
    all.map(keep).collect()
}

#[test]
fn two_programs_read_every_shipped_calendar_alike() {
    let folder = Folder::with_sources_of(shipped());
    built(&folder);
    let all = kept(&folder, "kept");
    let found = imported(&all);
    assert!(found["zones"].as_array().unwrap().iter().all(Value::is_null), "{found}");
    // What stands in several files is one event.
    let whole: Vec<_> = all.iter().filter(|file| file.ends_with("all.ics")).cloned().collect();
    assert_eq!(found["events"], imported(&whole)["events"]);
}

#[test]
fn a_delay_that_is_imported_moves_events_and_doubles_none() {
    let folder = Folder::with_sources_of(shipped());
    let (later, release) = ("memos/2024/24904.yaml", "memos/releases/site-roster-2024.yaml");
    let (memo, plan) = (folder.read(later), folder.read(release));
    fs::remove_file(folder.path().join(later)).unwrap();
    // The steps of the sample are others before its delay; here they are the same, and move.
    let same = plan.replace("    since: 1\n", "").replace("    until: 1\n", "");
    let tasks: Vec<&str> = same.split("\n  - id: ").collect();
    let tasks: Vec<&str> = tasks.into_iter().filter(|task| !task.contains("-first\n")).collect();
    folder.file(release, tasks.join("\n  - id: "));
    folder.edit(release, "\ndelays:", "\nnot-yet:");
    let text = folder.read(release);
    let (before, after) = text.split_once("not-yet:").unwrap();
    let rest = after.split_once("\nschedule:").unwrap();
    folder.file(release, format!("{before}\nschedule:{}", rest.1));
    built(&folder);
    let first = kept(&folder, "first");
    folder.file(release, format!("{before}delays:{after}"));
    folder.file(later, memo);
    built(&folder);
    let second = kept(&folder, "second");

    let alone = |files: &[PathBuf]| imported(files)["events"].as_object().unwrap().clone();
    let (old, new) = (alone(&first), alone(&second));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    let rehearsal = "rehearsal.site-roster-2024@releases.ccrov";
    assert_eq!(
        (&old[rehearsal]["start"], &new[rehearsal]["start"]),
        (&json!("2024-08-05"), &json!("2024-08-26"))
    );
    assert_eq!(new[rehearsal]["end"], "2024-08-31");
    assert_eq!(new["opening.site-roster-2024@releases.ccrov"]["warns"], true);
    // In whatever order, and as often as somebody likes.
    for order in [[&first, &second], [&second, &first]] {
        let twice: Vec<PathBuf> = order.into_iter().chain(order).flatten().cloned().collect();
        assert_eq!(alone(&twice), new);
    }
}

#[test]
fn clock_times_of_any_year_are_those_of_california() {
    let folder = Folder::with_seed();
    let release = "memos/releases/votecal-2021-2.yaml";
    for year in [1968, 1974, 1976, 1990, 2006, 2007, 2031] {
        let night = format!(
            "  - id: night-{year}\n    step: {year}\n    owners: sos\n    text: Work at night\n    start: 3/10/{year} 10:00 p.m.\n    end: 11/2/{year} 5:00 a.m.\n"
        );
        let text = folder.read(release);
        folder.file(release, format!("{}\n{night}", text.trim_end()));
    }
    built(&folder);
    let found = imported(&[folder.path().join("output/calendar/all.ics")]);
    assert_eq!(found["zones"], json!([null]));
    let night = &found["events"]["night-1990.votecal-2021-2@releases.ccrov"];
    assert_eq!(
        (&night["start"], &night["end"]),
        (&json!("1990-03-10T22:00:00-08:00"), &json!("1990-11-02T05:00:00-08:00"))
    );
}
