//! What is on which plate: colour operators, overprint, registration marks, photographs.

use super::*;
use crate::geom::polygon::Polygon;

fn names(operators: &[Operation]) -> Vec<&str> {
    operators.iter().map(|operation| operation.operator.as_str()).collect()
}

/// What a graphics state says about overprint: for fills, for strokes, and how zeros are taken.
fn overprint(document: &Document, name: &str) -> (bool, bool, i64) {
    let states = resource(document, 0, "ExtGState");
    let state = states.get_deref(name.as_bytes(), document).and_then(Object::as_dict).expect(name);
    let flag = |key: &[u8]| state.get(key).and_then(Object::as_bool).expect("a boolean");
    (flag(b"op"), flag(b"OP"), state.get(b"OPM").and_then(Object::as_i64).expect("a mode"))
}

#[test]
fn every_colour_is_ink() {
    let document = Document::load_mem(&written(&[&page().0], Level::X1a2003)).expect("it can be read");
    for operation in operators(&document, 0) {
        let name = operation.operator.as_str();
        assert!(!matches!(name, "rg" | "RG" | "g" | "G" | "sc" | "SC" | "K" | "CS" | "SCN" | "sh"), "{name}");
        if name == "cs" {
            assert_eq!(operation.operands[0].as_name().expect("a name"), b"Registration");
        }
    }
}

#[test]
fn a_cut_out_picture_is_clipped_to_its_outline() {
    let corners = [at(20, 20), at(60, 20), at(40, 60)];
    let shape = Polygon::new(corners.to_vec()).expect("a triangle");
    let rect = Rect::new(Len::mm(20), Len::mm(20), Len::mm(40), Len::mm(40));
    let photo = |shape| Item::Picture { picture: PictureIdx(0), rect, shape };
    let document = read(vec![photo(Some(shape)), line(SONG, 20, 100, "字")]);
    let operators = operators(&document, 0);
    let all = names(&operators);
    let start = all.iter().position(|name| *name == "m").expect("a path");
    assert_eq!(all[start - 1..start + 6], ["q", "m", "l", "l", "h", "W", "n"]);
    let number = |operand: &Object| operand.as_float().expect("a number").to_string();
    let place: Vec<String> = operators[start].operands.iter().map(number).collect();
    // 30 mm from the left edge of the medium, 535 mm from its foot.
    assert_eq!(place, ["85.039", "1516.535"]);
    let depth = |name: &&str| i32::from(*name == "q") - i32::from(*name == "Q");
    let drawn = all.iter().position(|name| *name == "Do").expect("the picture");
    assert!(all[..drawn].iter().map(depth).sum::<i32>() > 0, "inside");
    let text = all.iter().position(|name| *name == "BT").expect("type");
    assert_eq!(all[start..text].iter().map(depth).sum::<i32>(), -1, "type is not clipped");
}

#[test]
fn solid_black_overprints_and_nothing_else_does() {
    let rect = |x| Rect::new(Len::mm(x), Len::mm(20), Len::mm(10), Len::mm(10));
    let fill = |x, ink| Item::Fill { rect: rect(x), ink };
    let set = |ink| Item::Glyphs(shaped(SONG, Len::pt(9), ink, at(20, 40), "字"));
    let photo = Item::Picture { picture: PictureIdx(0), rect: rect(200), shape: None };
    let items = vec![
        set(Ink::BLACK),
        photo,
        set(Ink::BLACK),
        set(Ink::PAPER),
        fill(20, Ink::Black(Tint(300))),
        fill(40, Ink::BLACK),
        fill(60, Ink::Cmyk([Tint(0), Tint(1000), Tint(1000), Tint(0)])),
        fill(80, Ink::Registration),
        set(Ink::BLACK),
    ];
    let document = read(items);
    // printpdf writes `OP` for `op` and `op` for `OP`, so both come from us.
    assert_eq!(overprint(&document, "Overprint"), (true, true, 1));
    assert_eq!(overprint(&document, "Knockout"), (false, false, 1));

    let (mut state, mut ink, mut painted) = (Vec::new(), String::new(), Vec::new());
    for Operation { operator, operands } in operators(&document, 0) {
        match operator.as_str() {
            "gs" => state = operands[0].as_name().expect("a name").to_vec(),
            "k" | "scn" => ink = operands.iter().map(|tint| format!("{tint:?} ")).collect(),
            "TJ" | "f" | "Do" => {
                painted.push((operator, ink.trim().to_owned(), String::from_utf8_lossy(&state).into_owned()));
            }
            _ => {}
        }
    }
    let painted: Vec<(&str, &str, &str)> = painted.iter().map(|(a, b, c)| (&**a, &**b, &**c)).collect();
    assert_eq!(
        painted,
        [
            ("TJ", "0 0 0 1", "Overprint"),
            ("Do", "0 0 0 1", "Knockout"),
            ("TJ", "0 0 0 1", "Overprint"),
            ("TJ", "0 0 0 0", "Knockout"),
            ("f", "0 0 0 0.3", "Knockout"),
            ("f", "0 0 0 1", "Overprint"),
            ("f", "0 1 1 0", "Knockout"),
            ("f", "1", "Knockout"),
            ("TJ", "0 0 0 1", "Overprint"),
        ]
    );
}

