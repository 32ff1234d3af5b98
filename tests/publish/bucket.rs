//! A bucket in memory that speaks as much of S3's protocol as a publication needs, and can be cut off at a request.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

use ccrov::publish::{PublishError, Storage};
use md5::{Digest as _, Md5};

/// Where it is cut off. What comes after is refused.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cut {
    Never,
    /// So many requests come through.
    Before(usize),
    /// As many, and one whose answer is lost.
    After(usize),
}

/// Objects by their keys.
pub type Objects = BTreeMap<String, Vec<u8>>;

/// What it holds, and how it behaves.
pub struct State {
    pub objects: Objects,
    pub cut: Cut,
    /// The requests since the last cut was set, such as "PUT a.html".
    pub log: Vec<String>,
    /// Whether it does what a condition forbids, as some storage does.
    pub ignores_conditions: bool,
    /// Whether its tags are weak, as behind a server that compresses: no condition holds for them.
    pub has_weak_tags: bool,
    /// Whether its tags say nothing of the content, as where it encrypts.
    pub has_tags_of_its_own: bool,
    /// How many have opened it, and how many of those were ended: what they have sent and is still on its way is lost.
    opened: usize,
    ended: usize,
}

/// A server on this machine. It ends with the test's process.
#[derive(Clone)]
pub struct Bucket {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Bucket {
    pub fn new() -> Bucket {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State {
            objects: BTreeMap::from([("robots.txt".to_owned(), b"theirs".to_vec())]),
            cut: Cut::Never,
            log: Vec::new(),
            ignores_conditions: false,
            has_weak_tags: false,
            has_tags_of_its_own: false,
            opened: 0,
            ended: 0,
        };
        let bucket = Bucket { port, state: Arc::new(Mutex::new(state)) };
        let served = bucket.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let served = served.clone();
                thread::spawn(move || served.serve(client));
            }
        });
        bucket
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From now on, requests are counted anew. All who have opened it are ended.
    pub fn cut(&self, cut: Cut) {
        let mut state = self.state();
        (state.cut, state.log, state.ended) = (cut, Vec::new(), state.opened);
    }

    pub fn open(&self) -> Result<Storage, PublishError> {
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        let key = {
            let mut state = self.state();
            state.opened += 1;
            state.opened.to_string()
        };
        let settings = [
            ("AWS_ACCESS_KEY_ID", key.as_str()),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_ENDPOINT_URL", &endpoint),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Storage::open("memos", None, &settings)
    }

    fn serve(&self, mut client: TcpStream) {
        while let Some((head, body)) = read(&mut client) {
            let (status, tag, answer) = self.answer(&head, body);
            let tag = tag.map(|tag| format!("ETag: {tag}\r\n")).unwrap_or_default();
            let head = format!(
                "HTTP/1.1 {status} X\r\n{tag}Last-Modified: Wed, 21 Oct 2026 07:28:00 GMT\r\nContent-Length: {}\r\n\r\n",
                answer.len()
            );
            if client.write_all(&[head.as_bytes(), &answer].concat()).is_err() {
                return;
            }
        }
    }

    /// Status, tag and body of an answer.
    fn answer(&self, head: &str, body: Vec<u8>) -> (u16, Option<String>, Vec<u8>) {
        let mut state = self.state();
        let (method, target) = head.split_once(' ').unwrap();
        let target = target.split(' ').next().unwrap();
        let key = target.trim_start_matches("/memos").trim_start_matches('/').to_owned();
        let header = |name: &str| {
            let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name));
            line.map(|line| line[name.len()..].trim().to_owned())
        };
        let lost = (400, None, b"<Error><Code>Lost</Code></Error>".to_vec());
        let who = head.split_once("Credential=").and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
        if who.is_none_or(|who: usize| who <= state.ended) {
            return lost;
        }
        state.log.push(format!("{method} {key}"));
        let number = state.log.len();
        let (is_done, is_answered) = match state.cut {
            Cut::Never => (true, true),
            Cut::Before(count) => (number <= count, number <= count),
            Cut::After(count) => (number <= count + 1, number <= count),
        };
        if !is_done {
            return lost;
        }
        let answer =
            if key.starts_with('?') { state.list() } else { state.change(method, key, body, &header) };
        if is_answered { answer } else { lost }
    }
}

type Answer = (u16, Option<String>, Vec<u8>);

impl State {
    fn tag(&self, bytes: &[u8]) -> String {
        let hex: String = Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let tag =
            if self.has_tags_of_its_own { format!("\"{}-1\"", &hex[8..]) } else { format!("\"{hex}\"") };
        if self.has_weak_tags { format!("W/{tag}") } else { tag }
    }

    fn list(&self) -> Answer {
        let entry = |(key, bytes): (&String, &Vec<u8>)| {
            let tag = self.tag(bytes).replace('"', "&quot;");
            format!(
                "<Contents><Key>{key}</Key><LastModified>2026-10-21T07:28:00.000Z</LastModified><ETag>{tag}</ETag>\
                 <Size>{}</Size></Contents>",
                bytes.len()
            )
        };
        let entries: String = self.objects.iter().map(entry).collect();
        let xml = format!("<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>");
        (200, None, xml.into_bytes())
    }

    fn change(
        &mut self,
        method: &str,
        key: String,
        body: Vec<u8>,
        header: &dyn Fn(&str) -> Option<String>,
    ) -> Answer {
        let none = (404, None, b"<Error><Code>NoSuchKey</Code></Error>".to_vec());
        let there = self.objects.get(&key).cloned();
        match method {
            "GET" => match there {
                Some(bytes) => (200, Some(self.tag(&bytes)), bytes),
                None => none,
            },
            "DELETE" => {
                self.objects.remove(&key);
                (204, None, Vec::new())
            }
            _ => {
                let tag = there.as_ref().map(|bytes| self.tag(bytes));
                let is_refused = header("if-none-match:").is_some() && tag.is_some()
                    || header("if-match:").is_some_and(|wanted| self.has_weak_tags || tag != Some(wanted));
                if is_refused && !self.ignores_conditions {
                    return (412, None, b"<Error><Code>PreconditionFailed</Code></Error>".to_vec());
                }
                let bytes = match header("x-amz-copy-source:") {
                    Some(from) => match self.objects.get(
                        from.trim_start_matches("/memos").trim_start_matches("memos").trim_start_matches('/'),
                    ) {
                        Some(bytes) => bytes.clone(),
                        None => return none,
                    },
                    None => body,
                };
                let tag = self.tag(&bytes);
                self.objects.insert(key, bytes);
                (200, Some(tag), Vec::new())
            }
        }
    }
}

/// A request: its head and its body.
fn read(client: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut bytes, mut block) = (Vec::new(), [0; 65536]);
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
            });
            let length: usize = length.unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return Some((head, bytes[end + 4..end + 4 + length].to_vec()));
            }
        }
        match client.read(&mut block).ok()? {
            0 => return None,
            count => bytes.extend(&block[..count]),
        }
    }
}
