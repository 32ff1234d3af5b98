//! What is drawn of PNG and SVG files, and which files are faults.

use ccrov::picture::{Content, FilledArea, Picture, PictureFault, Pixels, Segment};
use png::{BitDepth, ColorType, Encoder};

/// A PNG of one row.
fn png(colour: ColorType, depth: BitDepth, data: &[u8], columns: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, columns, 1);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ColorType::Indexed {
        encoder.set_palette(&[10, 20, 30, 40, 50, 60]);
        encoder.set_trns(&[128]);
    }
    encoder.write_header().unwrap().write_image_data(data).unwrap();
    bytes
}

fn pixels(bytes: &[u8]) -> Pixels {
    match Picture::read(bytes).unwrap().content {
        Content::Pixels(pixels) => pixels,
        Content::Shapes(_) => panic!("it is a PNG"),
    }
}

/// An SVG of 72 by 72 points, whose units are points.
fn svg(inner: &str) -> String {
    let names = r#"xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#;
    format!(r#"<svg {names} width="96" height="96" viewBox="0 0 72 72">{inner}</svg>"#)
}

fn shapes(inner: &str) -> Vec<FilledArea> {
    match Picture::read(svg(inner).as_bytes()).unwrap_or_else(|fault| panic!("{inner} {fault}")).content {
        Content::Shapes(shapes) => shapes,
        Content::Pixels(_) => panic!("it is an SVG"),
    }
}

/// Left, top, right, bottom of an outline, as whole points.
fn bounds(shape: &FilledArea) -> [i32; 4] {
    let points = shape.outline.iter().flat_map(|segment| match segment {
        Segment::Move(to) | Segment::Line(to) => vec![*to],
        Segment::Curve(points) => points.to_vec(),
        Segment::Close => Vec::new(),
    });
    let [mut left, mut top, mut right, mut bottom] = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    for [x, y] in points.map(|point| point.map(|length| length.round() as i32)) {
        (left, top) = (left.min(x), top.min(y));
        (right, bottom) = (right.max(x), bottom.max(y));
    }
    [left, top, right, bottom]
}

#[test]
fn every_kind_of_png_becomes_red_green_and_blue_of_eight_bits() {
    type Case<'a> = (ColorType, BitDepth, &'a [u8], &'a [u8], Option<&'a [u8]>);
    let cases: [Case<'_>; 7] = [
        (ColorType::Grayscale, BitDepth::One, &[0b0100_0000], &[0, 0, 0, 255, 255, 255], None),
        (ColorType::Grayscale, BitDepth::Eight, &[7, 9], &[7, 7, 7, 9, 9, 9], None),
        (ColorType::Grayscale, BitDepth::Sixteen, &[7, 1, 9, 2], &[7, 7, 7, 9, 9, 9], None),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, &[7, 255, 9, 0], &[7, 7, 7, 9, 9, 9], Some(&[255, 0])),
        (ColorType::Rgb, BitDepth::Eight, &[1, 2, 3, 4, 5, 6], &[1, 2, 3, 4, 5, 6], None),
        (ColorType::Rgba, BitDepth::Eight, &[1, 2, 3, 255, 4, 5, 6, 255], &[1, 2, 3, 4, 5, 6], None),
        (ColorType::Indexed, BitDepth::Four, &[0x10], &[40, 50, 60, 10, 20, 30], Some(&[255, 128])),
    ];
    for (colour, depth, data, rgb, alpha) in cases {
        let expected = Pixels { columns: 2, rows: 1, rgb: rgb.to_vec(), alpha: alpha.map(<[u8]>::to_vec) };
        assert_eq!(pixels(&png(colour, depth, data, 2)), expected, "{colour:?} {depth:?}");
    }
    let interlaced = pixels(include_bytes!("../pictures/interlaced.png"));
    assert_eq!(interlaced.rgb, [[0; 3], [85; 3], [170; 3], [255; 3]].concat());
}

#[test]
fn a_png_of_endless_size_is_not_unpacked() {
    let mut bytes = Vec::new();
    drop(Encoder::new(&mut bytes, 60_000, 60_000).write_header().unwrap());
    assert_eq!(Picture::read(&bytes), Err(PictureFault::TooManyPixels { columns: 60_000, rows: 60_000 }));
}

