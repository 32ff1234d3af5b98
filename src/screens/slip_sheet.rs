//! A sheet that a delay comes from, carried along on the delay's page: its new steps and those that are gone come and go by the delay.
//!
//! In: the form of the sheet's page, or of the delay's. Out: its fields, for the delay's page to send again; the plan of the delay. Not
//! here: what the sheet has (`sheet`).

use super::{request::FormData, sheet};
use crate::{
    desk::{self, Refused, SlipReport, SlipRequest},
    folder::{Plan, Snapshot},
};

/// What the names of its fields begin with on the delay's page, whose own fields have some of the same names.
const CARRIED: &str = "carried:";

/// The fields of a sheet's page; none if the delay comes from no sheet.
#[derive(Default)]
pub(super) struct CarriedSheet(Vec<(String, String)>);

impl CarriedSheet {
    /// Takes them out of a form.
    pub fn of(form: &FormData) -> CarriedSheet {
        let own =
            |(name, value): (&str, &str)| Some((name.strip_prefix(CARRIED)?.to_owned(), value.to_owned()));
        let carried: Vec<_> = form.iter().filter_map(own).collect();
        if !carried.is_empty() || form.filled("sheet").is_none() {
            return CarriedSheet(carried);
        }
        let is_of_sheet = |name: &str| {
            ["sheet", "told-of-file", "seen", "take"].contains(&name)
                || ["column:", "owner:", "row:", "date:"].iter().any(|kind| name.starts_with(kind))
        };
        let of_sheet = form.iter().filter(|(name, _)| is_of_sheet(name));
        CarriedSheet(of_sheet.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// As the delay's page sends them again.
    pub fn fields(&self) -> Vec<(String, &str)> {
        self.0.iter().map(|(name, value)| (format!("{CARRIED}{name}"), value.as_str())).collect()
    }

    /// What becomes of a delay, and of the sheet's steps with it.
    pub fn plan(&self, now: &Snapshot, wish: &SlipRequest) -> Result<Plan<SlipReport>, Refused> {
        if self.0.is_empty() {
            return desk::slip(now, wish);
        }
        let sheet = sheet::request(&FormData::asked(self.0.clone()), &wish.release);
        desk::slip_with_sheet(now, wish, &sheet)
    }
}
