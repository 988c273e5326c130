//! What went wrong, in words for a payer.

use crate::api::ApiError;
use crate::provider::Provider;
use crate::wire::FieldError;
use crate::words::of_pointer;
use http::StatusCode;

/// What went wrong, for a payer to read.
pub struct Alert {
    status: u16,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub detail: String,
    /// The fields that are wrong.
    pub errors: Vec<WrongField>,
    /// What support asks for; empty where there is none.
    pub request_id: String,
}

/// A field that the payment service did not take.
pub struct WrongField {
    /// The field in our form's words.
    pub label: &'static str,
    /// The input it was typed into.
    pub field: Option<&'static str>,
    /// The field in the API's words.
    pub pointer: String,
    /// What is wrong with it.
    pub detail: String,
}

impl Alert {
    /// The words of an error, and the fields of the form for that provider.
    pub fn of(error: &ApiError, provider: Option<&Provider>) -> Self {
        match error {
            ApiError::Problem(problem) => Self {
                status: problem.status,
                title: problem.title.clone(),
                detail: problem.detail.clone(),
                errors: problem.errors.iter().map(|error| WrongField::new(error, provider)).collect(),
                request_id: problem.request_id.clone(),
            },
            ApiError::Unreachable => Self::ours(
                503,
                "The payment service cannot be reached",
                "Please try again in a moment. Trying again never books or pays twice.",
            ),
            ApiError::Unreadable => Self::ours(
                502,
                "The payment service gave an answer we cannot read",
                "Please try again in a moment. Trying again never books or pays twice.",
            ),
        }
    }

    fn ours(status: u16, title: &str, detail: &str) -> Self {
        Self {
            status,
            title: title.to_owned(),
            detail: detail.to_owned(),
            errors: Vec::new(),
            request_id: String::new(),
        }
    }

    /// Our own status: the payer's mistake stays one, trouble behind us is a bad gateway.
    pub fn status(&self) -> StatusCode {
        match self.status {
            400 | 422 => StatusCode::UNPROCESSABLE_ENTITY,
            429 | 503 => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_GATEWAY,
        }
    }

    /// What is wrong with a field of the form.
    pub fn field(&self, name: &str) -> Option<&str> {
        let wrong = self.errors.iter().find(|error| error.field == Some(name));
        wrong.map(|error| error.detail.as_str())
    }
}

impl WrongField {
    fn new(error: &FieldError, provider: Option<&Provider>) -> Self {
        let asked = provider.and_then(|provider| provider.field_at(&error.pointer));
        let asked = asked.map(|field| (field.label, Some(field.name)));
        let (label, field) = asked.unwrap_or_else(|| of_pointer(&error.pointer));
        Self { label, field, pointer: error.pointer.clone(), detail: error.detail.clone() }
    }
}