#[test]
fn fills_and_pens_become_areas_in_their_place() {
    let found = shapes(
        "<style>.a{fill:#0a141e}</style><defs><path id='u' d='M0 0H6V6H0Z'/></defs>
         <g transform='translate(10 20) scale(2)'><path class='a' fill-rule='evenodd' d='M0 0h5v5H0z'/></g>
         <g fill='red'><use xlink:href='#u' x='60'/></g>
         <path stroke='blue' stroke-width='4' d='M10 40H30'/>
         <path stroke='blue' stroke-width='4' stroke-linecap='round' d='M10 50H30' transform='scale(1 2) translate(0 -25)'/>
         <path stroke='blue' stroke-width='4' stroke-dasharray='5 5' fill='none' d='M10 60H30'/>
         <rect fill='lime' stroke='blue' stroke-width='2' paint-order='stroke' x='40' y='40' width='9' height='9'/>
         <path fill='none' stroke='red' stroke-opacity='0' d='M0 0h9'/><g visibility='hidden'><use xlink:href='#u'/></g>",
    );
    let drawn: Vec<_> = found.iter().map(|shape| (shape.rgb, bounds(shape))).collect();
    let (blue, red, lime) = ([0, 0, 255], [255, 0, 0], [0, 255, 0]);
    assert_eq!(
        drawn,
        [
            ([10, 20, 30], [10, 20, 20, 30]),
            (red, [60, 0, 66, 6]),
            (blue, [10, 38, 30, 42]),
            (blue, [8, 46, 32, 54]),
            (blue, [10, 58, 25, 62]),
            (blue, [39, 39, 50, 50]),
            (lime, [40, 40, 49, 49]),
        ]
    );
    assert!(found[0].even_odd && !found[1].even_odd);
    let begun =
        |shape: &FilledArea| shape.outline.iter().filter(|step| matches!(step, Segment::Move(_))).count();
    assert_eq!(begun(&found[4]), 2, "two dashes");
}

#[test]
fn a_curve_with_one_handle_is_drawn_with_two() {
    let found = shapes("<path d='M0 0Q30 60 60 0'/>");
    assert_eq!(found[0].outline[1], Segment::Curve([[20.0, 40.0], [40.0, 40.0], [60.0, 0.0]]));
}

#[test]
fn a_clip_that_takes_nothing_away_is_no_fault() {
    let clipped = |clip: &str, path: &str| {
        svg(&format!("<clipPath id='c'>{clip}</clipPath><g clip-path='url(#c)'><path d='{path}'/></g>"))
    };
    let whole = "<path d='M0 0H72V72H0Z'/>";
    let inside = "<rect x='9' y='9' width='11' height='11'/>";
    let moved = "<rect width='11' height='11' transform='translate(9 9)'/>";
    // All that the picture's own edge leaves; all that is drawn.
    for (clip, path) in [(whole, "M-9-9H90V90Z"), (inside, "M10 10H20V20Z"), (moved, "M10 10H20V20Z")] {
        assert!(Picture::read(clipped(clip, path).as_bytes()).is_ok(), "{clip} {path}");
    }
    let turned = "<rect width='99' height='99' transform='rotate(9)'/>";
    let two = "<rect width='9' height='72'/><rect x='9' width='63' height='72'/>";
    for (clip, path) in [
        (inside, "M8 10H20V20Z"),
        (moved, "M10 10H20V22Z"),
        (turned, "M0 0H72V9Z"),
        (two, "M0 0H72V9Z"),
        ("<circle r='200'/>", "M0 0H72V9Z"),
    ] {
        let fault = Picture::read(clipped(clip, path).as_bytes()).unwrap_err();
        assert_eq!(fault.to_string(), "holds a part that is cut off (clipped)", "{clip} {path}");
    }
}

