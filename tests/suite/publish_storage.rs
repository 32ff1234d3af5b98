//! A publication to storage: cut off at each request, two at a time, what others have changed.
//!
//! The storage is a bucket in memory; `tests/s3.rs` holds the program against a server that others wrote.

#[path = "../publish/bucket.rs"]
mod bucket;

use std::{collections::BTreeMap, sync::mpsc};

use ccrov::publish::{Destination as _, Fate, PublishError};

use super::publish_steps::site::{FIRST, SECOND, Site, THIRD, Way, found, go, wanted};
use bucket::{Bucket, Cut, Objects};

const RECORD: &str = "_ccrov/published.json";

impl Bucket {
    fn done(&self, way: Way) {
        self.cut(Cut::Never);
        let done = self.open().and_then(|place| go(place, way));
        done.unwrap_or_else(|why| panic!("{way:?}: {why}"));
    }

    /// What a visitor finds.
    fn site(&self) -> BTreeMap<String, String> {
        let objects = self.state().objects.clone();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let site = objects.into_iter().filter(|(key, _)| !key.starts_with("_ccrov/"));
        site.map(|(key, bytes)| (key, text(bytes))).collect()
    }

    fn record(&self) -> serde_json::Value {
        let json = self.state().objects.get(RECORD).cloned();
        json.map_or(serde_json::Value::Null, |json| serde_json::from_slice(&json).unwrap())
    }

    /// Nothing is left to do: a site, and what is kept to take back what led to it.
    fn is_exactly(&self, site: &BTreeMap<String, String>, case: &str) {
        assert_eq!(self.site(), *site, "{case}");
        let record = self.record();
        assert!(record["touched"].is_null() && record["claim"].is_null(), "{case}: {record}");
        let objects = self.state().objects.clone();
        let kept: Vec<_> = objects.keys().filter_map(|key| key.strip_prefix("_ccrov/kept/")).collect();
        let named = record["kept"].as_array().into_iter().flatten().map(|sha256| sha256.as_str().unwrap());
        assert_eq!(kept, named.collect::<Vec<_>>(), "{case}");
        assert!(!objects.contains_key("_ccrov/probe"), "{case}");
    }

    fn count(&self, request: &str) -> usize {
        self.state().log.iter().filter(|line| line.starts_with(request)).count()
    }
}

/// Cuts a run off at each of its requests, then lets another one finish it or take it back.
fn cuts(before: &[Way], cut_off: Way, new: Site) {
    let bucket = Bucket::new();
    before.iter().for_each(|way| bucket.done(*way));
    let start: Objects = bucket.state().objects.clone();
    let (old, generation) = (bucket.site(), bucket.record()["generation"].as_u64().unwrap_or(0));
    let mut is_through = false;
    for number in 0.. {
        if is_through {
            break;
        }
        for cut in [Cut::Before(number), Cut::After(number)] {
            let case = format!("{cut_off:?} after {before:?}, {cut:?}");
            bucket.state().objects = start.clone();
            bucket.cut(cut);
            let done = bucket.open().and_then(|place| go(place, cut_off));
            is_through |= done.is_ok();
            bucket.cut(Cut::Never);
            let stopped: Objects = bucket.state().objects.clone();
            let record = bucket.record();
            let is_claimed = !record["claim"].is_null();
            let is_begun = is_claimed || stopped.get(RECORD) != start.get(RECORD);
            if !is_begun {
                assert!(stopped == start, "{case}: it is written down before anything is touched");
                continue;
            }
            if is_claimed {
                for way in [Way::Publish(THIRD), Way::Undo] {
                    let refused = bucket.open().and_then(|place| go(place, way)).unwrap_err().to_string();
                    assert!(refused.contains("was interrupted; nothing was changed"), "{case}: {refused}");
                    assert!(refused.contains(" --take-over`"), "{case}: {refused}");
                }
                assert!(bucket.state().objects == stopped, "{case}");
            }
            let over = |way: Way| bucket.open().and_then(|place| go(place.taking_over(), way));
            // Finished by another site, which is taken back.
            over(Way::Publish(THIRD)).unwrap_or_else(|why| panic!("{case}: {why}"));
            bucket.is_exactly(&found(THIRD), &case);
            bucket.done(Way::Undo);
            let has_switched = record["generation"].as_u64().unwrap() > generation;
            let was = if has_switched { found(new) } else { old.clone() };
            bucket.is_exactly(&was, &format!("{case}, then undone"));

            // Taken back itself, and nothing else. An undo of which only the last answer was lost is over.
            if !is_claimed && matches!(cut_off, Way::Undo) {
                continue;
            }
            bucket.state().objects = stopped;
            over(Way::Undo).unwrap_or_else(|why| panic!("{case}: {why}"));
            let wanted = match cut_off {
                Way::Publish(_) => old.clone(),
                Way::Undo => found(new),
            };
            bucket.is_exactly(&wanted, &format!("{case}, taken back"));
        }
        assert!(number < 60, "a run takes that many requests");
    }
}

