"""Cut the Noto CJK faces of this folder out of Debian's collections.

    python fonts/build_noto_subsets.py COLLECTIONS OUT [FILE ...]

COLLECTIONS is the folder with the .ttc files of fonts-noto-cjk and fonts-noto-cjk-extra; OUT receives
the files named in CUTS, or only those asked for. SOURCES.md states the versions of the packages, of
fontTools and of uharfbuzz, which packs the layout tables; with those the bytes are always the same.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent


def serif_sc():
    """What the Simplified Serif as Adobe and Google cut it has: 30 928 characters."""
    return set(TTFont(HERE / "NotoSerifSC-Regular.otf", lazy=True).getBestCmap())


def sans_sc():
    """What their Simplified Sans has: 30 890 characters."""
    return set(TTFont(HERE / "NotoSansSC-Regular.otf", lazy=True).getBestCmap())


# What both newspapers need besides ideographs: every block whose marks, letters or forms a page may
# hold. The collections have most of each; what they lack is left out.
COMMON = [
    (0x0020, 0x007E), (0x00A0, 0x017F),  # ASCII; Latin with marks, pinyin's and romaji's among it
    (0x01CD, 0x01DC),  # the rest of pinyin
    (0x02C7, 0x02D9),  # tone marks that stand alone
    (0x0391, 0x03C9), (0x0401, 0x0451),  # Greek, Cyrillic
    (0x2010, 0x205E), (0x2070, 0x209C),  # general punctuation, superscripts and subscripts
    (0x20AC, 0x20AC), (0x2100, 0x218B),  # the euro, ℃ № ℡ ™, fractions, Roman numerals
    (0x2190, 0x21FF), (0x2200, 0x22FF),  # arrows, mathematics
    (0x2460, 0x25FF), (0x2600, 0x27BF),  # ①, frames, ■ ●, ★ ☎
    (0x2E3A, 0x2E3B),  # dashes two and three em long
    (0x3000, 0x303F), (0x3040, 0x30FF),  # marks, kana
    (0x3200, 0x33FF),  # ㈱ ㊙ ㎡
    (0xFE10, 0xFE1F), (0xFE30, 0xFE6F),  # vertical and small forms
    (0xFF01, 0xFF9F), (0xFFE0, 0xFFE6),  # full and half width
]


def common():
    return {char for first, last in COMMON for char in range(first, last + 1)}


def rows_of(codec, leads, trails):
    """The characters of a double-byte set in the rows that start with `leads`."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return {ord(char) for char in (pair.decode(codec, "ignore") for pair in pairs) if len(char) == 1}


def traditional():
    """Big5's marks and its first level, 5 401 characters in frequent use; Bopomofo; and the rarer
    characters that this folder's own texts need, names of Tibet above all."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = rows_of("big5", range(0xA1, 0xC7), trails)
    rarer = {ord(char) for char in TRADITIONAL_BEYOND_BIG5_LEVEL_1}
    return common() | big5 | rarer | set(range(0x3105, 0x3130)) | {0x02CA, 0x02CB}


TRADITIONAL_BEYOND_BIG5_LEVEL_1 = "礱"


def japanese():
    """JIS X 0208 whole: its marks and 6 355 kanji of levels 1 and 2; small kana for other languages;
    and the four 常用漢字 of 2010 that it lacks."""
    trails = range(0xA1, 0xFF)
    jis = rows_of("euc_jp", [*range(0xA1, 0xA9), *range(0xB0, 0xF5)], trails)
    return common() | jis | set(range(0x31F0, 0x3200)) | {ord(char) for char in "𠮟塡剝頰"}


SC, TC, JP = 2, 3, 0  # a region's face in each collection

# file: collection, face, language systems kept beside the default, characters
CUTS = {
    "NotoSerifCJKsc-Bold-subset.otf": ("NotoSerifCJK-Bold.ttc", SC, "ZHS", serif_sc),
    "NotoSerifCJKsc-Black-subset.otf": ("NotoSerifCJK-Black.ttc", SC, "ZHS", serif_sc),
    "NotoSansCJKsc-Bold-subset.otf": ("NotoSansCJK-Bold.ttc", SC, "ZHS", sans_sc),
    "NotoSansCJKsc-Black-subset.otf": ("NotoSansCJK-Black.ttc", SC, "ZHS", sans_sc),
    "NotoSerifCJKtc-Regular-subset.otf": ("NotoSerifCJK-Regular.ttc", TC, "ZHT", traditional),
    "NotoSerifCJKtc-Bold-subset.otf": ("NotoSerifCJK-Bold.ttc", TC, "ZHT", traditional),
    "NotoSerifCJKjp-Regular-subset.otf": ("NotoSerifCJK-Regular.ttc", JP, "JAN", japanese),
    "NotoSansCJKjp-Bold-subset.otf": ("NotoSansCJK-Bold.ttc", JP, "JAN", japanese),
}

# What setting type may ask for. Not here: forms of single characters (aalt, jp78, jp90 ...) and
# Korean (ljmo, vjmo, tjmo).
FEATURES = [
    "ccmp", "dlig", "fwid", "hist", "hwid", "liga", "locl", "pwid", "ruby", "vert", "vrt2",
    "halt", "kern", "mark", "palt", "vhal", "vkrn", "vpal",
]
SCRIPTS = ("DFLT", "cyrl", "grek", "hani", "kana", "latn")


def cut(collection, face, language, chars, out):
    options = subset.Options()
    options.font_number = face
    options.layout_features = FEATURES
    # Alternates of the other regions cannot be reached from a text of this one.
    options.layout_scripts = [f"{script}.{system}" for script in SCRIPTS for system in ("dflt", language)]
    options.drop_tables = ["DSIG"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.legacy_cmap = False
    options.hinting = True
    options.desubroutinize = False
    options.prune_unicode_ranges = False
    options.canonical_order = True
    # The bytes may depend on nothing but the input: not on the day, nor on what else is installed.
    options.harfbuzz_repacker = True
    options.recalc_timestamp = False
    options.recalc_bounds = False

    font = subset.load_font(collection, options, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(chars))
    subsetter.subset(font)
    subset.save_font(font, out, options)
    print(out, len(font.getBestCmap()), "characters,", font["maxp"].numGlyphs, "glyphs")


def main(collections, out, *asked):
    for file in asked or CUTS:
        collection, face, language, chars = CUTS[file]
        cut(Path(collections) / collection, face, language, chars(), Path(out) / file)


main(*sys.argv[1:])
