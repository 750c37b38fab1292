//! Pages of small files, written object by object: read upright, or refused with the reason.

use super::place::{bled, place};
use super::*;
use crate::geom::{PageBoxes, Rect};
use crate::model::plan::AdFit;
use crate::pdf::object::Object;

/// A file of these objects, numbered from 1; the first is the catalog.
fn file(objects: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in &offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

/// A file of one page: its dictionary's own entries, its content, and objects from 5 on.
fn one_page(entries: &str, content: &str, more: &[&str]) -> Vec<u8> {
    let page = format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {entries} >>");
    let content = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        &page,
        &content,
    ];
    objects.extend(more);
    file(&objects)
}

/// The corners of the trimmed page where the matrix puts them.
fn put(ad: &Ad) -> [(i64, i64); 2] {
    let [a, b, c, d, e, f] = ad.matrix;
    let point = |x: i64, y: i64| (a * x + c * y + e, b * x + d * y + f);
    let (one, other) = (point(ad.trim[0], ad.trim[1]), point(ad.trim[2], ad.trim[3]));
    [(one.0.min(other.0), one.1.min(other.1)), (one.0.max(other.0), one.1.max(other.1))]
}

#[test]
fn a_page_is_put_upright_at_0_0_however_it_lies() {
    for (rotate, size) in
        [(0, (200, 100)), (90, (100, 200)), (180, (200, 100)), (270, (100, 200)), (-90, (100, 200))]
    {
        let boxes = format!("/MediaBox [-10 -20 300 400] /TrimBox [30 40 230 140] /Rotate {rotate}");
        let ad = read(&one_page(&boxes, "", &[]), 1).expect("it is read");
        assert_eq!((ad.width, ad.height), (Len::pt(size.0), Len::pt(size.1)), "{rotate}");
        assert_eq!(put(&ad), [(0, 0), (size.0 * 1000, size.1 * 1000)], "{rotate}");
    }
}

#[test]
fn a_quarter_turn_is_clockwise() {
    let ad = read(&one_page("/MediaBox [0 0 200 100] /Rotate 90", "", &[]), 1).expect("it is read");
    let [a, b, c, d, e, f] = ad.matrix;
    // The top left corner of the page as it was drawn comes to stand at the top right.
    let (x, y) = (0, 100_000);
    assert_eq!((a * x + c * y + e, b * x + d * y + f), (100_000, 200_000));
}

#[test]
fn the_crop_box_hides_what_is_outside_it() {
    let boxes = "/MediaBox [0 0 300 400] /CropBox [10 20 110 220] /TrimBox [0 0 300 210.5]";
    let ad = read(&one_page(boxes, "", &[]), 1).expect("it is read");
    assert_eq!(ad.trim, [10_000, 20_000, 110_000, 210_500]);
    assert_eq!(ad.matrix, [1, 0, 0, 1, -10_000, -20_000]);
    let crossed = one_page("/MediaBox [300 400 0 0] /TrimBox [110 220 10 20]", "", &[]);
    assert_eq!(
        read(&crossed, 1).expect("corners may come in any order").trim,
        [10_000, 20_000, 110_000, 220_000]
    );
}

#[test]
fn boxes_and_resources_are_inherited_and_pages_counted_through_folders() {
    let bytes = file(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Kids [3 0 R 4 0 R] /MediaBox [0 0 50 60] /Resources << /Font << /F1 7 0 R >> >> >>",
        "<< /Type /Page >>",
        "<< /Kids [5 0 R 6 0 R] /Rotate 90 >>",
        "<< /Type /Page >>",
        "<< /Type /Page /MediaBox [0 0 70 80] >>",
        "<< /Type /Font >>",
    ]);
    let read = |page: u16| read(&bytes, page);
    assert_eq!(read(1).expect("the first").trim, [0, 0, 50_000, 60_000]);
    let third = read(3).expect("the third");
    assert_eq!((third.width, third.height), (Len::pt(80), Len::pt(70)));
    assert_eq!(third.parts.len(), 1, "the font of the folder's resources");
    assert_eq!(read(4), Err(AdError::NoPage { asked: 4, pages: 3 }));
    assert_eq!(read(0), Err(AdError::NoPage { asked: 0, pages: 3 }));
}

