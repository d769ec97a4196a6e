//! The evaluation of anchoring, in parts that its benchmark and its tests share.

pub mod approximate;
pub mod cost;
pub mod document;
pub mod editor;
pub mod export;
pub mod prose;
pub mod quality;
pub mod quotes;
pub mod rivals;
pub mod score;
pub mod tables;
pub mod truth;
