//! The bytes of a picture -> what is drawn of it.
//!
//! In: the bytes of a PNG or an SVG. Out: [`Picture`], pixels or filled outlines, or the [`PictureFault`] that
//! says what is wrong with the file. Not here: where a picture stands, how a PDF holds it.

mod png;
mod raster;
mod svg;

use std::fmt;

/// A picture in its natural size. Lengths are points, from its upper left corner to the right and down.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// From its left edge to its right.
    pub width: f32,
    /// From its top to its bottom.
    pub height: f32,
    /// What it shows.
    pub content: Content,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Of a PNG.
    Pixels(Pixels),
    /// Of an SVG: each drawn upon those before it.
    Shapes(Vec<FilledArea>),
}

/// Pixels, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// How many stand side by side.
    pub columns: u32,
    /// How many rows there are.
    pub rows: u32,
    /// Red, green and blue of each.
    pub rgb: Vec<u8>,
    /// How much of each hides what is below it: 0 nothing, 255 all. `None` if all do.
    pub alpha: Option<Vec<u8>>,
}

/// An area of one color. A line of an SVG is the area that its pen covers.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledArea {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// What is inside of two outlines is outside again, whichever way they turn.
    pub even_odd: bool,
    /// The outlines.
    pub outline: Vec<Segment>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// An outline begins.
    Move([f32; 2]),
    /// A straight line leads on.
    Line([f32; 2]),
    /// A Bézier curve leads on: its two handles and its end.
    Curve([[f32; 2]; 3]),
    /// A straight line leads back to where the outline began.
    Close,
}

/// Why a picture cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureFault {
    /// It is neither a PNG nor an SVG.
    Unknown,
    /// Its file is too large for one that every PDF holds.
    TooLarge {
        /// Bytes.
        size: usize,
    },
    /// A PNG with more pixels than anybody sees.
    TooManyPixels {
        /// How many stand side by side.
        columns: u32,
        /// How many rows there are.
        rows: u32,
    },
    /// An SVG with more curves than anybody sees.
    TooManyCurves,
    /// An SVG with more rules of style, or with more attributes in one tag, than any program writes.
    TooManyRules,
    /// It does not hold what such a file must.
    Broken {
        /// What the file should be: "PNG".
        kind: &'static str,
        /// What its reader found.
        why: String,
    },
    /// An SVG that does not say how wide and high it is.
    NoSize,
    /// It shows nothing.
    Empty,
    /// Something in an SVG that is not drawn, and would be lost.
    NotDrawn {
        /// "a gradient".
        what: &'static str,
    },
}

/// A file beyond this would make every PDF too large, in bytes.
const LARGEST: usize = 1_000_000;

impl Picture {
    /// Reads a PNG or an SVG, whichever it is.
    ///
    /// # Errors
    /// The first [`PictureFault`] of the file: a picture is drawn whole or not at all.
    ///
    /// ```
    /// use ccrov::picture::{Content, Picture, PictureFault};
    /// let square = |color| format!(
    ///     r#"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><path fill="{color}" d="M0 0h9v9z"/></svg>"#
    /// );
    /// let picture = Picture::read(square("navy").as_bytes()).unwrap();
    /// assert_eq!((picture.width, picture.height), (72.0, 36.0));
    /// let Content::Shapes(shapes) = picture.content else { unreachable!() };
    /// assert_eq!(shapes[0].rgb, [0, 0, 128]);
    ///
    /// assert_eq!(Picture::read(b"GIF89a"), Err(PictureFault::Unknown));
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Picture, PictureFault> {
        if bytes.len() > LARGEST {
            return Err(PictureFault::TooLarge { size: bytes.len() });
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return png::read(bytes);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains("<svg") || text.contains(":svg") => svg::read(text),
            _ => Err(PictureFault::Unknown),
        }
    }
}

impl PictureFault {
    /// What to do about it, as a phrase without a full stop.
    pub fn help(&self) -> &'static str {
        match self {
            PictureFault::Unknown => {
                "save it as PNG or as SVG with another program; renaming it is not enough"
            }
            PictureFault::TooLarge { .. } => "save it smaller, as PNG: 600 pixels in height are plenty",
            PictureFault::TooManyPixels { .. } => "save it smaller: 600 pixels in height are plenty",
            PictureFault::TooManyCurves | PictureFault::TooManyRules => {
                "save it with fewer details, or as PNG"
            }
            PictureFault::Broken { .. } => "open it in the program that made it, and save it again",
            PictureFault::NoSize => "let its first tag say `viewBox`, or save it again with another program",
            PictureFault::Empty => "look at it in another program, and save what it should show",
            PictureFault::NotDrawn { .. } => "save it with plain colours and text as paths, or as PNG",
        }
    }
}

impl fmt::Display for PictureFault {
    /// What is wrong, as the end of a sentence that begins with the file's name: "holds a gradient".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureFault::Unknown => write!(f, "is neither a PNG nor an SVG"),
            PictureFault::TooLarge { size } => write!(f, "has {} KB", size.div_ceil(1000)),
            PictureFault::TooManyPixels { columns, rows } => write!(f, "has {columns} times {rows} pixels"),
            PictureFault::TooManyCurves => write!(f, "has too many lines and curves"),
            PictureFault::TooManyRules => write!(f, "has too many rules of style or attributes"),
            PictureFault::Broken { kind, why } => write!(f, "cannot be read as {kind}: {why}"),
            PictureFault::NoSize => write!(f, "does not say how wide and high it is"),
            PictureFault::Empty => write!(f, "shows nothing"),
            PictureFault::NotDrawn { what } => write!(f, "holds {what}"),
        }
    }
}
