//! A logo in the letterhead: where it stands in the PDF, how often, and that nothing else changes.

use crate::common::{Folder, pdf::Pdf, shipped, tags};
use lopdf::{Dictionary, Object, content::Content};

const MEMO: &str = "output/ccrov/2021/august/21144dl";

/// A picture as a reader sees it, in points from the page's lower left corner.
#[derive(Debug, PartialEq)]
struct Shown {
    page: usize,
    name: Vec<u8>,
    left: f32,
    bottom: f32,
    width: f32,
    height: f32,
}

fn shown(pdf: &Pdf) -> Vec<Shown> {
    let mut pictures = Vec::new();
    for (page, id) in pdf.file.page_iter().enumerate() {
        let operations = Content::decode(&pdf.file.get_page_content(id)).unwrap().operations;
        let mut matrix = [0.0; 6];
        for op in operations {
            match op.operator.as_str() {
                "cm" => matrix = [0, 1, 2, 3, 4, 5].map(|i| op.operands[i].as_float().unwrap()),
                "Do" => {
                    let [width, 0.0, 0.0, height, left, bottom] = matrix else { panic!("{matrix:?}") };
                    let name = op.operands[0].as_name().unwrap().to_vec();
                    pictures.push(Shown { page, name, left, bottom, width, height });
                }
                _ => {}
            }
        }
    }
    pictures
}

/// What a page calls by a name.
fn object<'a>(pdf: &'a Pdf, picture: &Shown) -> &'a lopdf::Stream {
    let page = pdf.file.page_iter().nth(picture.page).unwrap();
    let inside = |dictionary: &'a Dictionary, key: &[u8]| dictionary.get_deref(key, &pdf.file).unwrap();
    let resources = inside(pdf.file.get_dictionary(page).unwrap(), b"Resources").as_dict().unwrap();
    let pictures = inside(resources, b"XObject").as_dict().unwrap();
    inside(pictures, &picture.name).as_stream().unwrap()
}

/// A PNG of one row of two pixels, one of them see-through.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&[9, 8, 7, 255, 6, 5, 4, 0]).unwrap();
    bytes
}

fn with_logos() -> Folder {
    let folder = Folder::with_seed();
    folder.file("memos/seal.svg", std::fs::read(shipped().join("tests/explained/memos/seal.svg")).unwrap());
    folder.file("memos/logos/word.png", png());
    let web = "    web: www.sos.ca.gov\n";
    let office = folder.read("memos/office.yaml");
    let [before, between, after] = office.splitn(3, web).collect::<Vec<_>>().try_into().unwrap();
    let seal = "    logo: {file: seal.svg, alternative: The seal of the office}\n";
    let word = "    logo: {file: logos/word.png, alternative: The word, height: 25.4 mm}\n";
    folder.file("memos/office.yaml", format!("{before}{web}{seal}{between}{web}{word}{after}"));
    folder
}

fn read(folder: &Folder, name: &str) -> Pdf {
    Pdf::read(&folder.build().bytes(&format!("{name}.pdf")))
}

#[test]
fn a_logo_stands_once_in_the_middle_above_the_letterhead() {
    let plain = Folder::with_seed();
    let without = read(&plain, MEMO);
    let folder = with_logos();
    let pdf = read(&folder, MEMO);
    let [logo] = shown(&pdf).try_into().unwrap();
    assert_eq!((logo.page, logo.width, logo.height), (0, 50.4, 50.4));
    assert!(
        (logo.left + logo.width / 2.0 - 306.0).abs() < 0.01
            && (logo.bottom + logo.height - 720.0).abs() < 0.01
    );
    let first = pdf.shown.iter().find(|run| run.page == 0).unwrap();
    assert!(first.y < logo.bottom && logo.bottom - first.y < 25.0, "the lines stand right below it");

    assert_eq!(pdf.page_texts(), without.page_texts(), "it changes no word");
    let (tree, plain_tree) = (tags::read(&pdf).print(), tags::read(&without).print());
    let figure = "  Figure Placement=Block BBox=... Alt=\"The seal of the office\" \"\"\n";
    assert_eq!(tree, plain_tree.replacen("Document\n", &format!("Document\n{figure}"), 1));
    assert_eq!(folder.read(&format!("{MEMO}.md")), plain.read(&format!("{MEMO}.md")));
    // The page says how large the PDF is.
    let article = |folder: &Folder| {
        folder.read(&format!("{MEMO}.html")).split_once("<article>").map(|(_, rest)| rest.to_owned())
    };
    assert!(article(&folder).is_some() && article(&folder) == article(&plain));
    let schedule = format!("{MEMO}-schedule.pdf");
    assert_eq!(folder.bytes(&schedule), plain.bytes(&schedule), "it has no letterhead");
    assert_eq!(folder.run(&["build", "--check"]).status, 0, "the same folder gives the same bytes");
}

