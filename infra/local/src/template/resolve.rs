//! CloudFormation's intrinsic functions, on this machine's names.
//!
//! Source: AWS CloudFormation User Guide, "Intrinsic function reference" and
//! "Pseudo parameters reference". `Transform`, `ImportValue`, `Cidr` and
//! `GetAZs` need AWS and are refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::{Place, TemplateError};
use super::property::text_of;
use super::{Inputs, parameter, resource, sub};

/// The account every local ARN names: nobody's.
pub const ACCOUNT: &str = "000000000000";
/// The region the stack plays.
pub const REGION: &str = "eu-west-2";

/// Resolves values of one template.
pub(super) struct Resolver<'a> {
    pub(super) document: &'a Value,
    parameters: BTreeMap<String, Value>,
    pub(super) inputs: &'a Inputs,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(document: &'a Value, inputs: &'a Inputs) -> Result<Self, TemplateError> {
        let parameters = parameter::values(document, inputs)?;
        Ok(Self { document, parameters, inputs })
    }

    /// The ids of every resource of a type whose condition holds.
    pub(super) fn ids_of(&self, kind: &str) -> Vec<String> {
        let Some(resources) = self.document["Resources"].as_object() else {
            return Vec::new();
        };
        resources
            .iter()
            .filter(|(_, resource)| resource["Type"] == kind && self.exists(resource))
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn exists(&self, resource: &Value) -> bool {
        match resource["Condition"].as_str() {
            Some(name) => self.condition(name, &Place::of(name)).unwrap_or(true),
            None => true,
        }
    }

    pub(super) fn properties(&self, id: &str) -> &Value {
        &self.document["Resources"][id]["Properties"]
    }

    pub(super) fn resource(&self, id: &str) -> Option<&Value> {
        self.document["Resources"].get(id)
    }

    pub(super) fn globals(&self, kind: &str) -> &Value {
        &self.document["Globals"][kind]
    }

    /// The value with every intrinsic function replaced.
    pub(super) fn resolve(&self, value: &Value, place: &Place) -> Result<Value, TemplateError> {
        match value {
            Value::Object(map) => match function_of(map) {
                Some((name, argument)) => self.call(name, argument, place),
                None => self.resolve_map(map, place),
            },
            Value::Array(items) => {
                let items =
                    items.iter().map(|item| self.resolve(item, place)).collect::<Result<Vec<_>, _>>()?;
                Ok(items.into_iter().filter(|item| !item.is_null()).collect())
            }
            other => Ok(other.clone()),
        }
    }

    fn resolve_map(&self, map: &Map<String, Value>, place: &Place) -> Result<Value, TemplateError> {
        let mut resolved = Map::new();
        for (key, value) in map {
            let value = self.resolve(value, &place.at(key))?;
            if !value.is_null() {
                resolved.insert(key.clone(), value);
            }
        }
        Ok(Value::Object(resolved))
    }

    fn call(&self, name: &str, argument: &Value, place: &Place) -> Result<Value, TemplateError> {
        match name {
            "Ref" => self.reference(&self.text(argument, place)?, place),
            "Fn::GetAtt" => {
                let path = self.list(argument, place)?;
                let [id, attribute] = path.as_slice() else {
                    return Err(place.error("Fn::GetAtt takes a resource and an attribute"));
                };
                self.attribute(&text_of(id, place)?, &text_of(attribute, place)?, place)
            }
            "Fn::Sub" => sub::substitute(self, argument, place).map(Value::String),
            "Fn::Join" => self.join(argument, place),
            "Fn::If" => self.choose(argument, place),
            "Fn::Select" => self.select(argument, place),
            "Fn::Split" => self.split(argument, place),
            "Fn::FindInMap" => self.find_in_map(argument, place),
            "Fn::Equals" | "Fn::And" | "Fn::Or" | "Fn::Not" | "Condition" => {
                self.holds(name, argument, place).map(Value::Bool)
            }
            "Fn::ToJsonString" => Ok(Value::String(self.resolve(argument, place)?.to_string())),
            other => Err(place.error(format!("{other} is not played"))),
        }
    }

    pub(super) fn reference(&self, name: &str, place: &Place) -> Result<Value, TemplateError> {
        if let Some(value) = self.parameters.get(name) {
            return Ok(value.clone());
        }
        let pseudo = match name {
            "AWS::NoValue" => return Ok(Value::Null),
            "AWS::Region" => REGION,
            "AWS::AccountId" => ACCOUNT,
            "AWS::Partition" => "aws",
            "AWS::StackName" => &self.inputs.stack_name,
            "AWS::URLSuffix" => "amazonaws.com",
            id => return resource::reference(self, id, place).map(Value::String),
        };
        Ok(Value::String(pseudo.to_owned()))
    }

    pub(super) fn attribute(&self, id: &str, name: &str, place: &Place) -> Result<Value, TemplateError> {
        resource::attribute(self, id, name, place).map(Value::String)
    }

    pub(super) fn text(&self, value: &Value, place: &Place) -> Result<String, TemplateError> {
        text_of(&self.resolve(value, place)?, place)
    }

    fn list(&self, value: &Value, place: &Place) -> Result<Vec<Value>, TemplateError> {
        match self.resolve(value, place)? {
            Value::Array(items) => Ok(items),
            other => Err(place.error(format!("a list expected, not {other}"))),
        }
    }

    fn join(&self, argument: &Value, place: &Place) -> Result<Value, TemplateError> {
        let parts = self.list(&argument[1], place)?;
        let parts = parts.iter().map(|part| text_of(part, place)).collect::<Result<Vec<_>, _>>()?;
        Ok(Value::String(parts.join(&self.text(&argument[0], place)?)))
    }

    fn select(&self, argument: &Value, place: &Place) -> Result<Value, TemplateError> {
        let index = self.text(&argument[0], place)?;
        let items = self.list(&argument[1], place)?;
        let item = index.parse::<usize>().ok().and_then(|index| items.get(index).cloned());
        item.ok_or_else(|| place.error(format!("Fn::Select has no item {index}")))
    }

    fn split(&self, argument: &Value, place: &Place) -> Result<Value, TemplateError> {
        let separator = self.text(&argument[0], place)?;
        Ok(self.text(&argument[1], place)?.split(&separator).map(Value::from).collect())
    }

    fn find_in_map(&self, argument: &Value, place: &Place) -> Result<Value, TemplateError> {
        let path = self.list(argument, place)?;
        let mut found = &self.document["Mappings"];
        for key in path.iter().take(3) {
            found = &found[&text_of(key, place)?];
        }
        if found.is_null() { Err(place.error("Fn::FindInMap finds nothing")) } else { Ok(found.clone()) }
    }
}

/// A map with one key that is an intrinsic function.
fn function_of(map: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut entries = map.iter();
    let (name, argument) = entries.next()?;
    let is_function =
        name.starts_with("Fn::") || name == "Ref" || (name == "Condition" && argument.is_string());
    (entries.next().is_none() && is_function).then_some((name.as_str(), argument))
}
