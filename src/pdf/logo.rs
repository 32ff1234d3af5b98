//! A picture -> what a PDF holds of it.
//!
//! In: a [`Picture`]. Out: [`LogoPicture`], a picture made ready once for all PDFs of a run. Pixels become an image,
//! outlines a form: each is drawn in a square of one unit, which whoever draws it stretches. Not here: where it
//! stands, the objects of a file.

use std::sync::Arc;

use lopdf::{
    Dictionary, Object, Stream,
    content::{Content as Operations, Operation},
    dictionary,
};

use super::{Theme, digest};
use crate::picture::{Content, FilledArea, Picture, Pixels, Segment};

/// A picture made ready: one that stands in a letterhead, or the word across the pages of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct LogoPicture {
    /// What is read aloud in its place.
    pub alternative: String,
    /// How high it is, in points; none, if it should be as high as looks right.
    pub height: Option<f32>,
    /// The picture itself, for other forms.
    pub picture: Arc<Picture>,
    /// Its width as a share of its height.
    pub(super) shape: f32,
    /// What pages call it, by what it shows.
    pub(super) name: String,
    pub(super) drawing: Stream,
    /// How opaque each pixel is.
    pub(super) alpha: Option<Stream>,
}

/// How many units a form is high: a hundredth of one is less than a printer's dot.
const UNITS: f32 = 100.0;

impl LogoPicture {
    /// Makes a picture ready.
    pub fn new(picture: Arc<Picture>, alternative: String, height: Option<f32>) -> LogoPicture {
        let (mut drawing, mut alpha) = match &picture.content {
            Content::Pixels(pixels) => {
                let alpha = pixels.alpha.clone().map(|alpha| image(pixels, "DeviceGray", alpha));
                (image(pixels, "DeviceRGB", pixels.rgb.clone()), alpha)
            }
            Content::Shapes(shapes) => (form(&picture, shapes), None),
        };
        let mut all = format!("{:?}", drawing.dict).into_bytes();
        for stream in [Some(&mut drawing), alpha.as_mut()].into_iter().flatten() {
            all.extend(&stream.content);
            // What cannot be made smaller stays as it is.
            _ = stream.compress();
        }
        let name = format!("Picture-{}", digest::letters(&all));
        let shape = picture.width / picture.height;
        LogoPicture { alternative, height, picture, shape, name, drawing, alpha }
    }

    /// How wide and high it stands in a letterhead that has this room, in points.
    pub fn size(&self, theme: &Theme, room: f32) -> (f32, f32) {
        let width = (self.height.unwrap_or(theme.letterhead.logo) * self.shape).min(room);
        (width, width / self.shape)
    }
}

fn image(pixels: &Pixels, space: &str, samples: Vec<u8>) -> Stream {
    let about = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(pixels.columns),
        "Height" => i64::from(pixels.rows),
        "BitsPerComponent" => 8,
        "ColorSpace" => space,
    };
    Stream::new(about, samples)
}

/// Outlines, in units up and to the right of the lower left corner.
fn form(picture: &Picture, shapes: &[FilledArea]) -> Stream {
    let scale = UNITS / picture.height;
    let hundredths = |length: f32| Object::Real((length * 100.0).round() / 100.0);
    let place = |[x, y]: [f32; 2]| [hundredths(x * scale), hundredths(UNITS - y * scale)];
    let mut operations = Vec::new();
    let mut ink = None;
    for shape in shapes {
        if ink != Some(shape.rgb) {
            ink = Some(shape.rgb);
            let parts =
                shape.rgb.map(|part| Object::Real((f32::from(part) / 255.0 * 1000.0).round() / 1000.0));
            operations.push(Operation::new("rg", parts.to_vec()));
        }
        operations.extend(shape.outline.iter().map(|segment| match *segment {
            Segment::Move(to) => Operation::new("m", place(to).to_vec()),
            Segment::Line(to) => Operation::new("l", place(to).to_vec()),
            Segment::Curve(points) => Operation::new("c", points.map(place).concat()),
            Segment::Close => Operation::new("h", Vec::new()),
        }));
        operations.push(Operation::new(if shape.even_odd { "f*" } else { "f" }, Vec::new()));
    }
    let content = Operations { operations }.encode().expect("writing to memory does not fail");
    let width = picture.width * scale;
    let about = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), width.into(), UNITS.into()],
        "Matrix" => vec![(1.0 / width).into(), 0.into(), 0.into(), (1.0 / UNITS).into(), 0.into(), 0.into()],
        "Resources" => Dictionary::new(),
    };
    Stream::new(about, content)
}