#[test]
fn what_would_be_lost_is_a_fault_that_names_it() {
    let square = "d='M0 0h9v9z'";
    let cases = [
        (
            format!(
                "<linearGradient id='a'><stop stop-color='red'/><stop offset='1'/></linearGradient><path {square} fill='url(#a)'/>"
            ),
            "a gradient",
        ),
        (
            format!(
                "<pattern id='a' width='2' height='2' patternUnits='userSpaceOnUse'><path d='M0 0h1v1z'/></pattern><path {square} stroke='url(#a)'/>"
            ),
            "a pattern",
        ),
        (
            format!(
                "<filter id='a'><feGaussianBlur stdDeviation='2'/></filter><path {square} filter='url(#a)'/>"
            ),
            "a filter, such as a shadow",
        ),
        (
            format!("<mask id='a'><path fill='white' d='M0 0h5v5z'/></mask><path {square} mask='url(#a)'/>"),
            "a mask",
        ),
        (format!("<path {square} fill-opacity='.5'/>"), "see-through colours"),
        (format!("<path {square} fill='rgba(0,0,0,0.5)'/>"), "see-through colours"),
        (format!("<g opacity='.5'><path {square}/></g>"), "see-through colours"),
        (format!("<path {square} style='mix-blend-mode:multiply'/>"), "blended colours"),
        (format!("<path {square}/><text y='9'>Seal</text>"), "text"),
        (format!("<path {square}/><text y='9'><tspan>Seal</tspan></text>"), "text"),
        (format!("<path {square}/><image width='9' height='9' href='photo.jpg'/>"), "another picture"),
        (
            format!("<path {square}/><foreignObject width='9' height='9'><p>Seal</p></foreignObject>"),
            "a part that is no SVG",
        ),
    ];
    for (inner, what) in cases {
        assert_eq!(Picture::read(svg(&inner).as_bytes()), Err(PictureFault::NotDrawn { what }), "{inner}");
    }
    // What nobody sees is no loss.
    shapes(&format!("<title>Seal</title><text> </text><linearGradient id='a'/><path {square}/>"));
}

#[test]
fn files_that_are_no_picture_are_faults() {
    let truncated = &include_bytes!("../pictures/interlaced.png")[..60];
    assert!(matches!(Picture::read(truncated), Err(PictureFault::Broken { kind: "PNG", .. })));
    assert!(matches!(Picture::read(b"<svg><g></svg>"), Err(PictureFault::Broken { kind: "SVG", .. })));
    assert_eq!(Picture::read(b"\xff\xd8\xff\xe0 a photograph"), Err(PictureFault::Unknown));
    assert_eq!(Picture::read(b""), Err(PictureFault::Unknown));
    assert_eq!(Picture::read(&vec![0; 1_000_001]), Err(PictureFault::TooLarge { size: 1_000_001 }));
    assert_eq!(Picture::read(svg("").as_bytes()), Err(PictureFault::Empty));
    let invisible = png(ColorType::Rgba, BitDepth::Eight, &[1, 2, 3, 0], 1);
    assert_eq!(Picture::read(&invisible), Err(PictureFault::Empty));
    let flat = r#"<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"><path d="M0 0h9v9z"/></svg>"#;
    assert_eq!(Picture::read(flat.as_bytes()), Err(PictureFault::NoSize));
}

#[test]
fn small_files_that_would_grow_without_end_are_faults() {
    let path = "<path d='M0 0h9v9z'/>";
    let deep = svg(&format!("{}{path}{}", "<g>".repeat(50_000), "</g>".repeat(50_000)));
    assert_eq!(Picture::read(deep.as_bytes()), Err(PictureFault::TooManyCurves));
    shapes(&format!("{}{path}{}", "<g>".repeat(1000), "</g>".repeat(1000)));

    let mut uses = format!("<g id='a0'>{path}</g>");
    for level in 1..9 {
        let inner = format!("<use xlink:href='#a{}'/>", level - 1).repeat(10);
        uses += &format!("<g id='a{level}'>{inner}</g>");
    }
    assert_eq!(Picture::read(svg(&uses).as_bytes()), Err(PictureFault::TooManyCurves));
    let dashes = svg("<path stroke='red' stroke-dasharray='.0002' d='M0 0L70 70'/>");
    assert_eq!(Picture::read(dashes.as_bytes()), Err(PictureFault::TooManyCurves));

    let mut names = "<!DOCTYPE svg [<!ENTITY e0 'ten letters'>".to_owned();
    for level in 1..12 {
        names += &format!("<!ENTITY e{level} '{}'>", format!("&e{};", level - 1).repeat(10));
    }
    let laughs = format!("{names}]>{}", svg(&format!("<desc>&e11;</desc>{path}")));
    assert!(matches!(Picture::read(laughs.as_bytes()), Err(PictureFault::Broken { kind: "SVG", .. })));
}

#[test]
fn no_byte_that_is_wrong_ends_the_program() {
    let small = svg("<path d='M0 0Q9 9 9 0Z' transform='scale(2)' stroke='red' stroke-dasharray='1 2'/>");
    let colour = png(ColorType::Indexed, BitDepth::Four, &[0x10], 2);
    for file in [small.into_bytes(), colour] {
        for at in 0..file.len() {
            _ = Picture::read(&file[..at]);
            for wrong in [0, b'9', b'-', b'e', 0xff] {
                let mut spoilt = file.clone();
                spoilt[at] = wrong;
                _ = Picture::read(&spoilt);
            }
        }
    }
}
