"""A working folder of thirteen years: 200 memos a year, of three to seven paragraphs, one in ten with a schedule.

python3 tests/speed/years.py FOLDER [MEMOS A YEAR]
"""
import pathlib
import random
import shutil
import sys

here = pathlib.Path(__file__).resolve().parents[2]
folder = pathlib.Path(sys.argv[1])
a_year = int(sys.argv[2]) if len(sys.argv) > 2 else 200
random.seed(21144)

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]
TOPICS = ["VoteCal", "General Election", "Primary Election", "Ballot Design", "Vote by Mail", "Voter Registration",
          "Candidate Filing", "Voting Systems", "Campaign Finance", "Accessibility", "Language Assistance", "Recall"]
WORDS = """county elections official ballot voter registration deadline notice filing candidate measure statement signature
verification canvass precinct polling place vote center drop box return envelope postage military overseas translation
language minority posting facsimile certification tally audit manual observer training roster index eligibility
cancellation address confirmation inactive party preference committee district boundary supervisor schedule report
system maintenance release environment testing update security access password helpdesk request template form guide
section subdivision code regulation statute effective operative pursuant required provide submit publish mail receive""".split()


def sentence():
    words = random.choices(WORDS, k=random.randint(9, 22))
    return " ".join(words).capitalize() + "."


def memo(year, at):
    month = (at - 1) * 12 // a_year
    day = 1 + (at - 1) % 27
    topic = random.choice(TOPICS)
    title = " ".join(random.choices(WORDS, k=random.randint(3, 7))).title()
    paragraphs = [" ".join(sentence() for _ in range(random.randint(2, 5))) for _ in range(random.randint(3, 7))]
    number = f"{year % 100:02}{at:03}"
    lines = [f'number: "{number}"', f"date: {MONTHS[month]} {day}, {year}", "status: issued", "letterhead: elections",
             "to: All County Clerks/Registrars of Voters", "from: debra-ledsinger", f'subject: "{topic}: {title}"']
    if at % 10 == 0:
        lines += ["release: votecal-2021-2", "knows: 1", "attachments: schedule"]
    lines += ["body: |", *(line for text in paragraphs for line in (f"  {text}", "  "))]
    return number, "\n".join(lines).rstrip() + "\n"


def main():
    memos = folder / "memos"
    (memos / "releases").mkdir(parents=True)
    shutil.copy(here / "memos/office.yaml", memos)
    shutil.copy(here / "memos/releases/votecal-2021-2.yaml", memos / "releases")
    # Its first holder is of 2015; memos are older.
    office = memos / "office.yaml"
    office.write_text(office.read_text().replace("starting: 2015-01-05", "starting: 2007-01-08", 1))
    for year in range(2013, 2026):
        (memos / str(year)).mkdir()
        for at in range(1, a_year + 1):
            number, text = memo(year, at)
            (memos / str(year) / f"{number}.yaml").write_text(text)


main()
