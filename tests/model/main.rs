//! Laws and fixtures of the model.

mod import;
