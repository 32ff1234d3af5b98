//! An SVG -> filled outlines.
//!
//! In: XML. Out: the areas that it fills and that its pens cover, in the order in which they are drawn.
//! usvg resolves styles, references and transforms. What is not drawn here is a fault: gradients,
//! patterns, filters, masks, clips that cut, text, pictures, see-through colors.

use usvg::{
    BlendMode, ClipPath, FillRule, Group, ImageHrefResolver, Node, Opacity, Options, Paint, PaintOrder, Rect,
    Transform, Tree,
    roxmltree::{self, Document, ParsingOptions},
    tiny_skia_path::{Path, PathSegment, PathStroker, PathVerb, Point},
};

use super::{Content, FilledArea, Picture, PictureFault, Segment};

/// A user unit: there are 96 to the inch.
const POINTS: f32 = 0.75;

/// Beyond this every PDF would be too large.
const MOST_SEGMENTS: usize = 100_000;

/// How finely a pen's outline is drawn: as if the picture had so many pixels in width or height.
const FINENESS: f32 = 1000.0;

const SEE_THROUGH: &str = "see-through colours";

/// Enough for the 1024 levels that usvg goes down, in bytes: its functions call themselves.
const STACK: usize = 64 << 20;

pub(super) fn read(text: &str) -> Result<Picture, PictureFault> {
    let broken = || PictureFault::Broken { kind: "SVG", why: "its reader failed".to_owned() };
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read_here(text));
        reading.map_err(|_| broken())?.join().map_err(|_| broken())?
    })
}

/// How many rules of style there may be, and how often they may be held against elements: usvg holds each against each.
const RULES: usize = 2_000;
const HELD: usize = 4_000_000;

/// How many attributes and declarations of style a tag may have: its readers hold each against each.
const ATTRIBUTES: usize = 2_000;

/// How deep an element stands at most; usvg goes no deeper.
const LEVELS: usize = 1024;

/// Whether the styles of a drawing are so many that its readers would not end.
fn has_too_many_rules(text: &str) -> bool {
    let rules = text.bytes().filter(|c| matches!(c, b'{' | b',')).count().min(text.matches('{').count() * 8);
    let elements = text.matches('<').count();
    let attributes = |tag: &str| {
        let tag = tag.split('>').next().unwrap_or_default();
        tag.bytes().filter(|c| matches!(c, b'=' | b';')).count()
    };
    rules > RULES
        || rules.saturating_mul(elements) > HELD
        || text.split('<').any(|tag| attributes(tag) > ATTRIBUTES)
}

fn read_here(text: &str) -> Result<Picture, PictureFault> {
    if has_too_many_rules(text) {
        return Err(PictureFault::TooManyRules);
    }
    let broken = |why: String| PictureFault::Broken { kind: "SVG", why };
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let xml = Document::parse_with_options(text, options).map_err(|error| broken(error.to_string()))?;
    if let Some(what) = xml.descendants().find_map(lost) {
        return Err(PictureFault::NotDrawn { what });
    }
    // No other file is opened: `lost` has found what could name one.
    let nothing =
        ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: nothing, ..Options::default() };
    let tree = Tree::from_xmltree(&xml, &options).map_err(|error| match error {
        usvg::Error::InvalidSize => PictureFault::NoSize,
        usvg::Error::ElementsLimitReached
        | usvg::Error::ParsingFailed(roxmltree::Error::NodesLimitReached) => PictureFault::TooManyCurves,
        error => broken(error.to_string()),
    })?;

    let (width, height) = (tree.size().width(), tree.size().height());
    let paper = Rect::from_xywh(0.0, 0.0, width, height).ok_or(PictureFault::NoSize)?;
    let fineness = FINENESS / width.max(height);
    if !(1e-6..=1e6).contains(&fineness) {
        return Err(PictureFault::NoSize);
    }
    let mut reader = SvgReader { paper, fineness, shapes: Vec::new(), segments: 0 };
    reader.group(tree.root())?;
    if reader.shapes.is_empty() {
        return Err(PictureFault::Empty);
    }
    Ok(Picture { width: width * POINTS, height: height * POINTS, content: Content::Shapes(reader.shapes) })
}

