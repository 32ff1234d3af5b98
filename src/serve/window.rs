//! The window: the list of memos, and one memo with its faults, its page and its PDF.
//!
//! In: what is shown, which memo. Out: HTML of the whole, and of its parts for a window that is open. Not here:
//! the pages and PDFs themselves, which are files of the site.

use axum::{
    extract::{Query, State as Shared},
    response::Html,
};
use serde::{Deserialize, Serialize};
use tera::{Context, Tera};

use super::{
    Server,
    shown::{FaultText, MemoRow, PreviewState, Screen},
};
use crate::{output::OutputPath, words::severities};

/// The window's own templates. They are no part of the office's site, so an office does not replace them.
const TEMPLATES: [(&str, &str); 4] = [
    ("head.html", include_str!("head.html")),
    ("list.html", include_str!("list.html")),
    ("memo.html", include_str!("memo.html")),
    ("window.html", include_str!("window.html")),
];

/// Fills the window's templates in.
pub(super) struct WindowPages {
    tera: Tera,
    /// The name of the working folder.
    folder: String,
}

/// What somebody looks at: a memo, or a page of the whole site.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WindowQuery {
    memo: Option<String>,
    site: Option<String>,
}

impl WindowQuery {
    fn memo<'s>(&self, shown: &'s Screen) -> Option<&'s MemoRow> {
        shown.memo(self.memo.as_deref()).filter(|_| self.site.is_none())
    }
}

/// Memos that have come equally far.
#[derive(Serialize)]
struct Group<'s> {
    status: &'s str,
    memos: Vec<ListEntry<'s>>,
}

/// A memo of the list, and what leads to it.
#[derive(Serialize)]
struct ListEntry<'s> {
    #[serde(flatten)]
    memo: &'s MemoRow,
    href: String,
}

/// Faults that are shown together.
#[derive(Serialize)]
struct FaultList {
    /// "2 faults and 1 warning".
    count: String,
    text: String,
}

impl WindowPages {
    pub fn new(folder: String) -> WindowPages {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        tera.add_raw_templates(TEMPLATES).expect("the window's templates are tried by every test of it");
        WindowPages { tera, folder }
    }

    pub fn fill(&self, template: &str, context: &Context) -> String {
        self.tera.render(template, context).expect("each page is given what its template names")
    }
}

/// `GET /`.
pub(super) async fn window(Shared(desk): Shared<Server>, Query(asked): Query<WindowQuery>) -> Html<String> {
    let state = desk.built.state.borrow().clone();
    let chosen = asked.memo(&state.shown);
    let list = desk.pages.fill("list.html", &list_of(&state.shown, chosen));
    let memo = desk.pages.fill("memo.html", &memo_of(&state, chosen, &asked));
    let mut context = Context::new();
    context.insert("folder", &desk.pages.folder);
    context.insert("here", if asked.site.is_some() { "site" } else { "memos" });
    context.insert("list", &list);
    context.insert("memo", &memo);
    let title = if asked.site.is_some() { "The whole site" } else { chosen.map_or("Preview", name) };
    context.insert("title", title);
    Html(desk.pages.fill("window.html", &context))
}

/// `GET /memo`: the middle of the window.
pub(super) async fn memo(Shared(desk): Shared<Server>, Query(asked): Query<WindowQuery>) -> Html<String> {
    let state = desk.built.state.borrow().clone();
    Html(desk.pages.fill("memo.html", &memo_of(&state, asked.memo(&state.shown), &asked)))
}

/// `GET /list`: the left of the window.
pub(super) async fn list(Shared(desk): Shared<Server>, Query(asked): Query<WindowQuery>) -> Html<String> {
    let shown = desk.built.state.borrow().shown.clone();
    Html(desk.pages.fill("list.html", &list_of(&shown, asked.memo(&shown))))
}

/// Text as it stands in an address: a file that cannot serve as a memo may have any name.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A path as it stands in an address.
fn encoded_path(path: &str) -> String {
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

/// What a memo is called: by its number, or else by its file.
fn name(memo: &MemoRow) -> &str {
    memo.number.as_deref().unwrap_or(&memo.id)
}

fn list_of(shown: &Screen, chosen: Option<&MemoRow>) -> Context {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for memo in &shown.memos {
        let entry = ListEntry { memo, href: format!("/?memo={}", encoded(&memo.id)) };
        match groups.last_mut() {
            Some(group) if group.status == memo.status => group.memos.push(entry),
            _ => groups.push(Group { status: &memo.status, memos: vec![entry] }),
        }
    }
    let mut context = Context::new();
    context.insert("groups", &groups);
    context.insert("chosen", chosen.map_or("", |memo| memo.id.as_str()));
    context.insert("summary", &shown.summary);
    context
}

fn memo_of(state: &PreviewState, chosen: Option<&MemoRow>, asked: &WindowQuery) -> Context {
    let shown = &state.shown;
    let is_own = |fault: &&FaultText| chosen.is_some_and(|memo| fault.memos.contains(&memo.id));
    let (own, others): (Vec<_>, Vec<_>) = shown.faults.iter().partition(is_own);
    let mut context = Context::new();
    context.insert("version", &state.name());
    context.insert("built", &(state.version > 0));
    context.insert("trouble", &shown.trouble);
    context.insert("chosen", &chosen);
    context.insert("name", chosen.map_or("", name));
    let gone = asked.memo.as_deref().filter(|_| asked.site.is_none() && state.version > 0);
    context.insert("gone", &gone.filter(|id| chosen.is_none_or(|memo| memo.id != *id)));
    let page = |path: &str| shown.files.keys().find(|file| file.as_str() == path);
    let site = asked.site.as_deref().and_then(|path| page(path).or_else(|| page("index.html")));
    let site = site.map(OutputPath::as_str);
    context.insert("site", &site.map(encoded_path));
    let style = page("style.css").and_then(|style| shown.files.get(style));
    context.insert("style", &style);
    context.insert("faults", &together(&own));
    context.insert("others", &together(&others));
    context
}

fn together(faults: &[&FaultText]) -> Option<FaultList> {
    let first = faults.first()?;
    let warnings = faults.iter().filter(|fault| fault.warning).count();
    let texts = faults.iter().map(|fault| format!("{}\n\n", fault.text));
    let text = texts.chain([format!("`ccrov explain {}` says more.", first.code)]).collect();
    Some(FaultList { count: severities(faults.len() - warnings, warnings), text })
}
