//! "Steps 1 through 13": which steps are completed, as a reader says it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::words::series;

/// Steps by their printed names. A number of which every part is completed is counted as one (6a and 6b are step 6);
/// a part by itself stands by its name, and so does what has no number, after the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps {
    /// By number; of one that is completed in part, the parts.
    numbers: BTreeMap<u32, Vec<String>>,
    /// Numbers of which a part is not completed.
    open: BTreeSet<u32>,
    others: Vec<String>,
}

/// The steps that are completed.
///
/// ```
/// use ccrov::schedule::completed_steps;
/// let steps = [("1", true), ("2", true), ("3", true), ("6a", true), ("6b", true), ("7", false)];
/// assert_eq!(completed_steps(steps).to_string(), "Steps 1 through 3 and 6");
/// assert_eq!(completed_steps([("1", true), ("2a", true), ("2b", false)]).to_string(), "Steps 1 and 2a");
/// ```
pub fn completed_steps<'s>(steps: impl IntoIterator<Item = (&'s str, bool)>) -> Steps {
    let mut done = Steps::default();
    for (step, completed) in steps {
        match (number(step), completed) {
            (Some(n), true) => done.numbers.entry(n).or_default().push(step.to_owned()),
            (Some(n), false) => _ = done.open.insert(n),
            (None, true) => done.others.push(step.to_owned()),
            (None, false) => {}
        }
    }
    for (n, parts) in &mut done.numbers {
        // Beside an open 9a, a step 9 is a step of its own.
        if !done.open.contains(n) || parts.iter().all(|part| *part == n.to_string()) {
            parts.clear();
        }
    }
    done
}

/// The number that a step begins with: 6 of "6a".
fn number(step: &str) -> Option<u32> {
    let digits = step.find(|c: char| !c.is_ascii_digit()).unwrap_or(step.len());
    step[..digits].parse().ok()
}

impl Steps {
    /// How many there are, 6a and 6b being one.
    pub fn len(&self) -> usize {
        self.numbers.values().map(|parts| parts.len().max(1)).sum::<usize>() + self.others.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Runs of numbers in words: "1 through 5", "7", "9a".
    fn runs(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut run: Option<(u32, u32)> = None;
        for (&n, parts) in &self.numbers {
            if let (Some((_, last)), true) = (&mut run, parts.is_empty())
                && *last + 1 == n
                && !self.open.contains(last)
            {
                *last = n;
                continue;
            }
            words.extend(run.take().into_iter().flat_map(words_of));
            if parts.is_empty() {
                run = Some((n, n));
            }
            words.extend(parts.iter().cloned());
        }
        words.extend(run.into_iter().flat_map(words_of));
        words.extend(self.others.iter().cloned());
        words
    }
}

fn words_of((first, last): (u32, u32)) -> Vec<String> {
    match last - first {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first} through {last}")],
    }
}

impl fmt::Display for Steps {
    /// "Step 1", "Steps 1 and 2", "Steps 1 through 5 and 7", "Steps 1, 3 and 5 through 9".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.len() == 1 { "Step" } else { "Steps" };
        match self.runs() {
            runs if runs.is_empty() => Ok(()),
            runs => write!(f, "{noun} {}", series(&runs)),
        }
    }
}
