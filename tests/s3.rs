//! A site is published to S3-compatible storage, interrupted, finished and taken back, by the program itself.
//!
//! `tests/suite/publish_storage.rs` interrupts at every request, in a bucket in memory. The server here is moto, which
//! needs Python's pip (tests/publish/moto.sh), so this file runs only when it is named: `cargo test --test s3`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![allow(clippy::disallowed_methods, reason = "a test measures how long it waits")]

mod common;
#[path = "publish/served.rs"]
mod served;
#[path = "publish/site.rs"]
mod site;
#[path = "publish/wire.rs"]
mod wire;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use ccrov::{
    output::digest,
    publish::{PublishError, Storage},
};
use common::Folder;
use served::{Bucket, KEY, SECRET, first, publish_with, second, third, wanted};
use wire::{Cut, Proxy, Server, read_request};

#[test]
fn only_what_changed_is_sent_pages_after_the_rest_then_the_record_then_removals() {
    let (bucket, first, second) = (Bucket::new(), first(), second());
    bucket.put("site/theirs.txt", "theirs");
    let plan = bucket.done(&first, &["s3://memos/site", "--dry-run"]);
    assert!(plan.contains(" ccrov/24101.html\n") && plan.ends_with("Nothing was changed.\n"), "{plan}");
    assert!(bucket.wire.log().iter().all(|request| request.starts_with("GET ")), "{:?}", bucket.wire.log());
    bucket.done(&first, &["s3://memos/site/"]);
    bucket.is_exactly("site", &wanted(&first), "first");

    let no_cache = "no-cache".to_owned();
    let short = "public, max-age=300".to_owned();
    let page = ("text/html; charset=utf-8".to_owned(), no_cache);
    assert_eq!(bucket.headers("site/ccrov/24101.html"), page);
    assert_eq!(bucket.headers("site/ccrov/24101.pdf"), ("application/pdf".to_owned(), short.clone()));
    assert_eq!(bucket.headers("site/ccrov/24101.md"), ("text/markdown; charset=utf-8".to_owned(), short));
    assert_eq!(bucket.headers("site/_ccrov/published.json").1, "no-store");

    let again = bucket.done(&first, &["s3://memos/site"]);
    assert!(again.contains("nothing was changed") && bucket.wire.log().len() == 2, "{:?}", bucket.wire.log());

    bucket.done(&second, &["s3://memos/site"]);
    let log = bucket.wire.log();
    let of = |method: &str| {
        let requests = log.iter().enumerate().filter(move |(_, request)| request.starts_with(method));
        requests.filter(|(_, request)| !request.contains("/_ccrov/")).collect::<Vec<_>>()
    };
    let (sent, removed) = (of("PUT "), of("DELETE "));
    let name = |(_, request): &(usize, &String)| request.split_once("/memos/site/").unwrap().1.to_owned();
    let names: Vec<String> = sent.iter().map(name).collect();
    // Nothing else was sent or removed than what is another file now, or none.
    let (was, is) = (wanted(&first), wanted(&second));
    let changed = is.iter().filter(|(path, sha256)| was.get(*path) != Some(*sha256));
    let changed: BTreeSet<String> = changed.map(|(path, _)| path.clone()).collect();
    let gone: BTreeSet<String> = was.keys().filter(|path| !is.contains_key(*path)).cloned().collect();
    assert!(changed.contains("ccrov/24103.pdf") && !changed.contains("style.css") && gone.len() >= 3);
    assert_eq!(names.len(), changed.len(), "each once: {log:#?}");
    assert_eq!(names.iter().cloned().collect::<BTreeSet<_>>(), changed);
    assert_eq!(removed.iter().map(name).collect::<BTreeSet<_>>(), gone);
    let first_page = names.iter().position(|name| name.ends_with(".html")).unwrap();
    let (documents, pages) = names.split_at(first_page);
    assert!(!documents.is_empty() && pages.iter().all(|name| name.ends_with(".html")), "{names:?}");
    let record =
        |from: usize| log[from..].iter().position(|line| line == "PUT /memos/site/_ccrov/published.json");
    assert!(record(0).unwrap() < sent[0].0, "what is touched is written down first: {log:#?}");
    let last = sent.last().unwrap().0;
    let after = last + record(last).unwrap();
    assert!(after < removed[0].0, "{log:#?}");
    bucket.is_exactly("site", &wanted(&second), "second");

    // An object that is not ours is neither replaced nor removed.
    bucket.put("site/ccrov/24102.md", "theirs");
    let before = bucket.objects("site");
    let run = bucket.publish(&first, &["s3://memos/site"], Cut::Never);
    assert!(
        run.status == 1 && run.faults.contains("not published by ccrov: ccrov/24102.md;"),
        "{}",
        run.faults
    );
    assert!(bucket.objects("site") == before);
}

