//! Whether an object has the content that it is to have, without reading it where that can be.
//!
//! In: what storage lists. Out: the files that are whole. What has the tag that it was published with has its content;
//! what has another one, or none, is read. Not here: what is done about it.

use std::collections::BTreeMap;

use futures_util::stream;
use md5::{Digest as _, Md5};
use object_store::ObjectMeta;

use super::{
    PublishError, Record, by_path,
    client::{Client, all},
};
use crate::output::{OutputPath, digest};

/// Files by their paths, each with the tag of its object, if the storage gives one.
pub(super) type Tags = BTreeMap<OutputPath, Option<String>>;

/// The record's files that are there with the content that they were published with.
pub(super) async fn whole(
    client: &Client,
    record: &Record,
    objects: &BTreeMap<String, ObjectMeta>,
) -> Result<Tags, PublishError> {
    let touched = by_path(&record.touched);
    let files = record.files.iter().filter(|file| !touched.contains_key(&file.path));
    let works = files.filter_map(|file| {
        let object = objects.get(file.path.as_str()).filter(|object| object.size == file.size)?;
        let is_known = object.e_tag.is_some() && object.e_tag.as_ref() == record.tags.get(&file.path);
        Some(async move {
            if is_known {
                return Ok(Some((file.path.clone(), object.e_tag.clone())));
            }
            let read = client.get(file.path.as_str()).await?;
            let read = read.filter(|read| digest(&read.bytes) == file.sha256);
            Ok(read.map(|read| (file.path.clone(), read.tag)))
        })
    });
    Ok(all(stream::iter(works)).await?.into_iter().flatten().collect())
}

/// Whether an object holds these bytes for certain, by the tag that storage gives to what is sent in one piece.
pub(super) fn holds(object: &ObjectMeta, bytes: &[u8]) -> bool {
    use std::fmt::Write as _;
    let tag = Md5::digest(bytes).iter().fold(String::new(), |mut tag, byte| {
        let _ = write!(tag, "{byte:02x}");
        tag
    });
    object.size == bytes.len() as u64
        && object.e_tag.as_deref().is_some_and(|e_tag| e_tag.trim_matches('"') == tag)
}
