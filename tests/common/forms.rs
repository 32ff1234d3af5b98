//! The forms of the desk's pages, as a browser reads and sends them.

/// The fields of a page's form, by the form's id, without the token: what is chosen, ticked and typed.
pub fn fields(page: &str, form: &str) -> Vec<(String, String)> {
    let begin = format!("<form id=\"{form}\"");
    let (_, form) = page.split_once(&begin).unwrap_or_else(|| panic!("{page}"));
    let form = form.split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        Some(plain(value.split('"').next()?))
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    for piece in form.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').unwrap_or((piece, ""));
        let name = attribute(tag, "name").filter(|name| name != "token");
        let value = || attribute(tag, "value").unwrap_or_default();
        let is_off = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
        match (tag.split(' ').next(), name) {
            (Some("input"), Some(name)) if !is_off || tag.contains(" checked") => {
                fields.push((name, value()));
            }
            (Some("textarea"), Some(name)) => {
                fields.push((name, plain(rest.strip_prefix('\n').unwrap_or(rest))));
            }
            (Some("select"), Some(name)) => fields.push((name, String::new())),
            (Some("option"), _) if tag.ends_with(" selected") => fields.last_mut().unwrap().1 = value(),
            _ => {}
        }
    }
    fields
}

/// What a piece of a page says.
pub fn plain(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    signs.into_iter().fold(text.to_owned(), |text, (sign, is)| text.replace(sign, is))
}