/// What usvg would leave out of its tree without a word.
fn lost(node: roxmltree::Node<'_, '_>) -> Option<&'static str> {
    let is_written = node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty());
    if is_written && node.ancestors().take(LEVELS).any(|outer| is_drawn(outer, "text")) {
        return Some("text");
    }
    // A program's own data, with a drawing for all others beside it.
    let offers_other = || node.parent_element().is_some_and(|parent| parent.has_tag_name("switch"));
    match node.tag_name().name() {
        _ if !is_drawn(node, node.tag_name().name()) => None,
        "image" | "feImage" => Some("another picture"),
        "foreignObject" if !offers_other() => Some("a part that is no SVG"),
        _ => None,
    }
}

/// Whether a node is an element of SVG of this name.
fn is_drawn(node: roxmltree::Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name(("http://www.w3.org/2000/svg", name))
}

struct SvgReader {
    /// The picture from edge to edge, in user units.
    paper: Rect,
    fineness: f32,
    shapes: Vec<FilledArea>,
    segments: usize,
}

impl SvgReader {
    fn group(&mut self, group: &Group) -> Result<(), PictureFault> {
        let found = [
            (group.opacity() != Opacity::ONE, SEE_THROUGH),
            (group.blend_mode() != BlendMode::Normal, "blended colours"),
            (group.mask().is_some(), "a mask"),
            (!group.filters().is_empty(), "a filter, such as a shadow"),
            (
                group.clip_path().is_some_and(|clip| self.cuts(clip, group)),
                "a part that is cut off (clipped)",
            ),
        ];
        if let Some((_, what)) = found.into_iter().find(|(is_there, _)| *is_there) {
            return Err(PictureFault::NotDrawn { what });
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner)?,
                Node::Path(path) if path.is_visible() => self.path(path)?,
                Node::Path(_) => {}
                Node::Image(_) => return Err(PictureFault::NotDrawn { what: "another picture" }),
                Node::Text(_) => return Err(PictureFault::NotDrawn { what: "text" }),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path) -> Result<(), PictureFault> {
        let mut drawn = Vec::new();
        if let Some(fill) = path.fill()
            && let Some(rgb) = colour(fill.paint(), fill.opacity())?
        {
            let area = has_area(path.data()).then(|| path.data().clone());
            drawn.push((rgb, fill.rule() == FillRule::EvenOdd, area));
        }
        if let Some(stroke) = path.stroke()
            && let Some(rgb) = colour(stroke.paint(), stroke.opacity())?
        {
            let fineness = self.fineness * PathStroker::compute_resolution_scale(&path.abs_transform());
            let pen = stroke.to_tiny_skia();
            let line = match &pen.dash {
                Some(dash) => path.data().dash(dash, fineness),
                None => Some(path.data().clone()),
            };
            drawn.push((rgb, false, line.and_then(|line| line.stroke(&pen, fineness))));
        }
        if path.paint_order() == PaintOrder::StrokeAndFill {
            drawn.reverse();
        }
        let to_points = path.abs_transform().post_scale(POINTS, POINTS);
        for (rgb, even_odd, outline) in drawn {
            // An outline so far out that no number holds it shows nothing either.
            let Some(outline) = outline.and_then(|outline| outline.transform(to_points)) else { continue };
            self.segments += outline.len();
            if self.segments > MOST_SEGMENTS {
                return Err(PictureFault::TooManyCurves);
            }
            self.shapes.push(FilledArea { rgb, even_odd, outline: segments(&outline) });
        }
        Ok(())
    }

