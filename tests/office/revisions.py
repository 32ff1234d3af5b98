"""What LibreOffice makes of Word files: the text of each, and with every tracked change accepted or rejected.

usage: revisions.py FILE...: prints a list of objects {file, text, accepted, rejected, changes}, each text as a list of its filled lines.

Run by the Python that has LibreOffice's bridge (Debian: python3-uno).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid

import uno
from com.sun.star.beans import PropertyValue


def property_value(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Office:
    """A LibreOffice of our own, with a profile of our own."""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory()
        pipe = "ccrov" + uuid.uuid4().hex
        self.process = subprocess.Popen(
            [
                "soffice", f"-env:UserInstallation=file://{self.profile.name}", "--headless", "--norestore",
                "--nologo", f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(600):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if self.process.poll() is not None:
                    raise SystemExit("LibreOffice ended by itself")
                time.sleep(0.1)
        else:
            raise SystemExit("LibreOffice does not answer")
        self.desktop = self.make("com.sun.star.frame.Desktop")
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.profile.cleanup()

    def make(self, service):
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def open(self, path):
        document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(os.path.abspath(path)), "_blank", 0, (property_value("Hidden", True),)
        )
        if document is None:
            raise SystemExit(f"LibreOffice cannot open {path}")
        return document

    def read(self, path, command=None):
        document = self.open(path)
        changes = sum(1 for _ in items(document.Redlines))
        if command:
            dispatcher = self.make("com.sun.star.frame.DispatchHelper")
            dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())
            left = sum(1 for _ in items(document.Redlines))
            if left:
                raise SystemExit(f"{path}: {left} changes are left after {command}")
        found = lines(document.Text)
        for nth in range(document.Footnotes.Count):
            found += lines(document.Footnotes.getByIndex(nth))
        document.close(True)
        return changes, found


def items(collection):
    enumeration = collection.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def lines(text):
    """The filled lines of a text; those of a table cell by cell."""
    found = []
    for item in items(text):
        if item.supportsService("com.sun.star.text.TextTable"):
            for name in item.CellNames:
                found += lines(item.getCellByName(name))
        else:
            # The number of an item is a part of what is read.
            label = item.ListLabelString if hasattr(item, "ListLabelString") else ""
            words = " ".join((label + " " + item.String).split())
            if words != label.strip():
                found.append(words)
    return found


with Office() as office:
    answers = []
    for path in sys.argv[1:]:
        changes, text = office.read(path)
        answer = {"file": path, "text": text, "changes": changes}
        for key, command in (("accepted", "AcceptAllTrackedChanges"), ("rejected", "RejectAllTrackedChanges")):
            answer[key] = office.read(path, command)[1] if changes else text
        answers.append(answer)
    json.dump(answers, sys.stdout)
