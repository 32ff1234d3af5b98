//! How the office's PDFs look, as far as an office chooses it.
//!
//! In: what stands in `theme`. Out: points and colours. Not here: what else follows from them, which
//! `pdf` knows.

use std::str::FromStr;

use crate::diagnostic::Placed;

/// The look of PDFs. [`Look::default`] is that of an office that says nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The size of a page.
    pub page: Paper,
    /// On all four sides, in points.
    pub margin: f32,
    /// Of the text, in points: headings, cells, notes and gaps are in proportion to it.
    pub size: f32,
    /// Links.
    pub links: Color,
    /// The rules of tables, and the lines to write on.
    pub rules: Color,
    /// Behind the heads of tables.
    pub shade: Color,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            page: Paper::Letter,
            margin: 72.0,
            size: 10.5,
            links: Color(11, 61, 120),
            rules: Color(70, 70, 70),
            shade: Color(230, 230, 230),
        }
    }
}

/// Where the typeface of PDFs comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typeface {
    /// A family that is installed on the machine, by its name.
    Installed(Placed<String>),
    /// Font files by their paths from the working folder: regular, bold, italic, bold italic.
    Files([Placed<String>; 4]),
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 by 11 inches.
    Letter,
    /// 8.5 by 14 inches.
    Legal,
    /// 210 by 297 millimetres.
    A4,
}

impl Paper {
    /// Every size there is, with its name.
    pub const ALL: [(&str, Paper); 3] =
        [("letter", Paper::Letter), ("legal", Paper::Legal), ("a4", Paper::A4)];

    /// Width and height, in points.
    pub fn size(self) -> (f32, f32) {
        match self {
            Paper::Letter => (612.0, 792.0),
            Paper::Legal => (612.0, 1008.0),
            Paper::A4 => (595.28, 841.89),
        }
    }
}

/// A length in points, from a number with its unit.
///
/// ```
/// use ccrov::model::points;
/// assert_eq!(points("1.25 in"), Some(90.0));
/// assert_eq!(points("25.4mm"), Some(72.0));
/// assert_eq!(points("72"), None);
/// ```
pub fn points(text: &str) -> Option<f32> {
    let units = [("in", 72.0), ("pt", 1.0), ("mm", 72.0 / 25.4), ("cm", 72.0 / 2.54)];
    let (number, unit) = units.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
    number.trim_end().parse().ok().map(|number: f32| number * unit).filter(|points| points.is_finite())
}

/// A colour, as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

/// Text that is no [`Color`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAColor;

impl Color {
    /// The colour of text.
    pub const BLACK: Color = Color(0, 0, 0);
    /// The colour of paper.
    pub const WHITE: Color = Color(255, 255, 255);

    /// How well one colour is told from the other: from 1 (not at all) to 21 (black on white).
    ///
    /// This is the contrast ratio of the Web Content Accessibility Guidelines 2.2, section 6.
    ///
    /// ```
    /// use ccrov::model::Color;
    /// assert_eq!(Color::BLACK.contrast(Color::WHITE), 21.0);
    /// let gray: Color = "#777777".parse().unwrap();
    /// assert!((gray.contrast(Color::WHITE) - 4.48).abs() < 0.005);
    /// ```
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The relative luminance of the same guidelines.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl FromStr for Color {
    type Err = NotAColor;

    /// Reads `#0b3d78`.
    ///
    /// # Errors
    /// [`NotAColor`].
    fn from_str(text: &str) -> Result<Self, NotAColor> {
        let hex = |digits: &&str| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let digits = text.strip_prefix('#').filter(hex).ok_or(NotAColor)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColor)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Color(red, green, blue))
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}
