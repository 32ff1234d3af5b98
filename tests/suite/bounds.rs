//! What many faults, long chains and large folders take: no more lines than somebody reads, and time in proportion.
//! A limit of time is far from what is needed, and far below what a quadratic way would take.

use std::{
    fmt::Write as _,
    io::Write as _,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::common::{Folder, Run};

const HEAD: &str = "number: 21150\ndate: 2021-08-31\nstatus: issued\nletterhead: elections\nto: All County Clerks/Registrars \
of Voters\nfrom: debra-ledsinger\nsubject: \"Test: 21150\"\n";

/// A folder whose memo 21150 goes on so.
fn with_memo(rest: &str) -> Folder {
    let folder = Folder::with_seed();
    folder.file("memos/2021/21150.yaml", format!("{HEAD}{rest}"));
    folder
}

/// The same text for each number, which takes the place of `@`.
fn repeated(text: &str, count: usize) -> String {
    (0..count).map(|at| text.replace('@', &at.to_string())).collect()
}

fn errors(run: &Run) -> usize {
    run.faults.lines().filter(|line| line.starts_with("error[")).count()
}

/// Runs a command that must end in time.
fn within(seconds: u64, folder: &Folder, arguments: &[&str]) -> Run {
    let begun = Instant::now();
    let run = folder.run(arguments);
    assert!(begun.elapsed() < Duration::from_secs(seconds), "{arguments:?} took {:?}", begun.elapsed());
    run
}

fn faults(run: &Run) -> Vec<Value> {
    let report: Value = serde_json::from_str(&run.results).unwrap();
    report["faults"].as_array().unwrap().clone()
}

#[test]
fn a_run_prints_fifty_faults_and_says_how_many_more() {
    let folder = with_memo(&format!("body: Hello.\n{}", repeated("keyy@: 1\n", 2000)));
    let run = within(60, &folder, &["check"]);
    assert_eq!(errors(&run), 50);
    assert!(run.faults.contains("\nand 1,950 more; `--all` shows them\n"), "{}", run.faults);
    assert!(run.results.ends_with("Checked 2 memos. 2000 faults in 1 file.\n"), "{}", run.results);
    assert_eq!(errors(&within(60, &folder, &["check", "--all"])), 2000);
    assert_eq!(faults(&within(60, &folder, &["check", "--json"])).len(), 2000);
    assert_eq!(errors(&folder.run(&["build"])), 50);
}

#[test]
fn an_error_is_not_hidden_by_warnings() {
    let folder = with_memo(&format!("body: |\n{}", repeated("  See [here](https://e.gov/@).\n\n", 60)));
    folder.file("memos/2021/21151.yaml", HEAD.replace("21150", "21151") + "body: Hello.\nbad: 1\n");
    let run = folder.run(&["check"]);
    assert_eq!(errors(&run), 1, "{}", run.faults);
    assert!(run.faults.contains("and 11 more; "), "{}", run.faults);
}

/// Tasks in a chain that are all too late; the first is the cause.
fn late(count: usize, upside_down: bool) -> Folder {
    let start = |at: usize| match at.checked_sub(1) {
        None => "start: 2021-09-01\n    end: 2021-09-10".to_owned(),
        Some(before) => format!("start: {{after: t{before}, lag: 1wd}}\n    takes: 1wd"),
    };
    let task = |at| {
        format!(
            "  - id: t{at}\n    step: {at}\n    owners: sos\n    text: Do it.\n    {}\n    by: m\n",
            start(at)
        )
    };
    let mut tasks: Vec<_> = (0..count).map(task).collect();
    if upside_down {
        tasks.reverse();
    }
    with_memo(&format!("body: Hello.\nmilestones:\n  m: 2021-09-05\ntasks:\n{}", tasks.concat()))
}

#[test]
fn late_tasks_in_a_chain_are_told_once_each_and_the_cause_first() {
    for upside_down in [false, true] {
        let run = within(60, &late(1000, upside_down), &["check", "--json"]);
        let late: Vec<_> = faults(&run).into_iter().filter(|fault| fault["code"] == "past-limit").collect();
        assert_eq!(late.len(), 1000);
        assert!(late[0]["message"].as_str().unwrap().starts_with("step 0 ends"), "{}", late[0]);
        assert!(late.iter().all(|fault| fault["because"].as_array().is_none_or(|steps| steps.len() <= 4)));
    }
    let run = within(60, &late(100, false), &["check"]);
    assert!(run.faults.lines().count() < 1000, "{}", run.faults.lines().count());
}

#[test]
fn a_long_way_to_a_date_is_told_by_its_nearest_steps_and_its_last() {
    let mut tasks = String::new();
    for at in 0..2000 {
        let start = match at {
            0 => "2021-09-01".to_owned(),
            at => format!("{{after: t{}, lag: 1wd}}", at - 1),
        };
        let _ = write!(
            tasks,
            "  - id: t{at}\n    step: {at}\n    owners: sos\n    text: Do it.\n    start: {start}\n    takes: 1wd\n"
        );
    }
    tasks += &repeated(
        "  - id: u@\n    step: 3@\n    owners: sos\n    text: Do it.\n    start: {after: t1999, lag: 1wd}\n    takes: 1wd\n    by: m\n",
        500,
    );
    let memo = format!("body: Hello.\nmilestones:\n  m: 2021-09-05\ntasks:\n{tasks}");
    let run = within(100, &with_memo(&memo), &["check", "--json"]);
    let late: Vec<_> = faults(&run).into_iter().filter(|fault| fault["code"] == "past-limit").collect();
    assert_eq!(late.len(), 500);
    let steps = late[499]["because"].as_array().unwrap();
    assert!(steps.len() <= 8, "{steps:?}");
    let told = |words: &str| steps.iter().any(|step| step["message"].as_str().unwrap().starts_with(words));
    assert!(told("3995 more steps, then step 0 starts on September 1, 2021"), "{steps:?}");
}

#[test]
fn a_ring_of_dates_is_told_by_a_few_of_them() {
    let task = "  - id: t@\n    step: @\n    owners: sos\n    text: Do it.\n    start: {after: t~, lag: 1wd}\n    takes: 1wd\n";
    let tasks =
        (0..1000).map(|at| task.replace('@', &at.to_string()).replace('~', &((at + 1) % 1000).to_string()));
    let memo = format!("body: Hello.\ntasks:\n{}", tasks.collect::<String>());
    let run = within(60, &with_memo(&memo), &["check"]);
    assert_eq!(errors(&run), 1, "{}", run.faults);
    assert!(run.faults.lines().count() < 50, "{}", run.faults);
}

#[test]
fn many_faults_of_any_kind_take_time_in_proportion() {
    let body = |line: &str| format!("body: |\n{}", repeated(&format!("  {line}\n\n"), 1500));
    let task = "  - id: t@\n    step: @\n    owners: nobody\n    text: Do it.\n    start: {after: u@, lag: 1wd}\n    end: bad\n";
    let memos = [
        ("unknown-key", format!("body: Hello.\n{}", repeated("keyy@: 1\n", 1500))),
        ("duplicate-key", format!("body: Hello.\n{}", repeated("keyy@: 1\n", 1500).repeat(2))),
        ("wrong-weekday", body("On Monday, September 7, 2021, we are @.")),
        ("wrong-weekday", format!("body: \"{}\"\n", repeated("Monday, May @, and to Friday, May 4. ", 1500))),
        ("no-such-day", body("By September 31, 2021, we are @.")),
        ("unknown-reference", body("See CC/ROV #16@ for it.").replace("#16", "#161")),
        ("html", body("See <b>this @</b> for it.")),
        ("html", format!("body: \"{}\"\n", repeated("See <b>this @</b>. ", 1500))),
        ("word-bullet", body("• this @")),
        ("unknown-note", body("See[^@] for it.")),
        ("hidden-text", body("See {# a@ #} for it.")),
        ("bad-address", body("See [the form](x@.pdf) for it.")),
        ("no-glyph", body("See \u{1f600} for it @.")),
        ("unknown-entity", format!("body: Hello.\ntasks:\n{}", repeated(task, 1500))),
    ];
    for (code, memo) in memos {
        let folder = with_memo(&memo);
        let run = within(60, &folder, &["check", "--json"]);
        assert!(faults(&run).iter().filter(|fault| fault["code"] == code).count() >= 1, "{code}");
    }
}

#[test]
fn status_of_many_memos_takes_time_in_proportion() {
    let folder = Folder::with_seed();
    for at in 0..1500 {
        let draft = HEAD.replace("number: 21150\n", "").replace("issued", "draft");
        folder.file(&format!("memos/2021/m{at}.yaml"), draft + "body: Hello.\nbad: 1\n");
    }
    let run = within(100, &folder, &["status"]);
    assert!(run.results.contains("1501 memos: 1500 draft, 1 issued."), "{:?}", run.results.lines().last());
    let run = within(100, &folder, &["check"]);
    assert!(run.results.lines().all(|line| line.len() < 1000), "{}", run.results);
}

/// Bodies of templates that never end, or take all memory.
fn endless() -> Vec<(&'static str, String)> {
    let doubled = "{% set s = s ~ s %}".repeat(60);
    let lists = "{% set s = [s, s] %}".repeat(60);
    let long = "y".repeat(10_000);
    vec![
        (
            "loops",
            "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}".into(),
        ),
        ("doubled", format!("{{% set s = 'aaaaaaaaaa' %}}{doubled}{{{{ s | length }}}}")),
        ("lists", format!("{{% set s = ['aaaaaaaaaa'] %}}{lists}{{{{ s | length }}}}")),
        (
            "kept",
            format!("{{% set x %}}{{% for i in range(end=100000) %}}{long}{{% endfor %}}{{% endset %}}"),
        ),
        (
            "printed",
            format!(
                "{{% set b = '{long}' %}}{{% filter upper %}}{{% for i in range(end=100000) %}}{{{{ b }}}}{{% endfor %}}{{% endfilter %}}"
            ),
        ),
        ("joined", format!("{{{{ range(end=100000) | join(sep='{long}') | length }}}}")),
        (
            "replaced",
            format!(
                "{{% set b = '{long}' %}}{{{{ b | replace(from='y', to=b) | replace(from='y', to=b) | length }}}}"
            ),
        ),
        (
            "indented",
            format!("{{{{ \"{}\" | indent(width=1000, blank=true) | length }}}}", "\\n".repeat(20_000)),
        ),
        ("components", "{% component a() %}{{ <a/> }}{{ <a/> }}{% endcomponent a %}{{ <a/> }}".into()),
        ("brackets", "{{ [i for i in range(end=100000)] | length }}".into()),
    ]
}

#[test]
fn a_template_that_never_ends_is_a_fault_of_its_memo() {
    let folder = Folder::with_seed();
    let memos = endless();
    for (name, body) in &memos {
        let head = HEAD.replace("number: 21150\n", "").replace("issued", "draft");
        folder.file(&format!("memos/2021/{name}.yaml"), format!("{head}body: |\n  Hello.\n\n  {body}\n"));
    }
    let run = within(100, &folder, &["build"]);
    assert_eq!(errors(&run), memos.len(), "{}", run.faults);
    for (name, _) in &memos {
        assert!(run.faults.contains(&format!("memos/2021/{name}.yaml:10:")), "{name}: {}", run.faults);
    }
    assert!(folder.has("output/ccrov/2021/august/21144dl.pdf"));
}

/// A PDF of objects numbered from 1, the first its catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut pdf, mut places) = (b"%PDF-1.5\n".to_vec(), String::new());
    for (object, number) in objects.iter().zip(1..) {
        let _ = writeln!(places, "{:010} 00000 n ", pdf.len());
        pdf.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let (table, size) = (pdf.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
    );
    pdf.extend(end.bytes());
    pdf
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// So many megabytes of spaces, packed.
fn packed(megabytes: usize) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    (0..megabytes).for_each(|_| packer.write_all(&spaces).unwrap());
    packer.finish().unwrap()
}

/// A PDF of one page that draws what is given.
fn page(content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let own = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec(),
        content,
    ];
    pdf(&[&own[..], more].concat())
}

