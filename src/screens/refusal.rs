//! Why the desk did not do something -> a sentence of the screens.
//!
//! In: a refusal. Out: what was found, and what to do about it on these screens. Not here: the words of the terminal, which names
//! commands and options (`desk::refused`); faults beside their fields (`faults`).

use crate::{
    desk::{Blank, NotADelay, NotFromWord, Refused},
    diagnostic::{Style, render},
    model::date,
    words::capitalized,
};

/// The sentence.
pub(super) fn words(refused: &Refused) -> String {
    let words = match refused {
        Refused::Disk(failed) if failed.is_stale() => {
            "somebody else is saving in this folder. Press Save again".to_owned()
        }
        refused if refused.findings().is_some() => return with_faults(refused),
        Refused::NoOffice => {
            "there is no memos/office.yaml in this folder. Open another folder, or make one with samples"
                .to_owned()
        }
        Refused::Blank(Blank::Name) => "type a short name first, such as registration-drill".to_owned(),
        Refused::Blank(Blank::Search) => "type what to look for".to_owned(),
        Refused::NoYear { .. } => {
            "type the memo's date, too: the memo goes into the folder of its year".to_owned()
        }
        Refused::Faulty { what, .. } => {
            format!("{what} has things to fix. Open it: they stand beside its fields")
        }
        Refused::NotDeleted { id } => format!("{id} was issued, so it is not deleted. Withdraw it instead"),
        Refused::NoDelay { release } => {
            format!("{release} has no delay yet. Record one first: on Home, press “A date has moved”")
        }
        Refused::NoProposal { .. } => {
            "the proposal is gone: somebody has recorded or dropped it. Begin with a blank form".to_owned()
        }
        Refused::OnlyProposed { .. } => {
            "this memo tells a delay that is only proposed. Record the delay first, under “A date has moved”"
                .to_owned()
        }
        Refused::NotADelay(NotADelay::OneDay { milestone, .. }) => {
            format!("{milestone} is one day and has no last day")
        }
        Refused::NotADelay(NotADelay::BeforeLastDelay { announced, last }) => format!(
            "counties are told on {}, before the last delay, of {}; type a later day",
            date::prose(*announced),
            date::prose(*last)
        ),
        Refused::StaysIssued { why, .. } => why.clone(),
        Refused::NotFromWord(NotFromWord::OfOtherMemo { file, of, .. }) => {
            format!("{file} is a copy of memo {of}. Bring it on the review page of {of}")
        }
        Refused::NotFromWord(NotFromWord::NotACopy { file, memo }) => format!(
            "{file} does not say which memo it is a copy of, and it is not like what was sent of {memo}. Ask for the Word \
             file that was made of {memo}, or write the changes into the memo"
        ),
        refused => refused.to_string(),
    };
    sentence(&words)
}

/// Why something was refused, and below it the faults that it rests on.
fn with_faults(refused: &Refused) -> String {
    let faults = refused.findings().into_iter().flat_map(|findings| {
        findings.faults.iter().map(|fault| format!("{}\n\n", render(fault, &findings.sources, Style::Plain)))
    });
    let faults: String = faults.collect();
    format!("{}.\n\n{faults}", capitalized(&refused.to_string()))
}

/// Words as a sentence. What has to be typed in a terminal stays as it is typed, and it is said where that is.
fn sentence(words: &str) -> String {
    let is_typed = words.contains("`ccrov ") || words.split_whitespace().any(|word| word.starts_with("--"));
    let whole = |words: &str| format!("{}.", capitalized(words.trim_end_matches('.')));
    match is_typed {
        true => format!("{} That is typed in a terminal: ask whoever set up ccrov for you.", whole(words)),
        false => whole(&words.replace(['`', '{', '}'], "")),
    }
}
