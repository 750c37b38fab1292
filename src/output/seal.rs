//! A document of bare pages in, a file that a plant accepts out (ISO 15930-4).
//!
//! What printpdf writes is kept where it is right (page tree, content, font programs) and
//! replaced where it is not; then objects are numbered anew, streams deflated by one
//! implementation at one level, and the file named by a digest of all it holds.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use miniz_oxide::deflate::compress_to_vec_zlib;
use rayon::prelude::*;

use super::form::{self, Groups};
use super::frame::{Frame, rectangle};
use super::names::{Needs, ad_name, font_name, picture_name};
use super::pdf::Laid;
use super::stand_in::StandIns;
use super::subset::Subset;
use super::{Imprint, WriteError, imprint as about, plates, threads};
use crate::ad::Ad;
use crate::color::{Overlay, SpotIdx, SpotInk};
use crate::fingerprint;
use crate::model::edition::Level;
use crate::paint::display::Sheet;
use crate::picture::Picture;

/// How hard what is made for one page is squeezed, of 0 to 10. Fixed, like the implementation: another
/// one writes other bytes. 4 takes four times as long and saves a hundredth of a page: outlines, which
/// are most of it, hardly shrink.
const EFFORT: u8 = 1;
/// The same for what every page of an edition has, and is squeezed once. Beyond 4 it takes four times
/// as long to save a tenth of a percent.
const SHARED_EFFORT: u8 = 4;

/// A zlib stream of something that all pages share.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(bytes, SHARED_EFFORT)
}

/// Finishes a file.
pub(super) fn seal(
    laid: Laid,
    sheets: &[&Sheet],
    subsets: &[Subset],
    pictures: &[Picture],
    ads: &[Ad],
    imprint: &Imprint<'_>,
) -> Result<Vec<u8>, WriteError> {
    let Laid { mut document, needs, pictures: placed, ads: advertised } = laid;
    // printpdf writes 1.3 whatever is asked for.
    version(imprint.level).clone_into(&mut document.version);
    let page_ids: Vec<ObjectId> = document.page_iter().collect();
    let fonts = complete_fonts(&mut document, &page_ids, subsets)?;
    let placed: Vec<&Picture> = placed.iter().filter_map(|index| pictures.get(index.0 as usize)).collect();
    let mut stand_ins = StandIns::default();
    let mut stock = Stock::new(&mut document, fonts, &placed, imprint.spots, &mut stand_ins);
    let groups = match imprint.level {
        Level::X1a2001 | Level::X1a2003 => Groups::Removed,
        Level::X4 | Level::Pdf17 => Groups::Kept,
    };
    let advertised = advertised.iter().filter_map(|index| ads.get(index.0 as usize));
    stock.ads = advertised.map(|ad| form::add(&mut document, ad, groups)).collect();
    for ((id, sheet), needs) in page_ids.iter().zip(sheets).zip(&needs) {
        let page = document.get_dictionary_mut(*id)?;
        bound(page, sheet);
        page.set("Resources", stock.resources(needs));
    }
    let catalog = identify(&mut document, imprint, &mut stand_ins)?;
    if imprint.level == Level::Pdf17 && !imprint.threads.is_empty() {
        let listed = threads::write(&mut document, &imprint.threads, &page_ids, sheets)?;
        document.get_dictionary_mut(catalog)?.set("Threads", listed);
    }
    document.prune_objects();
    document.renumber_objects();
    deflate(&mut document);
    name(&mut document, imprint, &stand_ins)
}

/// The version of PDF that a level is based on (ISO 15930-1, -4 and -7, each in 6.1).
fn version(level: Level) -> &'static str {
    match level {
        Level::X1a2001 => "1.3",
        Level::X1a2003 => "1.4",
        Level::X4 => "1.6",
        Level::Pdf17 => "1.7",
    }
}

/// Media, bleed and trim box; no crop box, which would only repeat the media box, and no
/// annotations (PDF Reference 1.4, 9.10.1; ISO 15930-4, bounding boxes).
fn bound(page: &mut Dictionary, sheet: &Sheet) {
    let frame = Frame::new(sheet.boxes.media);
    page.set("MediaBox", rectangle(frame.corners(sheet.boxes.media)));
    page.set("BleedBox", rectangle(frame.corners(sheet.boxes.bleed)));
    page.set("TrimBox", rectangle(frame.corners(sheet.boxes.trim)));
    page.remove(b"CropBox");
    page.remove(b"Annots");
}

