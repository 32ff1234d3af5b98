//! Memos -> pagefind's files.
//!
//! In: memos in their order. Out: files, in the order of paths. Not here: what is found by which words.
//!
//! pagefind works with asynchronous calls and hash maps. Its files are the same for the same records in the same
//! order; only the order in which it hands them out varies.

use std::{collections::BTreeMap, collections::BTreeSet, thread};

use pagefind::{api::PagefindIndex, options::PagefindServiceConfig};

use super::{NotIndexed, Output, SearchEntry, normal::normal};
use crate::model::date;

/// The language of the index: which forms of a word are one.
const LANGUAGE: &str = "en";

/// What pagefind knows of a memo.
pub(super) struct IndexRecord {
    url: String,
    content: String,
    meta: BTreeMap<String, String>,
    filters: BTreeMap<String, Vec<String>>,
    sort: BTreeMap<String, String>,
}

/// What the page shows of a memo without the words found is searched like its text; what can be chosen on the
/// page is a filter.
pub(super) fn records<'a>(memos: &[SearchEntry<'a>]) -> Vec<IndexRecord> {
    let mut taken = BTreeSet::new();
    let record = |(at, memo): (usize, &SearchEntry<'a>)| {
        // pagefind knows a record by its address, and two archived memos may stand in one file.
        let own = taken.insert(memo.page);
        let url = if own { memo.page.to_owned() } else { format!("{}#{at}", memo.page) };
        let meta = memo.fields().map(|(name, value)| (name.to_owned(), value));
        // What is no filter of the page is kept as one all the same: unlike what is shown besides, it is not searched.
        let chosen = [("topic", memo.topic), ("status", Some(memo.status)), ("superseded", memo.superseded)];
        let chosen =
            chosen.into_iter().filter_map(|(name, value)| Some((name.to_owned(), vec![choice(value?)])));
        IndexRecord {
            url,
            content: memo.content(),
            meta: meta.collect(),
            filters: chosen.collect(),
            sort: BTreeMap::from([("place".to_owned(), memo.place())]),
        }
    };
    memos.iter().enumerate().map(record).collect()
}

/// A value of a filter: pagefind's reader knows no escapes. The page's script does the same.
fn choice(value: &str) -> String {
    value.replace(['"', '\\'], "'")
}

/// The one record of the index that all years are merged into, which nobody finds: no query keeps its sign.
pub(super) fn nothing() -> IndexRecord {
    IndexRecord {
        url: "search/".to_owned(),
        content: "\u{1f50d}".to_owned(),
        meta: BTreeMap::new(),
        filters: BTreeMap::new(),
        sort: BTreeMap::new(),
    }
}

/// Indexes records, and gives those of pagefind's files that are wanted.
pub(super) fn files(
    records: Vec<IndexRecord>,
    folder: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Output>, NotIndexed> {
    // A thread of its own, so that it can be called from wherever asynchronous calls are going on.
    let indexed = thread::scope(|scope| scope.spawn(|| indexed(records)).join());
    let indexed = indexed.map_err(|_| NotIndexed::Panicked)??;
    let mut files = Vec::new();
    for (name, bytes) in indexed.into_iter().filter(|(name, _)| wanted(name)) {
        let path = format!("{folder}/{name}");
        let path = path.parse().map_err(|why| NotIndexed::Path(path.clone(), why))?;
        files.push((path, bytes));
    }
    files.sort_by(|a: &Output, b| a.0.cmp(&b.0));
    Ok(files)
}

/// What pagefind says; its errors have no type that lasts.
fn pagefind_said(error: impl std::fmt::Display) -> NotIndexed {
    NotIndexed::Pagefind(error.to_string())
}

fn indexed(records: Vec<IndexRecord>) -> Result<Vec<(String, Vec<u8>)>, NotIndexed> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(NotIndexed::System)?;
    let settings = PagefindServiceConfig::builder().force_language(LANGUAGE.to_owned()).build();
    let mut index = PagefindIndex::new(Some(settings)).map_err(pagefind_said)?;
    runtime.block_on(async {
        for record in records {
            let IndexRecord { url, content, meta, filters, sort } = record;
            let (language, meta, filters) = (LANGUAGE.to_owned(), Some(meta), Some(filters));
            let added = index.add_custom_record(url, content, language, meta, filters, Some(sort)).await;
            added.map_err(pagefind_said)?;
        }
        let files = index.get_files().await.map_err(pagefind_said)?;
        let named = |file: pagefind::api::SyntheticFile| {
            (file.filename.to_string_lossy().replace('\\', "/"), file.contents)
        };
        Ok(files.into_iter().map(named).collect())
    })
}

impl SearchEntry<'_> {
    /// The words that are searched and shown around what is found.
    pub(super) fn content(&self) -> String {
        // A dash ends a word: "July 4–August 1" has the word "August".
        let words = normal(if self.text.trim().is_empty() { self.title } else { self.text });
        words.replace('–', "– ").replace('—', "— ")
    }

    /// What is searched besides.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static str, String)> {
        let number = self.number.map(|number| ("number", number.to_owned()));
        [("title", normal(self.title)), ("date", date::prose(self.date))].into_iter().chain(number)
    }
}
