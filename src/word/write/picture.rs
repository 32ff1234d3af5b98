//! A picture in running text.
//!
//! In: its bytes, how large it is, what it shows. Out: DrawingML. Not here: reading pictures.

use super::WordPicture;
use crate::word::markup::Markup;

/// How many of DrawingML's units a point has.
const UNITS: f32 = 12_700.0;

/// A picture in its line.
pub(super) fn drawing(run: &mut Markup, picture: &WordPicture, number: &str, reference: &str) {
    let units = |points: f32| ((points * UNITS).round() as i64).to_string();
    let (width, height) = (units(picture.width), units(picture.height));
    let named = [("id", number), ("name", "Logo"), ("descr", picture.alternative.as_str())];
    let main = "http://schemas.openxmlformats.org/drawingml/2006/main";
    let pictures = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    run.element("w:drawing", &[], |drawing| {
        let close = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
        drawing.element("wp:inline", &close, |inline| {
            inline.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
            inline.empty("wp:docPr", &named);
            inline.element("a:graphic", &[("xmlns:a", main)], |graphic| {
                graphic.element("a:graphicData", &[("uri", pictures)], |data| {
                    data.element("pic:pic", &[("xmlns:pic", pictures)], |pic| {
                        pic.element("pic:nvPicPr", &[], |about| {
                            about.empty("pic:cNvPr", &named);
                            about.empty("pic:cNvPicPr", &[]);
                        });
                        pic.element("pic:blipFill", &[], |fill| {
                            fill.empty("a:blip", &[("r:embed", reference)]);
                            fill.element("a:stretch", &[], |stretch| stretch.empty("a:fillRect", &[]));
                        });
                        pic.element("pic:spPr", &[], |shape| {
                            shape.element("a:xfrm", &[], |place| {
                                place.empty("a:off", &[("x", "0"), ("y", "0")]);
                                place.empty("a:ext", &[("cx", &width), ("cy", &height)]);
                            });
                            shape.element("a:prstGeom", &[("prst", "rect")], |form| {
                                form.empty("a:avLst", &[]);
                            });
                        });
                    });
                });
            });
        });
    });
}
