//! A publication to a folder is killed at each of its steps, and two publish at a time.

#[path = "../publish/site.rs"]
pub mod site;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, mpsc},
};

use crate::common::{Folder, disk::Full, files};
use ccrov::publish::{self, Destination as _, PublishError};
use site::{FIRST, SECOND, Site, THIRD, Way, found, go, wanted};

fn open(folder: &Folder) -> Result<publish::Folder, PublishError> {
    publish::Folder::open(&folder.path().join("www"), Path::new("/nowhere"))
}

fn through(folder: &Folder, way: Way, system: Full) -> (Result<(), PublishError>, usize) {
    let system = Arc::new(system);
    let done = open(folder).and_then(|place| go(place.through(system.clone()), way));
    (done, system.steps())
}

fn all() -> Full {
    Full::after(usize::MAX)
}

/// What a visitor finds.
fn visible(folder: &Folder) -> BTreeMap<String, String> {
    let names = files(&folder.path().join("www")).into_iter().filter(|name| !name.starts_with("_ccrov/"));
    names.map(|name| (name.clone(), folder.read(&format!("www/{name}")))).collect()
}

/// The target and what stands beside it, and what is in the target's own folder.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.extend(files(&folder.path().join("www/_ccrov")));
    names.sort();
    names
}

/// A target after some runs, and what a visitor finds there.
fn after(ways: &[Way]) -> Folder {
    let folder = Folder::empty();
    folder.file("www/robots.txt", "theirs");
    ways.iter().for_each(|way| through(&folder, *way, all()).0.unwrap());
    folder
}

/// Kills a run at each of its steps, then lets another one finish or undo it.
fn kills(before: &[Way], killed: Way, new: Site, can_exchange: bool) {
    let start = after(before);
    let old = visible(&start);
    let system = |system: Full| if can_exchange { system } else { system.without_exchange() };
    let again = || Folder::copy(start.path(), ".");
    let (done, steps) = through(&again(), killed, system(Full::killed_after(usize::MAX)));
    done.unwrap();
    assert!(steps > 20, "{steps}");
    for stop in 0..steps {
        let case = format!("{killed:?} after {before:?}, {can_exchange}, killed at step {stop}");
        let [published, undone] = [again(), again()].map(|folder| {
            // A lock is removed last of all: then all is done.
            let is_done = through(&folder, killed, system(Full::killed_after(stop))).0.is_ok();
            assert!(!is_done || stop + 2 > steps, "{case}");
            folder
        });
        let seen = visible(&published);
        assert!(seen == found(new) || seen == old || !can_exchange && seen.is_empty(), "{case}: {seen:?}");

        through(&published, Way::Publish(THIRD), system(all()))
            .0
            .unwrap_or_else(|why| panic!("{case}: {why}"));
        assert_eq!(visible(&published), found(THIRD), "{case}");
        assert_eq!(names(&published), ["published.json", "www", "www.ccrov-before"], "{case}");

        let is_left = undone.has("www.ccrov-next") || undone.has("www.ccrov-before");
        let is_begun = match killed {
            Way::Publish(_) => undone.has("www.ccrov-next") || visible(&undone) != old,
            Way::Undo => is_left || visible(&undone) != found(new),
        };
        if !is_begun {
            continue;
        }
        through(&undone, Way::Undo, system(all())).0.unwrap_or_else(|why| panic!("{case}: {why}"));
        let is_left = undone.has("www.ccrov-next") || undone.has("www.ccrov-old");
        assert!(!is_left && !undone.has("www.ccrov-lock"), "{case}: {:?}", names(&undone));
        match killed {
            // Only the run that was killed is taken back.
            Way::Publish(_) => assert_eq!(visible(&undone), old, "{case}"),
            // Before it had begun, it is begun anew.
            Way::Undo if visible(&undone) == old => {
                through(&undone, Way::Undo, system(all())).0.unwrap();
                assert_eq!(visible(&undone), found(new), "{case}");
            }
            Way::Undo => assert_eq!(visible(&undone), found(new), "{case}"),
        }
    }
}

#[test]
fn a_first_publication_is_finished_or_undone_after_a_kill_at_any_step() {
    kills(&[], Way::Publish(FIRST), FIRST, true);
    kills(&[], Way::Publish(FIRST), FIRST, false);
}

#[test]
fn a_later_publication_is_finished_or_undone_after_a_kill_at_any_step() {
    kills(&[Way::Publish(THIRD), Way::Publish(FIRST)], Way::Publish(SECOND), SECOND, true);
    kills(&[Way::Publish(THIRD), Way::Publish(FIRST)], Way::Publish(SECOND), SECOND, false);
}

#[test]
fn an_undo_is_finished_after_a_kill_at_any_step() {
    kills(&[Way::Publish(FIRST), Way::Publish(SECOND)], Way::Undo, FIRST, true);
    kills(&[Way::Publish(FIRST), Way::Publish(SECOND)], Way::Undo, FIRST, false);
}

#[test]
fn a_step_that_fails_once_leaves_a_whole_site_and_the_way_back_to_the_one_before() {
    let start = after(&[Way::Publish(THIRD), Way::Publish(FIRST)]);
    for can_exchange in [true, false] {
        let system = |system: Full| if can_exchange { system } else { system.without_exchange() };
        let again = || Folder::copy(start.path(), ".");
        let (_, steps) = through(&again(), Way::Publish(SECOND), system(all()));
        for step in 0..steps {
            let [published, undone] = [again(), again()].map(|folder| {
                // Where a file cannot be linked, it is copied.
                let _ = through(&folder, Way::Publish(SECOND), system(Full::failing_at(step)));
                folder
            });
            let is_switched = visible(&published) == found(SECOND);
            assert!(is_switched || visible(&published) == found(FIRST), "{can_exchange}, {step}");
            through(&published, Way::Publish(SECOND), system(all())).0.unwrap();
            assert_eq!(visible(&published), found(SECOND), "{can_exchange}, {step}");
            assert_eq!(names(&published), ["published.json", "www", "www.ccrov-before"]);
            // Of a run that changed nothing, nothing is lost: the one before it can still be undone.
            if undone.has("www.ccrov-next") {
                through(&undone, Way::Undo, system(all())).0.unwrap();
                assert_eq!(visible(&undone), found(FIRST), "{can_exchange}, {step}");
            }
            if !is_switched {
                through(&undone, Way::Undo, system(all())).0.unwrap();
                assert_eq!(visible(&undone), found(THIRD), "{can_exchange}, {step}");
            }
        }
    }
}

