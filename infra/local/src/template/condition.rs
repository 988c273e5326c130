//! CloudFormation's conditions: `Fn::If`, `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`.

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::resolve::Resolver;

impl Resolver<'_> {
    pub(super) fn choose(&self, argument: &Value, place: &Place) -> Result<Value, TemplateError> {
        let name = argument[0].as_str().ok_or_else(|| place.error("Fn::If names a condition first"))?;
        let branch = if self.condition(name, place)? { 1 } else { 2 };
        self.resolve(&argument[branch], place)
    }

    pub(super) fn condition(&self, name: &str, place: &Place) -> Result<bool, TemplateError> {
        let condition = self.document["Conditions"].get(name);
        let condition = condition.ok_or_else(|| place.error(format!("there is no condition {name}")))?;
        self.truth(condition, place)
    }

    fn truth(&self, value: &Value, place: &Place) -> Result<bool, TemplateError> {
        let resolved = self.resolve(value, place)?;
        resolved.as_bool().ok_or_else(|| place.error(format!("{resolved} is not a condition")))
    }

    pub(super) fn holds(&self, name: &str, argument: &Value, place: &Place) -> Result<bool, TemplateError> {
        match name {
            "Fn::Equals" => Ok(self.text(&argument[0], place)? == self.text(&argument[1], place)?),
            "Condition" => self.condition(argument.as_str().unwrap_or_default(), place),
            _ => {
                let items = argument.as_array().ok_or_else(|| place.error(format!("{name} takes a list")))?;
                let truths =
                    items.iter().map(|item| self.truth(item, place)).collect::<Result<Vec<_>, _>>()?;
                Ok(match name {
                    "Fn::And" => truths.iter().all(|truth| *truth),
                    "Fn::Or" => truths.iter().any(|truth| *truth),
                    _ => !truths.iter().all(|truth| *truth),
                })
            }
        }
    }
}
