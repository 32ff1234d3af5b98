//! What can be typed on the command line.
//!
//! Not here: what a command does with it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, builder::PossibleValuesParser};

use super::{
    approve, build, desk, diff, export, find, import, issue, mail, new, publish, review, serve, set,
    slip_arguments, why, withdraw,
};
use crate::schema::SCHEMAS;

/// Writes county memos (CC/ROV memoranda) and their schedules as Markdown, web pages and PDF.
///
/// You write the files in memos/: the office, the releases with their dates, one file for each memo. ccrov builds
/// output/ from them. Change a date once and build again: every memo, schedule and page follows.
#[derive(Parser)]
#[command(
    name = "ccrov",
    version,
    after_help = "Examples:\n  ccrov init memoranda    make a working folder to begin with\n  ccrov new 21150         begin a memo\n  ccrov build             build everything\n  ccrov check 21144       look for faults in one memo, write nothing\n  ccrov status            what is in work, and what each memo still needs\n  ccrov issue 21150       lock a memo as it is\n  ccrov slip votecal-2021-2 --move release=2021-12-05 --reason \"a late fix\"\n  ccrov explain           list the faults that there are\n  ccrov --root ~/memos build"
)]
pub(super) struct Arguments {
    /// The working folder: the one that holds memos/ [default: this folder]
    #[arg(long, value_name = "DIR", global = true, default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Print the result as JSON, for other programs
    #[arg(long, global = true)]
    pub json: bool,
    /// Print everything: all faults, not only the first 50; for `status`, issued and archived memos too
    #[arg(long, global = true)]
    pub all: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a working folder to begin with
    ///
    /// Writes a sample office, a sample memo, the templates, the guide, and what your editor needs to help
    /// you type. What is there already is never overwritten.
    #[command(
        after_help = "Examples:\n  ccrov init memoranda         make the folder memoranda\n  ccrov init .                 fill this folder, if it is empty\n\nExit status: 0 done, 2 wrong usage (the folder is not empty), 3 disk."
    )]
    Init {
        /// The folder; it is made if it is not there, and must be empty if it is
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Begin a memo, copy one, or announce a delay
    ///
    /// Without --from, the file holds every key of a simple memo with a remark on it. With --from, it is a
    /// copy as a draft with a number and a date of its own; whatever else it says of dates, months, weekdays
    /// and memos' numbers is listed, so that nothing of the other memo is sent out unseen. With --announces, it
    /// announces a release's last delay, and updates the memos of that release.
    #[command(
        after_help = "Examples:\n  ccrov new 21150                              begin memo 21150\n  ccrov new registration-drill --date 9/1/2021 begin a draft without a number\n  ccrov new 21150 --from 21144 --date \"September 1, 2021\"\n  ccrov new 21150 --announces votecal-2021-2   announce the last delay of a release\n\nExit status: 0 done, 2 wrong usage (such a memo is there), 3 disk."
    )]
    New(new::NewArguments),
    /// Build memos into the output folder
    ///
    /// Builds output/ from memos/ and templates/. A memo with a fault is not built; all others are.
    #[command(
        after_help = "Examples:\n  ccrov build                  build every memo\n  ccrov build 21144            build one memo\n  ccrov build --only pdf       write the PDFs alone\n  ccrov build --check          say whether output/ is current, write nothing\n\nExit status: 0 done, 1 faults (or, with --check, differences), 2 wrong usage, 3 disk."
    )]
    Build(build::BuildArguments),
    /// Look for faults without writing anything
    ///
    /// Does everything that `build` does except writing files.
    #[command(
        after_help = "Examples:\n  ccrov check                  look at every memo\n  ccrov check 21144            look at one memo\n  ccrov check --json           the faults as JSON, for other programs\n\nExit status: 0 no faults, 1 faults, 2 wrong usage, 3 disk."
    )]
    Check {
        /// The memos to look at, by the names of their files; all if none is named
        #[arg(value_name = "MEMO")]
        memos: Vec<String>,
    },
    /// List the memos, and what each still needs before it can be issued
    ///
    /// Issued and archived memos are only counted; --all lists them, too.
    #[command(
        after_help = "Examples:\n  ccrov status                 what is being written, reviewed, and ready to issue\n  ccrov status --all           issued and archived memos too\n\nExit status: 0 done, 1 faults that leave nothing to list, 3 disk."
    )]
    Status,
    /// Look whether the working folder is in order
    ///
    /// Reads every file that was issued and holds it against its lock; says what an earlier command left undone, which
    /// files of output/ are not current, which issued memos are not published yet, and what was changed last. Changes
    /// nothing.
    #[command(
        after_help = "Examples:\n  ccrov doctor                 look at everything\n\nExit status: 0 all is well, 1 something is to be done, 3 disk."
    )]
    Doctor,
    /// Write memos in the browser
    ///
    /// Opens the desk: pages in your browser at which you draft a memo, see its page and its PDF, and change
    /// the office, without touching a file. It answers to this machine alone. `ccrov` without a command
    /// does the same.
    #[command(
        after_help = "Examples:\n  ccrov                       open the desk at this folder, or at the one that was open last\n  ccrov --root ~/memos desk   open the desk at another folder\n\nExit status: 0 ended by Quit or Ctrl-C, 2 wrong usage (no such port), 3 disk."
    )]
    Desk(desk::DeskArguments),
    /// Show the memos in a browser while you write them
    ///
    /// All memos with their state, each as web page and PDF, and the faults as `check` shows them. What you save
    /// is shown at once. "What if" shows what would move with a milestone before anything is written. Only this
    /// computer can open the preview, and only at the whole address that is printed: it has a key. It does not
    /// change your working folder.
    #[command(
        after_help = "Examples:\n  ccrov serve                  show the preview at port 4321 of this computer\n  ccrov serve --open           and open it in the browser\n  ccrov serve --port 0         at any port that is free\n\nExit status: 0 ended by Ctrl-C, 2 wrong usage (the port is taken, there is no memos/), 3 disk."
    )]
    Serve(serve::ServeArguments),
    /// Say that memos are final: give them their numbers, and lock their files
    ///
    /// A memo without a number gets the next number of its year, and its file is renamed. Its files are kept from
    /// then on: no new letterhead, template, program or plan changes them. A lock beside the memo records them; an
    /// edit of the memo is a fault, unless it is issued as a correction. What else a correction would change is shown, and
    /// published with --with-changes only. A memo that nobody has approved is not issued. The website has it after `ccrov publish`.
    #[command(
        after_help = "Examples:\n  ccrov issue 21150                              lock it as it is\n  ccrov issue registration-drill --dry-run       show which number it would get\n  ccrov issue 21150 --anyway \"no time left\"      issue a draft that nobody has approved\n  ccrov issue 21150 --correct \"telephone number\"  issue an edit: \"Corrected September 2, 2021: ...\"\n  ccrov issue 21150 --undo                       make it a draft again, if it is published nowhere\n\nExit status: 0 done, 1 faults (memos without are issued), 2 wrong usage, 3 disk."
    )]
    Issue(issue::IssueArguments),
    /// Make a Word file of a memo for a reviewer
    ///
    /// The file stands in reviews/ and is never published. What changed since the last one is tracked, so that the reviewer sees it, and can
    /// accept or reject it: words, paragraphs, rows of tables. Of the first one, it is what changed since the memo that it updates. What the
    /// reviewer changes is tracked, too.
    #[command(
        after_help = "Examples:\n  ccrov review drill                     make reviews/drill review 1.docx\n  ccrov review drill --against 21144     show what changed since memo 21144\n  ccrov review drill --against approved  show what changed since it was approved\n\nExit status: 0 done, 1 faults, 2 wrong usage, 3 disk."
    )]
    Review(review::ReviewArguments),
    /// Write down who approved a memo
    ///
    /// The memo keeps who approved it, when and how. If it would be printed otherwise later, the approval no longer holds:
    /// `ccrov status` says so, and `ccrov issue` asks for another. Its number, its date and DRAFT are no change.
    #[command(
        after_help = "Examples:\n  ccrov approve drill --by debra-long --how \"by e-mail\"\n  ccrov approve drill --by debra-long --how \"on paper\" --date 2021-09-02 --recorded-by ana-ruiz\n\nExit status: 0 done, 1 faults, 2 wrong usage, 3 disk."
    )]
    Approve(approve::ApproveArguments),
    /// Withdraw an issued memo
    ///
    /// What was published stays where it is; the memo's page says that it was withdrawn, when and why.
    #[command(
        after_help = "Examples:\n  ccrov withdraw 21150 --why \"the hearing was called off\"\n  ccrov withdraw 21150 --why \"it was sent twice\" --date 2021-09-03\n\nExit status: 0 done, 1 faults, 2 wrong usage, 3 disk."
    )]
    Withdraw(withdraw::WithdrawArguments),
    /// Record a delay: move milestones, and every date that depends on them
    ///
    /// First shows every milestone, task and memo that moves, from when to when and why, and what stays. Then
    /// writes the delay into the release's file, keeping all else in it, and builds what follows. What was issued
    /// stays as it was issued, and is listed if it needs a memo that updates it. ccrov asks before it writes
    /// anything, and writes nothing where nobody can be asked, unless `--yes` is given; if a date would cross a fixed one, it writes nothing.
    #[command(
        after_help = "Examples:\n  ccrov slip votecal-2021-2 --move release=2021-12-05 --reason \"a late fix\" --dry-run\n  ccrov slip votecal-2021-2 --move release=2021-12-05 \\\n      --move mock-election=2021-11-19..2021-12-03 --reason \"a late fix\" --announced 2021-10-20\n  ccrov slip votecal-2021-2 --move release=2021-12-05 --reason \"a late fix\" --propose\n  ccrov slip votecal-2021-2 --record\n\nA window that is moved by its first day alone keeps its length in working days.\n\nExit status: 0 done, 1 conflicts or faults, 2 wrong usage, 3 disk."
    )]
    Slip(slip_arguments::SlipArguments),
    /// Set one key of a memo, of a release or of the office
    ///
    /// Only the bytes of that key change; remarks, order and blank lines stay. What is wrong with the file afterward is
    /// shown. Without a key, every key is listed with what it says, and with what that means: the date that a rule gives,
    /// the printed name of a person.
    #[command(
        after_help = "Examples:\n  ccrov set 21150                                     list the keys of memo 21150\n  ccrov set 21150 subject \"Registration Drill\"\n  ccrov set votecal-2021-2 tasks[3].end \"{at: deployment, offset: -4wd}\"\n  ccrov set 21150 to \"All Counties\" --insert 0        put an addressee first\n  ccrov set 21150 to[1] --to 0                        move the second addressee up\n  ccrov set 21150 contact --remove\n\nExit status: 0 done, 1 faults (the key is set all the same), 2 wrong usage (no such key), 3 disk."
    )]
    Set(set::SetArguments),
    /// Publish the website to a folder or to storage
    ///
    /// First shows what would change there, then does it. TARGET is a folder, which is replaced in one step, so that
    /// visitors never see a half-updated site; or S3-compatible storage, where pages come last and removals after them. Only files that
    /// ccrov published there are ever replaced or removed. If it is interrupted, publish again: the rest is done. Storage
    /// cannot tell an interrupted run from one that is under way, so there you add --take-over.
    ///
    /// If output/ is not what memos/ builds to now, nothing is published. Drafts are left out, unless --drafts is given.
    #[command(
        after_help = "Examples:\n  ccrov publish /srv/www/memos --dry-run    show what would change\n  ccrov publish /srv/www/memos              publish to a folder\n  ccrov publish s3://memos/ccrov            publish to storage\n  ccrov publish s3://memos/ccrov --undo     bring back what was there before\n  ccrov publish s3://memos/ccrov --take-over    finish what was interrupted\n\nFor storage, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, AWS_REGION, and AWS_ENDPOINT_URL\nif it is not Amazon's.\n\nExit status: 0 done, 1 refused (faults, output that is not current, files in the way,\nsomebody else publishing there), 2 wrong usage, 3 disk or\nnetwork."
    )]
    Publish(publish::PublishArguments),
    /// Make a mail that tells counties of a memo
    ///
    /// The mail stands in mail/ and opens in Outlook, ready to be sent: what has changed in sentences, the dates, and links to the memo. It tells what
    /// happened last: that the memo is published, was corrected, or was withdrawn. ccrov itself sends nothing.
    #[command(
        after_help = "Examples:\n  ccrov mail 21150                     make mail/21150 issue 2021-09-03.eml\n  ccrov mail 21150 --pdf               with the memo's PDF\n  ccrov mail 21150 --tell correction   tell of its last correction\n\nExit status: 0 done, 2 wrong usage (the memo has not gone out), 3 disk."
    )]
    Mail(mail::MailArguments),
    /// Explain a step's dates
    ///
    /// Each date is shown with what it follows from, back to what somebody wrote, each with its file and line.
    #[command(
        after_help = "Examples:\n  ccrov why votecal-2021-2 17             the dates of step 17\n  ccrov why votecal-2021-2 mock-election  the dates of a milestone\n  ccrov why votecal-2021-2 14 --knows 0   before the first delay\n\nExit status: 0 done, 1 faults, 2 wrong usage, 3 disk."
    )]
    Why(why::WhyArguments),
    /// Compare two schedules
    ///
    /// A and B are memos, by the names of their files, or releases at one of their delays: votecal-2021-2@0 is the
    /// first plan, votecal-2021-2@1 the plan that the first delay left, votecal-2021-2 the last.
    #[command(
        after_help = "Examples:\n  ccrov diff 24902 24904                       what the second memo changed\n  ccrov diff votecal-2021-2@0 votecal-2021-2@1 what the first delay changed\n  ccrov diff votecal-2021-2                    what the last delay changed\n  ccrov diff 24902 24904 --for \"All Counties\"  the tasks of one responsible entity\n  ccrov diff 24902 24904 --format md           a table, to be pasted into a memo or mail\n\nExit status: 0 done (changes or none), 1 faults, 2 wrong usage (no such schedule), 3 disk."
    )]
    Diff(diff::DiffArguments),
    /// Find memos by their words
    ///
    /// A memo is found if it has all the words, each in any of its forms: county finds counties. Words in
    /// quotation marks have to follow one another. The newest memo comes first. It searches what was
    /// built; the same words find the same memos on the website.
    #[command(
        after_help = "Examples:\n  ccrov find mock election             memos that have both words\n  ccrov find '\"mock election\"'         memos that have the phrase\n  ccrov find 21144                     a memo, and those that name it\n  ccrov find roster --year 2024        memos of one year\n  ccrov find --topic VoteCal           all memos of a topic\n\nExit status: 0 done (memos found, or none), 2 wrong usage (or nothing is built), 3 disk."
    )]
    Find(find::FindArguments),
    /// Import old memos from a list, or tasks from a spreadsheet
    ///
    /// The list of old memos is CSV, as a spreadsheet saves it, with the columns number, date, title, and address or
    /// file. Each row becomes a file in memos/ that archives the memo: it is listed and related to, and
    /// never built. A row that cannot be taken is named with the reason, and the others are taken.
    ///
    /// With --release, the file is a spreadsheet of tasks (.xlsx, .ods or .csv). Its table is found by its heads, such as
    /// Task, Start and End, and what it would change in the release is shown. Nothing is written unless you say what it
    /// means: --wrong if the plan was wrong, --moved if it has moved.
    ///
    /// With --as-table, it is printed as a table in Markdown.
    #[command(
        after_help = "Examples:\n  ccrov import archive.csv                               make an archive file of each row\n  ccrov import tasks.xlsx --release votecal-2021-2       show what the spreadsheet would change\n  ccrov import tasks.xlsx --release votecal-2021-2 --wrong --only 1,3\n                                                         change the steps, by these two changes alone\n  ccrov import tasks.xlsx --release votecal-2021-2 --moved --reason \"the time needed to test\"\n                                                         record a delay\n  ccrov import contacts.xlsx --as-table                  print it as a table for a memo's text\n\nExit status: 0 done, 1 rows that could not be taken, or something to answer first, 2 wrong usage, 3 disk."
    )]
    Import(import::ImportArguments),
    /// Write the steps of a release into an Excel file
    ///
    /// The file has the latest plan: real dates, a table with heads that Excel can filter, and a column ID by which
    /// `ccrov import --release` knows each step again. Imported without an edit it changes nothing.
    #[command(
        after_help = "Examples:\n  ccrov export votecal-2021-2                          write votecal-2021-2.xlsx\n  ccrov export votecal-2021-2 --to tasks.xlsx --replace\n\nExit status: 0 done, 1 faults, 2 wrong usage (no such release, the file is there), 3 disk."
    )]
    Export(export::ExportArguments),
    /// Explain a fault, with an example
    ///
    /// Each fault has a code, which stands in square brackets: error[unknown-key].
    #[command(
        after_help = "Examples:\n  ccrov explain unknown-key    what it means, and how it is put right\n  ccrov explain                list all codes\n\nExit status: 0 done, 2 wrong usage."
    )]
    Explain {
        /// The code in square brackets; all are listed if none is named
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Print what a kind of file may hold, for editors
    ///
    /// An editor that knows this JSON Schema completes keys and marks slips while you type, such as
    /// Visual Studio Code with its YAML extension. `ccrov init` puts all of them into schema/; a file's
    /// first line names its own: # yaml-language-server: $schema=../../schema/memo.json
    #[command(
        after_help = "Examples:\n  ccrov schema memo                        print it\n  ccrov schema memo > schema/memo.json     bring it up to date\n\nExit status: 0 done, 2 wrong usage."
    )]
    Schema {
        /// The kind of file
        #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(SCHEMAS.map(|schema| schema.name)))]
        kind: String,
    },
}

