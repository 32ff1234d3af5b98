//! The preview and the desk, spoken to as a browser speaks to them.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long anything may take, on a machine that has other work too.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A preview or a desk that runs, and where it keeps what it builds.
pub struct Served {
    pub child: Child,
    pub port: u16,
    pub key: String,
    is_desk: bool,
    /// For its temporary files.
    pub aside: tempfile::TempDir,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// A screen leads on by its own buttons; it names no command, unless it says where that is typed.
    fn speaks_of_no_terminal(&self, request: &str) {
        let page = self.text();
        for (at, _) in page.match_indices("`ccrov ") {
            let near: String = page[at..].chars().take(300).collect();
            assert!(near.contains("typed in a terminal"), "{request}\n{near}");
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        let (_, to) = self.head.split_once("location: ").unwrap_or_else(|| panic!("{}", self.head));
        to.lines().next().unwrap()
    }
}

/// The heads of a form that a page of the desk sends.
const OF_A_PAGE: &str =
    "Origin: http://127.0.0.1:PORT\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/// What a hidden field of a page holds.
pub fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{page}"));
    rest.split('"').next().unwrap().to_owned()
}

impl Served {
    /// The preview of a folder.
    pub fn preview(folder: &Path) -> Served {
        Served::start(folder, &["serve", "--port", "0"], tempfile::tempdir().unwrap())
    }

    /// The desk at a folder.
    pub fn desk(folder: &Path) -> Served {
        Served::desk_of(folder, tempfile::tempdir().unwrap())
    }

    /// The desk at a folder, with the settings that another one left in `aside`.
    pub fn desk_of(folder: &Path, aside: tempfile::TempDir) -> Served {
        Served::start(folder, &["desk", "--no-open", "--port", "0"], aside)
    }

    /// The desk at a folder, which ends so many seconds after its last window was closed.
    pub fn desk_that_stays(folder: &Path, seconds: &str) -> Served {
        let arguments = ["desk", "--no-open", "--port", "0", "--stay", seconds];
        Served::start(folder, &arguments, tempfile::tempdir().unwrap())
    }

    fn start(folder: &Path, arguments: &[&str], aside: tempfile::TempDir) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ccrov"))
            .args(arguments)
            .current_dir(folder)
            .env("TMPDIR", aside.path())
            .env("XDG_CONFIG_HOME", aside.path().join("config"))
            .env("HOSTNAME", "SOS-PC-114")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
        let address =
            printed.find_map(|line| Some(line.unwrap().split_once("http://127.0.0.1:")?.1.to_owned()));
        let address = address.expect("it says where it is");
        let (port, key) = address.trim().split_once("/?key=").unwrap_or_else(|| panic!("{address}"));
        Served {
            child,
            port: port.parse().unwrap(),
            key: key.to_owned(),
            is_desk: arguments[0] == "desk",
            aside,
        }
    }

    /// The address that is opened first.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?key={}", self.port, self.key)
    }

    /// Sends a form as a page of the desk does, and gives the answer.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        self.post_as(path, &[&[("token", token.as_str())], fields].concat(), OF_A_PAGE)
    }

    /// Sends a form as a page of the desk does, and does not wait for the answer.
    pub fn begin_post(&self, path: &str, fields: &[(&str, &str)]) -> BufReader<TcpStream> {
        let token = self.token();
        self.connect(&posted(path, &[&[("token", token.as_str())], fields].concat(), OF_A_PAGE))
    }

    /// Sends a form with other heads.
    pub fn post_as(&self, path: &str, fields: &[(&str, &str)], heads: &str) -> Answer {
        self.ask(&posted(path, fields, heads))
    }

    /// Sends files as the form of a memo does: their names and bytes.
    pub fn upload(&self, path: &str, token: &str, files: &[(&str, &[u8])]) -> Answer {
        self.upload_with(path, &[("token", token)], files)
    }

    /// Sends a form with fields and files.
    pub fn upload_with(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let field = |(name, value): &(&str, &str)| {
            format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = fields.iter().map(field).collect::<String>().into_bytes();
        for (name, bytes) in files {
            let head = format!(
                "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n"
            );
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(b"--B--\r\n");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT\r\nContent-Type: multipart/form-data; boundary=B\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = self.connect(&head);
        stream.get_mut().write_all(&body).unwrap();
        Served::answer(stream)
    }

    /// What each form of a page carries.
    pub fn token(&self) -> String {
        hidden(&self.get("/you").text(), "token")
    }

    /// Ends it as a power cut does.
    pub fn kill(mut self) -> tempfile::TempDir {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::mem::replace(&mut self.aside, tempfile::tempdir().unwrap())
    }

    pub fn connect(&self, request: &str) -> BufReader<TcpStream> {
        let cookie = format!("\r\nCookie: a=b; ccrov-PORT={}\r\n\r\n", self.key);
        self.connect_without_key(&request.replacen("\r\n\r\n", &cookie, 1))
    }

    pub fn connect_without_key(&self, request: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.replace("PORT", &self.port.to_string()).as_bytes()).unwrap();
        BufReader::new(stream)
    }

    pub fn ask(&self, request: &str) -> Answer {
        let answer = Served::answer(self.connect(request));
        // These show files as they are written.
        let shows_a_file = [" /file/", " /history/", " /copies"].iter().any(|path| request.contains(path));
        if self.is_desk && !shows_a_file && answer.head.contains("text/html") {
            answer.speaks_of_no_terminal(request);
        }
        answer
    }

    pub fn answer(mut stream: BufReader<TcpStream>) -> Answer {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: all[end + 4..].to_vec() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n"))
    }

    /// What a window asks for, until it shows what is looked for.
    pub fn wait_for(&self, path: &str, shows: impl Fn(&str) -> bool) -> String {
        let begin = Instant::now();
        loop {
            let text = self.get(path).text();
            if shows(&text) {
                return text;
            }
            assert!(begin.elapsed() < PATIENCE, "{path} still shows\n{text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn events(&self) -> Events {
        let request = "GET /events HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n";
        Events { stream: self.connect(request) }
    }

    /// Ends it as a closed terminal or a shutdown does.
    pub fn end(mut self) -> tempfile::TempDir {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert!(self.child.wait().unwrap().success());
        std::mem::replace(&mut self.aside, tempfile::tempdir().unwrap())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Events {
    stream: BufReader<TcpStream>,
}

impl Events {
    /// Waits for the next event, and gives what it says.
    pub fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.stream.read_line(&mut line).unwrap() > 0, "the program has ended");
            if let Some(data) = line.strip_prefix("data:") {
                return data.trim().to_owned();
            }
        }
    }

    /// Waits for the first whole build.
    pub fn first(&mut self) {
        while self.next().ends_with("-0") {}
    }
}

/// The request that sends a form.
fn posted(path: &str, fields: &[(&str, &str)], heads: &str) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let body = pairs.join("&");
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n{heads}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
