"""Imports .ics files, one after the other, into one calendar, and prints its events as JSON.

Each file is read by icalendar and by vobject. An event takes the place of one of its name if it has changed more often, or as often and
later (RFC 5546, 2.1.5). For each file, the time zone is compared with the system's time zone database, day by day.
"""

import json
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import vobject

NAME = "America/Los_Angeles"


def zone(calendar, starts):
    """The first day on which the file's time zone is not California's; nothing if there is none."""
    own = [part for part in calendar.walk("VTIMEZONE") if part["TZID"] == NAME][0].to_tz(lookup_tzid=False)
    times = [start for start in starts if isinstance(start, datetime)]
    if not times:
        return None
    day, last = datetime(min(times).year, 1, 1, 12), datetime(max(times).year + 2, 1, 1, 12)
    while day < last:
        if day.replace(tzinfo=own).utcoffset() != day.replace(tzinfo=ZoneInfo(NAME)).utcoffset():
            return day.isoformat()
        day += timedelta(days=1)
    return None


known, zones = {}, []
for name in sys.argv[1:]:
    text = open(name, "rb").read()
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors, calendar.errors
    other = vobject.readOne(text.decode(), validate=True)
    others = {event.uid.value: event for event in other.contents.get("vevent", [])}
    events = calendar.walk("VEVENT")
    assert len(events) == len(others), name
    zones.append(zone(calendar, [event["DTSTART"].dt.replace(tzinfo=None) if isinstance(event["DTSTART"].dt, datetime) else event["DTSTART"].dt for event in events]))
    for event in events:
        assert not event.errors, event.errors
        uid = str(event["UID"])
        start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
        assert end is None or end > start, uid
        assert str(event["SUMMARY"]) == others[uid].summary.value, uid
        assert str(event["DESCRIPTION"]) == others[uid].description.value, uid
        theirs = others[uid].dtstart.value
        assert theirs == start if not isinstance(start, datetime) else theirs.timestamp() == start.timestamp(), uid
        rank = (event["SEQUENCE"], event["DTSTAMP"].dt)
        if uid not in known or known[uid][0] < rank:
            known[uid] = (rank, {
                "start": start.isoformat(),
                "end": end and end.isoformat(),
                "status": str(event["STATUS"]),
                "summary": str(event["SUMMARY"]),
                "warns": "Warning: " in event["DESCRIPTION"],
            })
print(json.dumps({"events": {uid: event for uid, (_, event) in known.items()}, "zones": zones}))
