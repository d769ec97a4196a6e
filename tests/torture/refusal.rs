//! To come.
use crate::{Scope, figures::Part};
pub async fn run(_: Scope) -> Part {
    Part::default()
}
