//! What `Ref` and `GetAtt` of a resource are, for the types the stack knows.
//!
//! Source: AWS CloudFormation and AWS SAM resource references, "Return values"
//! of each type.

use super::error::{Place, TemplateError};
use super::property::Properties;
use super::resolve::{ACCOUNT, REGION, Resolver};

const API: &str = "AWS::Serverless::HttpApi";
const FUNCTION: &str = "AWS::Serverless::Function";
const LOG_GROUP: &str = "AWS::Logs::LogGroup";
const QUEUE: &str = "AWS::SQS::Queue";
const SECRET: &str = "AWS::SecretsManager::Secret";
const TABLE: &str = "AWS::DynamoDB::Table";

/// The name a resource has here: its own, or one made of stack name and id.
pub(super) fn name(resolver: &Resolver<'_>, id: &str) -> Result<String, TemplateError> {
    let property = match kind(resolver, id).unwrap_or_default() {
        TABLE => "TableName",
        QUEUE => "QueueName",
        FUNCTION => "FunctionName",
        SECRET => "Name",
        LOG_GROUP => "LogGroupName",
        _ => return Ok(id.to_owned()),
    };
    let given = Properties::of(resolver, id).text(property)?;
    Ok(given.unwrap_or_else(|| format!("{}-{id}", resolver.inputs.stack_name)))
}

fn kind<'a>(resolver: &'a Resolver<'_>, id: &str) -> Option<&'a str> {
    resolver.resource(id)?["Type"].as_str()
}

/// What `Ref` gives.
pub(super) fn reference(resolver: &Resolver<'_>, id: &str, place: &Place) -> Result<String, TemplateError> {
    let Some(kind) = kind(resolver, id) else {
        return Err(place.error(format!("there is no parameter or resource {id}")));
    };
    match kind {
        QUEUE => Ok(format!("{}/{}", resolver.inputs.queue_base_url, name(resolver, id)?)),
        SECRET => arn(resolver, id, place),
        TABLE | FUNCTION | API | LOG_GROUP => name(resolver, id),
        other => Err(place.error(format!("Ref of {id}, a {other}, is not played"))),
    }
}

/// What `GetAtt` gives.
pub(super) fn attribute(
    resolver: &Resolver<'_>,
    id: &str,
    attribute: &str,
    place: &Place,
) -> Result<String, TemplateError> {
    let Some(kind) = kind(resolver, id) else {
        return Err(place.error(format!("there is no resource {id}")));
    };
    match (kind, attribute) {
        (_, "Arn") => arn(resolver, id, place),
        (QUEUE, "QueueName") => name(resolver, id),
        (QUEUE, "QueueUrl") => reference(resolver, id, place),
        (API, "ApiEndpoint") => Ok(resolver.inputs.api_url.clone()),
        (API, "ApiId") => name(resolver, id),
        (SECRET, "Id") => arn(resolver, id, place),
        (kind, attribute) => Err(place.error(format!("{attribute} of {id}, a {kind}, is not played"))),
    }
}

fn arn(resolver: &Resolver<'_>, id: &str, place: &Place) -> Result<String, TemplateError> {
    let name = name(resolver, id)?;
    let (service, resource) = match kind(resolver, id).unwrap_or_default() {
        TABLE => ("dynamodb", format!("table/{name}")),
        QUEUE => ("sqs", name),
        FUNCTION => ("lambda", format!("function:{name}")),
        LOG_GROUP => ("logs", format!("log-group:{name}:*")),
        SECRET => ("secretsmanager", format!("secret:{name}-local0")),
        other => return Err(place.error(format!("the ARN of {id}, a {other}, is not played"))),
    };
    Ok(format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"))
}

/// The name in the last part of an ARN of this stack.
pub(super) fn name_in_arn(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}
