//! Why nothing was imported, as the interface words it.

use super::ImportError;
use super::address::NotAnAddress;
use crate::model::failure::Failure;

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Empty => Self::Empty,
            ImportError::Binary(name) => Self::Binary(name.to_owned()),
            ImportError::Locked => Self::Locked,
            ImportError::Damaged(name) => Self::Damaged(name.to_owned()),
            ImportError::Malformed(error) => error.into(),
        }
    }
}

impl From<NotAnAddress> for Failure {
    fn from(_: NotAnAddress) -> Self {
        Self::NotAnAddress
    }
}
