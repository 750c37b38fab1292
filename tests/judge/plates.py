#!/usr/bin/env python3
"""Has Ghostscript separate pages and measures the plates.

    tests/judge/plates.py [--dpi 72] [--limit 240] [--keep DIR] FILE.pdf...

Inside the bleed no place may have more ink than the limit (percent, all plates together). Under
black body text there may be no cyan, magenta or yellow: where FILE.map.json beside the file has a
line of a text block and the black plate has ink, those plates must be bare. Words in colour have no
black; where they stand beside black ones a few pixels hold both. --keep leaves the plates in a folder, to be looked at as
pictures. Exit: 0 kept, 1 broken (the worst place is shown, in mm from the trim), 2 wrong use.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import pikepdf
from PIL import Image

UM_PER_INCH = 25_400
POINTS_PER_INCH = 72
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
BLACK = 20  # percent of ink from which a pixel counts as part of a black stroke
SHARED = 0.05  # of the black pixels of a line: those that a coloured neighbour reaches into


def separate(pdf, dpi, folder):
    """Each plate of the first page by its name, as percent of ink."""
    command = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR", "-sDEVICE=tiffsep"]
    # A pixel is the mean of four by four: without it, thin strokes would be caught or missed whole.
    command += [f"-r{dpi * 4}", "-dDownScaleFactor=4", "-dFirstPage=1", "-dLastPage=1"]
    command += [f"-sOutputFile={folder}/page.tif", str(pdf)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    plates = {}
    for file in sorted(Path(folder).glob("page(*).tif")):
        samples = numpy.asarray(Image.open(file).convert("L"), dtype=numpy.float32)
        plates[file.stem[5:-1]] = (255 - samples) * (100 / 255)
    return plates


class Place:
    """Where the trim is on the plates."""

    def __init__(self, pdf, dpi):
        with pikepdf.open(pdf) as document:
            page = document.pages[0]
            boxes = [[float(n) for n in page[box]] for box in ("/MediaBox", "/BleedBox", "/TrimBox")]
        self.media, self.bleed, self.trim = boxes
        self.dpi = dpi

    def pixel(self, x, y):
        scale = self.dpi / POINTS_PER_INCH
        return (x - self.media[0]) * scale, (self.media[3] - y) * scale

    def inside(self, left, top, right, bottom):
        """The pixels that lie wholly inside a rectangle of pixels."""
        return slice(int(numpy.ceil(top)), int(bottom)), slice(int(numpy.ceil(left)), int(right))

    def bled(self):
        left, bottom, right, top = self.bleed
        return self.inside(*self.pixel(left, top), *self.pixel(right, bottom))

    def of_map(self, box):
        """A box of a page map: micrometres from the trim's top left corner."""
        left, top = self.pixel(self.trim[0], self.trim[3])
        scale = self.dpi / UM_PER_INCH
        return self.inside(*(at * scale + [left, top][index % 2] for index, at in enumerate(box)))

    def spoken(self, row, column):
        scale = self.dpi / 25.4
        left, top = self.pixel(self.trim[0], self.trim[3])
        return f"{(column - left) / scale:.0f}, {(row - top) / scale:.0f} mm"


def body_lines(pdf):
    """Boxes of the lines of text columns, by the map beside the file."""
    page_map = pdf.with_suffix(".map.json")
    if not page_map.exists():
        return []
    blocks = (block for article in json.loads(page_map.read_text("utf-8"))["articles"] for block in article["blocks"])
    return [(line["bbox_um"], line["text"]) for block in blocks if block["kind"] == "text" for line in block["lines"]]


def faults(pdf, plates, place, limit):
    total = sum(plates.values())
    rows, columns = place.bled()
    page = total[rows, columns]
    worst = page.max()
    row, column = numpy.unravel_index(page.argmax(), page.shape)
    at = place.spoken(row + rows.start, column + columns.start)
    lines = body_lines(pdf)
    print(f"{pdf}: most ink {worst:.1f} % at {at}; {len(lines)} lines of body text; "
          f"mean ink {', '.join(f'{name} {plate[rows, columns].mean():.1f}' for name, plate in plates.items())} %")
    if worst > limit:
        yield f"{worst:.1f} % of ink at {at}, and {limit} % is the limit"
    for box, text in lines:
        black = plates["Black"][place.of_map(box)] >= BLACK
        for name in PROCESS[:3]:
            both = (plates[name][place.of_map(box)] > 0) & black
            if both.sum() > SHARED * black.sum():
                yield f"{name} under body text, in {both.sum()} of {black.sum()} pixels: {text}"
                return


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--dpi", type=int, default=72)
    parser.add_argument("--limit", type=float, default=240)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("files", nargs="+", type=Path)
    try:
        asked = parser.parse_args()
    except SystemExit:
        print(__doc__, file=sys.stderr)
        return 2
    broken = 0
    for pdf in asked.files:
        with tempfile.TemporaryDirectory() as folder:
            plates = separate(pdf, asked.dpi, folder)
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                for file in Path(folder).glob("page(*).tif"):
                    Image.open(file).save(asked.keep / f"{pdf.stem}{file.stem[4:]}.png")
        for fault in faults(pdf, plates, Place(pdf, asked.dpi), asked.limit):
            print(f"    {fault}")
            broken = 1
    return broken


if __name__ == "__main__":
    sys.exit(main())
