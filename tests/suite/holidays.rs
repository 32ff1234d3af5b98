//! The holidays of California's law against lists that others made, and counting in working days.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use ccrov::{
    calendar::{Closed, Workdays},
    model::{Calendar, ClosedDay, Holidays, date},
};
use chrono::{Datelike as _, NaiveDate, Weekday};

type Days = BTreeSet<(NaiveDate, String)>;

fn day(text: &str) -> NaiveDate {
    date::read(text).unwrap()
}

fn calendar(holidays: Option<Holidays>, closed: &[(&str, &str)]) -> Calendar {
    let closed =
        closed.iter().map(|(date, reason)| ClosedDay { date: day(date), reason: (*reason).to_owned() });
    Calendar { name: "Office".to_owned(), holidays, closed: closed.collect() }
}

/// A list in tests/holidays: the days from Monday to Friday, for on others nobody asks; names, if it has them.
fn listed(file: &str) -> Days {
    let text = fs::read_to_string(Path::new("tests/holidays").join(file)).unwrap();
    let mut rows = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows = rows.records().map(Result::unwrap);
    let days = rows.map(|row| (day(&row[0]), row.get(1).unwrap_or_default().to_owned()));
    days.filter(|(day, _)| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).collect()
}

/// The days from Monday to Friday that are closed from the first of a year to the last of another.
fn closed(holidays: Holidays, first: i32, last: i32) -> Days {
    let calendar = calendar(Some(holidays), &[]);
    let workdays = Workdays::of([&calendar]);
    let days = day(&format!("{first}-01-01")).iter_days().take_while(|day| day.year() <= last);
    days.filter_map(|day| match workdays.closed(day) {
        Some(Closed::Holiday { reason, .. }) => Some((day, reason.to_owned())),
        _ => None,
    })
    .collect()
}

fn dates(days: &Days) -> Vec<NaiveDate> {
    days.iter().map(|(day, _)| *day).collect()
}

/// Why the package has a day on which state offices are open, by Government Code 19853.
fn open_all_the_same(day: NaiveDate, name: &str) -> Option<&'static str> {
    match name.trim_end_matches(" (observed)") {
        "Susan B. Anthony Day" => Some("schools remember her"),
        "Juneteenth National Independence Day" => {
            Some("a federal holiday; 19853(e) lets employees take leave")
        }
        "Diwali" => Some("a legal holiday; 19853(e) lets employees take leave"),
        "Veterans Day" => None,
        _ if name.ends_with("(observed)") && day.weekday() == Weekday::Fri => {
            Some("on a Saturday, and 19853(b) moves none but Veterans Day to Friday")
        }
        _ => None,
    }
}

#[test]
fn state_offices_close_on_the_days_of_an_independent_list_but_for_differences_that_the_law_explains() {
    let mut differences: BTreeMap<&str, usize> = BTreeMap::new();
    let mut theirs = Days::new();
    for (day, name) in listed("us-ca.csv") {
        if let Some(why) = open_all_the_same(day, &name) {
            *differences.entry(why).or_default() += 1;
            continue;
        }
        // Stats. 2026, ch. 7, is not in the package yet.
        let name = if day.year() < 2026 { name } else { name.replace("Cesar Chavez", "Farmworkers") };
        theirs.insert((day, name.replace("Day After", "the day after").replace(" (observed)", ", observed")));
    }
    assert_eq!(theirs, closed(Holidays::StateOffices, 2015, 2035));
    assert_eq!(
        differences.into_iter().collect::<Vec<_>>(),
        [
            ("a federal holiday; 19853(e) lets employees take leave", 15),
            ("a legal holiday; 19853(e) lets employees take leave", 7),
            ("on a Saturday, and 19853(b) moves none but Veterans Day to Friday", 9),
            ("schools remember her", 15),
        ]
    );
}