/// While the folder is being made, somebody puts a file into the target.
#[test]
fn what_somebody_adds_meanwhile_is_in_the_target_whole_after_a_kill_at_any_step() {
    let publish = |folder: &Folder, system: Arc<Full>| {
        let mut place = open(folder).unwrap().through(system);
        let plan = place.plan(&wanted(SECOND)).unwrap();
        place.publish(&plan, &|file| {
            folder.file("www/late.txt", "added late");
            let text = SECOND.iter().find(|(path, _)| *path == file.path.as_str()).unwrap().1;
            Ok(text.into())
        })
    };
    let start = after(&[Way::Publish(FIRST)]);
    let counting = Arc::new(Full::killed_after(usize::MAX).without_links());
    publish(&Folder::copy(start.path(), "."), counting.clone()).unwrap();
    let mut site = found(THIRD);
    site.insert("late.txt".to_owned(), "added late".to_owned());
    for can_exchange in [true, false] {
        for stop in 0..counting.steps() {
            let folder = Folder::copy(start.path(), ".");
            let system = Full::killed_after(stop).without_links();
            let system = if can_exchange { system } else { system.without_exchange() };
            let _ = publish(&folder, Arc::new(system));
            let was_added = files(folder.path()).iter().any(|name| name.ends_with("/late.txt"));
            through(&folder, Way::Publish(THIRD), all().without_links()).0.unwrap();
            assert_eq!(visible(&folder), if was_added { site.clone() } else { found(THIRD) }, "{stop}");
        }
    }
}

#[test]
fn an_undo_brings_back_what_somebody_had_changed_and_not_what_somebody_had_removed() {
    let folder = after(&[Way::Publish(FIRST)]);
    folder.file("www/index.html", "theirs");
    fs::remove_file(folder.path().join("www/a/b/2.pdf")).unwrap();
    through(&folder, Way::Publish(SECOND), all()).0.unwrap();
    assert_eq!(visible(&folder), found(SECOND));
    through(&folder, Way::Undo, all()).0.unwrap();
    let mut was = found(FIRST);
    was.insert("index.html".to_owned(), "theirs".to_owned());
    was.remove("a/b/2.pdf");
    assert_eq!(visible(&folder), was);
    through(&folder, Way::Publish(FIRST), all()).0.unwrap();
    assert_eq!(visible(&folder), found(FIRST));
}

#[test]
fn of_two_that_publish_at_a_time_one_changes_nothing() {
    let folder = after(&[Way::Publish(FIRST)]);
    let (begun, is_begun) = mpsc::channel();
    let (end, may_end) = mpsc::channel::<()>();
    let planned_before = open(&folder).unwrap();
    std::thread::scope(|scope| {
        let mut place = open(&folder).unwrap();
        scope.spawn(move || {
            let plan = place.plan(&wanted(SECOND)).unwrap();
            let load = |file: &ccrov::output::SiteFile| {
                let _ = begun.send(());
                let _ = may_end.recv();
                let text = SECOND.iter().find(|(path, _)| *path == file.path.as_str()).unwrap().1;
                Ok(text.into())
            };
            place.publish(&plan, &load).unwrap();
        });
        is_begun.recv().unwrap();
        // While it runs: neither a plan nor, if it was made before, the run itself.
        let refused = open(&folder).err().unwrap().to_string();
        assert!(
            refused.contains("somebody else is publishing to ") && refused.contains("nothing was changed")
        );
        let refused = go(planned_before, Way::Publish(THIRD)).unwrap_err();
        assert!(matches!(refused, PublishError::Busy { .. }), "{refused}");
        drop(end);
    });
    assert_eq!(visible(&folder), found(SECOND));
    assert_eq!(names(&folder), ["published.json", "www", "www.ccrov-before"]);

    let mut late = open(&folder).unwrap();
    let plan = late.plan(&wanted(FIRST)).unwrap();
    through(&folder, Way::Publish(THIRD), all()).0.unwrap();
    let refused = late.publish(&plan, &|_| panic!("nothing is sent")).unwrap_err();
    assert!(matches!(refused, PublishError::Overtaken { .. }), "{refused}");
    assert_eq!(visible(&folder), found(THIRD));
}

#[test]
fn what_is_not_ours_beside_the_folder_stays() {
    for (name, text) in [
        ("www.ccrov-lock", "a file of somebody's"),
        ("www.ccrov-next/_ccrov/notes.txt", "theirs"),
        ("www.ccrov-next/_ccrov/x/.writing-1-unfinished.json", "theirs"),
        ("www.ccrov-before/index.html", "theirs"),
        ("www.ccrov-old", "theirs"),
    ] {
        let folder = after(&[]);
        folder.file(name, text);
        let refused = through(&folder, Way::Publish(FIRST), all()).0.unwrap_err().to_string();
        assert!(refused.contains("move it away"), "{refused}");
        assert_eq!((folder.read(name).as_str(), visible(&folder)), (text, found(&[])));
    }
}
