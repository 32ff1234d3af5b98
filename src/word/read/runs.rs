//! The running text of a paragraph.
//!
//! In: what a `w:p` holds. Out: [`WordRun`]s: what was inserted and what was deleted, each with who did so; links, notes, comments. Not here:
//! what the paragraph is.

use super::{
    body::BodyReader,
    text::{RunLook, TextRevision, VerticalShift, WordPiece, WordRun},
    xml::{XmlElement, XmlNode},
};

/// What stands around a run.
#[derive(Clone, Default)]
pub(super) struct RunContext {
    pub link: Option<String>,
    pub fate: TextRevision,
    /// Bold and italic, as the paragraph's style has them.
    pub bold: bool,
    pub italic: bool,
}

/// A field: what Word works out, with the text that it had last.
pub(super) struct FieldCode {
    code: String,
    /// What follows is its text.
    is_result: bool,
}

impl BodyReader {
    /// Reads what an element holds.
    pub(super) fn inline(&mut self, element: &XmlElement, around: &RunContext, runs: &mut Vec<WordRun>) {
        for child in element.elements() {
            match &*child.name {
                "w:r" => self.run(child, around, runs),
                "w:ins" | "w:moveTo" => {
                    let fate = if matches!(around.fate, TextRevision::Went(_)) {
                        around.fate
                    } else {
                        TextRevision::Came(self.author(child))
                    };
                    self.inline(child, &RunContext { fate, ..around.clone() }, runs);
                }
                "w:del" | "w:moveFrom" => {
                    let fate = TextRevision::Went(self.author(child));
                    self.inline(child, &RunContext { fate, ..around.clone() }, runs);
                }
                "w:hyperlink" => {
                    let link =
                        child.attribute("r:id").and_then(|id| self.link(id)).or_else(|| around.link.clone());
                    self.inline(child, &RunContext { link, ..around.clone() }, runs);
                }
                "w:fldSimple" => {
                    let code = child.attribute("w:instr").unwrap_or_default();
                    let link = leads_to(code).or_else(|| around.link.clone());
                    self.inline(child, &RunContext { link, ..around.clone() }, runs);
                }
                "w:sdt" => {
                    let is_empty =
                        child.child("w:sdtPr").is_some_and(|it| it.is_on("w:showingPlcHdr") == Some(true));
                    self.unread.fields += usize::from(is_empty);
                    child
                        .child("w:sdtContent")
                        .into_iter()
                        .for_each(|inner| self.inline(inner, around, runs));
                }
                _ if self.takes_mark(child) => {}
                "m:oMath" | "m:oMathPara" => {
                    self.unread.formulas += 1;
                    let text = words(child);
                    self.put(WordPiece::Text(text), RunLook::default(), around, runs);
                }
                "mc:AlternateContent" => self.inline(chosen(child), around, runs),
                "w:pPr" | "w:rPr" => {}
                // Tags of other programs, directions of writing and the like.
                _ => self.inline(child, around, runs),
            }
        }
    }

    fn run(&mut self, run: &XmlElement, around: &RunContext, runs: &mut Vec<WordRun>) {
        let properties = run.child("w:rPr");
        self.unread.formats += usize::from(properties.is_some_and(|it| it.child("w:rPrChange").is_some()));
        let style = properties.and_then(|it| it.value("w:rStyle"));
        let [bold, italic, hidden] = style.map_or([None; 3], |style| self.styles.look(Some(style)));
        let on = |name: &str| properties.and_then(|it| it.is_on(name));
        if on("w:vanish").or(hidden).unwrap_or_default() {
            self.unread.hidden += usize::from(!words(run).trim().is_empty());
            return;
        }
        let raised = match properties.and_then(|it| it.value("w:vertAlign")) {
            Some("superscript") => Some(VerticalShift::Up),
            Some("subscript") => Some(VerticalShift::Down),
            _ => None,
        };
        let look = RunLook {
            bold: on("w:b").or(bold).unwrap_or(around.bold),
            italic: on("w:i").or(italic).unwrap_or(around.italic),
            struck: on("w:strike") == Some(true) || on("w:dstrike") == Some(true),
            raised,
        };
        self.pieces(run, look, around, runs);
    }

