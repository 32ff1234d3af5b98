//! Rising numbers as a few characters.
//!
//! In: numbers, the least first. Out: for each number how far it is from the one before, in figures to the base 32, of
//! which the last is one of `0` to `O` and those before it are of `P` to `o`. `index.js` reads them. Not here: what is
//! counted.

/// Rising numbers as they are written: `0` is 0; `01` is 0, 2.
pub(super) fn ascending(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut out = String::new();
    let mut next = 0;
    for number in numbers {
        push(number.saturating_sub(next), &mut out);
        next = number + 1;
    }
    out
}

fn push(gap: usize, out: &mut String) {
    let figure = |value: usize, first: u8| char::from(first + u8::try_from(value % 32).unwrap_or_default());
    let mut places = 1;
    while gap >> (5 * places) > 0 && places < 12 {
        places += 1;
    }
    (1..places).rev().for_each(|place| out.push(figure(gap >> (5 * place), b'P')));
    out.push(figure(gap, b'0'));
}