/// Corrects what printpdf says about fonts, and finds them by their place in the list.
fn complete_fonts(
    document: &mut Document,
    pages: &[ObjectId],
    subsets: &[Subset],
) -> Result<Vec<ObjectId>, WriteError> {
    // printpdf gives every page one dictionary of all fonts.
    let Some(first) = pages.first() else { return Ok(Vec::new()) };
    let resources = document.get_dictionary(*first)?.get_deref(b"Resources", document)?.as_dict()?;
    let all = resources.get_deref(b"Font", document)?.as_dict()?;
    let fonts = (0..subsets.len())
        .map(|index| all.get(font_name(index).as_bytes())?.as_reference())
        .collect::<Result<Vec<ObjectId>, _>>()?;
    for (font, subset) in fonts.iter().zip(subsets) {
        let descendants = document.get_dictionary_mut(*font)?.get_mut(b"DescendantFonts")?.as_array_mut()?;
        let Some(descendant) = descendants.first_mut() else { continue };
        let descendant = descendant.as_dict_mut()?;
        descendant.set("DW", EM);
        descendant.set("W", widths(subset));
        let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
        complete_descriptor(document, descriptor, subset)?;
    }
    Ok(fonts)
}

/// The advance of nearly every glyph of a page, an em of thousandths.
const EM: u16 = 1000;

/// The advances of a subset that are not an em: of codes in a row, the first and a list of theirs
/// (PDF Reference 1.4, 5.6.3). printpdf lists every code: six kilobytes more
/// on a full page.
fn widths(subset: &Subset) -> Object {
    let mut runs: Vec<(u16, Vec<Object>)> = Vec::new();
    for (code, width) in subset.widths().filter(|(_, width)| *width != EM) {
        match runs.last_mut() {
            Some((first, widths)) if usize::from(*first) + widths.len() == usize::from(code) => {
                widths.push(width.into());
            }
            _ => runs.push((code, vec![width.into()])),
        }
    }
    Object::Array(
        runs.into_iter().flat_map(|(first, widths)| [first.into(), Object::Array(widths)]).collect(),
    )
}

/// The capital height, which printpdf does not know, and the flags: a CJK face has glyphs outside
/// the standard Latin set and is symbolic (PDF Reference 1.4, 5.7.1).
fn complete_descriptor(
    document: &mut Document,
    descriptor: ObjectId,
    subset: &Subset,
) -> Result<(), WriteError> {
    const SYMBOLIC: i64 = 4;
    let upem = i64::from(subset.metrics.units_per_em).max(1);
    let capital = (i64::from(subset.metrics.cap_height) * 2000 + upem).div_euclid(upem * 2);
    let dictionary = document.get_dictionary_mut(descriptor)?;
    dictionary.set("CapHeight", capital);
    dictionary.set("Flags", SYMBOLIC);
    // Whole OpenType files are of PDF 1.6; printpdf falls back on one if it cannot take the CFF
    // table out.
    let Ok(file) = dictionary.get(b"FontFile3").and_then(Object::as_reference) else { return Ok(()) };
    if document.get_object(file)?.as_stream()?.dict.get(b"Subtype")?.as_name()? == b"CIDFontType0C" {
        Ok(())
    } else {
        Err(WriteError::CutFace { face: subset.name.clone(), why: "its CFF table is damaged".to_owned() })
    }
}

/// The objects that pages share, each written once. What no page needs is pruned afterwards.
struct Stock {
    fonts: Vec<ObjectId>,
    pictures: Vec<ObjectId>,
    ads: Vec<ObjectId>,
    overlays: BTreeMap<Overlay, ObjectId>,
    registration: ObjectId,
    spots: BTreeMap<SpotIdx, ObjectId>,
}

impl Stock {
    fn new<'a>(
        document: &mut Document,
        fonts: Vec<ObjectId>,
        pictures: &[&'a Picture],
        spots: &[SpotInk],
        stand_ins: &mut StandIns<'a>,
    ) -> Self {
        let overlays = [Overlay::Knockout, Overlay::Overprint]
            .map(|overlay| (overlay, document.add_object(plates::overlay(overlay))))
            .into();
        let registration = document.add_object(plates::registration());
        let black = document.add_object(plates::black());
        let pictures =
            pictures.iter().map(|picture| plates::placed(document, picture, black, stand_ins)).collect();
        let spots = (0..).map(SpotIdx).zip(spots);
        let spots = spots.map(|(spot, ink)| (spot, document.add_object(plates::spot(ink)))).collect();
        Self { fonts, pictures, ads: Vec::new(), overlays, registration, spots }
    }

