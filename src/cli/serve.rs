//! `serve`: the preview. Opens the port, and says where it is.
//!
//! Not here: the window, which is `crate::serve`.

use std::{io, net::TcpListener, path::Path, thread};

use clap::Args;
use serde::Serialize;

use super::{Outcome, Terminal, today};
use crate::{screens, serve};

#[derive(Args)]
pub(super) struct ServeArguments {
    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,
    /// The port of this machine on which it can be reached; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 4321)]
    pub port: u16,
}

/// Where the preview is.
#[derive(Serialize)]
struct Serving<'a> {
    address: &'a str,
}

/// `ccrov serve`.
pub(super) fn serve(root: &Path, chosen: &ServeArguments, terminal: &mut Terminal) -> Outcome {
    if let Err(nothing) = serve::look(root) {
        let outcome = if nothing.is_missing() { Outcome::Usage } else { Outcome::Disk };
        return terminal.stop(&nothing.to_string(), outcome);
    }
    let listener = match TcpListener::bind(("127.0.0.1", chosen.port)) {
        Ok(listener) => listener,
        Err(error) => return terminal.wrong_usage(&no_port(chosen.port, &error)),
    };
    let port = listener.local_addr().map_or(chosen.port, |address| address.port());
    let key = serve::RunKey::new();
    let address = key.address(port);
    let serving = Serving { address: &address };
    terminal.answer(&serving, Outcome::Done, |terminal| {
        terminal.say(&format!("The preview is at {address}\nIt follows what you save; Ctrl-C ends it."));
    });
    if chosen.open {
        // What opens an address may not end before the browser does.
        thread::spawn(move || open(&address));
    }
    match serve::run(listener, root, key, screens::what_if(root, today)) {
        Ok(()) => Outcome::Done,
        Err(trouble) => {
            terminal.complain(&trouble.to_string());
            Outcome::Disk
        }
    }
}

/// Why a port cannot be had, and what to type.
fn no_port(port: u16, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is taken, perhaps by a preview that is running")
        }
        io::ErrorKind::PermissionDenied => format!("port {port} is not for everybody"),
        _ => format!("port {port} cannot be had: {error}"),
    };
    format!("{why}; for a free one type: ccrov serve --port 0")
}

fn open(address: &str) {
    if opener::open_browser(address).is_err() {
        Terminal::of_process("serve", false, false)
            .note(&format!("note: no browser could be opened; go to {address} yourself"));
    }
}
