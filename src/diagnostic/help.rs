//! What to type, in words, and as data where a name takes the place of another.
//!
//! In: what was found, what there is. Out: [`Help`]. Not here: where it was found.

use super::nearest;

/// What to type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// In words.
    pub words: String,
    /// A name that can take the place of the one that was found.
    pub swap: Option<Swap>,
}

/// A name that can take the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// What was found.
    pub found: String,
    /// What is meant.
    pub near: String,
}

impl Help {
    /// Words that offer a name in place of another one.
    pub fn offering(words: impl Into<String>, found: &str, near: &str) -> Help {
        let swap = Some(Swap { found: found.to_owned(), near: near.to_owned() });
        Help { words: words.into(), swap }
    }
}

impl From<String> for Help {
    fn from(words: String) -> Help {
        Help { words, swap: None }
    }
}

impl From<&str> for Help {
    fn from(words: &str) -> Help {
        words.to_owned().into()
    }
}

/// A help line that offers the near name, or else lists what there is.
pub fn offered<'k>(found: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Help {
    if let Some(near) = nearest(found, known.clone()) {
        return Help::offering(format!("did you mean `{near}`?"), found, near);
    }
    let mut known = known.into_iter();
    let names: Vec<_> = known.by_ref().take(40).map(|name| format!("`{name}`")).collect();
    match (names.as_slice(), known.count()) {
        ([], _) => "there are none yet".into(),
        (names, 0) => format!("there are {}", names.join(", ")).into(),
        (names, more) => format!("there are {} and {more} more", names.join(", ")).into(),
    }
}

/// The words of [`offered`].
pub fn offer<'k>(found: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> String {
    offered(found, known).words
}