#[test]
fn a_drawing_is_a_form_of_filled_outlines() {
    let pdf = read(&with_logos(), MEMO);
    let form = object(&pdf, &shown(&pdf)[0]);
    assert_eq!(form.dict.get(b"Subtype").and_then(Object::as_name).unwrap(), b"Form");
    let text = String::from_utf8(form.get_plain_content().unwrap()).unwrap();
    // The circle, its pen's outline, the star, in hundredths of the picture's height from its foot.
    assert_eq!(text.lines().filter(|line| *line == "f").count(), 3);
    let inks: Vec<_> = text.lines().filter(|line| line.ends_with("rg")).collect();
    assert_eq!(inks, ["0.965 0.937 0.875 rg", "0.114 0.208 0.341 rg", "0.784 0.588 0.243 rg"]);
    assert!(text.contains("\n50 78 m\n57 58 l\n78 58 l\n"), "{text}");
}

#[test]
fn pixels_are_an_image_with_a_mask_and_each_letterhead_has_its_own_logo() {
    let folder = with_logos();
    folder.edit("memos/2021/21144.yaml", "attachments: schedule", "attachments: []");
    folder.edit(
        "memos/2021/21144.yaml",
        "attachments: []",
        "attachments:\n  - {title: A Form, letterhead: voting-systems, body: Hello.}\n  - {title: Another, letterhead: \
         elections, body: Hello.}",
    );
    let pdf = read(&folder, MEMO);
    let logos = shown(&pdf);
    let places: Vec<_> = logos.iter().map(|logo| (logo.page, logo.width, logo.height)).collect();
    assert_eq!(places, [(0, 50.4, 50.4), (1, 144.0, 72.0), (2, 50.4, 50.4)]);
    assert_eq!(logos[0].name, logos[2].name, "one object for both");

    let image = object(&pdf, &logos[1]);
    assert_eq!(image.dict.get(b"ColorSpace").and_then(Object::as_name).unwrap(), b"DeviceRGB");
    assert!(!image.dict.has(b"Interpolate"));
    assert_eq!(image.get_plain_content().unwrap(), [9, 8, 7, 6, 5, 4]);
    let mask = image.dict.get_deref(b"SMask", &pdf.file).and_then(Object::as_stream).unwrap();
    assert_eq!(mask.dict.get(b"ColorSpace").and_then(Object::as_name).unwrap(), b"DeviceGray");
    assert_eq!(mask.get_plain_content().unwrap(), [255, 0]);
    assert!(folder.read(&format!("{MEMO}.md")).contains("<!-- letterhead: voting-systems -->\n"));
}

#[test]
fn a_wide_logo_stays_between_the_margins() {
    let folder = with_logos();
    let wide =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="900" height="30"><path d="M0 0H900V30H0Z"/></svg>"#;
    folder.file("memos/seal.svg", wide);
    let pdf = read(&folder, MEMO);
    let logo = &shown(&pdf)[0];
    assert_eq!((logo.left, logo.width, logo.height), (72.0, 468.0, 15.6));
}

#[test]
fn a_logo_that_cannot_be_drawn_is_a_fault_of_the_office_and_its_memos_stay_as_they_were() {
    let folder = with_logos();
    folder.build();
    folder.file(
        "memos/seal.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text>Seal</text></svg>",
    );
    let run = folder.run(&["build"]);
    assert!(
        run.faults.starts_with("error[bad-logo]: memos/seal.svg holds text\n  --> memos/office.yaml:26:18\n")
            && run.faults.contains("save it with plain colours and text as paths, or as PNG"),
        "{}",
        run.faults
    );
    assert_eq!(
        run.results,
        "With faults: 21144\nBuilt 0 of 1 memo: 0 files written, 1 unchanged. 1 fault in 1 file.\n"
    );
    assert!(folder.has(&format!("{MEMO}.pdf")));
}
