"""What Python's reader of mail says of a mail file, as JSON.

usage: mail.py FILE: headers, text, the words of the page, and the names, kinds and digests of what is attached.
"""

import hashlib
import json
import sys
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser


class Words(HTMLParser):
    """The words of a page, and where its links lead."""

    def __init__(self):
        super().__init__()
        self.words, self.links, self.heads = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        self.heads += tag == "th" and dict(attrs).get("scope") == "col"

    def handle_data(self, data):
        if data.strip():
            self.words.append(data.strip())


message = BytesParser(policy=policy.default).parsebytes(open(sys.argv[1], "rb").read())
body = message.get_body(("html",))
page = Words()
page.feed(body.get_content() if body else "")
defects = [str(defect) for part in message.walk() for defect in part.defects]
attached = [
    [part.get_filename(), part.get_content_type(), hashlib.sha256(part.get_content()).hexdigest()]
    for part in message.iter_attachments()
]
addresses = {name: [a.addr_spec for a in message[name].addresses] for name in ("to", "bcc") if message[name]}
print(
    json.dumps(
        {
            "subject": message["subject"],
            "unsent": message["x-unsent"],
            "day": message["date"].datetime.date().isoformat(),
            "addresses": addresses,
            "text": message.get_body(("plain",)).get_content(),
            "words": page.words,
            "links": page.links,
            "heads": page.heads,
            "attached": attached,
            "defects": defects,
        }
    )
)