#[test]
fn parts_are_numbered_by_first_need_and_lead_nowhere_else() {
    let resources = "/Resources << /XObject << /B 7 0 R /A 6 0 R >> >> /MediaBox [0 0 9 9]";
    let form = "<< /Length 1 /Subtype /Form /StructParents 3 /Parent 3 0 R /Resources << /Font << /F 5 0 R >> >> >>\nstream\nq\nendstream";
    let bytes = one_page(resources, "/A Do", &["<< /Type /Font /Up 3 0 R /Self 5 0 R >>", form, form]);
    let ad = read(&bytes, 1).expect("it is read");
    let Some(Object::Dict(xobjects)) = ad.resources.raw("XObject") else { panic!("{:?}", ad.resources) };
    assert_eq!((xobjects.id("A"), xobjects.id("B")), (Some((1, 0)), Some((2, 0))));
    assert_eq!(ad.parts.len(), 3, "two forms and their font");
    let Part::Stream(form, data) = &ad.parts[0] else { panic!("{:?}", ad.parts[0]) };
    assert_eq!(&data[..], b"q");
    assert!(["Length", "StructParents", "Parent"].iter().all(|key| form.raw(key).is_none()), "{form:?}");
    let Part::Value(Object::Dict(font)) = &ad.parts[2] else { panic!("{:?}", ad.parts[2]) };
    assert_eq!(font.id("Self"), Some((3, 0)));
    assert_eq!(font.raw("Up"), Some(&Object::Null), "another page is no part of this one");
}

#[test]
fn content_in_pieces_is_joined_between_words() {
    let bytes = file(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Kids [3 0 R] >>",
        "<< /MediaBox [0 0 9 9] /Contents [4 0 R 5 0 R] >>",
        "<< /Length 1 >>\nstream\nq\nendstream",
        "<< /Length 1 >>\nstream\nQ\nendstream",
    ]);
    assert_eq!(read(&bytes, 1).expect("it is read").content, b"q\nQ\n");
}

#[test]
fn what_cannot_stand_on_a_page_is_refused_with_the_reason() {
    let page = |entries: &str| read(&one_page(entries, "", &[]), 1).expect_err(entries);
    assert_eq!(page(""), AdError::NoArea);
    assert_eq!(page("/MediaBox [0 0 0 10]"), AdError::NoArea);
    assert_eq!(page("/MediaBox [0 0 10]"), AdError::NoArea);
    assert_eq!(page("/MediaBox [0 0 9999999999 10]"), AdError::NoArea);
    assert_eq!(page("/MediaBox [0 0 10 10] /TrimBox [20 20 30 30]"), AdError::NoArea);
    assert!(matches!(page("/MediaBox [0 0 10 10] /Rotate 45"), AdError::Askew(_)));
    assert!(matches!(page("/MediaBox [0 0 10 10] /UserUnit 2"), AdError::Askew(_)));
    let layer = "/MediaBox [0 0 9 9] /Resources << /Properties << /L << /Type /OCG /Name (L) >> >> >>";
    assert_eq!(page(layer), AdError::Layers);
    let hidden = "/MediaBox [0 0 9 9] /Resources << /XObject << /X << /OC 1 0 R >> >> >>";
    assert_eq!(page(hidden), AdError::Layers);
}

#[test]
fn loops_end() {
    let folder = file(&["<< /Pages 2 0 R >>", "<< /Kids [2 0 R] >>"]);
    assert!(matches!(read(&folder, 1), Err(AdError::Unreadable(_))));
    let twice = file(&["<< /Pages 2 0 R >>", "<< /Kids [3 0 R 3 0 R] >>", "<< /MediaBox [0 0 9 9] >>"]);
    assert!(matches!(read(&twice, 2), Err(AdError::Unreadable(_))));
    let itself = file(&["<< /Pages 2 0 R >>", "<< /Kids [3 0 R] >>", "3 0 R"]);
    assert_eq!(read(&itself, 1), Err(AdError::NoPage { asked: 1, pages: 0 }));
}

