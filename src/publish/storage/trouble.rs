//! What a request to storage ended with -> [`StorageTrouble`].
//!
//! Of an answer only its code is looked at, a word such as `NoSuchBucket`: the rest may repeat the login.

use std::error::Error as _;

use object_store::{
    Error,
    client::{HttpError, HttpErrorKind},
};

use super::StorageTrouble;

/// Why a request failed.
pub(super) fn trouble(error: &Error) -> StorageTrouble {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(http) = inner.downcast_ref::<HttpError>() {
            return match http.kind() {
                HttpErrorKind::Connect => StorageTrouble::NoConnection,
                _ => StorageTrouble::Broken,
            };
        }
        cause = inner.source();
    }
    let code = code(&error.to_string());
    match (code.as_deref(), error) {
        (Some("NoSuchBucket"), _) => StorageTrouble::NoBucket,
        (Some("AccessDenied" | "AllAccessDisabled" | "AccountProblem"), _) => StorageTrouble::NotAllowed,
        (
            Some("AuthorizationHeaderMalformed" | "PermanentRedirect" | "IllegalLocationConstraintException"),
            _,
        ) => StorageTrouble::Region,
        (
            Some(
                "InvalidAccessKeyId"
                | "SignatureDoesNotMatch"
                | "ExpiredToken"
                | "InvalidToken"
                | "InvalidSecurity"
                | "TokenRefreshRequired"
                | "NotSignedUp"
                | "RequestTimeTooSkewed",
            ),
            _,
        )
        | (None, Error::Unauthenticated { .. } | Error::PermissionDenied { .. }) => StorageTrouble::Refused,
        (None, Error::NotFound { .. }) => StorageTrouble::NoBucket,
        _ if leads_elsewhere(&error.to_string()) => StorageTrouble::Region,
        _ => StorageTrouble::Other(code),
    }
}

/// Whether an answer was a redirection, which no request follows.
fn leads_elsewhere(answer: &str) -> bool {
    answer.contains("redirect without LOCATION") || answer.contains("non-2xx status code: 3")
}

/// The code in an answer, if it has the form of one.
fn code(answer: &str) -> Option<String> {
    let (_, rest) = answer.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let is_word = (1..=60).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word.then(|| code.to_owned())
}
