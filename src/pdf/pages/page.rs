//! A page: the result of layout.
//!
//! In: frames in their places. Out: [`Page`]. Not here: what puts them there, how they are drawn.

use crate::pdf::setting::frame::Frame;
use crate::pdf::theme::Orientation;

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub sheet: Orientation,
    /// In reading order.
    pub frames: Vec<Frame>,
}
