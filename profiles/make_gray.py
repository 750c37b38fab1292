#!/usr/bin/env python3
"""Makes the gray profiles (ICC v2.1, gray output) of the conditions in this folder from the black
ramps of their characterization data. The same bytes each time. Usage: make_gray.py, in this folder.

Data come from a .ti3 file or from the `targ` tag of a CMYK profile. Between the measured steps of
the ramp, luminance is linear in the tone value."""
import struct

PROFILES = [
    ("IFRA26.ti3", "newsprint-gray-ifra26.icc", b"Newsprint gray K-only (IFRA26 data)",
     b"No copyright claimed. Data: ISOnewspaper 26 (IFRA) via basICColor ISOnewspaper_v4_26_bas.ICC (zlib licence)"),
    ("TR002.ti3", "snap-gray-tr002.icc", b"SNAP newsprint gray K-only (TR002 data)",
     b"No copyright claimed. Data: ANSI CGATS/SNAP TR 002-2007"),
    ("ISOcoated_v2_300_bas.ICC", "coated-gray-fogra39.icc", b"Coated gray K-only (FOGRA39 data)",
     b"No copyright claimed. Data: FOGRA39 via basICColor ISOcoated_v2_300_bas.ICC (zlib licence)"),
]
INKS = ["CMYK_C", "CMYK_M", "CMYK_Y"]


def table(path):
    """The characterization data as text."""
    raw = open(path, "rb").read()
    if raw[36:40] == b"acsp":
        for tag in range(struct.unpack(">I", raw[128:132])[0]):
            name, offset, size = struct.unpack(">4sII", raw[132 + 12 * tag:144 + 12 * tag])
            if name == b"targ":
                raw = raw[offset + 8:offset + size]
                break
    return raw.decode("latin1").replace("\r\n", "\n")


def ramp(text):
    """L*a*b* by tone value of black alone."""
    fields = text.split("BEGIN_DATA_FORMAT")[1].split("END_DATA_FORMAT")[0].split()
    steps = {}
    for line in text.split("BEGIN_DATA\n")[1].split("END_DATA")[0].strip().split("\n"):
        row = dict(zip(fields, line.split()))
        if all(float(row[ink]) == 0 for ink in INKS):
            steps[float(row["CMYK_K"])] = [float(row[lab]) for lab in ("LAB_L", "LAB_A", "LAB_B")]
    return steps


def luminance(lightness):
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3


def profile(steps, description, rights):
    tones = sorted(steps)
    light = {tone: luminance(steps[tone][0]) for tone in tones}
    paper, solid = light[0.0], light[100.0]
    gain = {tone: round(100 * (paper - light[tone]) / (paper - solid) - tone, 1) for tone in tones}
    print(description.decode(), "tone value increase:", {t: g for t, g in gain.items() if 0 < t < 100})

    def at(tone):
        for low, high in zip(tones, tones[1:]):
            if low <= tone <= high:
                return light[low] + (light[high] - light[low]) * (tone - low) / (high - low)

    curve = [round(65535 * min(1, at(100 * (1 - level / 255)) / paper)) for level in range(256)]
    lightness, a, b = steps[0.0]
    root = (lightness + 16) / 116
    cube = lambda v: v ** 3 if v > 6 / 29 else 3 * (6 / 29) ** 2 * (v - 4 / 29)
    white = .9642 * cube(root + a / 500), cube(root), .8249 * cube(root - b / 200)
    fixed = lambda value: struct.pack(">i", round(value * 65536))
    tags = [
        (b"desc", b"desc\0\0\0\0" + struct.pack(">I", len(description) + 1) + description + b"\0" + b"\0" * 78),
        (b"cprt", b"text\0\0\0\0" + rights + b"\0"),
        (b"wtpt", b"XYZ \0\0\0\0" + b"".join(map(fixed, white))),
        (b"kTRC", b"curv\0\0\0\0" + struct.pack(">I256H", 256, *curve)),
    ]
    offset = 128 + 4 + 12 * len(tags)
    index = body = b""
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        index += name + struct.pack(">II", offset + len(body), len(data))
        body += data
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4sIIIIiii", offset + len(body), b"none", 0x02100000, b"prtr", b"GRAY", b"XYZ ",
        2026, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0, b"none", 0, 0, 0, 1, 0xF6D6, 0x10000, 0xD32D)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + index + body


for source, made, description, rights in PROFILES:
    open(made, "wb").write(profile(ramp(table(source)), description, rights))
