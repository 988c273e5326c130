use std::sync::Arc;
use std::time::Duration;

use bellhop_local::clock::Clock;
use bellhop_local::functions::Activity;
use bellhop_local::schedules::{Expression, Schedules};
use bellhop_local::template::{SchedulePlan, Trigger};
use serde_json::{Value, json};

use super::fake::Fake;

/// 2026-11-20T12:00:00Z, a Friday.
const FRIDAY_NOON: i64 = 1_795_176_000_000;
const MINUTE: Duration = Duration::from_secs(60);

fn plan(expression: &str, trigger: Trigger) -> SchedulePlan {
    let (name, function) = ("Tick".to_owned(), "reconcile".to_owned());
    let expression = Expression::parse(expression).unwrap();
    SchedulePlan { name, function, expression, input: None, trigger, enabled: true }
}

fn world(plans: Vec<SchedulePlan>) -> (Clock, Arc<Fake>, Schedules) {
    let clock = Clock::frozen(FRIDAY_NOON, None).unwrap();
    let fake = Fake::new(|_, _| Ok(json!("done")));
    let schedules = Schedules::new(plans, clock.clone(), fake.clone(), Activity::default());
    (clock, fake, schedules)
}

#[track_caller]
fn assert_next(expression: &str, expected: &str) {
    let next = Expression::parse(expression).unwrap().next_after(FRIDAY_NOON).unwrap();
    let next = jiff::Timestamp::from_millisecond(next).unwrap();
    assert_eq!(next.to_string(), expected, "{expression}");
}

#[test]
fn rates_and_crons_have_eventbridges_next_times() {
    assert_next("rate(1 minute)", "2026-11-20T12:01:00Z");
    assert_next("rate(2 hours)", "2026-11-20T14:00:00Z");
    assert_next("rate(7 days)", "2026-11-27T12:00:00Z");
    assert_next("cron(0 12 * * ? *)", "2026-11-21T12:00:00Z");
    assert_next("cron(15 3 ? * SUN *)", "2026-11-22T03:15:00Z");
    assert_next("cron(15 3 ? * 1 *)", "2026-11-22T03:15:00Z");
    assert_next("cron(0/10 * ? * MON-FRI *)", "2026-11-20T12:10:00Z");
    assert_next("cron(0 0 L * ? *)", "2026-11-30T00:00:00Z");
    assert_next("cron(0 8 1 1 ? 2028)", "2028-01-01T08:00:00Z");
}

#[test]
fn what_eventbridge_refuses_is_refused() {
    for text in ["rate(0 minutes)", "rate(5 minute)", "rate(1 second)", "rate(x minutes)", "every minute"] {
        assert!(Expression::parse(text).is_err(), "{text}");
    }
    for text in ["cron(* * * * * *)", "cron(0 12 ? * ? *)", "cron(61 * * * ? *)", "cron()"] {
        assert!(Expression::parse(text).is_err(), "{text}");
    }
}

#[tokio::test]
async fn a_rate_runs_when_due_and_not_before() {
    let (clock, fake, schedules) = world(vec![plan("rate(1 minute)", Trigger::Rule)]);
    schedules.run_due().await;
    clock.advance(MINUTE - Duration::from_millis(1)).unwrap();
    schedules.run_due().await;
    assert!(fake.events().is_empty());
    clock.advance(Duration::from_millis(1)).unwrap();
    schedules.run_due().await;
    schedules.run_due().await;
    assert_eq!(fake.names(), ["reconcile"]);
}

#[tokio::test]
async fn a_jump_over_several_times_runs_once_and_keeps_the_grid() {
    let (clock, fake, schedules) = world(vec![plan("rate(1 minute)", Trigger::Rule)]);
    clock.advance(MINUTE * 5 + MINUTE / 2).unwrap();
    schedules.run_due().await;
    assert_eq!(fake.events().len(), 1);
    clock.advance(MINUTE / 2).unwrap();
    schedules.run_due().await;
    assert_eq!(fake.events().len(), 2);
}

#[tokio::test]
async fn the_background_task_runs_what_the_clock_reaches() {
    let (clock, fake, schedules) = world(vec![plan("rate(1 minute)", Trigger::Rule)]);
    let task = tokio::spawn(schedules.clone().run());
    clock.advance(MINUTE).unwrap();
    // Either the task has run it, or this does: never both.
    schedules.run_due().await;
    assert_eq!(fake.events().len(), 1);
    task.abort();
}

#[tokio::test]
async fn events_are_those_of_a_rule_or_of_the_scheduler() {
    let (_, fake, schedules) = world(vec![plan("rate(1 minute)", Trigger::Rule)]);
    assert_eq!(schedules.fire("reconcile").await.unwrap().unwrap(), "\"done\"");
    let event = fake.events().remove(0);
    assert_eq!((&event["source"], &event["detail-type"]), (&json!("aws.events"), &json!("Scheduled Event")));
    assert_eq!((&event["time"], &event["detail"]), (&json!("2026-11-20T12:00:00Z"), &json!({})));
    let (_, fake, schedules) = world(vec![plan("rate(1 minute)", Trigger::Scheduler)]);
    schedules.fire("reconcile").await.unwrap().unwrap();
    assert_eq!(
        (&fake.events()[0]["source"], &fake.events()[0]["detail"]),
        (&json!("aws.scheduler"), &json!("{}"))
    );
}

#[tokio::test]
async fn a_disabled_schedule_runs_only_when_fired_and_hands_over_its_input() {
    let mut disabled = plan("rate(1 minute)", Trigger::Rule);
    (disabled.enabled, disabled.input) = (false, Some(json!({ "shard": 3 })));
    let (clock, fake, schedules) = world(vec![disabled]);
    clock.advance(MINUTE * 2).unwrap();
    schedules.run_due().await;
    assert_eq!(fake.events(), Vec::<Value>::new());
    schedules.fire("reconcile").await.unwrap().unwrap();
    assert_eq!(fake.events(), [json!({ "shard": 3 })]);
    assert!(schedules.fire("nobody").await.is_none());
}