    fn pieces(&mut self, run: &XmlElement, look: RunLook, around: &RunContext, runs: &mut Vec<WordRun>) {
        for piece in run.elements() {
            match &*piece.name {
                "w:t" | "w:delText" => self.put(WordPiece::Text(piece.text()), look, around, runs),
                "w:tab" | "w:ptab" => self.put(WordPiece::Text("\t".to_owned()), look, around, runs),
                "w:noBreakHyphen" => self.put(WordPiece::Text("-".to_owned()), look, around, runs),
                "w:br" if matches!(piece.attribute("w:type"), Some("page" | "column")) => {}
                "w:br" | "w:cr" => self.put(WordPiece::Break, look, around, runs),
                "w:sym" => self.symbol(piece, look, around, runs),
                "w:lastRenderedPageBreak" => self.page = Some(self.page.unwrap_or(1) + 1),
                "w:footnoteReference" => self.note('f', piece, look, around, runs),
                "w:endnoteReference" => self.note('e', piece, look, around, runs),
                "w:commentReference" => self.comment_here(piece, runs),
                "w:fldChar" => self.field(piece),
                "w:instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.is_result) {
                        field.code.push_str(&piece.text());
                    }
                }
                "w:drawing" | "w:pict" => self.drawing(piece),
                "w:object" => self.unread.objects += 1,
                "mc:AlternateContent" => self.pieces(chosen(piece), look, around, runs),
                "w:ruby" => {
                    piece.child("w:rubyBase").into_iter().for_each(|base| self.inline(base, around, runs));
                }
                _ => {}
            }
        }
    }

    fn put(&mut self, piece: WordPiece, look: RunLook, around: &RunContext, runs: &mut Vec<WordRun>) {
        // What a field is worked out from is no text.
        if self.fields.iter().any(|field| !field.is_result) || piece == WordPiece::Text(String::new()) {
            return;
        }
        let of_field = || self.fields.iter().rev().find_map(|field| leads_to(&field.code));
        let link = around.link.clone().or_else(of_field);
        let comments = self.open_comments.clone();
        runs.push(WordRun { piece, look, link, fate: around.fate, comments });
    }

    fn symbol(&mut self, piece: &XmlElement, look: RunLook, around: &RunContext, runs: &mut Vec<WordRun>) {
        let code = piece.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let Some(sign) = code.and_then(char::from_u32) else { return };
        let typeface = piece.attribute("w:font").unwrap_or_default().to_owned();
        self.put(WordPiece::Symbol(typeface, sign), look, around, runs);
    }

    fn note(
        &mut self,
        kind: char,
        piece: &XmlElement,
        look: RunLook,
        around: &RunContext,
        runs: &mut Vec<WordRun>,
    ) {
        let id = piece.attribute("w:id").unwrap_or_default();
        self.put(WordPiece::Note(format!("{kind}{id}")), look, around, runs);
    }

    /// A comment without a passage is on the words before it.
    fn comment_here(&mut self, piece: &XmlElement, runs: &mut [WordRun]) {
        let Some(id) = piece.attribute("w:id").map(str::to_owned) else { return };
        if self.ranged_comments.insert(id.clone())
            && let Some(last) = runs.last_mut().filter(|last| !last.comments.contains(&id))
        {
            last.comments.push(id);
        }
    }

    fn field(&mut self, piece: &XmlElement) {
        match piece.attribute("w:fldCharType") {
            Some("begin") => {
                let has_form = piece.child("w:ffData").is_some();
                self.unread.fields += usize::from(has_form);
                self.fields.push(FieldCode { code: String::new(), is_result: false });
            }
            Some("separate") => {
                self.fields.iter_mut().last().into_iter().for_each(|field| field.is_result = true);
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// A drawing: what is written in it stands in text boxes.
    fn drawing(&mut self, drawing: &XmlElement) {
        let mut boxes = Vec::new();
        find_boxes(drawing, &mut boxes);
        self.unread.pictures += usize::from(boxes.is_empty());
        for text in boxes {
            self.unread.boxes += 1;
            let outer = (std::mem::take(&mut self.fields), std::mem::take(&mut self.places));
            let blocks = self.blocks(text);
            (self.fields, self.places) = outer;
            self.boxes.extend(blocks);
        }
    }
}

fn find_boxes<'x>(element: &'x XmlElement, found: &mut Vec<&'x XmlElement>) {
    for child in element.elements() {
        match &*child.name {
            "w:txbxContent" => found.push(child),
            "mc:AlternateContent" => find_boxes(chosen(child), found),
            _ => find_boxes(child, found),
        }
    }
}

/// Of forms of the same, the first: the others are for programs that do not know it.
pub(super) fn chosen(element: &XmlElement) -> &XmlElement {
    element.child("mc:Choice").or_else(|| element.child("mc:Fallback")).unwrap_or(element)
}

/// All words in an element.
pub(super) fn words(element: &XmlElement) -> String {
    let texts = element.children.iter().map(|child| match child {
        XmlNode::Text(text) => text.clone(),
        XmlNode::Element(inner) => words(inner),
    });
    texts.collect()
}

/// Where a field leads: `HYPERLINK "https://sos.ca.gov"`.
fn leads_to(code: &str) -> Option<String> {
    let rest = code.trim().strip_prefix("HYPERLINK")?.trim_start();
    let (address, _) = rest.strip_prefix('"')?.split_once('"')?;
    Some(address.to_owned())
}
