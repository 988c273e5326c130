//! Reads a SAM template and says what it asks of the local stack.
//!
//! Parsing keeps CloudFormation's short tags (`!Ref`, `!Sub`, ...) by turning
//! them into their long form; resolving replaces them by the names, addresses
//! and parameter values of this machine. What the stack must understand and
//! does not is an error that names the resource and the property.

mod condition;
mod error;
mod event;
mod function;
mod parameter;
mod plan;
mod property;
mod queue;
mod resolve;
mod resource;
mod sub;
mod table;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

pub use error::TemplateError;
pub use plan::{FunctionPlan, MappingPlan, Plan, QueuePlan, RoutePlan, SchedulePlan, TablePlan, Trigger};
pub use resolve::{ACCOUNT, REGION};

/// What the template cannot know: chosen parameters and this machine's addresses.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Values of the template's `Parameters`; the rest take their defaults.
    pub parameters: BTreeMap<String, String>,
    /// What a queue's name is appended to for its URL, without a last slash.
    pub queue_base_url: String,
    /// Where the HTTP API answers, without a last slash.
    pub api_url: String,
    /// The name of the stack: the first part of names the template leaves open.
    pub stack_name: String,
}

/// A parsed template, its intrinsic functions still to be resolved.
#[derive(Debug, Clone)]
pub struct Template {
    document: Value,
}

impl Template {
    /// Reads and parses the file.
    ///
    /// # Errors
    /// The file is missing, not YAML, or uses a tag CloudFormation does not have.
    pub fn load(path: &Path) -> Result<Self, TemplateError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| TemplateError::Unreadable(format!("{}: {error}", path.display())))?;
        Self::parse(&text)
    }

    /// Parses the text of a template.
    ///
    /// # Errors
    /// As [`Template::load`].
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let document = yaml::parse(text)?;
        if document.get("Resources").and_then(Value::as_object).is_none() {
            return Err(TemplateError::Unreadable("there are no Resources".to_owned()));
        }
        Ok(Self { document })
    }

    /// Whether the template has this parameter.
    #[must_use]
    pub fn has_parameter(&self, name: &str) -> bool {
        self.document["Parameters"].get(name).is_some()
    }

    /// Resolves the template and says what it asks for.
    ///
    /// # Errors
    /// Names the resource and the property the stack cannot play.
    pub fn plan(&self, inputs: &Inputs) -> Result<Plan, TemplateError> {
        plan::build(&self.document, inputs)
    }
}
