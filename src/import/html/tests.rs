//! HTML, construct by construct, and pages that mean harm.

use super::super::notation::walk;
use super::*;

fn html(markup: &str) -> String {
    walk(&read(markup, Source::Pasted).expect("HTML can be read"))
}

fn html_at(address: &str, markup: &str) -> String {
    let source = Source::Address(address.to_owned());
    walk(&read(markup, source).expect("HTML can be read"))
}

mod constructs;
mod formulas;
mod hostile;
mod pages;
mod stand_ins;
