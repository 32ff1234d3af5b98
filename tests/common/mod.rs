//! A working folder that a test may spoil, the program run in it, and a PDF read back.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod book;
pub mod disk;
pub mod docx;
pub mod failing;
pub mod forms;
pub mod hostile;
pub mod pdf;
pub mod plan;
pub mod printed;
pub mod served;
pub mod tags;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A working folder that is removed with the test.
pub struct Folder {
    dir: tempfile::TempDir,
}

/// What a run of the program said.
pub struct Run {
    pub status: i32,
    pub results: String,
    pub faults: String,
}

/// The shipped working folder.
pub fn shipped() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Folder {
    pub fn empty() -> Folder {
        Folder { dir: tempfile::tempdir().unwrap() }
    }

    /// What `ccrov init` makes: an office, a release and two memos.
    pub fn sample() -> Folder {
        let folder = Folder::empty();
        assert_eq!(folder.run(&["init", "."]).status, 0);
        folder
    }

    /// The office, the release and the memo of the seed, without templates and output.
    pub fn with_seed() -> Folder {
        let folder = Folder::empty();
        for file in ["office.yaml", "releases/votecal-2021-2.yaml", "2021/21144.yaml"] {
            let name = format!("memos/{file}");
            let text = fs::read_to_string(shipped().join(&name)).unwrap();
            // One county stands for all: what stops a build at each file that it writes takes twice as long with 58.
            let others =
                |line: &&str| !line.ends_with(", part_of: all-counties}") || line.contains("alameda");
            let kept: String = text.split_inclusive('\n').filter(|line| others(&line.trim_end())).collect();
            folder.file(&name, kept);
        }
        folder
    }

    /// A copy of a folder, under a name.
    pub fn copy(from: &Path, name: &str) -> Folder {
        let folder = Folder::empty();
        for file in files(from) {
            folder.file(&format!("{name}/{file}"), fs::read(from.join(&file)).unwrap());
        }
        folder
    }

    /// What analysts write in a working folder, and what is published of issued memos.
    pub fn with_sources_of(from: &Path) -> Folder {
        let folder = Folder::empty();
        for part in ["memos", "templates", "output"] {
            for file in files(&from.join(part)) {
                let name = format!("{part}/{file}");
                folder.file(&name, fs::read(from.join(&name)).unwrap());
            }
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> &Folder {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Replaces text in a file; it must stand there.
    pub fn edit(&self, name: &str, from: &str, to: &str) -> &Folder {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.file(name, text.replace(from, to))
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_ccrov"))
            .args(arguments)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        Run {
            status: output.status.code().expect("the program ends by itself"),
            results: String::from_utf8(output.stdout).unwrap(),
            faults: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Builds, and expects no fault.
    pub fn build(&self) -> &Folder {
        let run = self.run(&["build"]);
        assert_eq!((run.status, run.faults.as_str()), (0, ""), "{}", run.results);
        self
    }
}

impl Run {
    /// The results of a build without how many files of the lists it wrote: every page that is added changes that.
    pub fn results_of_memos(&self) -> String {
        let (before, after) =
            self.results.split_once(" of the lists").expect("files of the lists were written");
        before.rsplit_once("; ").unwrap().0.to_owned() + after
    }
}

/// The files below a folder by their paths with forward slashes, sorted.
pub fn files(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            // What the program keeps for itself: history, and what it has seen.
            if path.ends_with(".ccrov") {
                continue;
            }
            if path.is_dir() { walk(&path, out) } else { out.push(path) }
        }
    }
    let mut paths = Vec::new();
    walk(folder, &mut paths);
    let mut names: Vec<_> = paths
        .iter()
        .map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    names.sort();
    names
}

/// Text without white space.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of a PDF's pages, a line for each line, without what is marked as an artifact: running
/// heads, repeated table heads.
pub fn pdf_text(bytes: &[u8]) -> Vec<String> {
    pdf::Pdf::read(bytes).page_texts()
}

/// Numbers that are the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    pub fn one<'o, T: ?Sized>(&mut self, of: &[&'o T]) -> &'o T {
        of[self.index(of.len())]
    }
}

/// The arguments of a command line, as a shell reads them.
pub fn arguments(line: &str) -> Vec<String> {
    let mut arguments: Vec<String> = Vec::new();
    let (mut quote, mut is_open) = (None, false);
    for c in line.chars() {
        if quote.is_none() && c == ' ' {
            is_open = false;
            continue;
        }
        if !is_open {
            arguments.push(String::new());
            is_open = true;
        }
        match quote {
            Some(mark) if mark == c => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => arguments.last_mut().unwrap().push(c),
        }
    }
    arguments
}
