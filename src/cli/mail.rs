//! `mail`: makes a mail that tells counties of a memo.

use std::path::Path;

use clap::{Args, builder::PossibleValuesParser};

use super::{Outcome, Terminal, write::write};
use crate::desk::{self, MailKind, MailReport, MailRequest};

#[derive(Args)]
pub(super) struct MailArguments {
    /// The memo, by the name of its file
    #[arg(value_name = "MEMO")]
    memo: String,
    /// What it tells: issue, correction or withdrawal [default: what happened last]
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(MailKind::ALL.map(|(word, _)| word)))]
    tell: Option<String>,
    /// Attach the memo's PDF
    #[arg(long)]
    pdf: bool,
}

/// `ccrov mail`.
pub(super) fn mail(root: &Path, chosen: &MailArguments, terminal: &mut Terminal) -> Outcome {
    let wish = MailRequest {
        memo: chosen.memo.clone(),
        tells: chosen.tell.as_deref().and_then(MailKind::named),
        with_pdf: chosen.pdf,
        is_written: true,
    };
    write(root, |now| desk::mail(now, &wish), said, terminal)
}

fn said(report: &MailReport) -> String {
    let MailReport { file, subject, warnings, bcc, .. } = report;
    let to = match bcc {
        0 => "It is to nobody yet: name the counties in it, or their addresses in memos/office.yaml (`mail_to:`).".to_owned(),
        _ => format!("It is to {bcc} {}, in Bcc.", if *bcc == 1 { "address" } else { "addresses" }),
    };
    let warnings: String =
        warnings.iter().map(|warning| format!("\nBefore you send it: {warning}")).collect();
    format!("{file} is a mail: {subject}\n{to} Open it, read it, and send it.{warnings}")
}
