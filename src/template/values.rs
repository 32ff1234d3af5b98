//! What a template can see, by name.
//!
//! In: values that serialise. Out: [`Values`], which the engine fills templates in with. Not here: which names there
//! are.

use serde::Serialize;
use tera::{Context, Value};

/// The values that a template can name.
#[derive(Debug, Clone, Default)]
pub struct Values(Context);

impl Values {
    /// Values without any.
    ///
    /// ```
    /// let mut values = ccrov::template::Values::new();
    /// values.insert("title", "All memoranda");
    /// ```
    pub fn new() -> Values {
        Values::default()
    }

    /// The fields of a view, each under its own name.
    pub(super) fn of(view: &impl Serialize) -> Values {
        Values(
            Context::from_serialize(view).expect("views are structs with text keys, which always serialise"),
        )
    }

    /// Puts a value under a name, instead of the one that stands there.
    pub fn insert<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.0.insert(name, value);
    }

    /// Takes a value out.
    pub(super) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// As the engine takes them.
    pub(super) fn context(&self) -> &Context {
        &self.0
    }
}
