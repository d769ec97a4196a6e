//! The elements and attributes allowed in drawings (<https://www.w3.org/TR/SVG2/eltindex.html>):
//! nothing in them runs, moves or is fetched.

/// Elements that draw, or contain what draws.
const ELEMENTS: [&str; 22] = [
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "tspan",
];
/// Elements that contain words.
const OF_WORDS: [&str; 3] = ["text", "textPath", "tspan"];
/// Elements that may refer to another one of the drawing by an address.
const REFERRING: [&str; 4] = ["linearGradient", "radialGradient", "textPath", "use"];

/// Attributes for geometry.
const GEOMETRY: [&str; 47] = [
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "lengthAdjust",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "offset",
    "orient",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rotate",
    "rx",
    "ry",
    "spreadMethod",
    "startOffset",
    "textLength",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
    "side",
    "method",
    "spacing",
];

/// Attributes that a style sheet can also set
/// (<https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes>).
const PRESENTATION: [&str; 44] = [
    "alignment-baseline",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "color",
    "direction",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "word-spacing",
    "writing-mode",
];

/// True if an element is drawn.
pub(super) fn draws(name: &str) -> bool {
    name == "use" || ELEMENTS.contains(&name)
}

/// True if an element is not drawn itself but its content is.
pub(super) fn is_see_through(name: &str) -> bool {
    name == "a"
}

/// True if an element contains words.
pub(super) fn holds_words(name: &str) -> bool {
    OF_WORDS.contains(&name)
}

/// True if an element may refer to another.
pub(super) fn refers(name: &str) -> bool {
    REFERRING.contains(&name)
}

/// True if an element is a gradient, which may continue in another one.
pub(super) fn is_gradient(name: &str) -> bool {
    name.ends_with("Gradient")
}

/// True if an attribute controls how something is drawn.
pub(super) fn describes(name: &str) -> bool {
    GEOMETRY.contains(&name) || is_presentation(name)
}

/// True if a style may set the attribute too.
pub(super) fn is_presentation(name: &str) -> bool {
    PRESENTATION.contains(&name)
}
