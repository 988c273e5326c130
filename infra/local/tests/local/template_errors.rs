use bellhop_local::template::{Inputs, Template};

const HEAD: &str = "Resources:\n";
const FUNCTION: &str =
    "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: functions/f\n";

/// What is said of a template with these resources.
fn refusal(resources: &str) -> String {
    let template = Template::parse(&format!("{HEAD}{resources}"));
    let plan = template.and_then(|template| template.plan(&Inputs::default()));
    plan.expect_err("the template should be refused").to_string()
}

fn event(kind: &str, properties: &str) -> String {
    format!(
        "{FUNCTION}      Events:\n        E:\n          Type: {kind}\n          Properties: {properties}\n"
    )
}

#[track_caller]
fn assert_says(resources: &str, place: &str, reason: &str) {
    let said = refusal(resources);
    assert!(said.contains(place) && said.contains(reason), "{said}");
}

#[test]
fn a_reference_to_nothing_names_resource_and_property() {
    let table = "  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: !Ref Nobody\n";
    assert_says(table, "T.TableName", "no parameter or resource Nobody");
}

#[test]
fn an_unknown_event_type_is_refused() {
    assert_says(&event("Kinesis", "{}"), "F.Events.E.Type", "Kinesis is not played");
}

#[test]
fn an_unknown_table_property_is_refused() {
    let table =
        "  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      KinesisStreamSpecification: {}\n";
    assert_says(table, "T.KinesisStreamSpecification", "not played");
}

#[test]
fn a_rate_with_the_wrong_plural_is_refused() {
    assert_says(
        &event("Schedule", "{Schedule: rate(1 minutes)}"),
        "F.Events.E.Properties.Schedule",
        "singular",
    );
}

#[test]
fn a_cron_with_five_fields_is_refused() {
    assert_says(&event("Schedule", "{Schedule: cron(0 3 * * ?)}"), "Properties.Schedule", "5 fields");
}

#[test]
fn a_large_batch_needs_a_window() {
    let queue = "  Q:\n    Type: AWS::SQS::Queue\n";
    let event = event("SQS", "{Queue: !GetAtt Q.Arn, BatchSize: 11}");
    assert_says(&format!("{queue}{event}"), "F.Events.E.Properties.BatchSize", "batching window");
}

#[test]
fn a_queue_that_shows_messages_before_the_function_is_done_is_refused() {
    let queue = "  Q:\n    Type: AWS::SQS::Queue\n    Properties: {VisibilityTimeout: 2}\n";
    let event = event("SQS", "{Queue: !GetAtt Q.Arn}");
    assert_says(&format!("{queue}{event}"), "Q.VisibilityTimeout", "less than the timeout");
}

#[test]
fn a_second_route_with_one_key_is_refused() {
    let route = "{Type: HttpApi, Properties: {Path: /a, Method: GET}}";
    let events = format!("{FUNCTION}      Events:\n        A: {route}\n        B: {route}\n");
    assert_says(&events, "Events", "a second route GET /a");
}

#[test]
fn payload_format_one_is_refused() {
    let event = event("HttpApi", "{Path: /a, Method: GET, PayloadFormatVersion: \"1.0\"}");
    assert_says(&event, "PayloadFormatVersion", "only 2.0");
}

#[test]
fn a_raw_mapping_is_refused_and_not_missed() {
    let mapping = "  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties: {}\n";
    assert_says(mapping, "M.Type", "use a function's Events");
}

#[test]
fn a_parameter_without_a_value_is_named() {
    let template = Template::parse("Parameters:\n  Url: {Type: String}\nResources: {}\n").unwrap();
    let said = template.plan(&Inputs::default()).unwrap_err().to_string();
    assert!(said.contains("Parameters.Url") && said.contains("no value is given"), "{said}");
}

#[test]
fn an_unknown_tag_and_a_doubled_key_are_refused() {
    assert!(Template::parse("Resources: {A: !Magic x}").unwrap_err().to_string().contains("!Magic"));
    assert!(Template::parse("Resources: {A: 1, A: 2}").unwrap_err().to_string().contains("duplicated"));
}
