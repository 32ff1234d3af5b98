//! The templates that are in the program.
//!
//! In: the files of templates/, when the program is compiled. Out: their names and texts. Not here: how they are
//! filled in, and the office's own, which win over these.

/// The templates that are in the program; a file of the same name in templates/ wins.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("attachment.md", include_str!("../../templates/attachment.md")),
    ("calendar.html", include_str!("../../templates/calendar.html")),
    ("changes.md", include_str!("../../templates/changes.md")),
    ("counties.html", include_str!("../../templates/counties.html")),
    ("county.html", include_str!("../../templates/county.html")),
    ("deadlines.md", include_str!("../../templates/deadlines.md")),
    ("current.html", include_str!("../../templates/current.html")),
    ("entity.html", include_str!("../../templates/entity.html")),
    ("events.html", include_str!("../../templates/events.html")),
    ("feed.xml", include_str!("../../templates/feed.xml")),
    ("fragment.html", include_str!("../../templates/fragment.html")),
    ("groups.html", include_str!("../../templates/groups.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("icon.svg", include_str!("../../templates/icon.svg")),
    ("layout.html", include_str!("../../templates/layout.html")),
    ("list.html", include_str!("../../templates/list.html")),
    ("memo.md", include_str!("../../templates/memo.md")),
    ("missing.html", include_str!("../../templates/missing.html")),
    ("next.html", include_str!("../../templates/next.html")),
    ("number.html", include_str!("../../templates/number.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("pager.html", include_str!("../../templates/pager.html")),
    ("release-delay.md", include_str!("../../templates/release-delay.md")),
    ("rows.html", include_str!("../../templates/rows.html")),
    ("schedule.md", include_str!("../../templates/schedule.md")),
    ("schedules.html", include_str!("../../templates/schedules.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("sitemap.xml", include_str!("../../templates/sitemap.xml")),
    ("steps.html", include_str!("../../templates/steps.html")),
    ("subscribe.html", include_str!("../../templates/subscribe.html")),
    ("style.css", include_str!("../../templates/style.css")),
    ("years.html", include_str!("../../templates/years.html")),
];
