#!/usr/bin/env python3
"""Reads the baselines of a page's text from its PDF and measures them on the page's grid.

    tests/judge/baselines.py FILE.pdf...

FILE.map.json lists the lines of the page's stories with their boxes. The PDF's own operators say where
each character stands. Of every line of text that is one row high and runs across:
  - all of its characters in the page's text face stand on one baseline (others are set against it so that
    faces match by eye);
  - that baseline is as far below the top of its row as in every other line of the page;
  - it is a whole number of rows from the baseline of the page's first line.
The largest error is printed; more than 0.01 pt is one too many. Vertical lines have their middle on
the grid and are passed over; so are lines of other heights: captions, notes, quotes.
Exit: 0 all stand on the grid, 1 some do not, 2 wrong use.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pikepdf

MOST = 0.01  # points
MICRONS = 72 / 25_400  # points to a µm


def solid(text):
    return "".join(char for char in text if not char.isspace() and char != "\u200b")


def meanings(font):
    """What each code of a font stands for: the pairs and lists of its ToUnicode map."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    unhex = lambda digits: bytes.fromhex(digits).decode("utf-16-be")
    found = {}
    for group in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, to in re.findall(r"<(\w+)>\s*<(\w+)>", group):
            found[int(code, 16)] = unhex(to)
    for group in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", group):
            start = unhex(to)
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return found


def characters(page):
    """Every character of a page in the order of its content: the character, its height, its face."""
    fonts = {name: meanings(font) for name, font in page.Resources.get("/Font", {}).items()}
    font, face, y, said = None, None, 0.0, False
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font, face = fonts[str(operands[0])], (str(operands[0]), float(operands[1]))
            case "Tm":
                y = float(operands[5])
            case "BDC" if "/ActualText" in operands[1]:
                said = True
                yield from ((char, y, face) for char in solid(str(operands[1]["/ActualText"])))
            case "EMC":
                said = False
            case "TJ" if not said:
                for piece in operands[0]:
                    if isinstance(piece, pikepdf.String):
                        codes = bytes(piece)
                        for at in range(0, len(codes), 2):
                            text = font.get(int.from_bytes(codes[at : at + 2], "big"), "")
                            yield from ((char, y, face) for char in solid(text))


def lines(page_map):
    """Of each line of the stories: its text, whether it is of their columns, its box in points."""
    for article in page_map["articles"]:
        if article["genre"] == "ad":
            continue
        for block in article["blocks"]:
            for line in block["lines"]:
                box = [side * MICRONS for side in line["bbox_um"]]
                yield solid(line["text"] + line.get("ruby", "")), block["kind"] == "text", box


def check(name):
    """The number of lines that were measured and the largest error in points, or what is wrong."""
    pdf = Path(name)
    page_map = json.loads(pdf.with_suffix(".map.json").read_text("utf-8"))
    with pikepdf.open(pdf) as document:
        page = document.pages[0]
        top = float(page.TrimBox[3])
        there = list(characters(page))
    wanted = list(lines(page_map))
    at = len(there) - sum(len(text) for text, _, _ in wanted)
    if at < 0:
        return "its PDF has fewer characters than its map"
    across = []
    for text, of_columns, (left, line_top, right, bottom) in wanted:
        stretch = there[at : at + len(text)]
        at += len(text)
        if "".join(char for char, _, _ in stretch) != text:
            return f"the PDF and the map part at {text}"
        if of_columns and right - left > bottom - line_top:
            across.append((stretch, line_top, bottom - line_top))
    faces = Counter(face for stretch, _, _ in across for _, _, face in stretch)
    if not faces:
        return "it has no line of text that runs across, so nothing was measured"
    usual = faces.most_common(1)[0][0]
    found = []
    for stretch, line_top, height in across:
        heights = [top - y for _, y, face in stretch if face == usual]
        if heights:
            found.append((heights, line_top, height))
    row = Counter(round(height, 2) for _, _, height in found).most_common(1)[0][0]
    rows = [line for line in found if abs(line[2] - row) < 0.02]
    # The pitch, better than one box says it: over all rows of the page.
    tops = sorted(line_top for _, line_top, _ in rows)
    steps = round((tops[-1] - tops[0]) / row)
    pitch = (tops[-1] - tops[0]) / steps if steps else row
    first, first_top, _ = rows[0]
    errors = []
    for heights, line_top, _ in rows:
        errors.append(max(heights) - min(heights))
        errors.append(abs((heights[0] - line_top) - (first[0] - first_top)))
        away = (heights[0] - first[0]) / pitch
        errors.append(abs(away - round(away)) * pitch)
    return len(rows), max(errors)


def main(names):
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    failed = 0
    for name in names:
        told = check(name)
        if isinstance(told, str):
            print(f"{name}: {told}")
            failed = 1
        else:
            count, error = told
            print(f"{name}: {count} lines, {error:.4f} pt off at most")
            failed |= error > MOST
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