#[test]
fn marks_are_on_every_plate() {
    let document = read(vec![mark(Len::mm(-9), Len::ZERO, Len::mm(5), Len::centipoints(25))]);
    let spaces = resource(&document, 0, "ColorSpace");
    let space = spaces.get_deref(b"Registration", &document).and_then(Object::as_array).expect("a space");
    assert_eq!(format!("{:?}", &space[..3]), "[/Separation, /All, /DeviceCMYK]");
    let solid = space[3].as_dict().and_then(|tint| tint.get(b"C1")).expect("a tint transform");
    assert_eq!(format!("{solid:?}"), "[1 1 1 1]");
    assert_eq!(names(&operators(&document, 0)), ["gs", "cs", "scn", "re", "f"]);
}

#[test]
fn photographs_go_through_untouched() {
    let (sheet, mut pictures) = page();
    pictures[1].inverted = true;
    let bytes = write(&[&sheet], &FACES, &pictures, &[], &imprint(Level::X1a2003)).expect("written");
    let document = Document::load_mem(&bytes).expect("it can be read");
    for (name, picture, decode) in [("X1", &pictures[0], "[1 0 1 0 1 0 1 0]"), ("X2", &pictures[1], "[1 0]")]
    {
        let image = resource(&document, 0, "XObject").get_deref(name.as_bytes(), &document);
        let image = image.and_then(Object::as_stream).expect("an image");
        assert!(*image.content == *picture.data, "the JPEG is as it was");
        assert_eq!(image.dict.get(b"Width").and_then(Object::as_i64).expect("a number"), 600);
        assert_eq!(format!("{:?}", image.dict.get(b"Decode").expect("a decode array")), decode);
        let space = image.dict.get_deref(b"ColorSpace", &document).expect("a colour space");
        match picture.plates {
            Plates::Cmyk => assert_eq!(format!("{space:?}"), "/DeviceCMYK"),
            Plates::Black => {
                let space = space.as_array().expect("a separation");
                assert_eq!(format!("{:?}", &space[..3]), "[/Separation, /Black, /DeviceCMYK]");
                let solid = space[3].as_dict().and_then(|tint| tint.get(b"C1")).expect("a tint transform");
                assert_eq!(format!("{solid:?}"), "[0 0 0 1]");
            }
        }
    }
    pictures[0].inverted = false;
    let bytes = write(&[&sheet], &FACES, &pictures, &[], &imprint(Level::X1a2003)).expect("written");
    let document = Document::load_mem(&bytes).expect("it can be read");
    let image = resource(&document, 0, "XObject").get_deref(b"X1", &document);
    assert!(!image.and_then(Object::as_stream).expect("an image").dict.has(b"Decode"));
}

#[test]
fn line_art_is_one_bit_on_the_black_plate() {
    let (sheet, mut pictures) = page();
    let bits: Vec<u8> = (0..50 * 400_u32).map(|byte| byte.to_le_bytes()[0]).collect();
    pictures[1] =
        Picture { width: 400, coding: Coding::Bits, data: bits.clone().into(), ..pictures[1].clone() };
    pictures[1].shown.width = 400;
    let bytes = write(&[&sheet], &FACES, &pictures, &[], &imprint(Level::X1a2003)).expect("written");
    let document = Document::load_mem(&bytes).expect("it can be read");
    let image = resource(&document, 0, "XObject").get_deref(b"X2", &document);
    let image = image.and_then(Object::as_stream).expect("an image");
    let said = |key: &[u8]| format!("{:?}", image.dict.get(key).expect("it is said"));
    assert_eq!((said(b"BitsPerComponent"), said(b"Filter")), ("1".to_owned(), "/FlateDecode".to_owned()));
    assert!(!image.dict.has(b"Decode") && !image.dict.has(b"ImageMask"), "1 is ink");
    let space = image.dict.get_deref(b"ColorSpace", &document).and_then(Object::as_array);
    assert_eq!(format!("{:?}", &space.expect("a separation")[1]), "/Black");
    assert_eq!(image.decompressed_content().expect("it was deflated"), bits);
}

