//! The table of tasks as a form that comes back.
//!
//! In: what a browser sent, the tasks as they stand now. Out: the form with each row at the place that its task has by now, what was
//! typed into tasks that are gone, and what is asked of the desk. Not here: how rows look (`grid_rows`).

use std::collections::{BTreeMap, VecDeque};

use super::{form, request::FormData};
use crate::{
    desk::{FormRequest, NewStep},
    words::series,
};

/// A form whose rows stand where their tasks stand now.
pub(super) struct PlacedForm {
    pub form: FormData,
    /// What was typed into tasks that somebody else has removed meanwhile.
    pub lost: Vec<LostText>,
}

/// What was typed into a task that is gone.
pub(super) struct LostText {
    /// The step that it had.
    step: String,
    typed: String,
}

impl LostText {
    /// As its page tells it.
    pub fn words(&self) -> String {
        format!("Somebody else removed step {}. You had typed there: {}", self.step, self.typed)
    }
}

impl PlacedForm {
    /// Finds each row's task by its stable name: others may have put steps in, moved or removed them.
    pub fn of(form: &FormData, ids: &[Option<String>]) -> PlacedForm {
        let places = places(form, ids);
        // A task without a name can only stand where it stood.
        let place = |read: usize| places.get(&read).copied().unwrap_or(Some(read));
        // A field of a task, at the task's place; none of a task that is gone.
        let placed = |key: &str| match parts(key) {
            Some((read, rest)) => place(read).map(|now| format!("tasks[{now}]{rest}")),
            None => Some(key.to_owned()),
        };
        let changed = |name: &str, value: &str| match name.split_once(':') {
            _ if name == "list" => Some((name.to_owned(), placed(value)?)),
            Some((kind, key)) => Some((format!("{kind}:{}", placed(key)?), value.to_owned())),
            None => match value.strip_prefix("take ").and_then(|rest| rest.split_once(' ')) {
                Some((key, names)) if name == "do" => {
                    Some((name.to_owned(), format!("take {} {names}", placed(key)?)))
                }
                _ => Some((name.to_owned(), value.to_owned())),
            },
        };
        PlacedForm { form: form.changed(changed), lost: lost(form, |read| place(read).is_none()) }
    }
}

/// Where the tasks with names stand now, by the places where they were read; of two with one name, which is a fault, each stays what it is.
fn places(form: &FormData, ids: &[Option<String>]) -> BTreeMap<usize, Option<usize>> {
    let mut now: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, id) in ids.iter().enumerate() {
        id.iter().for_each(|id| now.entry(id).or_default().push_back(at));
    }
    let read = form.iter().filter_map(|(name, id)| match parts(name.strip_prefix("was:")?)? {
        (read, ".id") if !id.is_empty() => Some((read, id)),
        _ => None,
    });
    let read: BTreeMap<usize, &str> = read.collect();
    read.into_iter().map(|(read, id)| (read, now.get_mut(id).and_then(VecDeque::pop_front))).collect()
}

/// `tasks[3].end` as 3 and `.end`.
fn parts(key: &str) -> Option<(usize, &str)> {
    let (place, rest) = key.strip_prefix("tasks[")?.split_once(']')?;
    Some((place.parse().ok()?, rest))
}

/// What was typed into tasks that are gone.
fn lost(form: &FormData, is_gone: impl Fn(usize) -> bool) -> Vec<LostText> {
    let step = |read: usize| form.get(&format!("was:tasks[{read}].step")).unwrap_or_default().to_owned();
    let of = |name: &str, typed: &str| {
        let key = name.strip_prefix("now:")?;
        let (read, _) = parts(key).filter(|(read, _)| is_gone(*read))?;
        let is_typed = form.get(&format!("was:{key}"))?.trim_end() != typed.trim_end();
        is_typed.then(|| LostText { step: step(read), typed: typed.to_owned() })
    };
    let fields = form.iter().filter_map(|(name, typed)| of(name, typed));
    let lists = form.all("list").into_iter().filter_map(|key| {
        let (read, _) = parts(&key).filter(|(read, _)| is_gone(*read))?;
        let mut typed = form.all(&format!("item:{key}"));
        typed.retain(|item| !item.trim().is_empty());
        let is_typed = typed != form.all(&format!("wasitem:{key}"));
        is_typed.then(|| LostText { step: step(read), typed: series(&typed) })
    });
    fields.chain(lists).collect()
}

/// What the form asks of the desk: fields, and a step that is put in.
pub(super) fn request(form: &FormData) -> (FormRequest, Option<NewStep>) {
    let asked = form.filled("do").unwrap_or_default();
    let words: Vec<&str> = asked.split(' ').collect();
    let read = form.get("raw:tasks").unwrap_or_default().to_owned();
    let new = |below: Option<usize>, copy| Some(NewStep { below, copy, read: read.clone() });
    let new = match words.as_slice() {
        ["first", "tasks"] => new(None, false),
        ["below", "tasks", place] => place.parse().ok().and_then(|place| new(Some(place), false)),
        ["copy", "tasks", place] => place.parse().ok().and_then(|place| new(Some(place), true)),
        _ => None,
    };
    let mut wish = form::request(form, &[]);
    for field in wish.fields.iter_mut().filter(|field| field.key.ends_with("].takes")) {
        let is_number = !field.typed.is_empty() && field.typed.bytes().all(|byte| byte.is_ascii_digit());
        // The column says which days are meant.
        if is_number && field.typed != field.read {
            field.typed.push_str("wd");
        }
    }
    (wish, new)
}
