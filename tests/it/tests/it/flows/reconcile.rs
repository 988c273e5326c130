//! Everything that is due goes on the queue.

use super::wishes::{minutes, order, start};
use super::world::{World, unpaced};
use bellhop_domain::Timestamp;
use bellhop_domain::flows::{Round, Run, attend, reconcile};
use bellhop_domain::ids::SessionKey;
use bellhop_domain::provider::Operation;
use bellhop_domain::queue::Task;
use bellhop_domain::store::{DUE_SHARDS, Store};
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many sessions, opened a second after each other.
async fn many(count: i64) -> World {
    let world = World::new();
    for at in 0..count {
        let name = format!("RES-{at}");
        let order = order(world.merchant, &name, &name);
        world.create_from(&order, super::wishes::seconds(at)).await.unwrap();
    }
    world.table.take_calls();
    world
}

async fn run(world: &World, now: Timestamp) -> Round {
    let (table, queue) = (&*world.table, &*world.queue);
    reconcile(table, queue, unpaced(now)).await.unwrap()
}

fn keys(tasks: &[Task]) -> Vec<SessionKey> {
    let keys = tasks.iter().map(|task| match task {
        Task::Look(key) => *key,
        Task::Notified { .. } => panic!("not a look"),
    });
    keys.collect()
}

#[tokio::test]
async fn nothing_due_reads_each_shard_once_and_sends_nothing() {
    let world = many(3).await;
    let round = run(&world, start()).await;
    assert_eq!((round.sent, round.complete), (0, true));
    assert_eq!(world.table.take_calls(), vec!["due"; usize::from(DUE_SHARDS)]);
    assert!(world.queue.take().is_empty());
}

#[tokio::test]
async fn everything_due_is_sent_once_longest_due_first() {
    let world = many(120).await;
    let round = run(&world, minutes(5)).await;
    assert_eq!((round.sent, round.complete), (120, true));
    let sent = keys(&world.queue.take());
    let mut since = Vec::new();
    for key in &sent {
        since.push(world.stored(*key).await.due_at().unwrap());
    }
    assert!(since.is_sorted());
    let different: std::collections::BTreeSet<_> = sent.iter().collect();
    assert_eq!(different.len(), 120);
}

#[tokio::test]
async fn a_run_without_time_sends_nothing_and_says_so() {
    let world = many(3).await;
    let (table, queue) = (&*world.table, &*world.queue);
    let no_time = Run { time_left: &|| false, ..unpaced(minutes(5)) };
    let round = reconcile(table, queue, no_time).await.unwrap();
    assert_eq!((round.sent, round.complete), (0, false));
    assert!(world.queue.take().is_empty());
}

#[tokio::test]
async fn a_run_that_stops_half_way_loses_nothing_and_the_next_goes_on() {
    let world = many(2_000).await;
    let turns = AtomicUsize::new(0);
    let once = || turns.fetch_add(1, Ordering::Relaxed) == 0;
    let (table, queue) = (&*world.table, &*world.queue);
    let short = Run { time_left: &once, ..unpaced(minutes(60)) };
    let round = reconcile(table, queue, short).await.unwrap();
    assert!(!round.complete && round.sent > 0 && round.sent < 2_000);
    let first = world.queue.take();
    assert_eq!(first.len(), round.sent);
    for task in &first {
        attend(&world.desk, task, minutes(60)).await.unwrap();
    }
    let rest = run(&world, minutes(60)).await;
    assert_eq!((rest.sent, rest.complete), (2_000 - round.sent, true));
    let mut all = [keys(&first), keys(&world.queue.take())].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 2_000);
}

#[tokio::test]
async fn i9_two_runs_at_once_look_at_each_session_once() {
    let world = many(20).await;
    let (one, two) = tokio::join!(run(&world, minutes(5)), run(&world, minutes(5)));
    assert_eq!((one.sent, two.sent), (20, 20));
    for task in world.queue.take() {
        attend(&world.desk, &task, minutes(5)).await.unwrap();
    }
    assert_eq!(world.pay.count(Operation::Fetch), 20);
}

#[tokio::test]
async fn a_queue_that_is_down_fails_the_run_and_leaves_everything_due() {
    let world = many(3).await;
    world.queue.break_down();
    let (table, queue) = (&*world.table, &*world.queue);
    reconcile(table, queue, unpaced(minutes(5))).await.unwrap_err();
    let mut due = 0;
    for shard in 0..DUE_SHARDS {
        due += table.due(shard, minutes(5), None, 100).await.unwrap().items.len();
    }
    assert_eq!(due, 3);
}

#[tokio::test]
async fn a_message_for_a_session_that_is_gone_does_nothing() {
    let world = World::opened().await;
    let mut key = world.session().await.key;
    key.session = bellhop_domain::ids::SessionId::generate(start()).unwrap();
    let attended = attend(&world.desk, &Task::Look(key), minutes(5)).await.unwrap();
    assert_eq!(attended, bellhop_domain::flows::Attended::Nothing);
}
