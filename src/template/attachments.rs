//! What a memo attaches, and the memo with it -> Markdown.
//!
//! In: a memo whose own text is filled in. Out: its Markdown; a fault for each text that the templates leave out. Not here:
//! how the texts of a memo are filled in.

use std::mem;

use super::{
    context::{AttachedTextView, AttachmentView, address_lines, letterhead},
    memo::{Filling, MemoInputs, ScheduleDocument},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    document::set_typographically,
    model::{AttachedText, Attachment, Memo, date},
    schedule::ChangeWords,
};

impl Filling<'_> {
    pub(super) fn memo(
        &mut self,
        memo: &Memo,
        schedule: Option<&ScheduleDocument>,
        given: MemoInputs<'_>,
        path: &str,
    ) -> String {
        let mut files = given.files.iter();
        let mut attachments = Vec::with_capacity(memo.attachments.len());
        for attachment in &memo.attachments {
            attachments.extend(match attachment {
                Attachment::Schedule => schedule.map(|schedule| AttachmentView {
                    title: schedule.part.title.clone(),
                    markdown: Some(self.schedule_markdown(true)),
                    href: None,
                    file: None,
                }),
                Attachment::Changes => given.changes.map(|changes| self.attached_changes(changes)),
                Attachment::Text(text) => Some(self.attached_text(text)),
                Attachment::File(file) => files.next().map(|published| AttachmentView {
                    title: self.plain(&file.title),
                    markdown: None,
                    href: Some(format!("{}-{}", path.rsplit('/').next().unwrap_or(path), published.suffix)),
                    file: Some(published.words.clone()),
                }),
            });
        }
        self.values.insert("attachments", &attachments);
        self.values.insert("lists_attachments", &memo.lists_attachments);
        if let Some(label) = &memo.attachment_label {
            self.values.insert("attachment_label", label);
        }
        let markdown = self.template("memo.md");
        self.check_printed(&markdown);
        markdown
    }

    /// Reports the texts that the office's templates leave out. Blanks do not count; a template with a fault of its own has
    /// printed nothing yet.
    fn check_printed(&mut self, markdown: &str) {
        if !self.whole {
            return;
        }
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let printed = bare(markdown);
        for (place, text, variable) in mem::take(&mut self.to_print) {
            if printed.contains(&bare(&self.set(text, set_typographically))) {
                continue;
            }
            self.whole = false;
            self.faults.push(
                Diagnostic::new(
                    Code::LostWords,
                    place,
                    "this text does not stand in the memo as it is written",
                )
                .expected("a template of the office leaves it out, or changes it")
                .help(format!("write `{variable}`, where the text is to stand")),
            );
        }
    }

    fn attached_changes(&mut self, changes: &ChangeWords) -> AttachmentView {
        self.values.insert("changes", changes);
        self.values.insert("attached", &true);
        let markdown = Some(self.template("changes.md"));
        AttachmentView { title: "Changes to the Schedule".to_owned(), markdown, href: None, file: None }
    }

    fn attached_text(&mut self, text: &AttachedText) -> AttachmentView {
        let title = self.plain(&text.title);
        let body = self.rich(&text.body);
        self.said_dates(&text.body, &body);
        let variable = "{{ attachment.body | safe }}` in `templates/attachment.md";
        self.to_print.push((text.body.place.clone(), body.clone(), variable));
        let view = AttachedTextView {
            title: &title,
            date: text.date.map(date::prose),
            revised: text.revised.as_deref(),
            to: address_lines(&text.to),
            letterhead: text.letterhead.as_deref().map(letterhead),
            body,
        };
        self.values.insert("attachment", &view);
        let markdown = Some(self.template("attachment.md"));
        self.values.remove("attachment");
        AttachmentView { title, markdown, href: None, file: None }
    }
}