#[test]
fn a_form_cuts_off_what_a_place_does_not_show() {
    let (sheet, mut pictures) = page();
    pictures[0].shown = Crop { x: 150, y: 100, width: 300, height: 200 };
    let bytes = write(&[&sheet], &FACES, &pictures, &[], &imprint(Level::X1a2003)).expect("written");
    let document = Document::load_mem(&bytes).expect("it can be read");
    let form = resource(&document, 0, "XObject").get_deref(b"X1", &document);
    let form = form.and_then(Object::as_stream).expect("a form");
    assert_eq!(form.dict.get(b"Subtype").and_then(Object::as_name).expect("a name"), b"Form");
    assert_eq!(format!("{:?}", form.dict.get(b"BBox").expect("a box")), "[0 0 300 200]");
    // 400 pixels high, 200 shown, 100 over them: the part begins 100 above the foot.
    let content = form.decompressed_content().expect("it was deflated");
    assert_eq!(String::from_utf8_lossy(&content), "600 0 0 400 -150 -100 cm /Picture Do");
    let own = form.dict.get(b"Resources").and_then(Object::as_dict).expect("resources");
    let own = own.get(b"XObject").and_then(Object::as_dict).expect("pictures");
    let image = own.get_deref(b"Picture", &document).and_then(Object::as_stream).expect("an image");
    assert!(*image.content == *pictures[0].data, "all of it is there, untouched");
}

#[test]
fn what_has_no_size_is_not_painted() {
    let flat = Rect::new(Len::mm(20), Len::mm(20), Len::mm(10), Len::ZERO);
    let document = read(vec![
        Item::Fill { rect: flat, ink: Ink::BLACK },
        Item::Picture { picture: PictureIdx(0), rect: flat, shape: None },
        Item::Glyphs(shaped(KAI, Len::ZERO, Ink::BLACK, at(20, 20), "无")),
    ]);
    assert!(operators(&document, 0).is_empty());
}

/// Two spot inks, one of them with a name that a PDF has to escape.
fn spots() -> [SpotInk; 2] {
    let ink =
        |colorant: &str, cmyk: [u16; 4]| SpotInk { colorant: colorant.to_owned(), cmyk: cmyk.map(Tint) };
    [ink("PANTONE 185 C", [0, 910, 760, 0]), ink("专红#1", [0, 1000, 1000, 100])]
}

#[test]
fn a_spot_ink_is_on_a_plate_of_its_own() {
    let rect = |x| Rect::new(Len::mm(x), Len::mm(20), Len::mm(10), Len::mm(10));
    let fill = |x, spot, tint| Item::Fill { rect: rect(x), ink: Ink::Spot(SpotIdx(spot), Tint(tint)) };
    let text = shaped(SONG, Len::pt(9), Ink::BLACK, at(20, 28), "字");
    let items = vec![fill(20, 0, 1000), fill(40, 1, 305), fill(60, 0, 1000), Item::Glyphs(text)];
    for level in [Level::X1a2001, Level::X1a2003, Level::X4] {
        let imprint = Imprint { spots: &spots(), ..imprint(level) };
        let bytes = write(&[&sheet(items.clone())], &FACES, &[], &[], &imprint).expect("written");
        let document = Document::load_mem(&bytes).expect("it can be read");
        for (name, ink) in [("Spot1", &spots()[0]), ("Spot2", &spots()[1])] {
            let space = resource(&document, 0, "ColorSpace").get_deref(name.as_bytes(), &document);
            let space = space.and_then(Object::as_array).expect("a separation");
            assert_eq!(space[0].as_name().expect("a name"), b"Separation");
            assert_eq!(space[1].as_name().expect("a name"), ink.colorant.as_bytes());
            assert_eq!(space[2].as_name().expect("a name"), b"DeviceCMYK");
            let solid = space[3].as_dict().and_then(|tint| tint.get(b"C1")?.as_array()).expect("a solid");
            let solid: Vec<String> = solid.iter().map(|part| format!("{part:?}")).collect();
            let wanted = ink.cmyk.map(|tint| format!("{:?}", Object::Real(frame::number(tint.0.into()))));
            assert_eq!(solid, wanted);
        }
        let operators = operators(&document, 0);
        let inked: Vec<String> = operators
            .iter()
            .filter(|operation| ["gs", "cs", "scn", "k"].contains(&operation.operator.as_str()))
            .map(|operation| format!("{:?} {}", operation.operands, operation.operator))
            .collect();
        // Spot inks knock out, with tints of their own; black prints on top of them.
        assert_eq!(
            inked,
            [
                "[/Knockout] gs",
                "[/Spot1] cs",
                "[1] scn",
                "[/Spot2] cs",
                "[0.305] scn",
                "[/Spot1] cs",
                "[1] scn",
                "[/Overprint] gs",
                "[0, 0, 0, 1] k"
            ]
        );
    }
}

