//! A PNG -> its pixels.
//!
//! In: bytes. Out: red, green and blue of every pixel in 8 bits, and how opaque each is. Not here: color
//! profiles, which few readers heed, and pictures after the first.

use std::io::Cursor;

use ::png::{ColorType, Decoder, DecodingError, Limits, Transformations};

use super::{Content, Picture, PictureFault, Pixels};

/// Beyond this nobody sees a difference in print.
const MOST_PIXELS: u64 = 4_000_000;

/// What the decoder may keep beside the pixels themselves, in bytes.
const MEMORY: usize = 32 << 20;

/// A pixel's natural width and height: there are 96 to the inch.
const POINTS: f32 = 0.75;

pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let broken = |error: DecodingError| PictureFault::Broken { kind: "PNG", why: error.to_string() };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(broken)?;
    let (columns, rows) = (header.width, header.height);
    if u64::from(columns) * u64::from(rows) > MOST_PIXELS {
        return Err(PictureFault::TooManyPixels { columns, rows });
    }

    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().ok_or(PictureFault::TooManyPixels { columns, rows })?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(broken)?;
    let (colours, alpha) = match frame.color_type {
        ColorType::Grayscale => (1, 0),
        ColorType::GrayscaleAlpha => (1, 1),
        ColorType::Rgba => (3, 1),
        ColorType::Rgb | ColorType::Indexed => (3, 0),
    };
    let pixels = samples.chunks_exact(colours + alpha);
    // Of a gray pixel, all three are its one sample.
    let rgb = pixels.clone().flat_map(|pixel| [pixel[0], pixel[colours / 2], pixel[colours - 1]]).collect();
    let alpha: Vec<u8> = pixels.map(|pixel| if alpha == 1 { pixel[colours] } else { u8::MAX }).collect();
    if alpha.iter().all(|&alpha| alpha == 0) {
        return Err(PictureFault::Empty);
    }
    let alpha = alpha.iter().any(|&alpha| alpha != u8::MAX).then_some(alpha);
    Ok(Picture {
        width: columns as f32 * POINTS,
        height: rows as f32 * POINTS,
        content: Content::Pixels(Pixels { columns, rows, rgb, alpha }),
    })
}
