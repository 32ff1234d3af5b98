//! A picture as a PNG, which every program shows.
//!
//! In: a [`Picture`]. Out: the bytes of a PNG. Outlines become pixels as fine as a printer's. Not here: where the picture stands.

use ::png::{BitDepth, ColorType, Encoder};

use super::{Content, FilledArea, Picture, Segment};

/// How many pixels an outline's longer side has: four inches of print.
const SIDE: f32 = 1_200.0;

/// Into how many parts a pixel is cut, in both directions, to see how much of it an area covers.
const FINE: usize = 4;

/// Into how many lines a curve is cut.
const LINES: usize = 12;

impl Picture {
    /// The picture as a PNG. What nothing covers is see-through.
    ///
    /// ```
    /// use ccrov::picture::Picture;
    /// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><path d="M0 0h48v48H0z"/></svg>"#;
    /// let png = Picture::read(svg.as_bytes()).unwrap().to_png();
    /// let again = Picture::read(&png).unwrap();
    /// assert_eq!(again.width / again.height, 2.0);
    /// ```
    pub fn to_png(&self) -> Vec<u8> {
        match &self.content {
            Content::Pixels(pixels) => {
                let alpha = |at: usize| pixels.alpha.as_ref().map_or(u8::MAX, |alpha| alpha[at]);
                let colors = pixels.rgb.chunks_exact(3).enumerate();
                let samples =
                    colors.flat_map(|(at, rgb)| [rgb[0], rgb[1], rgb[2], alpha(at)]).collect::<Vec<_>>();
                encoded(pixels.columns, pixels.rows, &samples)
            }
            Content::Shapes(shapes) => {
                let scale = SIDE / self.width.max(self.height);
                let pixels = |length: f32| ((length * scale).round() as usize).max(1);
                let mut canvas = Canvas::new(pixels(self.width), pixels(self.height));
                shapes.iter().for_each(|shape| canvas.fill(shape, scale));
                encoded(canvas.columns as u32, canvas.rows as u32, &canvas.samples)
            }
        }
    }
}

fn encoded(columns: u32, rows: u32, samples: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, columns, rows);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().expect("writing to memory does not fail");
    writer.write_image_data(samples).expect("there is a sample for each pixel");
    writer.finish().expect("writing to memory does not fail");
    bytes
}

/// Pixels that areas are drawn on, one upon the other.
struct Canvas {
    columns: usize,
    rows: usize,
    /// Red, green, blue and how opaque, of each pixel.
    samples: Vec<u8>,
}

/// Where outlines cross a fine row: how far from the left, and whether downwards.
type Crossings = Vec<(f32, i32)>;

impl Canvas {
    fn new(columns: usize, rows: usize) -> Canvas {
        Canvas { columns, rows, samples: vec![0; columns * rows * 4] }
    }

    fn fill(&mut self, shape: &FilledArea, scale: f32) {
        let mut crossings: Vec<Crossings> = vec![Vec::new(); self.rows * FINE];
        lines(&shape.outline, |from, to| cross(from, to, scale * FINE as f32, &mut crossings));
        let mut covered = vec![0_u16; self.columns];
        for (row, fine) in crossings.chunks_mut(FINE).enumerate() {
            covered.fill(0);
            for crossings in fine {
                crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.cover(crossings, shape.even_odd, &mut covered);
            }
            for (column, covered) in covered.iter().enumerate().filter(|(_, covered)| **covered > 0) {
                let at = (row * self.columns + column) * 4;
                blend(&mut self.samples[at..at + 4], shape.rgb, f32::from(*covered) / (FINE * FINE) as f32);
            }
        }
    }

    /// Counts the fine parts of each pixel that are inside.
    fn cover(&self, crossings: &Crossings, even_odd: bool, covered: &mut [u16]) {
        let mut turns = 0;
        for pair in crossings.windows(2) {
            turns += if even_odd { 1 } else { pair[0].1 };
            if turns == 0 || even_odd && turns % 2 == 0 {
                continue;
            }
            let edge = |x: f32| (x - 0.5).ceil().clamp(0.0, (self.columns * FINE) as f32) as usize;
            (edge(pair[0].0)..edge(pair[1].0)).for_each(|part| covered[part / FINE] += 1);
        }
    }
}

/// The straight lines of outlines.
fn lines(outline: &[Segment], mut line: impl FnMut([f32; 2], [f32; 2])) {
    let (mut start, mut at) = ([0.0; 2], [0.0; 2]);
    for segment in outline {
        match *segment {
            Segment::Move(to) => {
                line(at, start);
                (start, at) = (to, to);
            }
            Segment::Line(to) => {
                line(at, to);
                at = to;
            }
            Segment::Curve([a, b, to]) => {
                let from = at;
                for step in 1..=LINES {
                    let t = step as f32 / LINES as f32;
                    let rest = 1.0 - t;
                    let [p, q, r, s] =
                        [rest * rest * rest, 3.0 * rest * rest * t, 3.0 * rest * t * t, t * t * t];
                    let along = |axis: usize| p * from[axis] + q * a[axis] + r * b[axis] + s * to[axis];
                    let next = [along(0), along(1)];
                    line(at, next);
                    at = next;
                }
            }
            Segment::Close => {
                line(at, start);
                at = start;
            }
        }
    }
    line(at, start);
}

fn cross(from: [f32; 2], to: [f32; 2], scale: f32, crossings: &mut [Crossings]) {
    let (turn, [upper, lower]) = if from[1] < to[1] { (1, [from, to]) } else { (-1, [to, from]) };
    let [top, bottom] = [upper, lower].map(|point| point[1] * scale);
    let last = crossings.len() as f32;
    let (first, end) = ((top - 0.5).ceil().clamp(0.0, last), (bottom - 0.5).ceil().clamp(0.0, last));
    let (first, end) = (first as usize, end as usize);
    for (row, crossings) in crossings.iter_mut().enumerate().take(end).skip(first) {
        let share = (row as f32 + 0.5 - top) / (bottom - top);
        crossings.push(((upper[0] + (lower[0] - upper[0]) * share) * scale, turn));
    }
}

/// Lays a color over a pixel.
fn blend(pixel: &mut [u8], rgb: [u8; 3], share: f32) {
    let below = f32::from(pixel[3]) / 255.0 * (1.0 - share);
    let opaque = share + below;
    for (sample, color) in pixel.iter_mut().zip(rgb) {
        *sample = ((f32::from(color) * share + f32::from(*sample) * below) / opaque).round() as u8;
    }
    pixel[3] = (opaque * 255.0).round() as u8;
}
