"""From saving a memo to the event that refreshes the browser, in a running preview.

python3 tests/speed/save.py MEMO [PORT]
"""
import pathlib
import statistics
import sys
import threading
import time
import urllib.request

memo = pathlib.Path(sys.argv[1])
port = sys.argv[2] if len(sys.argv) > 2 else "4321"
told = []


def listen():
    events = urllib.request.urlopen(f"http://127.0.0.1:{port}/events")
    for line in events:
        if line.startswith(b"data:"):
            told.append(time.perf_counter())


threading.Thread(target=listen, daemon=True).start()
while not told:
    time.sleep(0.1)
# What the first build and its events take.
time.sleep(3)
text = memo.read_text()
took = []
for nth in range(9):
    count = len(told)
    saved = time.perf_counter()
    memo.write_text(text.rstrip() + f" Saved {nth}.\n")
    while len(told) == count:
        time.sleep(0.001)
    took.append(told[count] - saved)
    # All else is built meanwhile.
    time.sleep(2)
memo.write_text(text)
print(f"the middle of {len(took)}: {statistics.median(took) * 1000:.0f} ms; {[round(t * 1000) for t in took]}")
