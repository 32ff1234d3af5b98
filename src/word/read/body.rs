//! Paragraphs and tables.
//!
//! In: the trees of a file's parts. Out: [`WordText`]. Not here: running text (`runs`), what styles say (`styles`).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    comments,
    parts::WordParts,
    runs::{FieldCode, RunContext, chosen},
    styles::{Numberings, Styles, numbering, outline},
    text::{
        Author, ParagraphRole, TextRevision, Unread, WordBlock, WordCell, WordItem, WordParagraph, WordRow,
        WordTable, WordText,
    },
    xml::XmlElement,
};

/// No cell takes more columns than this.
const MOST_COLUMNS: usize = 1000;

/// Reads a file's text, with what has to be known from one paragraph to the next.
pub(super) struct BodyReader {
    pub styles: Styles,
    numberings: Numberings,
    links: BTreeMap<String, String>,
    authors: Vec<Author>,
    pub page: Option<usize>,
    pub unread: Unread,
    /// The comments that are open.
    pub open_comments: Vec<String>,
    /// The comments that have their passage.
    pub ranged_comments: BTreeSet<String>,
    /// The fields that are open, outermost first.
    pub fields: Vec<FieldCode>,
    /// The bookmarks of the paragraph.
    pub places: Vec<String>,
    /// What stands in text boxes of the paragraph.
    pub boxes: Vec<WordBlock>,
    /// The headers that sections name, in order.
    headers: Vec<String>,
}

impl BodyReader {
    pub fn read(parts: WordParts) -> WordText {
        let mut reader = BodyReader {
            styles: Styles::read(parts.styles.as_ref()),
            numberings: Numberings::read(parts.numbering.as_ref()),
            links: parts.links,
            authors: Vec::new(),
            page: has_page_breaks(&parts.document).then_some(1),
            unread: Unread::default(),
            open_comments: Vec::new(),
            ranged_comments: ranged(&parts.document),
            fields: Vec::new(),
            places: Vec::new(),
            boxes: Vec::new(),
            headers: Vec::new(),
        };
        let blocks = parts.document.child("w:body").map(|body| reader.blocks(body)).unwrap_or_default();
        reader.page = None;
        let named = std::mem::take(&mut reader.headers);
        let headers = named
            .iter()
            .filter_map(|id| parts.headers.get(id))
            .flat_map(|part| reader.blocks(part))
            .collect();
        reader.links = parts.note_links;
        let mut notes = BTreeMap::new();
        for (kind, part) in [("f", &parts.footnotes), ("e", &parts.endnotes)] {
            for note in part.iter().flat_map(XmlElement::elements) {
                // Lines that part the notes from the text.
                if note.attribute("w:type").is_some_and(|of| of != "normal") {
                    continue;
                }
                let id = format!("{kind}{}", note.attribute("w:id").unwrap_or_default());
                notes.insert(id, reader.blocks(note));
            }
        }
        let comments = comments::read(parts.comments.as_ref(), parts.answers.as_ref());
        let BodyReader { authors, unread, .. } = reader;
        WordText { blocks, headers, notes, comments, authors, unread, records: parts.records }
    }

    /// The blocks that an element holds.
    pub fn blocks(&mut self, element: &XmlElement) -> Vec<WordBlock> {
        let mut blocks = Vec::new();
        self.add(element, TextRevision::Kept, &mut blocks);
        blocks
    }

