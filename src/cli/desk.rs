//! `desk`, and `ccrov` without a command: opens the desk in the browser.
//!
//! In: arguments, this user's settings. Out: a desk that runs until somebody ends it, or the one that runs already, in the browser. Not here: the screens, which are `crate::screens`.

use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use chrono::NaiveDateTime;
use clap::Args;
use serde::Serialize;

use super::{Outcome, Terminal, publish};
use crate::{
    publish::Target,
    screens::{self, Ended, Opening, Running, Settings},
    serve::RunKey,
};

/// How long a desk that may run already is waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How many seconds a desk stays of which the last window was closed.
const STAY: u64 = 60;

#[derive(Args)]
pub(super) struct DeskArguments {
    /// Print the address instead of opening the browser
    #[arg(long)]
    no_open: bool,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 4322,
        help = "The port of this machine on which the desk is; it stays the same, so that the browser finds what you typed; 0 takes a free one"
    )]
    port: u16,
    /// How many seconds the desk stays after its last window was closed; it always stays while something typed is not saved
    #[arg(long, value_name = "SECONDS", default_value_t = STAY)]
    stay: u64,
}

impl Default for DeskArguments {
    fn default() -> DeskArguments {
        DeskArguments { no_open: false, port: 4322, stay: STAY }
    }
}

/// Where the desk is.
#[derive(Serialize)]
struct DeskAddress<'a> {
    address: &'a str,
}

/// `ccrov desk`.
pub(super) fn desk(root: &Path, chosen: &DeskArguments, terminal: &mut Terminal) -> Outcome {
    if root != Path::new(".") && !root.join("memos").is_dir() {
        let folder = root.display();
        return terminal
            .wrong_usage(&format!("{folder} holds no folder memos; name the folder that holds it"));
    }
    let settings = own_folder().map(Settings::at).unwrap_or_default();
    if chosen.port != 0
        && let Some(running) = settings.running().filter(is_running)
    {
        let address = DeskAddress { address: &running.address };
        let outcome = terminal.answer(&address, Outcome::Done, |terminal| {
            terminal.say(&format!("The desk is open already, at {}", running.address));
        });
        if !chosen.no_open {
            open(&running.address, terminal);
        }
        return outcome;
    }
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, chosen.port)) {
        Ok(listener) => listener,
        Err(error) => return terminal.wrong_usage(&no_port(chosen.port, &error)),
    };
    let port = listener.local_addr().map_or(chosen.port, |address| address.port());
    let key = RunKey::new();
    let address = key.address(port);
    settings.set_running(&Running { address: address.clone(), port });
    let root = folder(root, &settings);
    let answer = DeskAddress { address: &address };
    terminal.answer(&answer, Outcome::Done, |terminal| {
        terminal.say(&format!(
            "Leave this window open; the desk is in your browser.\nIt is at {address}\nTo end it, press Quit there, or Ctrl-C here."
        ));
    });
    if !chosen.no_open {
        let address = address.clone();
        // What opens an address may not end before the browser does.
        thread::spawn(move || open(&address, &mut Terminal::of_process("desk", false, false)));
    }
    let place = |target: &Target, root: &Path| publish::open(target, root, false);
    let stay = Duration::from_secs(chosen.stay);
    let opening = Opening { root, key, settings, machine: machine(), now, place, stay };
    match screens::run(listener, opening) {
        Ok(Ended::Asked) => Outcome::Done,
        Ok(Ended::NobodyThere) => {
            terminal.note("The desk has ended, since its last window was closed. To come back, start ccrov from its icon.");
            Outcome::Done
        }
        Err(trouble) => {
            terminal.complain(&trouble.to_string());
            Outcome::Disk
        }
    }
}

/// The folder that is named or lies here; else the one that was open last.
fn folder(root: &Path, settings: &Settings) -> Option<PathBuf> {
    let holds = |folder: &Path| folder.join("memos").is_dir();
    if holds(root) {
        return Some(root.to_owned());
    }
    settings.recent().iter().find(|folder| holds(folder)).cloned()
}

/// Whether a desk that said it runs still answers, with the key that it had.
fn is_running(running: &Running) -> bool {
    let ask = || -> io::Result<bool> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, running.port));
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let path = running.address.find("/?").map_or("/", |at| &running.address[at..]);
        let port = running.port;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut begin = [0; 12];
        stream.read_exact(&mut begin)?;
        Ok(begin.ends_with(b" 303"))
    };
    ask().unwrap_or(false)
}

/// Why a port cannot be had, and what to type.
fn no_port(port: u16, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => format!("another program has port {port}"),
        _ => format!("port {port} cannot be had: {error}"),
    };
    format!("{why}; for a free one type: ccrov desk --port 0")
}

fn open(address: &str, terminal: &mut Terminal) {
    if opener::open_browser(address).is_err() {
        terminal.note(&format!("note: no browser could be opened; go to {address} yourself"));
    }
}

/// Where this user's choices are kept.
#[expect(
    clippy::disallowed_methods,
    reason = "a front end may ask where this user keeps settings; nothing built depends on it"
)]
fn own_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || named("HOME").map(|home| home.join(".config"));
    let folder = if cfg!(windows) { named("APPDATA") } else { named("XDG_CONFIG_HOME").or_else(home) };
    folder.map(|folder| folder.join("ccrov"))
}

/// What this machine is called.
#[expect(
    clippy::disallowed_methods,
    reason = "it tells two people's unsaved texts apart; nothing built depends on it"
)]
fn machine() -> String {
    let named = std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok();
    #[cfg(unix)]
    let system = || rustix::system::uname().nodename().to_str().ok().map(str::to_owned);
    #[cfg(not(unix))]
    let system = || None;
    let name = named.or_else(system).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| "this machine".to_owned())
}

/// Now, where this machine stands: it is told in the history, and in nothing that is built.
fn now() -> NaiveDateTime {
    #[expect(clippy::disallowed_methods, reason = "it is told in the history, and in nothing that is built")]
    chrono::Local::now().naive_local()
}
