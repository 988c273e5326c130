//! Expressions and what they name.
//!
//! In every expression `#name` stands for the attribute `name`: many of ours are reserved words.

use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// What an access asks of rows, and the values it speaks of.
#[derive(Debug, Clone)]
pub(super) struct Terms<'a> {
    condition: &'a str,
    detail: &'a str,
    values: Vec<(&'a str, AttributeValue)>,
}

impl<'a> Terms<'a> {
    /// Writes, or finds, only where `condition` holds.
    pub(super) const fn when(condition: &'a str) -> Self {
        Self { condition, detail: "", values: Vec::new() }
    }

    /// Changes what `update` says.
    pub(super) fn update(self, update: &'a str) -> Self {
        Self { detail: update, ..self }
    }

    /// Leaves out of what was found whatever `filter` does not hold for.
    pub(super) fn filter(self, filter: &'a str) -> Self {
        self.update(filter)
    }

    /// Gives `:name` its value.
    pub(super) fn with(mut self, name: &'a str, value: AttributeValue) -> Self {
        self.values.push((name, value));
        self
    }

    /// The condition, where there is one.
    pub(super) fn condition(&self) -> Option<String> {
        (!self.condition.is_empty()).then(|| self.condition.to_owned())
    }

    /// The update or the filter, where there is one.
    pub(super) fn detail(&self) -> Option<String> {
        (!self.detail.is_empty()).then(|| self.detail.to_owned())
    }

    /// Every `#name` of the expressions; DynamoDB refuses an empty map.
    pub(super) fn names(&self) -> Option<HashMap<String, String>> {
        let part_of_name = |letter: char| letter.is_ascii_alphanumeric() || "#_".contains(letter);
        let words = [self.condition, self.detail].into_iter();
        let names: HashMap<_, _> = words
            .flat_map(|text| text.split(|letter| !part_of_name(letter)))
            .filter_map(|word| Some((word.to_owned(), word.strip_prefix('#')?.to_owned())))
            .collect();
        (!names.is_empty()).then_some(names)
    }

    /// The values; DynamoDB refuses an empty map.
    pub(super) fn values(&self) -> Option<HashMap<String, AttributeValue>> {
        let values = self.values.iter();
        let values = values.map(|(name, value)| ((*name).to_owned(), value.clone()));
        (!self.values.is_empty()).then(|| values.collect())
    }
}
