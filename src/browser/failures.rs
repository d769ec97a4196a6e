//! The interface's wording of errors of the browser and the worker.

use super::files::FileError;
use super::network::FetchError;
use crate::model::failure::Failure;

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        match error {
            FileError::TooLarge => Self::FileTooLarge,
            FileError::Unreadable => Self::FileUnreadable,
        }
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Refused => Self::SiteRefused,
            FetchError::Silent => Self::SiteSilent,
            FetchError::Status(status) => Self::SiteStatus(status),
            FetchError::TooLarge => Self::PageTooLarge,
        }
    }
}
