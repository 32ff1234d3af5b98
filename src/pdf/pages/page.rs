//! A page: the result of layout.
//!
//! In: frames in their places. Out: [`Page`]. Not here: what puts them there, how they are drawn.

use crate::pdf::setting::frame::Frame;
use crate::pdf::theme::Sheet;

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub sheet: Sheet,
    /// In reading order.
    pub frames: Vec<Frame>,
}
