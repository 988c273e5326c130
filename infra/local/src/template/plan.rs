//! What a template asks for, in the stack's own words.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::resolve::Resolver;
use super::{Inputs, event, function, queue, table};
use crate::schedules::Expression;

/// Everything the stack plays for one template.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The tables, in the template's order of ids.
    pub tables: Vec<TablePlan>,
    /// The queues; a dead-letter queue stands before the queue that names it.
    pub queues: Vec<QueuePlan>,
    /// The functions.
    pub functions: Vec<FunctionPlan>,
    /// The HTTP API's routes.
    pub routes: Vec<RoutePlan>,
    /// Queues that start functions.
    pub mappings: Vec<MappingPlan>,
    /// Times that start functions.
    pub schedules: Vec<SchedulePlan>,
    /// The HTTP API's stage; `$default` has no path prefix.
    pub stage: String,
}

/// A table, as a CreateTable request.
#[derive(Debug, Clone)]
pub struct TablePlan {
    /// The id in the template.
    pub logical_id: String,
    /// The name that functions use.
    pub name: String,
    /// The body of DynamoDB's CreateTable.
    pub create: Value,
    /// The attribute that holds the time to live, in epoch seconds.
    pub ttl: Option<String>,
}

/// A queue.
#[derive(Debug, Clone)]
pub struct QueuePlan {
    /// The id in the template.
    pub logical_id: String,
    /// The last part of the queue's URL and ARN.
    pub name: String,
    /// SQS attribute names and values, as CreateQueue takes them.
    pub attributes: BTreeMap<String, String>,
}

/// A function.
#[derive(Debug, Clone)]
pub struct FunctionPlan {
    /// The id in the template.
    pub logical_id: String,
    /// The binary: the last folder of `CodeUri`. The stack calls it by this name.
    pub name: String,
    /// What Lambda would call it (`AWS_LAMBDA_FUNCTION_NAME`).
    pub function_name: String,
    /// The template's environment, resolved.
    pub environment: BTreeMap<String, String>,
    /// How long one invocation may take.
    pub timeout: Duration,
    /// Memory in MB; told to the function, not enforced.
    pub memory_mb: u32,
    /// More invocations at once than this are refused, as Lambda does.
    pub reserved_concurrency: Option<u32>,
    /// `JSON` or `Text`, as `LoggingConfig` says.
    pub log_format: String,
    /// The level below which Lambda drops the function's own lines, if one is set.
    pub log_level: Option<String>,
}

/// A route of the HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutePlan {
    /// An upper-case method, or `ANY`.
    pub method: String,
    /// A path with `{name}` and `{name+}` parts, or `$default`.
    pub path: String,
    /// The function's [`FunctionPlan::name`].
    pub function: String,
    /// How long the API waits for the function; 30 s at most.
    pub timeout: Duration,
}

/// A queue that starts a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingPlan {
    /// The function's [`FunctionPlan::name`].
    pub function: String,
    /// The queue's [`QueuePlan::name`].
    pub queue: String,
    /// The most messages of one event.
    pub batch_size: u32,
    /// How long AWS may wait to fill a batch; the stack does not wait.
    pub window: Duration,
    /// Whether the function answers which messages failed.
    pub partial_failures: bool,
    /// The most invocations at once.
    pub concurrency: u32,
    /// `false` when the template disables it.
    pub enabled: bool,
}

/// What starts a schedule on AWS: it decides the event's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// An EventBridge rule (SAM's `Schedule`).
    Rule,
    /// EventBridge Scheduler (SAM's `ScheduleV2`).
    Scheduler,
}

/// A time that starts a function.
#[derive(Debug, Clone)]
pub struct SchedulePlan {
    /// The event's id in the function.
    pub name: String,
    /// The function's [`FunctionPlan::name`].
    pub function: String,
    /// When.
    pub expression: Expression,
    /// The payload, when the template gives one.
    pub input: Option<Value>,
    /// What starts it on AWS.
    pub trigger: Trigger,
    /// `false` when the template disables it.
    pub enabled: bool,
}

/// Builds the plan of a parsed document.
pub(super) fn build(document: &Value, inputs: &Inputs) -> Result<Plan, TemplateError> {
    let resolver = Resolver::new(document, inputs)?;
    let mut plan = Plan { stage: function::stage(&resolver)?, ..Plan::default() };
    for id in resolver.ids_of("AWS::DynamoDB::Table") {
        plan.tables.push(table::build(&resolver, &id)?);
    }
    for id in resolver.ids_of("AWS::SQS::Queue") {
        plan.queues.push(queue::build(&resolver, &id)?);
    }
    plan.queues.sort_by_key(|queue| queue.attributes.contains_key("RedrivePolicy"));
    for id in resolver.ids_of("AWS::Serverless::Function") {
        let built = function::build(&resolver, &id)?;
        event::build_all(&resolver, &built, &mut plan)?;
        plan.functions.push(built);
    }
    refuse_raw_triggers(&resolver)?;
    check(&plan)?;
    Ok(plan)
}

/// Triggers written outside `Events` would be missed silently: say so.
fn refuse_raw_triggers(resolver: &Resolver<'_>) -> Result<(), TemplateError> {
    const RAW: [&str; 5] = [
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::ApiGatewayV2::Route",
        "AWS::Events::Rule",
        "AWS::Scheduler::Schedule",
    ];
    match RAW.iter().find_map(|kind| Some((kind, resolver.ids_of(kind).into_iter().next()?))) {
        Some((kind, id)) => {
            Err(Place::of(&id).at("Type").error(format!("{kind} is not played; use a function's Events")))
        }
        None => Ok(()),
    }
}

/// What AWS refuses only when it deploys.
fn check(plan: &Plan) -> Result<(), TemplateError> {
    let mut seen = BTreeSet::new();
    for route in &plan.routes {
        if !seen.insert((&route.method, &route.path)) {
            let key = format!("{} {}", route.method, route.path);
            return Err(Place::of(&route.function).at("Events").error(format!("a second route {key}")));
        }
    }
    let mut names = BTreeSet::new();
    for function in &plan.functions {
        if !names.insert(&function.name) {
            let reason = format!("a second function with the binary {}", function.name);
            return Err(Place::of(&function.logical_id).at("CodeUri").error(reason));
        }
    }
    plan.mappings.iter().try_for_each(|mapping| check_visibility(plan, mapping))
}

/// AWS refuses a mapping whose queue shows messages again before the function
/// is done (Lambda Developer Guide, "Using Lambda with Amazon SQS").
fn check_visibility(plan: &Plan, mapping: &MappingPlan) -> Result<(), TemplateError> {
    let queue = plan.queues.iter().find(|queue| queue.name == mapping.queue);
    let function = plan.functions.iter().find(|function| function.name == mapping.function);
    let (Some(queue), Some(function)) = (queue, function) else {
        return Err(Place::of(&mapping.function).at("Events").error("names a queue not in the template"));
    };
    let visibility =
        queue.attributes.get("VisibilityTimeout").and_then(|text| text.parse().ok()).unwrap_or(30);
    if Duration::from_secs(visibility) < function.timeout {
        let reason = format!("{visibility} s is less than the timeout of {}", function.name);
        return Err(Place::of(&queue.logical_id).at("VisibilityTimeout").error(reason));
    }
    Ok(())
}