    /// What one page needs and nothing else: a page that is cut out of the file stays small.
    fn resources(&self, needs: &Needs) -> Dictionary {
        let fonts = needs.fonts.iter().map(|&index| (font_name(index), self.fonts[index]));
        let pictures = needs.pictures.iter().map(|&index| (picture_name(index), self.pictures[index]));
        let ads = needs.ads.iter().map(|&index| (ad_name(index), self.ads[index]));
        let overlays = self
            .overlays
            .iter()
            .filter(|(overlay, _)| needs.overlays.contains(overlay))
            .map(|(overlay, id)| (plates::overlay_name(*overlay).to_owned(), *id));
        let spaces = needs.registration.then(|| (plates::REGISTRATION.to_owned(), self.registration));
        let spots = needs.spots.iter().map(|spot| (plates::spot_name(*spot), self.spots[spot]));
        let mut resources = Dictionary::new();
        category(&mut resources, "ColorSpace", spaces.into_iter().chain(spots));
        category(&mut resources, "ExtGState", overlays);
        category(&mut resources, "Font", fonts);
        category(&mut resources, "XObject", ads.chain(pictures));
        resources
    }
}

/// One category of a page's resources, unless it is empty.
fn category(
    resources: &mut Dictionary,
    category: &str,
    entries: impl IntoIterator<Item = (String, ObjectId)>,
) {
    let entries: Dictionary = entries.into_iter().map(|(name, id)| (name, Object::Reference(id))).collect();
    if !entries.is_empty() {
        resources.set(category, entries);
    }
}

/// A catalog and document information of our own, with the output intent if the level has one.
/// Returns the catalog.
fn identify<'a>(
    document: &mut Document,
    imprint: &'a Imprint<'_>,
    stand_ins: &mut StandIns<'a>,
) -> Result<ObjectId, WriteError> {
    let pages = document.catalog()?.get(b"Pages")?.as_reference()?;
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    if imprint.level.for_press() {
        let about = dictionary! { "N" => 4, "Filter" => "FlateDecode" };
        let profile = document.add_object(stand_ins.stream(about, &imprint.intent.profile));
        catalog.set("OutputIntents", vec![about::output_intent(imprint.intent, profile).into()]);
    }
    let catalog = document.add_object(catalog);
    let info = document.add_object(about::info(imprint));
    document.trailer = dictionary! { "Root" => catalog, "Info" => info };
    Ok(catalog)
}

/// Deflates every stream that is not compressed yet.
fn deflate(document: &mut Document) {
    let mut streams: Vec<&mut Stream> = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok())
        .filter(|stream| !stream.dict.has(b"Filter"))
        .collect();
    streams.par_iter_mut().for_each(|stream| {
        let content = compress_to_vec_zlib(&stream.content, EFFORT);
        stream.set_content(content);
        stream.dict.set("Filter", "FlateDecode");
    });
}

/// Writes the file, after giving it the identifier and the XMP packet that follow from a digest
/// of everything else in it.
fn name(
    document: &mut Document,
    imprint: &Imprint<'_>,
    stand_ins: &StandIns<'_>,
) -> Result<Vec<u8>, WriteError> {
    let content = fingerprint::sha256(&[&saved(document)?]);
    let packet = about::xmp(imprint, &content).into_bytes();
    // Uncompressed, so that programs that know no PDF find it (PDF Reference 1.4, 9.2.2).
    let packet = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet);
    let packet = document.add_object(packet);
    document.catalog_mut()?.set("Metadata", packet);
    let id = Object::String(content[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    stand_ins.relieve(document);
    saved(document)
}

fn saved(document: &mut Document) -> Result<Vec<u8>, WriteError> {
    let size = document.objects.values().filter_map(|object| object.as_stream().ok());
    let mut bytes = Vec::with_capacity(size.map(|stream| stream.content.len() + 1024).sum());
    document.save_to(&mut bytes).map_err(lopdf::Error::from)?;
    Ok(bytes)
}
