//! A PDF read back as a reader sees it: stretches of glyphs with their places, and links.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Object};

use super::letters;

/// A stretch of glyphs as a reader sees it.
pub struct Shown {
    pub page: usize,
    pub text: String,
    /// Left, right and baseline, in points from the lower left corner.
    pub left: f32,
    pub right: f32,
    pub y: f32,
    /// Left and right of each word.
    pub words: Vec<(f32, f32)>,
    /// Of the letters, and how far they are raised above the baseline.
    pub size: f32,
    pub rise: f32,
    pub artifact: bool,
    /// Of what kind an artifact is: "Header", "Watermark", or nothing.
    pub subtype: String,
    /// The number of the marked sequence on the page, if it belongs to the document.
    pub sequence: Option<i64>,
}

/// A straight line as a reader sees it.
pub struct Ruled {
    pub page: usize,
    /// Left, right and height, in points from the lower left corner.
    pub left: f32,
    pub right: f32,
    pub y: f32,
    pub dotted: bool,
    pub artifact: bool,
}

/// A line down a page.
pub struct Upright {
    pub page: usize,
    pub x: f32,
    pub bottom: f32,
    pub top: f32,
}

pub struct Pdf {
    pub file: lopdf::Document,
    pub shown: Vec<Shown>,
    pub ruled: Vec<Ruled>,
    pub uprights: Vec<Upright>,
    /// Width and height of each page.
    pub sizes: Vec<(f32, f32)>,
}

impl Pdf {
    pub fn read(bytes: &[u8]) -> Pdf {
        let file = lopdf::Document::load_mem(bytes).expect("a PDF");
        let pages: Vec<_> = file.page_iter().collect();
        let (mut shown, mut ruled, mut uprights) = (Vec::new(), Vec::new(), Vec::new());
        let mut sizes = Vec::new();
        for (page, &id) in pages.iter().enumerate() {
            let fonts = file.get_page_fonts(id).expect("fonts");
            let fonts = fonts.into_iter().map(|(name, font)| (name, Font::read(&file, font))).collect();
            let content = Content::decode(&file.get_page_content(id)).expect("operations");
            shown.extend(read_page(page, &content, &fonts));
            read_rules(page, &content, &mut ruled, &mut uprights);
            let paper = file.get_dictionary(id).and_then(|page| page.get(b"MediaBox")).expect("a size");
            let paper = paper.as_array().expect("four numbers");
            sizes.push((number(&paper[2]), number(&paper[3])));
        }
        Pdf { file, shown, ruled, uprights, sizes }
    }

    pub fn pages(&self) -> usize {
        self.file.get_pages().len()
    }

    /// The document's own text, without white space.
    pub fn text(&self) -> String {
        letters(
            &self.shown.iter().filter(|run| !run.artifact).map(|run| run.text.as_str()).collect::<String>(),
        )
    }

    /// The document's own text, page by page, each line as it is drawn.
    pub fn page_texts(&self) -> Vec<String> {
        let mut pages = vec![String::new(); self.pages()];
        let own: Vec<_> = self.shown.iter().filter(|run| !run.artifact).collect();
        for line in own.chunk_by(|a, b| a.page == b.page && a.y == b.y) {
            let page = &mut pages[line[0].page];
            line.iter().for_each(|run| page.push_str(&run.text));
            page.push('\n');
        }
        pages
    }

    /// The lines of a page, from its top, without white space.
    pub fn lines(&self, page: usize, artifact: bool) -> Vec<String> {
        let mut lines: BTreeMap<i32, String> = BTreeMap::new();
        for run in self.shown.iter().filter(|run| run.page == page && run.artifact == artifact) {
            lines.entry((-run.y * 10.0) as i32).or_default().push_str(&letters(&run.text));
        }
        lines.into_values().collect()
    }

    pub fn links(&self) -> Vec<&Dictionary> {
        let pages = self.file.page_iter();
        pages.flat_map(|page| self.file.get_page_annotations(page).expect("annotations")).collect()
    }
}

struct Font {
    text: BTreeMap<u16, String>,
    widths: Vec<f32>,
}

impl Font {
    fn read(file: &lopdf::Document, font: &Dictionary) -> Font {
        let map = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream).expect("a Unicode map");
        let map = String::from_utf8(map.get_plain_content().expect("plain")).expect("text");
        let hex = |digits: &str| digits.trim_matches(['<', '>']).to_owned();
        let pairs = map.lines().filter_map(|line| line.split_once(' ')).filter(|(code, text)| {
            code.len() == 6 && code.starts_with('<') && text.starts_with('<') && !text.contains(' ')
        });
        let text = pairs.map(|(code, text)| {
            let text = hex(text);
            let units = (0..text.len()).step_by(4).map(|i| u16::from_str_radix(&text[i..i + 4], 16));
            let units: Vec<u16> = units.map(|unit| unit.expect("four digits")).collect();
            let code = u16::from_str_radix(&hex(code), 16).expect("four digits");
            (code, String::from_utf16(&units).expect("Unicode"))
        });
        let descendant = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array).expect("one");
        let widths = descendant[0].as_dict().and_then(|font| font.get(b"W")).and_then(Object::as_array);
        let widths = widths.expect("widths")[1].as_array().expect("a list");
        Font { text: text.collect(), widths: widths.iter().map(number).collect() }
    }
}

