//! What is wrong with a template, and where.

/// A template that cannot be played; the text is for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The file is missing or not a template.
    #[error("template: {0}")]
    Unreadable(String),
    /// A property the stack must understand is missing, wrong or not played.
    #[error("template: {resource}.{property}: {reason}")]
    Property {
        /// The logical id of the resource.
        resource: String,
        /// The path of the property inside it, dots between.
        property: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Where in the template a value stands: for error messages.
#[derive(Debug, Clone)]
pub(super) struct Place {
    resource: String,
    property: String,
}

impl Place {
    pub(super) fn of(resource: &str) -> Self {
        Self { resource: resource.to_owned(), property: String::new() }
    }

    pub(super) fn at(&self, name: &str) -> Self {
        let dot = if self.property.is_empty() { "" } else { "." };
        Self { resource: self.resource.clone(), property: format!("{}{dot}{name}", self.property) }
    }

    pub(super) fn error(&self, reason: impl Into<String>) -> TemplateError {
        TemplateError::Property {
            resource: self.resource.clone(),
            property: self.property.clone(),
            reason: reason.into(),
        }
    }
}
