//! The typeface that an office names -> the faces that PDFs are set in.
//!
//! In: font files of the working folder, or a family that is installed on this machine. Out: [`Faces`], or
//! faults at their places. Not here: what makes a font usable.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use fontdb::{Database, FaceInfo, Source, Stretch, Style};

use crate::{
    diagnostic::{Code, Diagnostic, Faults, Placed, offered},
    folder::{Disk, ReadError},
    model::Typeface,
    pdf::{Faces, Program, Unusable},
};

/// The faces of a family, by their weight and whether they are slanted.
const FACES: [(&str, u16, bool); 4] =
    [("regular", 400, false), ("bold", 700, false), ("italic", 400, true), ("bold italic", 700, true)];

/// A font of the typeface.
struct Font {
    /// What it is called in a fault, and where that is written.
    name: Placed<String>,
    file: FontFile,
    /// Which font of a collection it is, where that is known.
    index: Option<u32>,
}

/// Where a font's program is.
enum FontFile {
    /// In the working folder, by its path from there.
    Own(String),
    /// Among the fonts that are installed.
    Installed(PathBuf),
}

impl FontFile {
    fn read(&self, folder: &dyn Disk) -> Result<Vec<u8>, ReadError> {
        match self {
            FontFile::Own(path) => folder.read(path),
            FontFile::Installed(path) => Ok(fs::read(path)?),
        }
    }
}

/// The faces of the office's typeface; without one, those of the program. `None` if there was a fault.
pub(super) fn faces(typeface: Option<&Typeface>, folder: &dyn Disk, faults: &mut Faults) -> Option<Faces> {
    let fonts = match typeface {
        None => return Some(Faces::embedded()),
        Some(Typeface::Files(paths)) => paths.each_ref().map(|path| Font {
            name: path.clone(),
            file: FontFile::Own(path.value.clone()),
            index: None,
        }),
        Some(Typeface::Installed(family)) => installed(family, faults)?,
    };
    let programs = fonts.iter().filter_map(|font| match font.file.read(folder) {
        Ok(bytes) => Some(Program { bytes: bytes.into(), index: font.index }),
        Err(why) => {
            faults.push(unread(font, &why, folder));
            None
        }
    });
    let programs = programs.collect::<Vec<_>>().try_into().ok()?;
    match Faces::from_programs(programs) {
        Ok(faces) => Some(faces),
        Err(wrong) => {
            wrong.into_iter().for_each(|(face, why)| faults.push(unusable(&fonts[face], why)));
            None
        }
    }
}

/// Where the fonts of an installed family are.
fn installed(family: &Placed<String>, faults: &mut Faults) -> Option<[Font; 4]> {
    let mut known = Database::new();
    known.load_system_fonts();
    let mut fonts: Vec<(&Path, &FaceInfo)> = known.faces().filter_map(|font| on_disk(font)).collect();
    fonts.retain(|(_, font)| names(font).any(|name| name.eq_ignore_ascii_case(&family.value)));
    // A font that is installed twice is always taken from the same file.
    fonts.sort_by_key(|(file, font)| (*file, font.index));
    let fault = |message: String| Diagnostic::new(Code::UnknownTypeface, family.place.clone(), message);
    if fonts.is_empty() {
        let names: BTreeSet<&str> = known.faces().flat_map(names).collect();
        faults.push(
            fault(format!("the typeface `{}` is not installed", family.value))
                .expected("the name of a typeface on this machine is expected")
                .help(offered(&family.value, names)),
        );
        return None;
    }
    let found = FACES.map(|(face, weight, slanted)| {
        let font = fonts.iter().find(|(_, font)| {
            font.weight.0 == weight
                && (font.style != Style::Normal) == slanted
                && font.stretch == Stretch::Normal
        });
        let (file, font) = font.ok_or(face)?;
        let name = Placed { value: format!("{}, {face},", family.value), place: family.place.clone() };
        Ok(Font { name, file: FontFile::Installed((*file).to_owned()), index: Some(font.index) })
    });
    let missing: Vec<&str> = found.iter().filter_map(|font| font.as_ref().err().copied()).collect();
    let found: Vec<Font> = found.into_iter().flatten().collect();
    found
        .try_into()
        .map_err(|_| {
            faults.push(
                fault(format!(
                    "the typeface `{}` has no face that is {}",
                    family.value,
                    missing.join(", or ")
                ))
                .expected("memos are set in regular, bold, italic and bold italic")
                .help("name another, or a file for each face; one file can stand for two"),
            );
        })
        .ok()
}

fn names(font: &FaceInfo) -> impl Iterator<Item = &str> {
    font.families.iter().map(|(name, _)| name.as_str())
}

fn on_disk(font: &FaceInfo) -> Option<(&Path, &FaceInfo)> {
    match &font.source {
        Source::File(file) => Some((file, font)),
        _ => None,
    }
}

/// Why a font's file could not be read.
fn unread(font: &Font, why: &ReadError, folder: &dyn Disk) -> Diagnostic {
    let Placed { value: name, place } = font.name.clone();
    let path = match (&font.file, why) {
        (FontFile::Own(path), ReadError::Missing) => path,
        _ => {
            return Diagnostic::new(Code::UnreadableFile, place, format!("{name} cannot be read: {why}"))
                .help("look at who may read it");
        }
    };
    let (beside, missing) = path.rsplit_once('/').unwrap_or(("", path));
    let beside: BTreeSet<String> =
        folder.list(beside).into_iter().flatten().map(|entry| entry.name).collect();
    Diagnostic::new(Code::MissingFile, place, format!("there is no file {name}"))
        .expected("the path of a font file in memos/ is expected")
        .help(offered(missing, beside.iter().map(String::as_str)))
}

fn unusable(font: &Font, why: Unusable) -> Diagnostic {
    let help = match why {
        Unusable::NotAFont => "copy the file anew from where the typeface came from",
        Unusable::Collection => "name the typeface if it is installed, or a .ttf file for each face",
        Unusable::Variable => "take the static fonts of the typeface: a .ttf file for each face",
        Unusable::PostScript => "take the typeface in its TrueType form: a .ttf file for each face",
        Unusable::Forbidden => "take another typeface, or ask its maker for a license to embed it",
    };
    Diagnostic::new(Code::UnusableFont, font.name.place.clone(), format!("{} {why}", font.name.value))
        .expected("a TrueType font (.ttf) that may be embedded is expected")
        .help(help)
}
