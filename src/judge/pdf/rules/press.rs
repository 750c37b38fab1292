//! The rules of newsprint: what a coldset press holds, whatever the file may be.

use super::Levels::All;
use super::{Rule, error, warning};

const INK: &str = "ISO 12647-3; GWG2015, total ink area coverage";
const TEXT: &str = "GWG2015, small text and rich black text";
const SHOP: &str = "newsprint shop rules (prepress rules, section 3)";
const IMAGES: &str = "GWG2015, image resolution";
const LIGHTER: &str = "convert it to the plant's newsprint profile, or give it a lighter colour";
const LARGER: &str = "set it larger";
const OVERPRINT: &str = "set black text to overprint with OPM 1";
const MORE_PIXELS: &str = "use a larger picture, or print it smaller";

pub(super) const RULES: &[Rule] = &[
    error("NP-TAC-V", All, "the inks of a colour stay below the limit", LIGHTER, INK),
    error("NP-TAC-R", All, "ink over any 15 square millimetres stays below the limit", LIGHTER, INK),
    warning("NP-TAC-P", All, "single pixels stay below the ink limit", LIGHTER, "shop practice"),
    error("NP-K-TEXT", All, "small dark text is in black alone", "set it in 100 % black alone", TEXT),
    warning(
        "NP-K-TEXT-C",
        All,
        "small coloured text is in two inks at most",
        "set it in one or two inks, or larger",
        TEXT,
    ),
    warning("NP-TXT-MIN", All, "text is not below the least size", LARGER, SHOP),
    warning("NP-TXT-REV", All, "reversed text is not below its least size", LARGER, SHOP),
    warning("NP-OVP-K", All, "black text overprints", OVERPRINT, "GWG2015, overprint 100 % black text"),
    warning(
        "NP-OVP-GRAY",
        All,
        "overprinting black is DeviceCMYK or a separation: gray knocks out",
        "set black text in DeviceCMYK",
        "GWG2015, overprint 100 % black text",
    ),
    error(
        "NP-OVP-WHITE",
        All,
        "white does not overprint: it would vanish",
        "set white to knock out",
        "GWG2015, overprint white",
    ),
    warning(
        "NP-OVP-OPM",
        All,
        "what overprints in DeviceCMYK has OPM 1",
        "set OPM 1",
        "PDF Reference 1.4, 4.5.6",
    ),
    error(
        "NP-LINE",
        All,
        "lines are not below the least width",
        "draw it thicker",
        "GWG2015, effective line width",
    ),
    warning(
        "NP-LINE-MC",
        All,
        "lines in several inks, or reversed, are not below theirs",
        "draw it thicker, or in one ink",
        SHOP,
    ),
    error("NP-PPI", All, "photographs have the least resolution", MORE_PIXELS, IMAGES),
    warning("NP-PPI-W", All, "photographs have the advised resolution", MORE_PIXELS, IMAGES),
    warning(
        "NP-PPI-HI",
        All,
        "photographs have no more resolution than can print",
        "downsample it on export",
        IMAGES,
    ),
    error(
        "NP-PPI-1BIT",
        All,
        "1-bit art has its least resolution",
        MORE_PIXELS,
        "GWG2015, image resolution of 1-bit images",
    ),
    error(
        "NP-ALL",
        All,
        "registration colour is not painted inside the trim",
        "set it in black alone",
        "GWG2015, separation All",
    ),
    warning(
        "NP-SPOT",
        All,
        "no spot colours in a four-colour paper",
        CONVERT_SPOT,
        "GWG2015, newspaper variants",
    ),
    warning(
        "NP-COURIER",
        All,
        "no Courier, the usual sign of a missing font",
        "check that it is meant",
        "GWG2015, font Courier",
    ),
    warning(
        "NP-BLEED",
        All,
        "bleed is none, or as much as is asked for",
        "export with more bleed, or none",
        SHOP,
    ),
    error(
        "NP-PAGES",
        All,
        "all pages have one size and rotation",
        "deliver them in files of their own",
        "GWG2015, page size and orientation",
    ),
    warning("NP-EMPTY", All, "no page is empty", "remove it", "GWG2015, empty pages"),
    warning(
        "NP-INVIS",
        All,
        "no invisible text, and none thickened by a stroke",
        "use a bold font; remove hidden text",
        "shop practice",
    ),
    warning("NP-SAFE", All, "no text crosses the trim", "move it inside", "shop practice"),
    error(
        "NP-TRIM",
        All,
        "the trim has the size that was ordered",
        "deliver it in the size of the order",
        "the order",
    ),
    warning(
        "NP-TEXT",
        All,
        "a page has live text",
        "export text as text, not as outlines or pixels",
        "shop practice",
    ),
];

const CONVERT_SPOT: &str = "convert it to CMYK";
