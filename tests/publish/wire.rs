//! A server that speaks S3's protocol, a wire to it that counts requests and can be cut, and a proxy.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// moto, until the test ends.
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Server {
    /// Starts it, with an empty bucket `memos`. The first start installs it.
    pub fn start() -> Server {
        let server = Server::run(None);
        let (head, _) = server.ask("PUT /memos", b"");
        assert!(head.starts_with("http/1.1 200"), "{head}");
        server
    }

    /// The same, encrypted; the folder gets the certificate of the authority that vouches for it, `authority.pem`.
    pub fn encrypted(folder: &Path) -> Server {
        let server = Server::run(Some(folder));
        let make = "import ssl, sys; from urllib.request import Request, urlopen; \
                    trusted = ssl.create_default_context(cafile=sys.argv[2]); \
                    urlopen(Request(sys.argv[1], method='PUT'), context=trusted)";
        let url = format!("https://localhost:{}/memos", server.port);
        let mut python = Command::new("python3");
        python.args(["-c", make, &url]).arg(folder.join("authority.pem"));
        assert!(python.status().unwrap().success(), "{url}");
        server
    }

    fn run(certificates: Option<&Path>) -> Server {
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/publish/moto.sh");
        let log = std::fs::File::create(std::env::temp_dir().join(format!("moto-{port}.log"))).unwrap();
        let mut command = Command::new("sh");
        command.arg(script).arg(port.to_string()).args(certificates).stderr(log);
        let mut server = Server { process: command.spawn().unwrap(), port };
        let end = Instant::now() + Duration::from_secs(240);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Some(status) = server.process.try_wait().unwrap() {
                panic!("moto cannot be installed or started ({status}); run: sh {script} {port}");
            }
            assert!(Instant::now() < end, "moto did not start in four minutes");
            thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Asks it for something such as "GET /memos/key": head, in small letters, and body of its answer. It takes any login.
    pub fn ask(&self, request: &str, body: &[u8]) -> (String, Vec<u8>) {
        let head = format!("{request} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n", body.len());
        let whole =
            [head.as_bytes(), b"Authorization: AWS a:test\r\nConnection: close\r\n\r\n", body].concat();
        let answer = exchange(self.port, &whole);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        (String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase(), answer[end + 4..].to_vec())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(std::env::temp_dir().join(format!("moto-{}.log", self.port)));
    }
}

/// Where a wire is cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cut {
    Never,
    /// So many requests come through.
    Before(usize),
    /// As many, and one whose answer is lost.
    After(usize),
}

/// A wire to a server.
pub struct Wire {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

struct State {
    cut: Cut,
    log: Vec<String>,
}

impl Wire {
    pub fn to(server: u16) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State { cut: Cut::Never, log: Vec::new() }));
        let shared = state.clone();
        // It ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = shared.clone();
                thread::spawn(move || pass(client, server, &state));
            }
        });
        Wire { port, state }
    }

    /// From now on, requests are counted anew.
    pub fn cut(&self, cut: Cut) {
        let mut state = self.state.lock().unwrap();
        (state.cut, state.log) = (cut, Vec::new());
    }

    /// The requests that have come since, such as "PUT /memos/site/a.html".
    pub fn log(&self) -> Vec<String> {
        self.state.lock().unwrap().log.clone()
    }
}

/// Passes one request on, and its answer back.
fn pass(mut client: TcpStream, server: u16, state: &Mutex<State>) -> Option<()> {
    client.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let request = read_request(&mut client)?;
    let line = String::from_utf8_lossy(request.split(|byte| *byte == b'\r').next()?).into_owned();
    let number = {
        let mut state = state.lock().unwrap();
        state.log.push(line.trim_end_matches(" HTTP/1.1").to_owned());
        state.log.len()
    };
    let cut = state.lock().unwrap().cut;
    let (is_sent, is_answered) = match cut {
        Cut::Never => (true, true),
        Cut::Before(count) => (number <= count, number <= count),
        Cut::After(count) => (number <= count + 1, number <= count),
    };
    let answer = is_sent.then(|| exchange(server, &request))?;
    if is_answered {
        client.write_all(&answer).ok()?;
    }
    Some(())
}

/// One request with its body, which asks for a connection of its own.
pub fn read_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut bytes, mut block) = (Vec::new(), [0; 65536]);
    loop {
        let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
        if let Some(head) = head {
            let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
            let length =
                text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if bytes.len() >= head + length.unwrap_or(0) {
                let after_line = bytes.windows(2).position(|two| two == b"\r\n")? + 2;
                bytes.splice(after_line..after_line, *b"Connection: close\r\n");
                return Some(bytes);
            }
        }
        match client.read(&mut block).ok()? {
            0 => return None,
            count => bytes.extend(&block[..count]),
        }
    }
}

fn exchange(port: u16, request: &[u8]) -> Vec<u8> {
    let mut answer = Vec::new();
    if let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)) {
        server.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let _ = server.write_all(request).and_then(|()| server.read_to_end(&mut answer).map(drop));
    }
    answer
}

/// A proxy, which leads to wherever it is asked for.
pub struct Proxy {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub fn start() -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = asked.clone();
        // It ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let asked = shared.clone();
                thread::spawn(move || lead(client, &asked));
            }
        });
        Proxy { port, asked }
    }

    /// What it has been asked for since the last time, such as "CONNECT localhost:443".
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn lead(mut client: TcpStream, asked: &Mutex<Vec<String>>) -> Option<()> {
    let request = String::from_utf8(read_request(&mut client)?).ok()?;
    let line = request.lines().next()?.trim_end_matches(" HTTP/1.1");
    asked.lock().unwrap().push(line.to_owned());
    let mut server = TcpStream::connect(line.strip_prefix("CONNECT ")?).ok()?;
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    let (mut from_client, mut to_server) = (client.try_clone().ok()?, server.try_clone().ok()?);
    thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(std::net::Shutdown::Write);
    });
    let _ = std::io::copy(&mut server, &mut client);
    client.shutdown(std::net::Shutdown::Both).ok()
}
