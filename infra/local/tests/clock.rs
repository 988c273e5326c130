//! The movable clock: what moves it, what it writes, who it wakes.
#![allow(clippy::unwrap_used, reason = "a test has no other way to fail")]

use std::path::PathBuf;
use std::time::Duration;

use bellhop_local::clock::Clock;
use tokio::task::JoinHandle;

const NOON: i64 = 1_700_000_000_000;
const HOUR: Duration = Duration::from_secs(3600);
const HOUR_MS: i64 = 3_600_000;

fn frozen() -> Clock {
    Clock::frozen(NOON, None).unwrap()
}

/// A clock file of this process and this test.
fn file(test: &str) -> PathBuf {
    let file = std::env::temp_dir().join(format!("bellhop-clock-{}-{test}", std::process::id()));
    let _ = std::fs::remove_file(&file);
    file
}

fn line(file: &PathBuf) -> String {
    std::fs::read_to_string(file).unwrap()
}

/// Lets every spawned task run until it waits.
async fn settle() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

/// Waits for a task that has nothing left to wait for; one that still waits fails the test.
async fn done(task: JoinHandle<()>) {
    settle().await;
    assert!(task.is_finished(), "still waiting");
    task.await.unwrap();
}

#[test]
fn a_frozen_clock_moves_only_when_moved() {
    let clock = frozen();
    assert_eq!(clock.now_ms(), NOON);
    clock.advance(HOUR).unwrap();
    assert_eq!(clock.now_ms(), NOON + HOUR_MS);
    clock.set(5).unwrap();
    assert_eq!(clock.now_ms(), 5);
}

#[test]
fn clones_share_one_time() {
    let clock = frozen();
    clock.clone().advance(HOUR).unwrap();
    assert_eq!(clock.now_ms(), NOON + HOUR_MS);
}

#[test]
fn a_frozen_clock_writes_its_file_at_once_and_at_every_move() {
    let file = file("frozen");
    let clock = Clock::frozen(NOON, Some(file.clone())).unwrap();
    assert_eq!(line(&file), format!("frozen {NOON}\n"));
    clock.advance(HOUR).unwrap();
    assert_eq!(line(&file), format!("frozen {}\n", NOON + HOUR_MS));
}

#[test]
fn a_real_clock_writes_its_offset() {
    let file = file("real");
    let clock = Clock::real(Some(file.clone())).unwrap();
    assert_eq!(line(&file), "offset 0\n");
    clock.advance(HOUR).unwrap();
    clock.advance(HOUR).unwrap();
    assert_eq!(line(&file), format!("offset {}\n", 2 * HOUR_MS));
}

#[test]
fn a_frozen_clock_goes_on_where_its_file_stands() {
    let file = file("resume");
    Clock::frozen(NOON, Some(file.clone())).unwrap().advance(HOUR).unwrap();
    assert_eq!(Clock::open(file).unwrap().now_ms(), NOON + HOUR_MS);
}

#[test]
fn an_offset_survives_a_restart_and_grows_from_there() {
    let file = file("offset");
    std::fs::write(&file, "offset 1000\n").unwrap();
    Clock::open(file.clone()).unwrap().advance(HOUR).unwrap();
    assert_eq!(line(&file), format!("offset {}\n", HOUR_MS + 1000));
}

#[test]
fn an_absent_file_means_real_time_and_anything_else_is_refused() {
    let file = file("absent");
    Clock::open(file.clone()).unwrap();
    assert_eq!(line(&file), "offset 0\n");
    for wrong in ["", "frozen", "frozen noon", "stopped 5", "offset 1 2"] {
        std::fs::write(&file, wrong).unwrap();
        assert!(Clock::open(file.clone()).is_err(), "{wrong:?} was taken");
        assert_eq!(line(&file), wrong, "a refused file must stay as it is");
    }
}

#[test]
fn a_move_that_cannot_be_written_does_not_happen() {
    let folder = file("gone");
    std::fs::create_dir(&folder).unwrap();
    let clock = Clock::frozen(NOON, Some(folder.join("clock"))).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(clock.advance(HOUR).is_err());
    assert_eq!(clock.now_ms(), NOON);
}

#[tokio::test]
async fn a_moment_that_has_come_needs_no_wait() {
    frozen().sleep_until(NOON).await;
    frozen().sleep_until(NOON - 1).await;
}

#[tokio::test]
async fn a_move_wakes_those_whose_time_has_come_and_no_other() {
    let clock = frozen();
    let wait = |after: i64| {
        let clock = clock.clone();
        tokio::spawn(async move { clock.sleep_until(NOON + after).await })
    };
    let (soon, later) = (wait(HOUR_MS), wait(HOUR_MS + 1));
    settle().await;
    assert!(!soon.is_finished(), "nothing has moved yet");
    clock.advance(HOUR).unwrap();
    done(soon).await;
    settle().await;
    assert!(!later.is_finished(), "one millisecond is missing");
    clock.set(NOON + HOUR_MS + 1).unwrap();
    done(later).await;
}

#[tokio::test]
async fn a_clock_that_runs_is_moved_too() {
    let clock = Clock::real(None).unwrap();
    let until = clock.now_ms() + 24 * HOUR_MS;
    let waiting = tokio::spawn({
        let clock = clock.clone();
        async move { clock.sleep_until(until).await }
    });
    settle().await;
    assert!(!waiting.is_finished());
    clock.advance(24 * HOUR).unwrap();
    done(waiting).await;
}

#[tokio::test]
async fn a_clock_that_runs_arrives_by_itself() {
    let clock = Clock::real(None).unwrap();
    let arrived = tokio::time::timeout(HOUR, clock.sleep_until(clock.now_ms() + 2)).await;
    assert!(arrived.is_ok());
}
