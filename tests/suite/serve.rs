//! The preview, as a browser speaks to it: what it shows, that it follows what is saved, whom it refuses, and that
//! it leaves the working folder as it was.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::common::{
    Folder, files,
    served::{PATIENCE, Served},
    shipped,
};

const MEMO: &str = "memos/2021/21144.yaml";

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap())).collect()
}

#[test]
fn the_window_lists_all_memos_and_shows_one_with_its_page_and_its_pdf() {
    let folder = Folder::with_sources_of(shipped());
    let before = contents(folder.path());
    let preview = Served::preview(folder.path());
    preview.events().first();

    let window = preview.get("/?memo=24904");
    assert_eq!(window.status, 200);
    assert!(window.head.contains("content-security-policy: default-src 'none'; script-src 'self'"));
    let text = window.text();
    for id in ["21144", "23917", "24901", "24902", "24903", "24903-2", "24904", "county-contact-list"] {
        assert!(text.contains(&format!("href=\"/?memo={id}\"")), "{id} is listed");
    }
    assert!(text.contains("Site Roster: Revised Schedule"));
    let frame = |ending: &str| format!("src=\"/site/ccrov/2024/july/24904mq.{ending}\"");
    assert!(text.contains(&frame("html")) && text.contains(&frame("pdf")), "{text}");

    let file = |ending: &str| preview.get(&format!("/site/ccrov/2024/july/24904mq.{ending}"));
    for (ending, kind) in [
        ("html", "text/html; charset=utf-8"),
        ("pdf", "application/pdf"),
        ("md", "text/markdown; charset=utf-8"),
    ] {
        let answer = file(ending);
        assert_eq!(answer.status, 200);
        assert!(answer.head.contains(&format!("content-type: {kind}")), "{}", answer.head);
        assert_eq!(
            answer.body,
            folder.bytes(&format!("output/ccrov/2024/july/24904mq.{ending}")),
            "{ending}"
        );
    }
    for part in ["/window.js", "/window.css", "/icon.svg"] {
        assert_eq!(preview.get(part).status, 200);
    }

    let aside = preview.end();
    assert_eq!(files(aside.path()), Vec::<String>::new(), "the preview's own folder is removed");
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn what_is_saved_is_shown_and_a_fault_stands_above_the_last_good_memo() {
    let folder = Folder::with_seed();
    let preview = Served::preview(folder.path());
    let mut events = preview.events();
    events.first();
    let page = "/site/ccrov/2021/august/21144dl.html";
    assert!(!preview.get(page).text().contains("Splendid"));

    // Saved as editors do: into another file, which then takes the name.
    let good = folder.read(MEMO);
    let subject = good.lines().find(|line| line.starts_with("subject:")).unwrap();
    folder.file("memos/2021/.21144.yaml.part", good.replace(subject, "subject: Splendid News"));
    fs::rename(folder.path().join("memos/2021/.21144.yaml.part"), folder.path().join(MEMO)).unwrap();
    events.next();
    assert!(preview.get(page).text().contains("Splendid News"));
    assert!(preview.get("/list").text().contains("Splendid News"));

    folder.edit(MEMO, "letterhead:", "leterhead:");
    let text = preview.wait_for("/memo?memo=21144", |text| text.contains("error[unknown-key]"));
    let check = folder.run(&["check", "21144"]).faults;
    let shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    let shown = shown.replace("&#39;", "'").replace("&#x2F;", "/").replace("&amp;", "&");
    assert!(shown.contains(check.trim()), "as the terminal shows it:\n{check}\nnot\n{shown}");
    assert!(text.contains("as it was when it last had no faults"));
    assert!(text.contains(&format!("src=\"{page}\"")));
    assert!(preview.get(page).text().contains("Splendid News"));

    folder.file(MEMO, &good);
    preview.wait_for("/memo?memo=21144", |text| text.contains("no faults."));
    let text = preview.wait_for(page, |text| !text.contains("Splendid"));
    assert!(text.contains("VoteCal"));

    // Ten saves in a row end with the last.
    for count in 0..10 {
        folder.file(MEMO, good.replace(subject, &format!("subject: Save {count} of ten")));
    }
    preview.wait_for(page, |text| text.contains("Save 9 of ten"));
    assert!(!folder.has("output"));

    // Who writes slowly is not read half-way.
    if cfg!(target_os = "linux") {
        preview.wait_for("/memo?memo=21144", |text| text.contains("Save 9 of ten"));
        let mut file = fs::File::create(folder.path().join(MEMO)).unwrap();
        for half in [&good[..100], &good[100..]] {
            file.write_all(half.as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(60));
        }
        drop(file);
        preview.wait_for("/memo?memo=21144", |text| {
            assert!(text.contains("no faults."), "{text}");
            text.contains("VoteCal")
        });
    }
}

#[test]
fn the_whole_site_is_shown_with_all_faults_and_follows_what_is_saved() {
    let folder = Folder::with_sources_of(shipped());
    let preview = Served::preview(folder.path());
    let site = "/memo?site=topics/index.html";
    let first = preview.wait_for(site, |text| text.contains("src=\"/site/topics/index.html\""));
    assert!(first.contains("<h1>The whole site</h1>") && !first.contains("error["), "{first}");
    assert!(preview.get("/?site=no-such-page.html").text().contains("src=\"/site/index.html\""));
    let archived = preview.get("/memo?memo=23917").text();
    assert!(
        archived.contains("href=\"https://archive.example.gov/ccrov/2023/november/23917tf.pdf\""),
        "{archived}"
    );
    // What the window looks up when a link to a memo is followed.
    assert!(preview.get("/list").text().contains("data-page=\"ccrov/2021/august/21144dl.html\""));

    let sheet = |text: &str| text.split("data-sha=").nth(1).map(str::to_owned);
    let page = preview.get("/memo?memo=21144").text();
    folder.edit("templates/style.css", "body {", "body { outline: 1px solid;");
    preview.wait_for("/memo?memo=21144", |text| sheet(text) != sheet(&page));
    folder.edit("templates/rows.html", "memo.number }}", "memo.numbr }}");
    let faulty = preview.wait_for(site, |text| text.contains("`memo.numbr` stands for nothing"));
    assert!(faulty.contains("1 fault in the files"), "{faulty}");
}

#[test]
fn a_memo_that_is_faulty_from_the_beginning_is_shown_as_it_was_published() {
    let folder = Folder::with_sources_of(shipped());
    folder.edit("memos/2024/24904.yaml", "letterhead:", "leterhead:");
    let preview = Served::preview(folder.path());
    preview.events().first();
    let text = preview.get("/memo?memo=24904").text();
    assert!(
        text.contains("error[unknown-key]") && text.contains("as it was when it last had no faults"),
        "{text}"
    );
    let page = preview.get("/site/ccrov/2024/july/24904mq.html");
    assert_eq!(page.body, folder.bytes("output/ccrov/2024/july/24904mq.html"));
    let other = preview.get("/memo?memo=24902").text();
    assert!(other.contains("in other files") && !other.contains("in this memo"), "{other}");
}

#[test]
fn what_would_move_is_the_desks_page_without_what_writes() {
    let folder = Folder::with_seed();
    let before = contents(folder.path());
    let preview = Served::preview(folder.path());
    assert_eq!(preview.get("/what-if").status, 303, "the only release is shown at once");
    let page = "/what-if/votecal-2021-2";
    let form = preview.get(page).text();
    assert!(form.contains("name=\"to:release\"") && form.contains(">What if…</a>"), "{form}");

    let asked = "to:release=12/5/2021&told=10/20/2021&cause=a+late+fix";
    let said = Served::desk(folder.path());
    let typed = [("to:release", "12/5/2021"), ("told", "10/20/2021"), ("cause", "a late fix")];
    let desk = said.post("/slip/votecal-2021-2/follows", &typed).text();
    let rows = |text: &str| {
        let rows = text.split_once("<table class=\"moves\">").unwrap().1.split_once("</table>").unwrap().0;
        rows.to_owned()
    };
    for path in [format!("{page}?{asked}"), format!("{page}/follows?{asked}")] {
        let text = preview.get(&path).text();
        assert!(text.contains("12/5/2021") && rows(&text) == rows(&desk), "{path}: {text}");
        assert!(
            !text.contains("method=\"post\"") && !text.contains("name=\"do\" value=\"record\""),
            "{text}"
        );
        assert!(!text.contains("href=\"/memo/") && !text.contains("href=\"/release/"), "{text}");
        assert!(text.contains("href=\"/?memo=21144\""), "{text}");
    }

    let ask = |asked: &str| preview.get(&format!("{page}?{asked}")).text();
    assert!(ask("to:release=someday").contains("is no date. Type it as 12/5/2021."));
    let far = ask("to:release=12/5/0021&told=10/20/2021");
    assert!(far.contains("look at the year") && !far.contains("Nothing moves"), "{far}");
    let same = ask("to:release=11/21/2021&told=10/20/2021");
    assert!(same.contains("Nothing moves: everything typed is on these days already."), "{same}");
    assert_eq!(preview.get("/what-if/no-such-release").status, 422);
    assert_eq!(contents(folder.path()), before);

    let rule = "    start: {at: deployment}\n    end: {at: deployment}\n\n  - id: smoke-test";
    let loose = rule.replacen("{at: deployment}", "{at: deployment, offset: -1d}", 1);
    folder.edit("memos/releases/votecal-2021-2.yaml", rule, &loose);
    let closed = ask("to:deployment=10/18/2021&told=9/1/2021");
    assert!(closed.contains("What stands in the way") && closed.contains("is not a working day"), "{closed}");
}

#[test]
fn only_this_machines_browser_is_answered_and_only_with_what_was_built() {
    let folder = Folder::with_seed();
    let preview = Served::preview(folder.path());
    preview.events().first();
    let own = "Host: 127.0.0.1:PORT\r\nConnection: close\r\n";
    let status = |line: &str, headers: &str| preview.ask(&format!("{line} HTTP/1.1\r\n{headers}\r\n")).status;
    assert_eq!(status("GET /", own), 200);
    assert_eq!(status("HEAD /", own), 200);

    for host in
        ["elections.example.gov", "127.0.0.1", "127.0.0.1:1", "localhost.example.gov:PORT", "0.0.0.0:PORT"]
    {
        assert_eq!(status("GET /", &format!("Host: {host}\r\nConnection: close\r\n")), 403, "{host}");
    }
    assert_eq!(status("GET http://elections.example.gov/", own), 403);
    assert_eq!(status("GET /list", "Host: [::1]:PORT\r\nConnection: close\r\n"), 200);

    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        assert_eq!(status(&format!("{method} /"), &format!("{own}Content-Length: 0\r\n")), 405, "{method}");
    }

    for path in
        ["/events", "/list", "/memo", "/what-if/votecal-2021-2?to:release=12/5/2021", "/site/manifest.json"]
    {
        for header in
            ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://127.0.0.1:1"]
        {
            assert_eq!(
                status(&format!("GET {path}"), &format!("{own}{header}\r\n")),
                403,
                "{path}, {header}"
            );
        }
    }
    let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(status("GET /", &format!("{own}{link}")), 200, "a link is followed");

    for path in [
        "/site/../memos/office.yaml",
        "/site/..%2f..%2fetc/passwd",
        "/site/%2e%2e/%2e%2e/etc/passwd",
        "/site//etc/passwd",
        "/site/ccrov/2021/august/../../../manifest.json",
        "/site/memos/office.yaml",
        "/../etc/passwd",
    ] {
        assert_eq!(status(&format!("GET {path}"), own), 404, "{path}");
    }
}