#[test]
fn a_spot_ink_that_nobody_defined_is_refused() {
    let rect = Rect::new(Len::mm(20), Len::mm(20), Len::mm(10), Len::mm(10));
    let sheet = sheet(vec![Item::Fill { rect, ink: Ink::Spot(SpotIdx(2), Tint::SOLID) }]);
    let imprint = Imprint { spots: &spots(), ..imprint(Level::X1a2003) };
    let error = write(&[&sheet], &FACES, &[], &[], &imprint).expect_err("there are two");
    assert!(error.to_string().contains("a spot ink that does not exist"), "{error}");
}

#[test]
fn a_ring_is_two_circles_with_white_between() {
    let ring = |radius, weight| Item::Ring {
        middle: at(-7, 270),
        radius: Len::pt(radius),
        weight: Len::pt(weight),
        ink: Ink::Registration,
    };
    let document = read(vec![ring(5, 1), ring(5, 0), ring(0, 1)]);
    let all = operators(&document, 0);
    let circle = ["m", "c", "c", "c", "c", "h"];
    assert_eq!(names(&all), [&["gs", "cs", "scn"][..], &circle, &circle, &["f*"]].concat());
    let numbers = |operation: &Operation| -> Vec<f32> {
        operation.operands.iter().map(|number| number.as_float().expect("a number")).collect()
    };
    let start = numbers(&all[3]);
    // 3 mm from the left edge of the medium, and half a line beyond the radius.
    assert_eq!(start, [8.504 + 5.5, 807.874]);
    assert_eq!(numbers(&all[7])[4..], start, "a circle ends where it began");
}

#[test]
fn a_path_is_filled_or_has_a_line_along_it() {
    let wave = vec![Segment::Move(at(20, 20)), Segment::Curve(at(22, 18), at(24, 18), at(26, 20))];
    let lozenge = vec![
        Segment::Move(at(40, 20)),
        Segment::Line(at(42, 18)),
        Segment::Line(at(44, 20)),
        Segment::Line(at(42, 22)),
        Segment::Close,
    ];
    let line = |weight, ink| Item::Path {
        segments: wave.clone(),
        paint: Paint::Stroke(Len::centipoints(weight)),
        ink,
    };
    let red = Ink::Cmyk([Tint(0), Tint(1000), Tint(900), Tint(0)]);
    let items = vec![
        line(50, Ink::BLACK),
        line(50, Ink::BLACK),
        Item::Path { segments: lozenge, paint: Paint::Fill, ink: red },
        line(75, red),
    ];
    let document = read(items);
    let all = operators(&document, 0);
    let expected = ["gs", "K", "w", "m", "c", "S", "m", "c", "S"];
    let filled = ["gs", "k", "m", "l", "l", "l", "h", "f"];
    assert_eq!(names(&all), [&expected[..], &filled, &["K", "w", "m", "c", "S"]].concat());
    let number = |operation: &Operation| operation.operands[0].as_float().expect("a number");
    let weights: Vec<f32> = all.iter().filter(|one| one.operator == "w").map(number).collect();
    assert_eq!(weights, [0.5, 0.75]);
    let states: Vec<&[u8]> = all
        .iter()
        .filter(|one| one.operator == "gs")
        .map(|one| one.operands[0].as_name().expect("a name"))
        .collect();
    assert_eq!(states, [&b"Overprint"[..], b"Knockout"], "solid black prints on top, red does not");
}

#[test]
fn a_line_may_be_of_a_spot_ink() {
    let path = Item::Path {
        segments: vec![Segment::Move(at(20, 20)), Segment::Line(at(26, 20))],
        paint: Paint::Stroke(Len::pt(1)),
        ink: Ink::Spot(SpotIdx(0), Tint(400)),
    };
    let imprint = Imprint { spots: &spots(), ..imprint(Level::X1a2003) };
    let pdf = write(&[&sheet(vec![path])], &FACES, &[], &[], &imprint).expect("it can be written");
    let document = Document::load_mem(&pdf).expect("it can be read");
    let all = operators(&document, 0);
    assert_eq!(names(&all), ["gs", "CS", "SCN", "w", "m", "l", "S"]);
    let space = all[1].operands[0].as_name().expect("a name");
    assert!(resource(&document, 0, "ColorSpace").has(space), "the page has the plate it names");
}