    fn add(&mut self, element: &XmlElement, fate: TextRevision, blocks: &mut Vec<WordBlock>) {
        for child in element.elements() {
            match &*child.name {
                "w:p" => {
                    let goes_on =
                        matches!(blocks.last(), Some(WordBlock::Paragraph(last)) if last.joins_next());
                    let paragraph = self.paragraph(child, fate);
                    match blocks.last_mut() {
                        Some(WordBlock::Paragraph(last)) if goes_on => last.join(paragraph),
                        _ => blocks.push(WordBlock::Paragraph(paragraph)),
                    }
                    blocks.append(&mut self.boxes);
                }
                "w:tbl" => {
                    let table = self.table(child);
                    blocks.push(WordBlock::Table(table));
                }
                "w:sdt" => {
                    child.child("w:sdtContent").into_iter().for_each(|inner| self.add(inner, fate, blocks));
                }
                "w:ins" | "w:moveTo" => {
                    let fate = TextRevision::Came(self.author(child));
                    self.add(child, fate, blocks);
                }
                "w:del" | "w:moveFrom" => {
                    let fate = TextRevision::Went(self.author(child));
                    self.add(child, fate, blocks);
                }
                "mc:AlternateContent" => self.add(chosen(child), fate, blocks),
                "w:customXml" | "w:smartTag" => self.add(child, fate, blocks),
                "w:altChunk" => self.unread.objects += 1,
                "w:sectPr" => self.section(child),
                _ => {
                    self.takes_mark(child);
                }
            }
        }
    }

    /// Takes in what begins or ends at a place without a text of its own: a bookmark, the passage of a comment. Says whether it is one.
    pub fn takes_mark(&mut self, element: &XmlElement) -> bool {
        match &*element.name {
            "w:bookmarkStart" => self.places.extend(element.attribute("w:name").map(str::to_owned)),
            "w:commentRangeStart" => {
                self.open_comments.extend(element.attribute("w:id").map(str::to_owned));
            }
            "w:commentRangeEnd" => {
                let id = element.attribute("w:id").unwrap_or_default();
                self.open_comments.retain(|open| open != id);
            }
            _ => return false,
        }
        true
    }

    fn section(&mut self, section: &XmlElement) {
        let named = section.elements().filter(|one| &*one.name == "w:headerReference");
        for id in named.filter_map(|one| one.attribute("r:id")) {
            if !self.headers.iter().any(|known| known == id) {
                self.headers.push(id.to_owned());
            }
        }
    }

    fn paragraph(&mut self, element: &XmlElement, fate: TextRevision) -> WordParagraph {
        let properties = element.child("w:pPr");
        self.unread.formats += usize::from(properties.is_some_and(|it| it.child("w:pPrChange").is_some()));
        let style = properties.and_then(|it| it.value("w:pStyle"));
        let role =
            properties.and_then(outline).map_or_else(|| self.styles.role(style), ParagraphRole::Heading);
        let item = self.item(properties, style, role);
        let page = self.page;
        let [bold, italic, hidden] = self.styles.look(style);
        // A heading's own weight is no emphasis.
        let is_heading = matches!(role, ParagraphRole::Heading(_));
        let around = RunContext {
            fate,
            bold: bold == Some(true) && !is_heading,
            italic: italic == Some(true) && !is_heading,
            link: None,
        };
        let mut runs = Vec::new();
        self.inline(element, &around, &mut runs);
        if hidden == Some(true) {
            self.unread.hidden += usize::from(!runs.is_empty());
            runs.clear();
        }
        properties.and_then(|it| it.child("w:sectPr")).into_iter().for_each(|section| self.section(section));
        let mark = properties.and_then(|it| it.child("w:rPr"));
        let went = mark.and_then(|mark| mark.child("w:del").or_else(|| mark.child("w:moveFrom")));
        let came = mark.and_then(|mark| mark.child("w:ins").or_else(|| mark.child("w:moveTo")));
        let fate = match (went, came) {
            (Some(went), _) => TextRevision::Went(self.author(went)),
            (None, Some(came)) => TextRevision::Came(self.author(came)),
            (None, None) => fate,
        };
        WordParagraph {
            id: element.attribute("w14:paraId").map(str::to_uppercase),
            places: std::mem::take(&mut self.places),
            role,
            item,
            page,
            runs,
            fate,
        }
    }

    fn item(
        &mut self,
        properties: Option<&XmlElement>,
        style: Option<&str>,
        role: ParagraphRole,
    ) -> Option<WordItem> {
        let own = properties.and_then(numbering);
        let (list, level) = own.or_else(|| self.styles.numbering(style)).filter(|(list, _)| list != "0")?;
        let marker = self.numberings.next(&list, level)?;
        // A bullet before a heading is an ornament.
        (marker.is_some() || !matches!(role, ParagraphRole::Heading(_)))
            .then_some(WordItem { level: level + 1, marker })
    }

