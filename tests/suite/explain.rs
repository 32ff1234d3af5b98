//! `explain` has a word for every kind of fault, and its examples are true: the wrong lines give the
//! fault and no other, the right lines give none. They are laid over tests/explained/.

use std::collections::BTreeSet;

use crate::{
    cases::cases,
    common::{Folder, shipped},
};
use ccrov::diagnostic::{Code, Explanation, explanations};

/// The key that a line at the start of a text's level begins, if it begins one.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_key.then_some(key)
}

/// The lines, in place of the keys that the example mentions.
fn laid_over(base: &str, lines: &str, mentioned: &BTreeSet<&str>) -> String {
    let mut text = String::new();
    let mut replaced = false;
    for line in base.lines() {
        replaced = key(line).map_or(replaced, |key| mentioned.contains(key));
        if !replaced {
            text += &format!("{line}\n");
        }
    }
    text + lines
}

/// The codes that `check` shows, each once, for the wrong or the right lines of a code's example.
fn found(code: &str, chosen: fn(&Explanation) -> &String) -> Vec<String> {
    let explanation = explanations().into_iter().find(|explanation| explanation.code == code).unwrap();
    let file = explanation.file.as_deref().unwrap();
    let folder = Folder::copy(&shipped().join("tests/explained"), ".");
    let lines = chosen(&explanation);
    let text = match folder.has(file) && file.ends_with(".yaml") {
        true => {
            let both = explanation.wrong.lines().chain(explanation.right.lines());
            laid_over(&folder.read(file), lines, &both.filter_map(key).collect())
        }
        false => lines.clone(),
    };
    folder.file(file, text);
    let data: serde_json::Value = serde_json::from_str(&folder.run(&["check", "--json"]).results).unwrap();
    let faults = data["faults"].as_array().unwrap().iter();
    let codes: BTreeSet<_> = faults.map(|fault| fault["code"].as_str().unwrap().to_owned()).collect();
    codes.into_iter().collect()
}

#[test]
fn every_code_has_one_explanation() {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    let explained: Vec<_> = explanations().into_iter().map(|explanation| explanation.code).collect();
    let lacking: Vec<_> = codes.iter().filter(|code| !explained.contains(code)).collect();
    assert!(lacking.is_empty(), "src/diagnostic/explanations.yaml lacks {lacking:#?}");
    let unknown: Vec<_> = explained.iter().filter(|code| !codes.contains(code)).collect();
    assert!(unknown.is_empty(), "there are no such codes: {unknown:?}");
    assert_eq!(explained.len(), codes.len(), "each code is explained once");
}

#[test]
fn explanations_fit_a_terminal_and_are_whole() {
    for explanation in explanations() {
        let code = &explanation.code;
        assert!(explanation.is.chars().count() <= 60 && !explanation.is.ends_with('.'), "{code}");
        assert!(explanation.text.lines().all(|line| line.chars().count() <= 85), "{code}");
        assert!(explanation.text.ends_with(".\n") && explanation.text.len() > 100, "{code}");
        assert!(!explanation.wrong.is_empty() && explanation.wrong != explanation.right, "{code}");
    }
}

cases! {
    of tried();
    run { the_wrong_lines_give_this_fault_and_no_other the_right_lines_give_none };
    for {
        missing_file outside_folder yaml_syntax control_character unknown_key missing_key duplicate_key
        conflicting_keys wrong_type bad_value bad_id bad_date impossible_date duplicate_id unknown_person
        unknown_letterhead unknown_contact unknown_entity unknown_calendar unknown_release unknown_milestone
        unknown_task rule_cycle no_day closed_day_unsaid fixed_moves outside_window past_limit unknown_delay
        unknown_typeface low_contrast unknown_template nobody_then template_syntax undefined_variable
        template_failed bad_path unknown_memo relation_cycle end_before_start same_path html bad_logo picture word_bullet
        number_heading number_list printed_marks lost_marks marks_in_word lost_backslash lost_words sign_taken
        no_list not_nested number_order swallowed_line joined_lines colon_line underlined_text open_fence wide_row stuck_text too_deep
        empty_link bad_address unknown_note unused_note note_twice note_in_note underscores hidden_text
        cut_by_hash curly_quotes empty_file lone_brace several_values indented_text tab_in_text table_line
        link_line folded_body wrong_folder delay_order wrong_weekday wrong_e_number no_such_day misspelled_month misspelled_weekday trailing_comma
        past_election unknown_election skipped_level vague_link misplaced_role closed_day step_order
        entity_without_row two_spellings telephone_two_ways literal_date unknown_reference idle_key later_delay backward_relation number_year
         issued_by_hand
        too_wide no_glyph
    }
}

/// The codes whose examples can be tried out.
fn tried() -> Vec<String> {
    let tried = explanations().into_iter().filter(|explanation| explanation.file.is_some());
    tried.map(|explanation| explanation.code).collect()
}

fn the_wrong_lines_give_this_fault_and_no_other(code: &str) {
    assert_eq!(found(code, |explanation| &explanation.wrong), [code]);
}

fn the_right_lines_give_none(code: &str) {
    assert_eq!(found(code, |explanation| &explanation.right), [""; 0]);
}

#[test]
fn only_faults_that_no_line_shows_have_no_example_that_is_tried() {
    let untried = explanations().into_iter().filter(|explanation| explanation.file.is_none());
    assert_eq!(
        untried.map(|explanation| explanation.code).collect::<Vec<_>>(),
        [
            "missing-folder",
            "unreadable-file",
            "not-utf8",
            "program-failed",
            "unusable-font",
            "attached-too-large",
            "attached-file",
            "fewer-delays",
            "stray-file",
            "second-copy",
            "not-reviewed",
            "bad-lock",
            "lost-lock",
            "moved-election",
            "gone-release",
            "changed-after-issue",
            "published-file"
        ]
    );
}

#[test]
fn explain_says_what_a_fault_means_and_shows_it_wrong_and_right() {
    let run = Folder::empty().run(&["explain", "duplicate-key"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    assert_eq!(
        run.results,
        "\
duplicate-key: a key stands twice
An error: the memo is not written.

The same key stands twice in one place, and nobody can tell which of the two is
meant. Keep one. Several values of one key are a list below it.

Wrong, in memos/2024/24120.yaml:

    to: All County Clerks/Registrars of Voters
    to: All City Clerks

Right:

    to:
      - All County Clerks/Registrars of Voters
      - All City Clerks

`ccrov check` shows where your files have such faults.
"
    );
}

#[test]
fn explain_alone_lists_every_code_and_counts_them() {
    let run = Folder::empty().run(&["explain"]);
    assert_eq!((run.status, run.faults.as_str()), (0, ""));
    for code in Code::ALL {
        let line = format!("\n  {} ", code.name());
        assert_eq!(run.results.matches(&line).count(), 1, "{line}");
    }
    let last = run.results.lines().last().unwrap();
    assert!(last.ends_with("`ccrov explain CODE` says more about one."), "{last}");
}

#[test]
fn a_code_that_is_not_there_is_wrong_usage_and_the_near_one_is_offered() {
    let folder = Folder::empty();
    let run = folder.run(&["explain", "unknwon-key"]);
    assert_eq!((run.status, run.results.as_str()), (2, ""));
    assert_eq!(run.faults, "error: there is no code `unknwon-key`; did you mean `unknown-key`?\n");
    let run = folder.run(&["explain", "banana"]);
    assert_eq!(run.faults, "error: there is no code `banana`; `ccrov explain` alone lists all codes\n");
}