#[test]
fn state_offices_close_on_the_days_that_state_offices_published() {
    let published = listed("published.csv");
    for year in [2013, 2014, 2017, 2021] {
        let of_year: Days = published.iter().filter(|(day, _)| day.year() == year).cloned().collect();
        assert_eq!(dates(&of_year), dates(&closed(Holidays::StateOffices, year, year)));
    }
}

#[test]
fn legal_holidays_of_some_years_worked_out_by_hand() {
    // January 1 and February 12 are Sundays, the lunar new year too (January 22); September 9 and November 11
    // are Saturdays.
    let of_2023 = [
        ("2023-01-02", "New Year's Day, observed"),
        ("2023-01-16", "Martin Luther King Jr. Day"),
        ("2023-02-13", "Lincoln Day, observed"),
        ("2023-02-20", "Presidents' Day"),
        ("2023-03-31", "Cesar Chavez Day"),
        ("2023-04-24", "Genocide Remembrance Day"),
        ("2023-05-29", "Memorial Day"),
        ("2023-06-19", "Juneteenth"),
        ("2023-07-04", "Independence Day"),
        ("2023-09-04", "Labor Day"),
        ("2023-09-22", "Native American Day"),
        ("2023-10-09", "Columbus Day"),
        ("2023-11-10", "Veterans Day, observed"),
        ("2023-11-23", "Thanksgiving Day"),
        ("2023-12-25", "Christmas Day"),
    ];
    // The year before the three of 2023: April 24 is a Sunday, June 19 too, December 25 too; January 1 is a
    // Saturday, as February 12.
    let of_2022 = [
        ("2022-01-17", "Martin Luther King Jr. Day"),
        ("2022-02-21", "Presidents' Day"),
        ("2022-03-31", "Cesar Chavez Day"),
        ("2022-05-30", "Memorial Day"),
        ("2022-07-04", "Independence Day"),
        ("2022-09-05", "Labor Day"),
        ("2022-09-09", "Admission Day"),
        ("2022-09-23", "Native American Day"),
        ("2022-10-10", "Columbus Day"),
        ("2022-11-11", "Veterans Day"),
        ("2022-11-24", "Thanksgiving Day"),
        ("2022-12-26", "Christmas Day, observed"),
    ];
    // The same days of the week as 2022: April 24 and June 19 are Sundays and are not kept on Monday.
    let of_2033 = [
        ("2033-01-17", "Martin Luther King Jr. Day"),
        ("2033-01-31", "Lunar New Year"),
        ("2033-02-21", "Presidents' Day"),
        ("2033-03-31", "Farmworkers Day"),
        ("2033-05-30", "Memorial Day"),
        ("2033-07-04", "Independence Day"),
        ("2033-09-05", "Labor Day"),
        ("2033-09-09", "Admission Day"),
        ("2033-09-23", "Native American Day"),
        ("2033-10-10", "Columbus Day"),
        ("2033-11-11", "Veterans Day"),
        ("2033-11-24", "Thanksgiving Day"),
        ("2033-12-26", "Christmas Day, observed"),
    ];
    // March 31 is a Sunday, September 9 a Monday.
    let of_2030 = [
        ("2030-01-01", "New Year's Day"),
        ("2030-01-21", "Martin Luther King Jr. Day"),
        ("2030-02-12", "Lincoln Day"),
        ("2030-02-18", "Presidents' Day"),
        ("2030-04-01", "Farmworkers Day, observed"),
        ("2030-04-24", "Genocide Remembrance Day"),
        ("2030-05-27", "Memorial Day"),
        ("2030-06-19", "Juneteenth"),
        ("2030-07-04", "Independence Day"),
        ("2030-09-02", "Labor Day"),
        ("2030-09-09", "Admission Day"),
        ("2030-09-27", "Native American Day"),
        ("2030-10-14", "Columbus Day"),
        ("2030-11-11", "Veterans Day"),
        ("2030-11-28", "Thanksgiving Day"),
        ("2030-12-25", "Christmas Day"),
    ];
    for (year, by_hand) in
        [(2022, &of_2022[..]), (2023, &of_2023[..]), (2030, &of_2030[..]), (2033, &of_2033[..])]
    {
        let by_hand: Days = by_hand.iter().map(|(date, name)| (day(date), (*name).to_owned())).collect();
        assert_eq!(closed(Holidays::Legal, year, year), by_hand);
    }
    let native_american = |year| {
        let days = closed(Holidays::Legal, year, year);
        days.iter().any(|(_, name)| name == "Native American Day")
    };
    assert!(!native_american(2014) && native_american(2015), "Stats. 2014, ch. 537");
}

