//! Targets that cannot be replaced as a whole: where a drive or share is mounted, or beside which nothing may be made.
//!
//! In: a target. Out: why not, and what to type. It is asked before anything is written. Not here: whether its files may be
//! read.

use std::path::Path;

/// Why another folder cannot take a target's place, if that can be told.
pub(super) fn why(target: &Path) -> Option<String> {
    let inner = || target.join("memos");
    if is_mount_point(target) {
        return Some(format!(
            "a drive or share begins there, which cannot be replaced as a whole; name a folder in it: `ccrov publish {}`",
            inner().display()
        ));
    }
    let parent = target.parent()?;
    if may_write(parent) {
        return None;
    }
    let instead = match target.is_dir() {
        true => format!("name a folder in it: `ccrov publish {}`", inner().display()),
        false => "name another folder".to_owned(),
    };
    Some(format!(
        "the new site is made beside it, and you may not write in {}; {instead}, or ask who may write there",
        parent.display()
    ))
}

#[cfg(target_os = "linux")]
fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let root = |found: rustix::fs::Statx| {
        found.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT)
            && found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
    };
    statx(CWD, folder, AtFlags::empty(), StatxFlags::BASIC_STATS).is_ok_and(root)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| path.metadata().map(|found| found.dev()).ok();
    let parent = folder.parent().and_then(device);
    parent.is_some() && device(folder).is_some_and(|device| Some(device) != parent)
}

#[cfg(not(unix))]
fn is_mount_point(folder: &Path) -> bool {
    // A drive's letter alone.
    folder.parent().is_none()
}

#[cfg(unix)]
fn may_write(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    // What cannot be told is found out when it is written.
    !matches!(access(folder, Access::WRITE_OK), Err(rustix::io::Errno::ACCESS | rustix::io::Errno::ROFS))
}

#[cfg(not(unix))]
fn may_write(_: &Path) -> bool {
    true
}
