//! Which parts of a package belong to which.
//!
//! In: a package, the name of a part. Out: its [`PartRelation`]s, wherever it says that they stand. Not here: what the parts hold.

use quick_xml::{
    escape::unescape,
    events::{BytesStart, Event},
    reader::Reader,
};

use super::{Package, PackageFault};

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRelation {
    /// The name by which the part calls it.
    pub id: String,
    /// What it is, without what stands before: "styles", "worksheet", "hyperlink".
    pub kind: String,
    /// The part, by its name in the package; or an address, if it stands outside.
    pub target: String,
    /// Whether it stands outside the package.
    pub is_outside: bool,
}

impl Package<'_> {
    /// What a part refers to; of the package as a whole, without a name. Nothing, if it says nothing of that.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn relations(&mut self, of: &str) -> Result<Vec<PartRelation>, PackageFault> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let path = within(folder, &format!("_rels/{name}.rels"));
        let Some(bytes) = self.part(&path)? else { return Ok(Vec::new()) };
        read(&bytes, folder).ok_or(PackageFault::BadPart { part: path })
    }
}

/// Reads a list of relations; `None` if it is none. With a document type it is none: that could say what its names mean.
fn read(bytes: &[u8], folder: &str) -> Option<Vec<PartRelation>> {
    let mut reader = Reader::from_reader(bytes);
    let mut relations = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == b"Relationship" => {
                relations.extend(relation(&tag, folder)?);
            }
            Event::DocType(_) => return None,
            Event::Eof => return Some(relations),
            _ => {}
        }
    }
}

/// A relation; none of it, if it does not say all that it must.
fn relation(tag: &BytesStart<'_>, folder: &str) -> Option<Option<PartRelation>> {
    let [mut id, mut kind, mut target, mut is_outside] = [None, None, None, None];
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let value = unescape(str::from_utf8(&attribute.value).ok()?).ok()?.into_owned();
        match attribute.key.local_name().as_ref() {
            b"Id" => id = Some(value),
            b"Type" => kind = value.rsplit('/').next().map(str::to_owned),
            b"Target" => target = Some(value),
            b"TargetMode" => is_outside = Some(value),
            _ => {}
        }
    }
    let is_outside = is_outside.is_some_and(|mode| mode == "External");
    let (Some(id), Some(kind), Some(target)) = (id, kind, target) else { return Some(None) };
    let target = if is_outside { target } else { within(folder, &target) };
    Some(Some(PartRelation { id, kind, target, is_outside }))
}

/// The name of a part that is named from a folder of the package.
fn within(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