#[test]
fn a_page_of_endless_parts_or_depth_is_refused() {
    let many: Vec<String> = (0..10_050).map(|idx| format!("<< /Next {} 0 R >>", idx + 6)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let chain = one_page("/MediaBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >>", "", &many);
    assert!(matches!(read(&chain, 1), Err(AdError::Many(_))));
    let deep =
        format!("/MediaBox [0 0 9 9] /Resources << /Font {}{} >>", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(read(&one_page(&deep, "", &[]), 1), Err(AdError::Unreadable(_))));
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let whole = one_page("/MediaBox [0 0 9 9]", "0 0 0 1 k 0 0 9 9 re f", &[]);
    assert!(read(&whole, 1).is_ok());
    // Without its last line end it is still whole.
    for len in 0..whole.len() - 8 {
        assert!(read(&whole[..len], 1).is_err(), "{len} of {} bytes", whole.len());
    }
}

#[test]
fn a_spoiled_file_is_refused_or_read_and_never_a_panic() {
    let resources = "/Resources << /XObject << /B 6 0 R /A 6 0 R >> >> /MediaBox [0 0 9 9] /Rotate 90";
    let form = "<< /Length 1 /Subtype /Form /Resources << /Font << /F 5 0 R >> >> >>\nstream\nq\nendstream";
    let whole = one_page(resources, "/A Do", &["<< /Type /Font /W [1 [2 3.5]] >>", form]);
    arbtest::arbtest(|u| {
        let mut bytes = whole.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            let at = u.choose_index(bytes.len())?;
            bytes[at] = if u.arbitrary()? { u.arbitrary()? } else { *u.choose(b"0123456789[]<>()/R% ")? };
        }
        let _ = read(&bytes, 1);
        Ok(())
    });
}

#[test]
fn an_ad_stands_in_the_middle_of_its_room() {
    let ad = read(&one_page("/MediaBox [0 0 200 100]", "", &[]), 1).expect("it is read");
    let room = |width: i64, height: i64| Rect::new(Len::pt(10), Len::pt(20), Len::pt(width), Len::pt(height));
    let exact = place(&ad, room(202, 100), AdFit::Exact);
    assert_eq!(exact.rect, Rect::new(Len::pt(11), Len::pt(20), Len::pt(200), Len::pt(100)));
    assert!(exact.booked, "two points are under a millimetre");
    let small = place(&ad, room(100, 100), AdFit::Exact);
    assert!(!small.booked);
    assert_eq!((small.rect.width, small.rect.height), (Len::pt(200), Len::pt(100)), "never scaled");
    let wide = place(&ad, room(100, 100), AdFit::Contain);
    assert_eq!(wide.rect, Rect::new(Len::pt(10), Len::pt(45), Len::pt(100), Len::pt(50)));
    let high = place(&ad, room(400, 150), AdFit::Contain);
    assert_eq!(high.rect, Rect::new(Len::pt(60), Len::pt(20), Len::pt(300), Len::pt(150)));
}