    fn table(&mut self, element: &XmlElement) -> WordTable {
        let mut rows: Vec<WordRow> = Vec::new();
        let mut left = Vec::new();
        inner(element, "w:tr", &mut left);
        // The cell that goes on in each column: its row, and its place in it.
        let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for row in left {
            let properties = row.child("w:trPr");
            if let Some(went) = properties.and_then(|it| it.child("w:del")) {
                self.author(went);
                continue;
            }
            let came = properties.and_then(|it| it.child("w:ins"));
            let fate = came.map_or(TextRevision::Kept, |came| TextRevision::Came(self.author(came)));
            let is_head = properties.and_then(|it| it.is_on("w:tblHeader")) == Some(true);
            let mut read = WordRow { is_head, fate, cells: Vec::new() };
            let before =
                properties.and_then(|it| it.value("w:gridBefore")).and_then(|count| count.parse().ok());
            let mut column: usize = before.unwrap_or(0).min(MOST_COLUMNS);
            let mut cells = Vec::new();
            inner(row, "w:tc", &mut cells);
            for cell in cells {
                let of_cell = cell.child("w:tcPr");
                let span = of_cell.and_then(|it| it.value("w:gridSpan")).and_then(|span| span.parse().ok());
                let columns = span.unwrap_or(1).clamp(1, MOST_COLUMNS);
                let merge = of_cell.and_then(|it| it.child("w:vMerge"));
                let goes_on = merge.is_some_and(|merge| merge.attribute("w:val") != Some("restart"));
                let mut blocks = self.blocks(cell);
                let top = above.get(&column).copied().filter(|_| goes_on);
                match (merge, top) {
                    (_, Some((row, place))) => {
                        // Word keeps what stood in a cell that was merged, and does not show it.
                        if let Some(top) = rows.get_mut(row).and_then(|row| row.cells.get_mut(place)) {
                            top.rows += 1;
                        }
                        blocks.clear();
                    }
                    (Some(_), None) => drop(above.insert(column, (rows.len(), read.cells.len()))),
                    (None, None) => drop(above.remove(&column)),
                }
                read.cells.push(WordCell { blocks, columns, rows: usize::from(top.is_none()) });
                column = (column + columns).min(MOST_COLUMNS);
            }
            rows.push(read);
        }
        WordTable { rows }
    }

    /// Where a link leads.
    pub fn link(&self, id: &str) -> Option<String> {
        self.links.get(id).cloned()
    }

    /// The place of who changed something.
    pub fn author(&mut self, change: &XmlElement) -> usize {
        let author = Author { name: change.attribute("w:author").unwrap_or_default().trim().to_owned() };
        self.authors.iter().position(|known| *known == author).unwrap_or_else(|| {
            self.authors.push(author);
            self.authors.len() - 1
        })
    }
}

impl WordParagraph {
    /// Whether the end of the paragraph went, and not all of it: what is left goes on in the next.
    fn joins_next(&self) -> bool {
        !self.is_there() && self.runs.iter().any(super::text::WordRun::is_there)
    }

    /// Takes the next paragraph in, whose end is the end of both.
    fn join(&mut self, next: WordParagraph) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.extend(next.runs);
        self.places.extend(next.places);
        self.runs = runs;
        self.fate = next.fate;
    }
}

/// The elements of a name in an element, in whatever tags of other programs they stand.
fn inner<'x>(element: &'x XmlElement, name: &str, found: &mut Vec<&'x XmlElement>) {
    for child in element.elements() {
        match &*child.name {
            known if known == name => found.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => inner(child, name, found),
            _ => {}
        }
    }
}

fn has_page_breaks(element: &XmlElement) -> bool {
    element.elements().any(|child| &*child.name == "w:lastRenderedPageBreak" || has_page_breaks(child))
}

/// The comments that have a passage.
fn ranged(element: &XmlElement) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![element];
    while let Some(element) = open.pop() {
        if &*element.name == "w:commentRangeStart" {
            found.extend(element.attribute("w:id").map(str::to_owned));
        }
        open.extend(element.elements());
    }
    found
}