impl Command {
    /// The word by which it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Init { .. } => "init",
            Command::New(_) => "new",
            Command::Build(_) => "build",
            Command::Check { .. } => "check",
            Command::Doctor => "doctor",
            Command::Status => "status",
            Command::Desk(_) => "desk",
            Command::Serve(_) => "serve",
            Command::Issue(_) => "issue",
            Command::Review(_) => "review",
            Command::Approve(_) => "approve",
            Command::Withdraw(_) => "withdraw",
            Command::Slip(_) => "slip",
            Command::Set(_) => "set",
            Command::Publish(_) => "publish",
            Command::Mail(_) => "mail",
            Command::Why(_) => "why",
            Command::Diff(_) => "diff",
            Command::Find(_) => "find",
            Command::Import(_) => "import",
            Command::Export(_) => "export",
            Command::Explain { .. } => "explain",
            Command::Schema { .. } => "schema",
        }
    }

    /// Whether it writes into the working folder.
    pub fn writes(&self) -> bool {
        match self {
            Command::New(_)
            | Command::Review(_)
            | Command::Mail(_)
            | Command::Approve(_)
            | Command::Withdraw(_) => true,
            Command::Import(chosen) => chosen.writes(),
            Command::Issue(chosen) => !chosen.dry_run,
            Command::Build(chosen) => !chosen.check,
            Command::Slip(chosen) => !chosen.dry_run,
            Command::Set(chosen) => chosen.writes(),
            _ => false,
        }
    }
}