#[test]
fn a_port_that_is_taken_and_a_folder_that_is_not_there_are_told() {
    let folder = Folder::with_seed();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = folder.run(&["serve", "--port", &port]);
    assert_eq!((run.status, run.results.as_str()), (2, ""));
    assert!(run.faults.contains(&format!("port {port} is taken")), "{}", run.faults);
    assert!(run.faults.contains("type: ccrov serve --port 0"), "{}", run.faults);

    let run = Folder::empty().run(&["serve", "--port", "0"]);
    assert_eq!(run.status, 2);
    assert!(run.faults.contains("there is no folder") && run.faults.contains("--root"), "{}", run.faults);

    let folder = Folder::empty();
    folder.file("memos", "no folder");
    let run = folder.run(&["serve", "--port", "0"]);
    assert_eq!(run.status, 3);
    assert!(run.faults.contains("is a file"), "{}", run.faults);
}

#[test]
fn a_folder_that_goes_away_is_told_and_followed_again_when_it_is_back() {
    let folder = Folder::with_seed();
    let preview = Served::preview(folder.path());
    preview.events().first();
    let (memos, away) = (folder.path().join("memos"), folder.path().join("away"));
    fs::rename(&memos, &away).unwrap();
    let text = preview.wait_for("/memo", |text| text.contains("Nothing can be built"));
    assert!(text.contains("there is no folder") && text.contains("iframe"), "{text}");
    fs::rename(&away, &memos).unwrap();
    preview.wait_for("/memo", |text| !text.contains("Nothing can be built"));
    folder.edit(MEMO, "subject:", "subject: \"Back\" #");
    preview.wait_for("/site/ccrov/2021/august/21144dl.html", |text| text.contains("Back"));
}

