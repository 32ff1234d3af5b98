//! `serve`: the preview. Opens the port, and says where it is.
//!
//! Not here: the window (`crate::serve`), how its parts come about (`builder`, `advisor`).

mod advisor;
mod builder;

use std::{io, net::TcpListener, path::Path, sync::Arc, thread};

use clap::Args;

use super::{Outcome, Terminal};
use crate::serve::{self, Folder};
use advisor::Slips;
use builder::Workshop;

#[derive(Args)]
pub(super) struct ServeArguments {
    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,
    /// The port of this machine on which it can be reached; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 4321)]
    pub port: u16,
}

/// `ccrov serve`.
pub(super) fn serve(root: &Path, chosen: &ServeArguments, terminal: &mut Terminal) -> Outcome {
    if let Err(wrong) = look(root) {
        terminal.complain(&wrong);
        return if root.join("memos").exists() { Outcome::Disk } else { Outcome::Usage };
    }
    let listener = match TcpListener::bind(("127.0.0.1", chosen.port)) {
        Ok(listener) => listener,
        Err(error) => return terminal.wrong_usage(&no_port(chosen.port, &error)),
    };
    let port = listener.local_addr().map_or(chosen.port, |address| address.port());
    let folder = match Folder::new() {
        Ok(folder) => Arc::new(folder),
        Err(error) => {
            terminal.complain(&format!("there is no folder for what the preview builds: {error}"));
            return Outcome::Disk;
        }
    };
    let address = format!("http://127.0.0.1:{port}/");
    terminal.say(&format!("The preview is at {address}\nIt follows what you save; Ctrl-C ends it."));
    if chosen.open {
        // What opens an address may not end before the browser does.
        thread::spawn(move || open(&address));
    }
    let builder = Workshop::new(root, Arc::clone(&folder));
    let advisor = Slips::new(root);
    match serve::run(listener, root, &folder, builder, advisor) {
        Ok(()) => Outcome::Done,
        Err(trouble) => {
            folder.remove();
            terminal.complain(&trouble.to_string());
            Outcome::Disk
        }
    }
}

/// Whether there is something to show. The error says what is not there, or cannot be read.
fn look(root: &Path) -> Result<(), String> {
    let memos = root.join("memos");
    match std::fs::read_dir(&memos) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(format!(
            "there is no folder {}; run ccrov in the folder that holds memos/, or name that folder: ccrov --root DIR serve",
            memos.display()
        )),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(format!("{} is a file; the folder with the memos is expected there", memos.display()))
        }
        Err(error) => Err(format!("{} cannot be read: {error}; look at who may read it", memos.display())),
    }
}

/// Why a port cannot be had, and what to type.
fn no_port(port: u16, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is taken, perhaps by a preview that is running at http://127.0.0.1:{port}/")
        }
        io::ErrorKind::PermissionDenied => format!("port {port} is not for everybody"),
        _ => format!("port {port} cannot be had: {error}"),
    };
    format!("{why}; for a free one type: ccrov serve --port 0")
}

fn open(address: &str) {
    if opener::open_browser(address).is_err() {
        Terminal::of_process().note(&format!("note: no browser could be opened; go to {address} yourself"));
    }
}