    /// Whether a clip takes away what the picture's edge does not. Many programs put a clip around all.
    fn cuts(&self, clip: &ClipPath, group: &Group) -> bool {
        let to_paper = group.abs_transform().pre_concat(clip.transform());
        let Some(window) = window(clip, to_paper) else { return true };
        let drawn = group.abs_stroke_bounding_box();
        let outside = |least: f32, edge: f32, most: f32| edge > least.max(most) + 0.01;
        outside(self.paper.left(), window.left(), drawn.left())
            || outside(self.paper.top(), window.top(), drawn.top())
            || outside(-self.paper.right(), -window.right(), -drawn.right())
            || outside(-self.paper.bottom(), -window.bottom(), -drawn.bottom())
    }
}

/// The plain colour that is drawn; `None` if nothing is.
fn colour(paint: &Paint, opacity: Opacity) -> Result<Option<[u8; 3]>, PictureFault> {
    match paint {
        _ if opacity == Opacity::ZERO => Ok(None),
        _ if opacity != Opacity::ONE => Err(PictureFault::NotDrawn { what: SEE_THROUGH }),
        Paint::Color(colour) => Ok(Some([colour.red, colour.green, colour.blue])),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) => {
            Err(PictureFault::NotDrawn { what: "a gradient" })
        }
        Paint::Pattern(_) => Err(PictureFault::NotDrawn { what: "a pattern" }),
    }
}

/// Whether an outline goes around anything. A PDF shows a thin line of one that does not.
fn has_area(outline: &Path) -> bool {
    let line = |steps: &[PathVerb]| {
        matches!(steps, [] | [PathVerb::Line | PathVerb::Close] | [PathVerb::Line, PathVerb::Close])
    };
    !outline.verbs().split(|step| *step == PathVerb::Move).all(line)
}

/// What a clip leaves, if that is one upright rectangle.
fn window(clip: &ClipPath, to_paper: Transform) -> Option<Rect> {
    let mut group = clip.root();
    let path = loop {
        match group.children() {
            [Node::Group(inner)] if inner.clip_path().is_none() => group = inner,
            [Node::Path(path)] if clip.clip_path().is_none() => break path,
            _ => return None,
        }
    };
    let outline = path.data().clone().transform(to_paper.pre_concat(path.abs_transform()))?;
    let bounds = outline.bounds();
    let at = |a: f32, b: f32| (a - b).abs() < 0.001;
    let at_corner = |p: &Point| {
        (at(p.x, bounds.left()) || at(p.x, bounds.right()))
            && (at(p.y, bounds.top()) || at(p.y, bounds.bottom()))
    };
    let upright = |pair: &[Point]| at(pair[0].x, pair[1].x) != at(pair[0].y, pair[1].y);
    let points = outline.points().get(..4).filter(|_| outline.points().len() <= 5)?;
    let straight =
        outline.segments().all(|step| !matches!(step, PathSegment::QuadTo(..) | PathSegment::CubicTo(..)));
    (straight && outline.points().iter().all(at_corner) && points.windows(2).all(upright)).then_some(bounds)
}

fn segments(outline: &Path) -> Vec<Segment> {
    let mut from = Point::zero();
    let mut steps = Vec::with_capacity(outline.len());
    for step in outline.segments() {
        let xy = |point: Point| [point.x, point.y];
        let (segment, end) = match step {
            PathSegment::MoveTo(to) => (Segment::Move(xy(to)), to),
            PathSegment::LineTo(to) => (Segment::Line(xy(to)), to),
            // The same curve, with a handle two thirds of the way from each end to its only one.
            PathSegment::QuadTo(handle, to) => {
                let near = |end: Point| [0, 1].map(|i| xy(end)[i] + (xy(handle)[i] - xy(end)[i]) * 2.0 / 3.0);
                (Segment::Curve([near(from), near(to), xy(to)]), to)
            }
            PathSegment::CubicTo(first, second, to) => (Segment::Curve([xy(first), xy(second), xy(to)]), to),
            PathSegment::Close => (Segment::Close, from),
        };
        steps.push(segment);
        from = end;
    }
    steps
}