#[test]
fn the_files_of_the_search_are_asked_for_again() {
    let (bucket, folder) = (Bucket::new(), first());
    let names = ["search/2024/places-0.txt", "search/words-0.txt", "search/search.js", "feed.xml"];
    bucket.done(&folder, &["s3://memos"]);
    assert_eq!(names.map(|name| bucket.headers(name).1), ["no-cache"; 4]);
    assert_eq!(bucket.headers("feed.xml").0, "application/atom+xml; charset=utf-8");
    // Before the first publication, there was nothing.
    bucket.done(&folder, &["s3://memos", "--undo"]);
    assert_eq!(bucket.keys(""), ["_ccrov/published.json"]);
}

#[test]
fn interrupted_on_the_way_it_is_finished_by_the_same_site_or_another_or_taken_back() {
    let (bucket, sites) = (Bucket::new(), [first(), second(), third()]);
    let [a, b, c] = &sites.each_ref().map(wanted);
    let [first, second, third] = &sites;
    let (mut through, mut number) = (0, 0);
    // Until it comes through in each of the ways.
    while through < 3 {
        assert!(number < 80, "a publication takes that many requests");
        through = 0;
        for (way, cut) in
            [Cut::Before(number), Cut::After(number), Cut::Before(number)].into_iter().enumerate()
        {
            let prefix = format!("{number}-{way}");
            let (target, case) = (format!("s3://memos/{prefix}"), format!("{cut:?}, way {way}"));
            bucket.put(&format!("{prefix}/theirs.txt"), "theirs");
            bucket.done(first, &[&target]);
            let run = bucket.publish(second, &[&target], cut);
            through += usize::from(run.status == 0);
            assert!(
                run.status == 0
                    || run.faults.contains("connection broke off")
                    || run.faults.contains("nobody")
            );
            let record = bucket.record(&prefix);
            let is_claimed = record["claim"].is_object();
            let is_begun = is_claimed || record["generation"] != 1;
            if !is_begun || is_claimed && record["touched"].is_null() && record["generation"] == 1 {
                assert!(bucket.site(&prefix) == *a, "{case}: it is written down before anything is touched");
            }
            if is_claimed {
                let run = bucket.publish(second, &[&target], Cut::Never);
                let typed = format!("`ccrov publish {target} --take-over`");
                assert!(run.status == 1 && run.faults.contains(&typed), "{case}: {}", run.faults);
            }
            match way {
                0 => {
                    bucket.done(second, &[&target, "--take-over"]);
                    bucket.is_exactly(&prefix, b, &case);
                }
                1 => {
                    bucket.done(third, &[&target, "--take-over"]);
                    bucket.is_exactly(&prefix, c, &case);
                }
                _ if !is_begun => continue,
                // The undo is interrupted, too.
                _ => {
                    drop(bucket.publish(second, &[&target, "--undo", "--take-over"], Cut::After(number / 2)));
                }
            }
            // What was there before the last publication that came through.
            let is_at_a = record["generation"] == 1 || way != 1;
            let run = bucket.publish(second, &[&target, "--undo", "--take-over"], Cut::Never);
            assert!(
                run.status == 0 || (way == 2 && run.faults.contains("nothing to undo")),
                "{}",
                run.faults
            );
            bucket.is_exactly(&prefix, if is_at_a { a } else { b }, &format!("{case}, taken back"));
            // Of a run that had only claimed the target, nothing but that was taken back.
            if way != 2 {
                let run = bucket.publish(second, &[&target, "--undo"], Cut::Never);
                assert_eq!(run.status, 1, "{case}: {}", run.results);
            }
        }
        number += 7;
    }
}

