"""The feed and the sitemap, read by parsers that know nothing of the program that wrote them.

In: the folder of a site, the address at which it will stand. Out, as JSON: what is wrong with them, each as
page, check and what; and the links that they name. Not here: where the links lead.
"""

import json
import re
import sys
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent / "packages"))
import feedparser  # noqa: E402

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What a sitemap's protocol and Atom take as a time.
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


def is_time(text, day_alone):
    try:
        if DAY.fullmatch(text):
            date.fromisoformat(text)
            return day_alone
        datetime.fromisoformat(text.replace("Z", "+00:00"))
        return bool(TIME.fullmatch(text))
    except ValueError:
        return False


def feed(path, home):
    """What is wrong with a feed, and its links."""
    read = feedparser.parse(path.read_bytes())
    if read.bozo:
        return [f"cannot be parsed: {read.bozo_exception}"], []
    wrong = [] if read.version == "atom10" else [f"is {read.version or 'no feed'}, not Atom"]
    wrong += [f"the feed has no {key}" for key in ("id", "title", "updated") if not read.feed.get(key)]
    if not any(link.rel == "self" for link in read.feed.get("links", [])):
        wrong.append("the feed does not say where it is (rel=self)")
    ids = [entry.get("id") for entry in read.entries]
    wrong += [f"two entries have the id {one}" for one in sorted({i for i in ids if i and ids.count(i) > 1})]
    links = [link.href for link in read.feed.get("links", [])]
    for at, entry in enumerate(read.entries, 1):
        name = f"entry {at} ({entry.get('title', '')[:40]})"
        wrong += [f"{name} has no {key}" for key in ("id", "title", "updated", "link") if not entry.get(key)]
        links += [link.href for link in entry.get("links", [])]
    # An author is wanted of each entry, or of the feed for all.
    if not read.feed.get("author") and not all(entry.get("author") for entry in read.entries):
        wrong.append("neither the feed nor each entry has an author")
    if not read.entries:
        wrong.append("the feed has no entry")
    atom = "{http://www.w3.org/2005/Atom}"
    times = ElementTree.parse(path).iter()
    times = [e.text or "" for e in times if e.tag in (atom + "updated", atom + "published")]
    wrong += [f"{text!r} is no time" for text in times if not is_time(text, day_alone=False)]
    wrong += [f"the link {link} is not absolute" for link in links if not link.startswith(("http://", "https://"))]
    return wrong, links


def sitemap(path, home):
    """What is wrong with a sitemap, and its links."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        return [f"is not well-formed: {error}"], []
    if root.tag != SITEMAP + "urlset":
        return [f"begins with {root.tag}, not with urlset of the protocol"], []
    wrong, links = [], []
    for at, url in enumerate(root, 1):
        found = [child.tag.removeprefix(SITEMAP) for child in url]
        if url.tag != SITEMAP + "url" or found.count("loc") != 1:
            wrong.append(f"entry {at} is no url with one loc")
            continue
        link = (url.findtext(SITEMAP + "loc") or "").strip()
        if not link.startswith(home):
            wrong.append(f"{link} is not below {home}")
        if len(link) >= 2048:
            wrong.append(f"{link[:60]}… has {len(link)} characters")
        time = url.findtext(SITEMAP + "lastmod")
        if time is not None and not is_time(time, day_alone=True):
            wrong.append(f"{link}: {time!r} is no time")
        wrong += [f"{link}: the protocol knows no {tag}" for tag in found if tag not in ("loc", "lastmod", "changefreq", "priority")]
        links.append(link)
    wrong += [f"{one} stands there twice" for one in sorted({link for link in links if links.count(link) > 1})]
    if not 0 < len(links) <= 50_000:
        wrong.append(f"it has {len(links)} addresses")
    return wrong, links


def main(folder, home):
    out = {"failures": [], "links": []}
    for name, read in (("feed.xml", feed), ("sitemap.xml", sitemap)):
        path = Path(folder) / name
        # A site with a home has both.
        if not path.is_file():
            if (Path(folder) / "index.html").is_file():
                out["failures"].append({"page": name, "check": name[:-4], "what": "is not there"})
            continue
        wrong, links = read(path, home)
        out["failures"] += [{"page": name, "check": name[:-4], "what": what} for what in wrong]
        out["links"].append({"page": name, "links": links})
    print(json.dumps(out))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