#[test]
fn nobody_sees_a_draft_without_the_key() {
    let seed = Folder::with_seed();
    let preview = Served::preview(seed.path());
    let ask = |path: &str, more: &str| {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n{more}Connection: close\r\n\r\n");
        Served::answer(preview.connect_without_key(&request))
    };
    let wrong = format!("Cookie: ccrov-PORT={}\r\n", "0".repeat(preview.key.len()));
    for path in
        ["/", "/list", "/events", "/site/index.html", "/?key=", "/?key=0", "/memo?memo=21144", "/window.js"]
    {
        assert_eq!(ask(path, "").status, 403, "{path}");
        assert_eq!(ask(path, &wrong).status, 403, "{path}");
    }
    let opened = ask(&format!("/?key={}", preview.key), "");
    assert_eq!(opened.status, 303);
    assert!(opened.head.contains("\r\nlocation: /\r\n"), "{}", opened.head);
    assert!(opened.head.contains("httponly; samesite=lax"), "{}", opened.head);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn connections_that_say_nothing_keep_nobody_out() {
    let seed = Folder::with_seed();
    let preview = Served::preview(seed.path());
    let idle: Vec<_> = (0..600).map(|_| preview.connect_without_key("GET")).collect();
    assert_eq!(preview.get("/window.css").status, 200);
    drop(idle);
}

#[cfg(unix)]
#[test]
fn what_a_killed_preview_leaves_is_for_nobody_else_and_goes_with_the_next() {
    use std::os::unix::fs::PermissionsExt as _;
    let seed = Folder::with_seed();
    let mut folder = Served::preview(seed.path());
    folder.wait_for("/list", |list| list.contains("21144"));
    let left =
        || fs::read_dir(folder.aside.path()).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let [dir] = left().try_into().unwrap();
    assert_eq!(fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);
    folder.child.kill().unwrap();
    folder.child.wait().unwrap();
    assert!(dir.exists());
    let mut next = Command::new(env!("CARGO_BIN_EXE_ccrov"));
    let next =
        next.args(["serve", "--port", "0"]).current_dir(seed.path()).env("TMPDIR", folder.aside.path());
    let mut next = next.stdout(Stdio::piped()).spawn().unwrap();
    let begin = Instant::now();
    while dir.exists() {
        assert!(begin.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    next.kill().unwrap();
    next.wait().unwrap();
}