#[test]
fn an_interrupted_undo_is_left_for_another_site() {
    let (bucket, sites) = (Bucket::new(), [first(), second(), third()]);
    let [first, second, third] = &sites;
    for number in (0..18).step_by(3) {
        let (prefix, target) = (format!("{number}"), format!("s3://memos/{number}"));
        bucket.put(&format!("{prefix}/theirs.txt"), "theirs");
        bucket.done(first, &[&target]);
        bucket.done(second, &[&target]);
        let is_undone = bucket.publish(second, &[&target, "--undo"], Cut::Before(number)).status == 0;
        let has_begun = is_undone || bucket.record(&prefix)["claim"].is_object();
        bucket.done(third, &[&target, "--take-over"]);
        bucket.is_exactly(&prefix, &wanted(third), &format!("{number}"));
        bucket.done(third, &[&target, "--undo"]);
        let before = if has_begun { first } else { second };
        bucket.is_exactly(&prefix, &wanted(before), &format!("{number}, taken back"));
    }
}

#[test]
fn what_others_have_changed_is_put_right_and_of_two_at_a_time_one_changes_nothing() {
    let (bucket, folder) = (Bucket::new(), first());
    bucket.put("site/theirs.txt", "theirs");
    bucket.done(&folder, &["s3://memos/site"]);
    let page = String::from_utf8(bucket.get("site/index.html").1).unwrap();
    bucket.put("site/index.html", &page.replace("memo", "MEMO"));
    let run = bucket.done(&folder, &["s3://memos/site"]);
    assert!(run.contains("1 changed ") && run.contains("Published to"), "{run}");
    bucket.is_exactly("site", &wanted(&folder), "put right");

    let endpoint = format!("http://127.0.0.1:{}", bucket.server.port);
    let settings =
        [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_ENDPOINT_URL", &endpoint)];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let prefix = "two".parse().unwrap();
    let open = || Storage::open("memos", Some(&prefix), &settings).unwrap();
    for site in [site::FIRST, site::SECOND] {
        let (one, other) = (open(), open());
        site::go(one, site::Way::Publish(site)).unwrap();
        let there = bucket.objects("two");
        let refused = site::go(other, site::Way::Publish(site::THIRD)).unwrap_err();
        assert!(matches!(refused, PublishError::Overtaken { .. }), "{refused}");
        assert!(bucket.objects("two") == there);
    }
    site::go(open(), site::Way::Undo).unwrap();
    let found = site::found(site::FIRST).into_iter().filter(|(path, _)| path != "robots.txt");
    let found: BTreeMap<String, String> = found.map(|(path, text)| (path, digest(text.as_bytes()))).collect();
    assert_eq!(bucket.site("two"), found);
}

#[test]
fn what_is_wrong_with_the_storage_is_said_in_plain_words_and_soon() {
    let (bucket, folder) = (Bucket::new(), first());
    let run = bucket.publish(&folder, &["s3://missing/site"], Cut::Never);
    assert!(
        run.status == 3 && run.faults.contains("s3://missing/site: there is no such bucket"),
        "{}",
        run.faults
    );

    // A server that refuses, and repeats what it was sent.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let refusing = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let request = read_request(&mut client).unwrap_or_default();
            let body = format!(
                "<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>{KEY}</AWSAccessKeyId><Message>{SECRET} \
                 {}</Message></Error>",
                String::from_utf8_lossy(&request)
            );
            let _ = write!(
                client,
                "HTTP/1.1 403 Forbidden\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://localhost:{}", listener.local_addr().unwrap().port())
    };
    let login = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    let cases = [
        (refusing.as_str(), "the storage refuses the login"),
        (&closed, "nobody answers"),
        ("http://192.0.2.1:9", "http://192.0.2.1 is not encrypted"),
        ("http://name:secret/that+nobody/may+see@host", "AWS_ENDPOINT_URL cannot be understood"),
        ("not an address", "cannot be understood"),
        ("https://host:99999", "cannot be understood"),
        ("https://[::1", "cannot be understood"),
    ];
    for (endpoint, says) in cases {
        let begun = Instant::now();
        let settings = [login[0], login[1], ("AWS_ENDPOINT_URL", endpoint)];
        let run = publish_with(&folder, &["s3://memos/site"], &settings);
        assert!(run.status == 3 && run.faults.contains(says), "{endpoint}: {}{}", run.results, run.faults);
        assert!(begun.elapsed() < Duration::from_secs(20), "{endpoint}");
    }
    for missing in [&login[..1], &login[1..], &[]] {
        let run = publish_with(&folder, &["s3://memos/site"], missing);
        assert!(run.status == 3 && run.faults.contains("AWS_ACCESS_KEY_ID and AWS_SECRET"), "{}", run.faults);
    }
}

