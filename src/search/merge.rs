//! The places of all years -> what says in which memos a word stands.
//!
//! In: the files of places of each year. Out: `search/words-*.txt`, in which a word's line says for each year in which
//! of its memos the word stands; `search/years.json`, which a browser begins with. Not here: where in a memo.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    Output,
    index::{part_of, parts},
    output,
};
use crate::output::{OutputPath, digest};

/// Whether a file of a year says where words stand, so that [`words`] needs it.
pub fn is_places(path: &OutputPath) -> bool {
    path.file_name().starts_with("places-")
}

/// The files that all years make together, of the texts of each year's places: the oldest year first, the texts in any
/// order.
///
/// ```
/// use ccrov::search::words;
/// let files = words(&[vec!["2021\t2\t0a1b2c3d\ncounti\t00\t5 7\n".to_owned()]]);
/// let texts: Vec<&str> = files.iter().map(|(_, text)| std::str::from_utf8(text).unwrap()).collect();
/// assert_eq!(files[0].0.as_str(), "search/words-0.txt");
/// assert!(texts[0].ends_with("\ncounti\t2021 00\n"));
/// assert!(texts[1].contains(r#""year":"2021""#));
/// ```
pub fn words(years: &[Vec<String>]) -> Vec<Output> {
    let heads: Vec<YearHead<'_>> = years.iter().filter_map(|texts| YearHead::of(texts)).collect();
    let all: Vec<&str> = heads.iter().map(|head| head.line).collect();
    let head = digest(all.join("\n").as_bytes())[..8].to_owned();
    let parts = parts(heads.iter().map(|head| head.memos).sum());
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    for head in &heads {
        for line in head.texts.iter().flat_map(|text| text.lines().skip(1)) {
            let mut columns = line.split('\t');
            let (Some(word), Some(memos)) = (columns.next(), columns.next()) else { continue };
            let line = lines.entry(word).or_default();
            ["\t", head.year, " ", memos].iter().for_each(|piece| line.push_str(piece));
        }
    }
    let mut texts = vec![format!("{head}\n"); parts];
    for (word, line) in &lines {
        let text = &mut texts[part_of(word, parts)];
        [word, line.as_str(), "\n"].iter().for_each(|piece| text.push_str(piece));
    }
    let years = heads.iter().map(|head| json!({ "year": head.year, "head": head.line, "memos": head.memos, "parts": head.texts.len() }));
    let begin = json!({ "head": head, "parts": parts, "years": years.collect::<Vec<_>>() });
    let named = texts.into_iter().enumerate();
    let mut files: Vec<Output> =
        named.map(|(part, text)| output(&format!("search/words-{part}.txt"), text)).collect();
    files.push(output("search/years.json", format!("{begin}\n")));
    files
}

/// The first line of a year's files, read back.
struct YearHead<'a> {
    line: &'a str,
    year: &'a str,
    memos: usize,
    /// All of its places.
    texts: &'a [String],
}

impl YearHead<'_> {
    fn of(texts: &[String]) -> Option<YearHead<'_>> {
        let line = texts.first()?.lines().next()?;
        let (year, rest) = line.split_once('\t')?;
        let memos = rest.split('\t').next()?.parse().ok()?;
        Some(YearHead { line, year, memos, texts })
    }
}