#[test]
fn the_lunar_new_year_is_that_of_two_independent_lists() {
    let ours = closed(Holidays::Legal, 2001, 2099).into_iter().filter(|(_, name)| name == "Lunar New Year");
    assert_eq!(dates(&ours.collect()), dates(&listed("lunar-new-year.csv")));
}

#[test]
fn what_an_office_wrote_itself_comes_first() {
    let own = [("2021-11-11", "Veterans Day, and the building is locked"), ("2021-11-13", "Power is off")];
    let calendar = calendar(Some(Holidays::StateOffices), &own);
    let workdays = Workdays::of([&calendar]);
    let reason = |date| match workdays.closed(day(date)) {
        Some(Closed::Holiday { reason, .. }) => reason,
        Some(Closed::Weekend) => "weekend",
        None => "open",
    };
    assert_eq!(
        ["2021-11-10", "2021-11-11", "2021-11-12", "2021-11-13", "2021-11-14"].map(reason),
        ["open", "Veterans Day, and the building is locked", "open", "Power is off", "weekend"]
    );
    assert_eq!(workdays.between(day("2021-11-10"), day("2021-11-15")), 2, "no day is taken off twice");
}

#[test]
fn counting_on_and_back_agrees_with_going_from_day_to_day() {
    let state = calendar(Some(Holidays::StateOffices), &[]);
    let legal = calendar(Some(Holidays::Legal), &[]);
    let closed_for_long: Vec<String> = (1..=30).map(|day| format!("2024-04-{day:02}")).collect();
    let closed_for_long: Vec<_> = closed_for_long.iter().map(|date| (date.as_str(), "Moving")).collect();
    let counties = calendar(Some(Holidays::StateOffices), &closed_for_long);
    for workdays in [
        Workdays::default(),
        Workdays::of([&state]),
        Workdays::of([&legal]),
        Workdays::of([&state, &counties, &legal]),
    ] {
        let open: Vec<NaiveDate> = day("2020-01-01")
            .iter_days()
            .take_while(|day| day.year() < 2032)
            .filter(|day| workdays.closed(*day).is_none())
            .collect();
        for from in day("2023-12-20").iter_days().step_by(3).take(200) {
            let after = open.partition_point(|open| *open <= from);
            let before = open.partition_point(|open| *open < from);
            assert_eq!(workdays.next(from), Some(open[before]));
            assert_eq!(workdays.previous(from), Some(open[after - 1]));
            assert_eq!(workdays.plus(from, 0), Some(from));
            for count in (1..40).chain([250, 251, 900]) {
                let (later, earlier) = (open[after + count - 1], open[before - count]);
                let signed = i32::try_from(count).unwrap();
                assert_eq!(workdays.plus(from, signed), Some(later), "{count} after {from}");
                assert_eq!(workdays.plus(from, -signed), Some(earlier), "{count} before {from}");
                assert_eq!(workdays.between(from, later), i64::from(signed), "{from} to {later}");
                assert_eq!(workdays.between(later, from), -i64::from(signed), "{later} to {from}");
                if before < after {
                    assert_eq!(workdays.plus(later, -signed), Some(from), "there and back");
                }
            }
        }
    }
    let far = |count| Workdays::of([&legal]).plus(day("2024-01-01"), count);
    assert!(far(2_000_000).is_some_and(|day| day.year() > 9999), "past every year that can be typed");
    assert_eq!([i32::MIN, i32::MAX].map(far), [None; 2]);
}