#[test]
fn what_is_encrypted_goes_to_a_server_that_the_machine_trusts_and_through_the_offices_proxy() {
    let (folder, certificates, proxy) = (first(), Folder::empty(), Proxy::start());
    let server = Server::encrypted(certificates.path());
    let endpoint = format!("https://localhost:{}", server.port);
    let authority = certificates.path().join("authority.pem").display().to_string();
    let through = format!("http://127.0.0.1:{}", proxy.port);
    let login =
        [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_ENDPOINT_URL", &endpoint)];
    let publish = |arguments: &[&str], more: &[(&str, &str)]| {
        publish_with(&folder, arguments, &[&login[..], more].concat())
    };

    let begun = Instant::now();
    let run = publish(&["s3://memos/site"], &[]);
    assert!(run.status == 3 && run.faults.contains("nobody answers"), "{}{}", run.results, run.faults);
    assert!(begun.elapsed() < Duration::from_secs(20));

    let trusted = ("SSL_CERT_FILE", authority.as_str());
    let run = publish(&["s3://memos/site"], &[trusted]);
    assert!(run.status == 0 && run.results.contains("Published to"), "{}{}", run.results, run.faults);
    assert_eq!(proxy.asked(), [""; 0]);

    let asked = format!("CONNECT localhost:{}", server.port);
    for name in ["AWS_PROXY_URL", "HTTPS_PROXY"] {
        let run = publish(&["s3://memos/site"], &[trusted, (name, &through)]);
        assert!(run.status == 0 && run.results.contains("nothing was changed"), "{}", run.faults);
        let lines = proxy.asked();
        assert!(!lines.is_empty() && lines.iter().all(|line| *line == asked), "{name}: {lines:?}");
    }
    let run = publish(&["s3://memos/site"], &[trusted, ("HTTPS_PROXY", &through), ("NO_PROXY", "localhost")]);
    assert_eq!((run.status, proxy.asked().len()), (0, 0), "{}", run.faults);
    let run = publish(&["s3://memos/site"], &[trusted, ("AWS_PROXY_URL", "http://")]);
    assert!(run.status == 3 && run.faults.contains("AWS_PROXY_URL cannot be understood"), "{}", run.faults);

    let run = publish(&["s3://memos/site", "--undo"], &[trusted]);
    assert_eq!(run.status, 0, "{}", run.faults);
}

#[test]
fn who_publishes_is_told_if_strangers_can_read_what_was_removed() {
    let bucket = Bucket::new();
    let published = |folder: &Folder| {
        let run = bucket.publish(folder, &["s3://memos/site"], Cut::Never);
        assert_eq!(run.status, 0, "{}", run.faults);
        run.faults
    };
    let lets = |what: &str| {
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::memos/{what}"}}]}}"#
        );
        let (head, _) = bucket.server.ask("PUT /memos?policy", policy.as_bytes());
        assert!(head.starts_with("http/1.1 20"), "{head}");
    };
    // A bucket is nobody's to read by itself.
    assert!(!published(&first()).contains("everybody"));
    lets("site/*");
    let warned = published(&second());
    assert!(
        warned.contains("warning: everybody can read memos/site/_ccrov/*, where copies of what was"),
        "{warned}"
    );
    assert!(bucket.record("site")["kept"].as_array().is_some_and(|kept| !kept.is_empty()));
    // The copy that was asked for is the last request.
    assert!(
        bucket.wire.log().last().unwrap().starts_with("GET /memos/site/_ccrov/kept/"),
        "{:?}",
        bucket.wire.log()
    );
    lets("site/ccrov/*");
    assert!(!published(&third()).contains("everybody"));
}