#[test]
fn bleed_is_shown_where_the_room_ends_at_the_trim() {
    let trim = Rect::new(Len::ZERO, Len::ZERO, Len::pt(500), Len::pt(700));
    let boxes = PageBoxes { trim, bleed: trim.grown(Len::mm(3)), media: trim.grown(Len::mm(10)) };
    // Three millimetres, rounded up to a thousandth of a point.
    let full = 8_505;
    let printed = thousandths(full);
    for (rotate, shown) in [
        (0, [50_000 - full, 60_000 - full, 250_000, 160_000]),
        (90, [50_000, 60_000 - full, 250_000 + full, 160_000]),
        (180, [50_000, 60_000, 250_000 + full, 160_000 + full]),
        (270, [50_000 - full, 60_000, 250_000, 160_000 + full]),
    ] {
        let own = "/MediaBox [0 0 300 300] /TrimBox [50 60 250 160] /BleedBox [40 50 260 170]";
        let ad = read(&one_page(&format!("{own} /Rotate {rotate}"), "", &[]), 1).expect("it is read");
        assert_eq!(ad.bleeds(), [10_000; 4], "{rotate}");
        let at = |x: Len, y: Len| Rect::new(x, y, ad.width, ad.height);
        let corner = at(Len::ZERO, Len::pt(700) - ad.height);
        let (opened, rect) =
            bled(&ad, &place(&ad, corner, AdFit::Exact), corner, &boxes).expect("left and foot");
        assert_eq!(opened.trim, shown, "{rotate}");
        let [(left, bottom), (right, top)] = put(&opened);
        assert_eq!((left, bottom, thousandths(right), thousandths(top)), (0, 0, opened.width, opened.height));
        assert_eq!((rect.x, rect.width), (-printed, opened.width));
        assert_eq!((rect.y, rect.height), (corner.y, opened.height), "{rotate}");
        let inside = at(Len::mm(1), Len::mm(1));
        assert_eq!(bled(&ad, &place(&ad, inside, AdFit::Exact), inside, &boxes), None, "a millimetre off");
    }
}

#[test]
fn bleed_is_no_more_than_the_file_has_and_is_scaled_with_it() {
    let trim = Rect::new(Len::ZERO, Len::ZERO, Len::pt(500), Len::pt(700));
    let boxes = PageBoxes { trim, bleed: trim.grown(Len::mm(3)), media: trim.grown(Len::mm(10)) };
    let own = |bleed: &str| {
        let entries = format!("/MediaBox [0 0 300 300] /TrimBox [50 60 250 160] {bleed}");
        read(&one_page(&entries, "", &[]), 1).expect("it is read")
    };
    let half = Rect::new(Len::ZERO, Len::ZERO, Len::pt(100), Len::pt(50));
    let at_half = |ad: &Ad| bled(ad, &place(ad, half, AdFit::Contain), half, &boxes);
    let (opened, rect) = at_half(&own("/BleedBox [40 50 260 170]")).expect("left and head");
    assert_eq!(opened.bleeds(), [0, 10_000, 10_000, 0], "all that it has on two sides");
    assert_eq!(rect, Rect::new(Len::pt(-5), Len::pt(-5), Len::pt(105), Len::pt(55)));
    for none in [
        "",
        "/BleedBox [60 70 240 150]",
        "/BleedBox [1 2]",
        "/CropBox [50 60 250 160] /BleedBox [0 0 300 300]",
    ] {
        assert_eq!(at_half(&own(none)), None, "{none}");
    }
    let ad = own("/BleedBox [40 50 260 170]");
    let cannot = PageBoxes { bleed: trim, ..boxes };
    assert_eq!(
        bled(&ad, &place(&ad, half, AdFit::Contain), half, &cannot),
        None,
        "a press that cannot bleed"
    );
}

#[test]
fn spot_inks_are_named_wherever_they_hide() {
    let spaces = "/Resources << /ColorSpace << /A [/Separation /HKS#2043 /DeviceCMYK 5 0 R] /B 6 0 R \
                  /C [/Separation /All /DeviceCMYK 5 0 R] /D [/Separation /Black /DeviceCMYK 5 0 R] >> >>";
    let device_n = "[/DeviceN [/Cyan /Varnish /None 7 0 R] /DeviceCMYK 5 0 R]";
    let more = ["<< /FunctionType 2 >>", device_n, "/G\u{f6}ld"];
    let ad = read(&one_page(&format!("/MediaBox [0 0 9 9] {spaces}"), "", &more), 1).expect("it is read");
    assert_eq!(ad.spots, ["G\u{f6}ld", "HKS 43", "Varnish"]);
}
