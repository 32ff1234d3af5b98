//! An address on the web, where a page leads.
//!
//! In: a value. Out: the address, or a fault: a page must lead somewhere and do nothing else. Not here:
//! addresses in the text of a memo, which `document` finds.

use super::reader::Reader;
use crate::diagnostic::Code;
use crate::yaml::Node;

/// Reads an address that begins with https:// or http://.
pub(super) fn read(node: &Node, r: &mut Reader<'_>) -> Option<String> {
    let text = r.text(node)?;
    if is_address(&text) {
        return Some(text);
    }
    let message = format!("`{}` is no address on the web", text.escape_debug());
    let help = "write it like https://www.example.gov/15165.pdf; a blank in it is written %20";
    r.fault(
        Code::BadValue,
        node,
        message,
        "an address that begins with https:// is expected",
        help.to_owned(),
    );
    None
}

/// Whether text is an address that begins with https:// or http://.
pub(crate) fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let has_host = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    has_host && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c))
}
