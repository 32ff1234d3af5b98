//! "Steps 1 through 13": which steps are completed, as a reader says it.

use std::collections::BTreeSet;
use std::fmt;

/// Steps by their printed names. Steps with a number are counted by it (6a and 6b are step 6);
/// others stand as they are printed, after the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps {
    numbers: BTreeSet<u32>,
    others: Vec<String>,
}

/// The steps of which every part is completed.
///
/// ```
/// use ccrov::schedule::completed_steps;
/// let steps = [("1", true), ("2", true), ("3", true), ("6a", true), ("6b", true), ("7", false)];
/// assert_eq!(completed_steps(steps).to_string(), "Steps 1 through 3 and 6");
/// assert_eq!(completed_steps([("1", true), ("2a", true), ("2b", false)]).to_string(), "Step 1");
/// ```
pub fn completed_steps<'s>(steps: impl IntoIterator<Item = (&'s str, bool)>) -> Steps {
    let mut done = Steps::default();
    let mut open = BTreeSet::new();
    for (step, completed) in steps {
        match (number(step), completed) {
            (Some(n), true) => _ = done.numbers.insert(n),
            (Some(n), false) => _ = open.insert(n),
            (None, true) => done.others.push(step.to_owned()),
            (None, false) => {}
        }
    }
    done.numbers.retain(|n| !open.contains(n));
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
        self.numbers.len() + self.others.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Runs of numbers in words: "1 through 5", "7".
    fn runs(&self) -> Vec<String> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for &n in &self.numbers {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == n => *last = n,
                _ => runs.push((n, n)),
            }
        }
        let mut words = Vec::new();
        for (first, last) in runs {
            match last - first {
                0 => words.push(first.to_string()),
                1 => words.extend([first.to_string(), last.to_string()]),
                _ => words.push(format!("{first} through {last}")),
            }
        }
        words.extend(self.others.iter().cloned());
        words
    }
}

impl fmt::Display for Steps {
    /// "Step 1", "Steps 1 and 2", "Steps 1 through 5 and 7", "Steps 1, 3, and 5 through 9".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.len() == 1 { "Step" } else { "Steps" };
        match self.runs().as_slice() {
            [] => Ok(()),
            [one] => write!(f, "{noun} {one}"),
            [one, two] => write!(f, "{noun} {one} and {two}"),
            [most @ .., last] => write!(f, "{noun} {}, and {last}", most.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::completed_steps;

    fn said(done: &[&str]) -> String {
        completed_steps(done.iter().map(|step| (*step, true))).to_string()
    }

    #[test]
    fn runs_and_gaps_are_said_as_people_say_them() {
        assert_eq!(said(&[]), "");
        assert_eq!(said(&["4"]), "Step 4");
        assert_eq!(said(&["6a", "6b"]), "Step 6");
        assert_eq!(said(&["1", "2"]), "Steps 1 and 2");
        assert_eq!(said(&["1", "2", "3", "4", "5", "7"]), "Steps 1 through 5 and 7");
        assert_eq!(said(&["1", "3", "5", "6", "7"]), "Steps 1, 3, and 5 through 7");
        assert_eq!(said(&["A", "2", "1", "3"]), "Steps 1 through 3 and A");
    }
}
