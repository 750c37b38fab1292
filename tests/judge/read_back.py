#!/usr/bin/env python3
"""Asks poppler for a page's text and compares it with the page map beside the file.

    tests/judge/read_back.py FILE.pdf...

FILE.map.json lists the page's articles and their lines in reading order. White space is left out
of both. Furniture is in no article: folio line, nameplate, panels and the lines that lead to other
pages (下转, 上接) are what the PDF has before the first article. A panel may name headlines; no other line of an
article may stand there. A delivered advertisement, whose words are its own, stands there too with its
mark (广告). Exit: 0 the same, 1 they differ (the first difference is shown), 2 wrong use or no pdftotext.
"""

import json
import subprocess
import sys
from pathlib import Path

AROUND = 16  # characters shown before and after a difference
SHORTEST = 8  # a line at least this long cannot stand in furniture by chance


def solid(text):
    return "".join(char for char in text if not char.isspace())


def lines(page_map, ads=False, heads=True):
    """The text lines of a page map in reading order: of its stories, or of its advertisements."""
    for article in page_map["articles"]:
        if (article["genre"] == "ad") != ads:
            continue
        for block in article["blocks"]:
            if block["kind"] == "head" and not heads:
                continue
            for line in block["lines"]:
                yield solid(line["text"] + line.get("ruby", ""))


def difference(text, expected, start):
    """Where two texts part, or None. `start` is where `expected` begins in `text`."""
    rest = text[start:]
    if rest == expected:
        return None
    pairs = zip(rest, expected)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(rest), len(expected)))
    cut = slice(max(0, same - AROUND), same + AROUND)
    return f"the same for {same} characters, then\n  the map has …{expected[cut]}\n  the PDF has …{rest[cut]}"


def check(pdf):
    """What is wrong with a PDF's text, or None."""
    run = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True)
    text = solid(run.stdout.decode("utf-8"))
    page_map = json.loads(pdf.with_suffix(".map.json").read_text("utf-8"))
    wanted = list(lines(page_map))
    if not wanted:
        return "its map has no lines"
    # Furniture may not be longer than what is left over; where that differs from the map, line of the first article says where it begins.
    expected = "".join(wanted)
    start = len(text) - len(expected)
    if start < 0 or not text[start:].startswith(wanted[0]):
        start = text.find(wanted[0])
    if start < 0:
        return f"the first line of the map is not in the PDF: {wanted[0]}"
    texts = lines(page_map, heads=False)
    twice = [line for line in texts if len(line) >= SHORTEST and line in text[:start]]
    if twice:
        return f"before the first article stands a line of one: {twice[0]}"
    unmarked = [mark for mark in lines(page_map, ads=True) if mark not in text[:start]]
    if unmarked:
        return f"an advertisement is without its mark: {unmarked[0]}"
    return difference(text, expected, start)


def main(names):
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    failed = 0
    for name in names:
        try:
            fault = check(Path(name))
        except FileNotFoundError as error:
            print(f"{name}: {error.filename}: not found", file=sys.stderr)
            return 2
        except subprocess.CalledProcessError as error:
            fault = error.stderr.decode("utf-8", "replace").strip()
        print(f"{name}: {fault or 'reads as its map does'}")
        failed |= fault is not None
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
