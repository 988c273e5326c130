//! `AWS::DynamoDB::Table` as a CreateTable request.

use serde_json::{Map, Value};

use super::error::TemplateError;
use super::plan::TablePlan;
use super::property::Properties;
use super::resolve::Resolver;
use super::resource;

/// Properties that CreateTable takes under the same name and shape.
const SAME: [&str; 6] = [
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "BillingMode",
    "ProvisionedThroughput",
];

/// Properties that change nothing on one machine.
const WITHOUT_EFFECT: [&str; 9] = [
    "TableName",
    "TimeToLiveSpecification",
    "PointInTimeRecoverySpecification",
    "SSESpecification",
    "DeletionProtectionEnabled",
    "ContributorInsightsSpecification",
    "OnDemandThroughput",
    "TableClass",
    "Tags",
];

pub(super) fn build(resolver: &Resolver<'_>, id: &str) -> Result<TablePlan, TemplateError> {
    let properties = Properties::of(resolver, id);
    properties.refuse_all_but(&[&SAME, &WITHOUT_EFFECT])?;
    let name = resource::name(resolver, id)?;
    let mut create = Map::from_iter([("TableName".to_owned(), Value::from(name.clone()))]);
    for property in SAME {
        if let Some(value) = properties.get(property)? {
            create.insert(property.to_owned(), numbers(value));
        }
    }
    for required in ["AttributeDefinitions", "KeySchema"] {
        properties.required(required)?;
    }
    let ttl = time_to_live(&properties)?;
    Ok(TablePlan { logical_id: id.to_owned(), name, create: Value::Object(create), ttl })
}

fn time_to_live(properties: &Properties<'_>) -> Result<Option<String>, TemplateError> {
    let Some(specification) = properties.get("TimeToLiveSpecification")? else {
        return Ok(None);
    };
    let place = properties.place("TimeToLiveSpecification");
    match (&specification["Enabled"], specification["AttributeName"].as_str()) {
        (Value::Bool(false), _) => Ok(None),
        (_, Some(attribute)) => Ok(Some(attribute.to_owned())),
        (_, None) => Err(place.at("AttributeName").error("is required")),
    }
}

/// Capacities may be parameters, and so text; CreateTable wants numbers.
fn numbers(value: Value) -> Value {
    match value {
        Value::Object(map) => map.into_iter().map(capacity).collect(),
        Value::Array(items) => items.into_iter().map(numbers).collect(),
        other => other,
    }
}

fn capacity((key, value): (String, Value)) -> (String, Value) {
    let number =
        value.as_str().filter(|_| key.ends_with("CapacityUnits")).and_then(|text| text.parse::<u64>().ok());
    (key, number.map_or_else(|| numbers(value), Value::from))
}