#[test]
fn a_first_publication_that_is_cut_off_is_finished_or_taken_back() {
    cuts(&[], Way::Publish(FIRST), FIRST);
}

#[test]
fn a_later_publication_that_is_cut_off_is_finished_or_taken_back_and_no_other_with_it() {
    cuts(&[Way::Publish(THIRD), Way::Publish(FIRST)], Way::Publish(SECOND), SECOND);
}

#[test]
fn an_undo_that_is_cut_off_is_finished_by_the_next() {
    cuts(&[Way::Publish(FIRST), Way::Publish(SECOND)], Way::Undo, FIRST);
}

#[test]
fn what_others_have_changed_is_put_right_and_nothing_else_is_read() {
    for has_tags_of_its_own in [false, true] {
        let bucket = Bucket::new();
        bucket.state().has_tags_of_its_own = has_tags_of_its_own;
        bucket.done(Way::Publish(FIRST));
        // The record and the list.
        bucket.cut(Cut::Never);
        let plan = bucket.open().unwrap().plan(&wanted(FIRST)).unwrap();
        assert!(plan.is_done() && bucket.state().log.len() == 2, "{:?}", bucket.state().log);
        bucket.state().objects.insert("index.html".to_owned(), b"eno".to_vec());
        bucket.cut(Cut::Never);
        let plan = bucket.open().unwrap().plan(&wanted(FIRST)).unwrap();
        assert_eq!((plan.of(Fate::Changed).count(), bucket.count("GET ")), (1, 3));
        bucket.done(Way::Publish(FIRST));
        bucket.is_exactly(&found(FIRST), "put right");

        // A record without tags, as earlier programs wrote it: what is there is read.
        let mut record = bucket.record();
        record.as_object_mut().unwrap().remove("tags").unwrap();
        bucket.state().objects.insert(RECORD.to_owned(), record.to_string().into_bytes());
        bucket.state().objects.insert("a/1.html".to_owned(), b"b".to_vec());
        bucket.cut(Cut::Never);
        let plan = bucket.open().unwrap().plan(&wanted(FIRST)).unwrap();
        assert_eq!((plan.of(Fate::Changed).count(), bucket.count("GET ")), (1, 5));
        bucket.done(Way::Publish(FIRST));
        bucket.is_exactly(&found(FIRST), "put right");
        assert_eq!(bucket.record()["tags"].as_object().unwrap().len(), 3);
    }
}

#[test]
fn an_undo_leaves_what_others_have_changed_and_it_did_not_publish() {
    let bucket = Bucket::new();
    bucket.done(Way::Publish(FIRST));
    bucket.done(Way::Publish(SECOND));
    bucket.state().objects.insert("a/1.html".to_owned(), b"x".to_vec());
    bucket.done(Way::Undo);
    let mut site = found(FIRST);
    site.insert("a/1.html".to_owned(), "x".to_owned());
    bucket.is_exactly(&site, "undone");
    bucket.done(Way::Publish(FIRST));
    bucket.is_exactly(&found(FIRST), "put right");
}

#[test]
fn what_an_earlier_program_left_undone_is_finished_without_a_question() {
    let bucket = Bucket::new();
    bucket.done(Way::Publish(FIRST));
    bucket.cut(Cut::Before(8));
    assert!(bucket.open().and_then(|place| go(place, Way::Publish(SECOND))).is_err());
    // It wrote what it touched, and no claim.
    let mut record = bucket.record();
    assert!(record["touched"].is_array() && record.as_object_mut().unwrap().remove("claim").is_some());
    bucket.state().objects.insert(RECORD.to_owned(), record.to_string().into_bytes());
    bucket.cut(Cut::Never);
    assert!(bucket.open().unwrap().is_unfinished());
    bucket.done(Way::Publish(THIRD));
    bucket.is_exactly(&found(THIRD), "finished");
    bucket.done(Way::Undo);
    bucket.is_exactly(&found(FIRST), "undone");
}