#[test]
fn a_pdf_that_unpacks_without_end_is_a_fault_of_its_memo() {
    let twice = {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&packed(1024)).unwrap();
        packer.finish().unwrap()
    };
    let table = |keys: &str| {
        let mut pdf = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec();
        let at = pdf.len();
        pdf.extend(b"2 0 obj\n");
        pdf.extend(stream(&format!("/Type/XRef/Root 1 0 R/Size 9{keys}"), b""));
        pdf.extend(format!("\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
        pdf
    };
    let objects = vec![stream("/Type/ObjStm/N 1/First 10/Filter/FlateDecode", &packed(1024))];
    let files = [
        ("packed", true, page(stream("/Filter/FlateDecode", &packed(1024)), &[])),
        ("packed-twice", true, page(stream("/Filter[/FlateDecode/FlateDecode]", &twice), &[])),
        ("objects", false, page(stream("", b""), &objects)),
        ("no-width", false, table("/W[0 0 0]/Index[0 1000000000000]")),
        ("all-width", false, table("/W[100000000000 0 0]")),
        ("brackets", false, page(stream("", "[".repeat(200_000).as_bytes()), &["[".repeat(200_000).into()])),
    ];
    let folder = Folder::with_seed();
    for (name, _, bytes) in &files {
        let head = HEAD.replace("number: 21150\n", "").replace("issued", "draft");
        let memo = format!("{head}body: Hello.\nattachments:\n  - {{title: It, file: {name}.pdf}}\n");
        folder.file(&format!("memos/2021/{name}.yaml"), memo).file(&format!("memos/2021/{name}.pdf"), bytes);
    }
    let run = within(60, &folder, &["build"]);
    for (name, is_fault, _) in &files {
        let fault = format!("error[attached-too-large]: {name}.pdf unpacks");
        assert_eq!(run.faults.contains(&fault), *is_fault, "{name}: {}", run.faults);
        assert!(run.faults.contains(&format!("]: {name}.pdf lacks ")), "{name}: {}", run.faults);
    }
    assert!(folder.has("output/ccrov/2021/august/21144dl.pdf"));
}

#[test]
fn many_brackets_and_braces_of_a_text_take_time_in_proportion() {
    for what in ["[", "[]", "> ", "- ", "[blank: ", "{", "{ a.", "[a](", "![", "*a ", "(E", "CC/ROV #", "<a "]
    {
        let folder = with_memo(&format!("body: |\n  Hello.\n\n  {}\n", what.repeat(40_000)));
        within(60, &folder, &["check"]);
    }
    for what in ["[", "{", "{a: ", "- ", "? ", "&a "] {
        let folder = with_memo(&format!("body: Hello.\nx: {}\n", what.repeat(200_000)));
        let run = within(60, &folder, &["check"]);
        assert_eq!(run.status, 1, "{what}");
    }
}

#[test]
fn many_marks_of_a_text_take_time_in_proportion() {
    let forms = [
        "#1 ",
        "**a ",
        "**a",
        "a\\*",
        "a\\_b",
        "] (",
        ")[",
        "](",
        "__ ",
        "5*3*2 ",
        "`",
        "~~",
        "[ ] ",
        "| a ",
        "> ",
        "- ",
        "1) ",
        "(1) a\n  ",
        "Call.\n  ",
        "a | b\n  ",
        "[a]: b\n  ",
        "[a](b \"c\") ",
        "\\\\a\\_b ",
        "####### ",
        "*a ",
    ];
    for what in forms {
        let folder = with_memo(&format!("body: |\n  Hello.\n\n  {}\n", what.repeat(20_000)));
        within(30, &folder, &["check"]);
    }
}

#[test]
fn a_drawing_that_its_readers_would_not_end_with_is_a_fault() {
    let drawing = |inner: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inner}<path d=\"M0 0h9v9z\"/></svg>"
        )
    };
    let rules: String = (0..20_000).map(|at| format!(".a{at}{{fill:red}}")).collect();
    let attributes: String = (0..50_000).map(|at| format!(" a{at}=\"b\"")).collect();
    let drawings = [
        (format!("<style>{rules}</style>{}", "<path class=\"a1\" d=\"M0 0h9v9z\"/>".repeat(5000)), true),
        (format!("<path{attributes}/>"), true),
        (format!("<path style=\"{}\" d=\"M0 0h9v9z\"/>", "fill:red;".repeat(9000)), true),
        (format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)), true),
        (format!("{}{}", "<text>".repeat(50_000), "</text>".repeat(50_000)), false),
    ];
    for (inner, is_fault) in drawings {
        let begun = Instant::now();
        let read = ccrov::picture::Picture::read(drawing(&inner).as_bytes());
        assert!(begun.elapsed() < Duration::from_secs(20), "{:.80} took {:?}", inner, begun.elapsed());
        assert_eq!(read.is_err(), is_fault, "{inner:.80}");
    }
}
