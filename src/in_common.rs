//! What two lists have in common, in their order: lines, words, rows.
//!
//! In: two lists. Out: the places of what stands in both; both side by side. Not here: what the lists are of.

use crate::words::common_ends;

/// The most pairs that are looked at; of longer lists only what they begin and end with is found.
const COMPARED: usize = 4_000_000;

/// The places of the most items that two lists have in common, in their order.
///
/// ```
/// use ccrov::in_common::in_common;
/// assert_eq!(in_common(&["a", "b", "c"], &["a", "c", "d"]), [(0, 0), (2, 1)]);
/// ```
pub fn in_common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let (start, end) = common_ends(old, new);
    let mut found: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
    let (middle, other) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let same = aligned(middle.len(), other.len(), |a, b| u32::from(middle[a] == other[b]));
    found.extend(same.into_iter().map(|(a, b)| (a + start, b + start)));
    found.extend((0..end).rev().map(|back| (old.len() - 1 - back, new.len() - 1 - back)));
    found
}

/// A place in the old list, in the new one, or in both.
pub(crate) type Places = (Option<usize>, Option<usize>);

/// Two lists side by side: what is the same in both, and between that, what goes together best ([`aligned`]).
pub(crate) fn side_by_side<T: PartialEq>(
    old: &[T],
    new: &[T],
    score: impl Fn(usize, usize) -> u32,
) -> Vec<Places> {
    let mut found = Vec::new();
    let mut at = (0, 0);
    for next in in_common(old, new).into_iter().map(Some).chain([None]) {
        let end = next.unwrap_or((old.len(), new.len()));
        let from = at;
        let alike = aligned(end.0 - from.0, end.1 - from.1, |a, b| score(from.0 + a, from.1 + b));
        let alike = alike.into_iter().map(|(a, b)| (from.0 + a, from.1 + b));
        for (a, b) in alike.chain([end]) {
            found.extend((at.0..a).map(|was| (Some(was), None)));
            found.extend((at.1..b).map(|is| (None, Some(is))));
            if (a, b) != end {
                found.push((Some(a), Some(b)));
                at = (a + 1, b + 1);
            }
        }
        if let Some((a, b)) = next {
            found.push((Some(a), Some(b)));
            at = (a + 1, b + 1);
        }
    }
    found
}

/// From how much in common two paragraphs are the same one, of 100.
const ALIKE: usize = 40;

/// How much two lists of words in the order of the alphabet have in common: 100 is all, 0 too little.
pub(crate) fn likeness<W: AsRef<str>>(was: &[W], is: &[W]) -> u32 {
    let (mut a, mut b, mut common) = (0, 0, 0_usize);
    while let (Some(one), Some(other)) = (was.get(a), is.get(b)) {
        match one.as_ref().cmp(other.as_ref()) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, common) = (a + 1, b + 1, common + 1),
        }
    }
    let share = (200 * common).checked_div(was.len() + is.len()).unwrap_or(100);
    if share < ALIKE { 0 } else { u32::try_from(share).unwrap_or(100) }
}

/// The pairs of two lists that go together best, in their order: those whose scores add up to the most. A pair without a score
/// does not go together.
pub(crate) fn aligned(old: usize, new: usize, score: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    if old.saturating_mul(new) > COMPARED {
        return Vec::new();
    }
    // The best that the rests of both can have, from each place on.
    let width = new + 1;
    let mut best = vec![0_u32; (old + 1) * width];
    for a in (0..old).rev() {
        for b in (0..new).rev() {
            let apart = best[(a + 1) * width + b].max(best[a * width + b + 1]);
            let together = match score(a, b) {
                0 => 0,
                score => best[(a + 1) * width + b + 1] + score,
            };
            best[a * width + b] = apart.max(together);
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < old && b < new {
        let score = score(a, b);
        if score > 0 && best[a * width + b] == best[(a + 1) * width + b + 1] + score {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[(a + 1) * width + b] >= best[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}