#[test]
fn to_undo_what_put_a_file_right_does_not_remove_it() {
    for (then, undone) in [(FIRST, FIRST), (SECOND, FIRST)] {
        let bucket = Bucket::new();
        bucket.done(Way::Publish(THIRD));
        bucket.done(Way::Publish(FIRST));
        bucket.state().objects.insert("index.html".to_owned(), b"eno".to_vec());
        bucket.state().objects.remove("a/1.html");
        bucket.done(Way::Publish(then));
        bucket.is_exactly(&found(then), "put right");
        bucket.done(Way::Undo);
        // What was spoiled cannot be brought back; what took its place stays.
        let mut site = found(undone);
        site.insert("index.html".to_owned(), then[0].1.to_owned());
        bucket.is_exactly(&site, "undone");
    }
}

#[test]
fn of_two_that_publish_at_a_time_one_changes_nothing() {
    let bucket = Bucket::new();
    // Nobody has published yet, or somebody has.
    for before in [None, Some(Way::Publish(THIRD))] {
        before.into_iter().for_each(|way| bucket.done(way));
        let (one, other) = (bucket.open().unwrap(), bucket.open().unwrap());
        go(one, Way::Publish(FIRST)).unwrap();
        let there = bucket.state().objects.clone();
        let refused = go(other, Way::Publish(SECOND)).unwrap_err();
        assert!(matches!(refused, PublishError::Overtaken { .. }), "{refused}");
        assert!(refused.to_string().contains("nothing was changed"), "{refused}");
        assert!(bucket.state().objects == there);
    }

    // While one is under way, the other one takes over only when it is asked to.
    let (begun, is_begun) = mpsc::channel();
    let (end, may_end) = mpsc::channel::<()>();
    let planned_before = bucket.open().unwrap();
    std::thread::scope(|scope| {
        let mut slow = bucket.open().unwrap();
        let run = scope.spawn(move || {
            let plan = slow.plan(&wanted(THIRD)).unwrap();
            slow.publish(&plan, &|file| {
                let _ = begun.send(());
                let _ = may_end.recv();
                let text = THIRD.iter().find(|(path, _)| *path == file.path.as_str()).unwrap().1;
                Ok(text.into())
            })
        });
        is_begun.recv().unwrap();
        let refused = go(planned_before, Way::Publish(THIRD)).unwrap_err();
        assert!(matches!(refused, PublishError::Overtaken { .. }), "{refused}");
        let refused = go(bucket.open().unwrap(), Way::Publish(THIRD)).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("somebody else is publishing to s3://memos now, or a publication")
        );
        go(bucket.open().unwrap().taking_over(), Way::Publish(SECOND)).unwrap();
        drop(end);
        let stopped = run.join().unwrap().unwrap_err();
        assert!(matches!(stopped, PublishError::TakenOver { .. }), "{stopped}");
    });
    // What it still sent is put right.
    assert_ne!(bucket.site(), found(SECOND));
    bucket.done(Way::Publish(SECOND));
    bucket.is_exactly(&found(SECOND), "after both");
}

#[test]
fn storage_that_heeds_no_conditions_is_noticed_and_published_to() {
    for has_weak_tags in [false, true] {
        let bucket = Bucket::new();
        bucket.state().ignores_conditions = !has_weak_tags;
        bucket.state().has_weak_tags = has_weak_tags;
        bucket.done(Way::Publish(FIRST));
        bucket.is_exactly(&found(FIRST), "first");
        let mut place = bucket.open().unwrap();
        assert!(place.is_guarded());
        let plan = place.plan(&wanted(SECOND)).unwrap();
        let text = |path: &str| SECOND.iter().find(|(name, _)| *name == path).unwrap().1;
        place.publish(&plan, &|file| Ok(text(file.path.as_str()).into())).unwrap();
        assert!(!place.is_guarded());
        bucket.is_exactly(&found(SECOND), "second");
        bucket.done(Way::Undo);
        bucket.is_exactly(&found(FIRST), "undone");
    }
}
