//! `AWS::SQS::Queue` as CreateQueue attributes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::TemplateError;
use super::plan::QueuePlan;
use super::property::Properties;
use super::resolve::Resolver;
use super::resource;

/// Properties with the same name and meaning as the CreateQueue attribute.
const NUMBERS: [&str; 5] = [
    "VisibilityTimeout",
    "MessageRetentionPeriod",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "MaximumMessageSize",
];

/// Properties that change nothing on one machine.
const WITHOUT_EFFECT: [&str; 6] = [
    "QueueName",
    "FifoQueue",
    "SqsManagedSseEnabled",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "Tags",
];

pub(super) fn build(resolver: &Resolver<'_>, id: &str) -> Result<QueuePlan, TemplateError> {
    let properties = Properties::of(resolver, id);
    properties.refuse_all_but(&[&NUMBERS, &WITHOUT_EFFECT, &["RedrivePolicy", "RedriveAllowPolicy"]])?;
    if properties.flag("FifoQueue")? == Some(true) {
        return Err(properties.place("FifoQueue").error("first-in-first-out queues are not played"));
    }
    let mut attributes = BTreeMap::new();
    for name in NUMBERS {
        if let Some(number) = properties.number(name)? {
            attributes.insert(name.to_owned(), number.to_string());
        }
    }
    if let Some(policy) = redrive(&properties)? {
        attributes.insert("RedrivePolicy".to_owned(), policy);
    }
    if let Some(policy) = properties.get("RedriveAllowPolicy")? {
        attributes.insert("RedriveAllowPolicy".to_owned(), policy.to_string());
    }
    Ok(QueuePlan { logical_id: id.to_owned(), name: resource::name(resolver, id)?, attributes })
}

fn redrive(properties: &Properties<'_>) -> Result<Option<String>, TemplateError> {
    let Some(policy) = properties.get("RedrivePolicy")? else {
        return Ok(None);
    };
    let place = properties.place("RedrivePolicy");
    if !policy["deadLetterTargetArn"].is_string() {
        return Err(place.at("deadLetterTargetArn").error("is required"));
    }
    let receives = match &policy["maxReceiveCount"] {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    if !receives.is_some_and(|count| (1..=1000).contains(&count)) {
        return Err(place.at("maxReceiveCount").error("1 to 1000 is expected"));
    }
    Ok(Some(policy.to_string()))
}