fn number(object: &Object) -> f32 {
    object.as_float().expect("a number")
}

/// Where marked content stands: nowhere, in an artifact, in a sequence of the document.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Artifact,
    Sequence(i64),
}

impl Within {
    fn begin(operands: &[Object]) -> Within {
        if operands[0].as_name().expect("a name") == b"Artifact" {
            return Within::Artifact;
        }
        let properties = operands[1].as_dict().expect("properties");
        Within::Sequence(properties.get(b"MCID").and_then(Object::as_i64).expect("a number"))
    }

    fn sequence(self) -> Option<i64> {
        match self {
            Within::Sequence(number) => Some(number),
            _ => None,
        }
    }
}

fn read_page(page: usize, content: &Content, fonts: &BTreeMap<Vec<u8>, Font>) -> Vec<Shown> {
    let mut shown = Vec::new();
    let (mut x, mut y, mut size, mut rise, mut font) = (0.0, 0.0, 0.0, 0.0, None);
    let mut within = Within::Nothing;
    let mut subtype = String::new();
    for op in &content.operations {
        let operands = &op.operands;
        match op.operator.as_str() {
            "BMC" | "BDC" => {
                assert!(within == Within::Nothing, "marked content stands in marked content");
                within = Within::begin(operands);
                let kind = operands.get(1).and_then(|about| about.as_dict().ok()?.get(b"Subtype").ok());
                let kind = kind.map_or(&b""[..], |kind| kind.as_name().expect("a name"));
                subtype = String::from_utf8_lossy(kind).into_owned();
            }
            "EMC" => within = Within::Nothing,
            "Td" => (x, y) = (number(&operands[0]), number(&operands[1])),
            "Tm" => (x, y) = (number(&operands[4]), number(&operands[5])),
            "Ts" => rise = number(&operands[0]),
            "Tf" => {
                font = fonts.get(operands[0].as_name().expect("a name"));
                size = number(&operands[1]);
            }
            "TJ" | "Tj" => {
                let font = font.expect("a font");
                let (left, mut text, mut words) = (x, String::new(), vec![None]);
                for item in operands[0].as_array().unwrap_or(operands) {
                    let Object::String(bytes, _) = item else {
                        x -= number(item) * size / 1000.0;
                        continue;
                    };
                    for code in bytes.chunks(2) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        assert_ne!(code, 0, "a missing glyph was drawn");
                        let letters = font.text.get(&code).map_or("", String::as_str);
                        text.push_str(letters);
                        let from = x;
                        x += font.widths[usize::from(code)] * size / 1000.0;
                        match words.last_mut() {
                            _ if letters.ends_with([' ', '\u{a0}']) => words.push(None),
                            Some(Some((_, right))) => *right = x,
                            Some(word) => *word = Some((from, x)),
                            None => {}
                        }
                    }
                }
                assert!(within != Within::Nothing, "{text:?} is neither tagged nor an artifact");
                let (artifact, sequence) = (within == Within::Artifact, within.sequence());
                let (words, subtype) = (words.into_iter().flatten().collect(), subtype.clone());
                let right = x;
                shown.push(Shown {
                    page,
                    text,
                    left,
                    right,
                    y,
                    words,
                    size,
                    rise,
                    artifact,
                    subtype,
                    sequence,
                });
            }
            _ => {}
        }
    }
    shown
}

/// The lines across a page, and those down it.
fn read_rules(page: usize, content: &Content, ruled: &mut Vec<Ruled>, uprights: &mut Vec<Upright>) {
    let (mut from, mut artifact, mut dotted) = ((0.0, 0.0), false, false);
    for op in &content.operations {
        let operands = &op.operands;
        let place = || (number(&operands[0]), number(&operands[1]));
        match op.operator.as_str() {
            "BMC" | "BDC" => artifact = Within::begin(operands) == Within::Artifact,
            "EMC" => artifact = false,
            "d" => dotted = !operands[0].as_array().expect("a list").is_empty(),
            "m" => from = place(),
            "l" => {
                let ((left, top), (right, y)) = (from, place());
                if right > left {
                    ruled.push(Ruled { page, left, right, y, dotted, artifact });
                } else if top > y {
                    uprights.push(Upright { page, x: left, bottom: y, top });
                }
            }
            _ => {}
        }
    }
}
