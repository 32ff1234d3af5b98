//! Comments.
//!
//! In: the part of comments, the part that says which answers which. Out: [`WordComment`]s. Not here: the passages, which the text names.

use std::collections::BTreeMap;

use super::{runs::words, text::WordComment, xml::XmlElement};

pub(super) fn read(part: Option<&XmlElement>, answers: Option<&XmlElement>) -> Vec<WordComment> {
    let mut comments = Vec::new();
    // A comment is known among answers by its last paragraph.
    let mut of_paragraph: BTreeMap<String, usize> = BTreeMap::new();
    for comment in part.into_iter().flat_map(XmlElement::elements).filter(|one| &*one.name == "w:comment") {
        let paragraphs: Vec<_> = comment.elements().filter(|one| &*one.name == "w:p").collect();
        let lines = paragraphs.iter().map(|paragraph| words(paragraph).trim().to_owned());
        let text: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        let last = paragraphs.last().and_then(|last| last.attribute("w14:paraId"));
        of_paragraph.extend(last.map(|last| (last.to_uppercase(), comments.len())));
        let attribute = |name: &str| comment.attribute(name).unwrap_or_default().trim().to_owned();
        comments.push(WordComment {
            id: attribute("w:id"),
            author: attribute("w:author"),
            at: attribute("w:date"),
            text: text.join("\n"),
            answers: None,
            is_done: false,
        });
    }
    for said in answers.into_iter().flat_map(XmlElement::elements) {
        let of =
            |name: &str| said.attribute(name).and_then(|id| of_paragraph.get(&id.to_uppercase())).copied();
        let Some(at) = of("w15:paraId") else { continue };
        comments[at].is_done = matches!(said.attribute("w15:done"), Some("1" | "true"));
        if let Some(above) = of("w15:paraIdParent").filter(|above| *above != at) {
            comments[at].answers = Some(comments[above].id.clone());
        }
    }
    comments
}
