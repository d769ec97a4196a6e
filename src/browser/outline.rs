//! Boxes that outline a place of the article without touching its text or its marks.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::system::document;
use crate::model::margin::{Area, lines};

/// Returns boxes around the words between two points of a chunk, one for each line.
pub fn around(chunk: &Element, start: &(Node, u32), end: &(Node, u32)) -> Vec<Element> {
    let areas = areas(chunk, start, end).unwrap_or_default();
    let boxes = lines(&areas).into_iter().filter_map(|area| {
        let element = document().create_element("div").ok()?;
        let _ = element.set_attribute("class", "place");
        let _ = element.set_attribute("aria-hidden", "true");
        let style = element.unchecked_ref::<HtmlElement>().style();
        let sides = [
            ("left", area.left),
            ("top", area.top),
            ("width", area.right - area.left),
            ("height", area.bottom - area.top),
        ];
        for (side, pixels) in sides {
            let _ = style.set_property(side, &format!("{}px", pixels.round() as i32));
        }
        let _ = chunk.append_child(&element);
        Some(element)
    });
    boxes.collect()
}

/// Returns the areas of the words, relative to the chunk's corner.
fn areas(chunk: &Element, start: &(Node, u32), end: &(Node, u32)) -> Option<Vec<Area>> {
    let range = document().create_range().ok()?;
    range.set_start(&start.0, start.1).ok()?;
    range.set_end(&end.0, end.1).ok()?;
    let rects = range.get_client_rects()?;
    let corner = chunk.get_bounding_client_rect();
    let area = |index| {
        let rect = rects.get(index)?;
        Some(Area {
            left: rect.left() - corner.left(),
            top: rect.top() - corner.top(),
            right: rect.right() - corner.left(),
            bottom: rect.bottom() - corner.top(),
        })
    };
    Some((0..rects.length()).filter_map(area).collect())
}
