use std::collections::BTreeMap;
use std::time::Duration;

use bellhop_local::template::{Inputs, Plan, Template, Trigger};

const FIXTURE: &str = include_str!("shop.yaml");

fn inputs(parameters: &[(&str, &str)]) -> Inputs {
    Inputs {
        parameters: parameters.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        queue_base_url: "http://127.0.0.1:9/000000000000".into(),
        api_url: "http://127.0.0.1:8".into(),
        stack_name: "shop".into(),
    }
}

fn plan(parameters: &[(&str, &str)]) -> Plan {
    Template::parse(FIXTURE).unwrap().plan(&inputs(parameters)).unwrap()
}

fn environment(plan: &Plan) -> &BTreeMap<String, String> {
    &plan.functions.iter().find(|function| function.name == "take-order").unwrap().environment
}

#[test]
fn a_table_becomes_a_create_table_request_with_its_time_to_live() {
    let plan = plan(&[]);
    let table = &plan.tables[0];
    assert_eq!(table.name, "shop-Orders");
    assert_eq!(table.ttl.as_deref(), Some("ttl"));
    assert_eq!(table.create["GlobalSecondaryIndexes"][0]["IndexName"], "due");
    assert!(table.create.get("TimeToLiveSpecification").is_none());
}

#[test]
fn a_dead_letter_queue_stands_before_the_queue_that_names_it() {
    let plan = plan(&[]);
    let ids: Vec<_> = plan.queues.iter().map(|queue| queue.logical_id.as_str()).collect();
    assert_eq!(ids, ["Dead", "Work"]);
    let policy: serde_json::Value =
        serde_json::from_str(&plan.queues[1].attributes["RedrivePolicy"]).unwrap();
    assert_eq!(policy["deadLetterTargetArn"], "arn:aws:sqs:eu-west-2:000000000000:shop-Dead");
    assert_eq!(policy["maxReceiveCount"], 3);
}

#[test]
fn functions_take_globals_and_own_settings() {
    let plan = plan(&[]);
    let function = plan.functions.iter().find(|function| function.name == "do-work").unwrap();
    assert_eq!(function.timeout, Duration::from_secs(20));
    assert_eq!(function.memory_mb, 256);
    assert_eq!(function.reserved_concurrency, Some(2));
    assert_eq!(function.log_format, "JSON");
    assert_eq!(function.environment["OWN"], "yes");
    assert_eq!(function.environment["TABLE"], "shop-Orders");
}

#[test]
fn intrinsic_functions_take_this_machines_names() {
    let plan = plan(&[]);
    let environment = environment(&plan);
    assert_eq!(environment["QUEUE_URL"], "http://127.0.0.1:9/000000000000/shop-Work");
    assert_eq!(environment["QUEUE_ARN"], "arn:aws:sqs:eu-west-2:000000000000:shop-Work");
    assert_eq!(environment["PREFIX"], "shop/test/${literal}/");
    assert_eq!(environment["ADDRESS"], "http://127.0.0.1:8/v1");
    assert_eq!(environment["JOINED"], "a-eu-west-2");
    assert_eq!(environment["MAPPED"], "small");
    assert_eq!(environment["FIRST"], "x");
}

#[test]
fn conditions_choose_and_no_value_leaves_out() {
    assert_eq!(environment(&plan(&[]))["MODE"], "trial");
    let live = plan(&[("Stage", "live")]);
    assert_eq!(environment(&live)["MODE"], "real");
    assert!(environment(&plan(&[])).get("ONLY_LIVE").is_none());
    assert_eq!(environment(&live)["ONLY_LIVE"], "1");
}

#[test]
fn routes_mappings_and_schedules_are_found() {
    let plan = plan(&[]);
    let route = plan.routes.iter().find(|route| route.path == "/orders/{id}").unwrap();
    assert_eq!((route.method.as_str(), route.function.as_str()), ("GET", "take-order"));
    assert_eq!(route.timeout, Duration::from_secs(10));
    let mapping = &plan.mappings[0];
    assert_eq!((mapping.queue.as_str(), mapping.batch_size), ("shop-Work", 5));
    assert!(mapping.partial_failures);
    assert_eq!(mapping.concurrency, 4);
    let triggers: Vec<_> =
        plan.schedules.iter().map(|schedule| (schedule.trigger, schedule.enabled)).collect();
    assert_eq!(triggers, [(Trigger::Rule, true), (Trigger::Scheduler, false)]);
}

#[test]
fn the_projects_own_template_is_played() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml");
    let parameters = [("PublicUrl", "http://127.0.0.1:8")];
    let plan = Template::load(&path).unwrap().plan(&inputs(&parameters)).unwrap();
    let names: Vec<_> = plan.functions.iter().map(|function| function.name.as_str()).collect();
    for name in ["create-session", "read-session", "open-payment", "return-landing", "ingest-webhook"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
        assert!(plan.routes.iter().any(|route| route.function == name), "{name} has no route");
    }
    assert!(
        plan.mappings.iter().any(|mapping| mapping.function == "refresh-session" && mapping.partial_failures)
    );
    assert!(plan.schedules.iter().any(|schedule| schedule.function == "reconcile" && schedule.enabled));
    assert_eq!(plan.tables.len(), 1);
}
