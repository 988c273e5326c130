use crate::stage::{EVENING, Hands, evening, own_path};
use bellhop_domain::SignedDuration;
use bellhop_runtime::clock::{Clock, Deadline};
use std::time::Duration;

#[test]
fn a_frozen_clock_stands_where_the_file_says_and_is_read_at_every_look() {
    let hands = Hands::at(EVENING);
    let clock = hands.clock();
    assert_eq!(clock.now(), evening());
    hands.forward(1500);
    assert_eq!(clock.now(), evening() + SignedDuration::from_millis(1500));
}

#[test]
fn an_offset_is_added_to_the_real_time() {
    let file = own_path("offset");
    let hour = 3_600_000;
    std::fs::write(&file, format!("offset {hour}\n")).unwrap();
    let before = Clock::real().now();
    let moved = Clock::following(&file).now();
    let after = Clock::real().now();
    let hour = SignedDuration::from_millis(hour);
    assert!(before + hour <= moved && moved <= after + hour);
    std::fs::remove_file(file).unwrap();
}

#[test]
fn without_a_readable_file_the_time_is_real() {
    let file = own_path("garbage");
    for content in ["", "frozen", "frozen soon", "noon 12", "frozen 99999999999999999999"] {
        std::fs::write(&file, content).unwrap();
        let before = Clock::real().now();
        let told = Clock::following(&file).now();
        assert!(before <= told && told <= Clock::real().now(), "{content}");
    }
    std::fs::remove_file(&file).unwrap();
    assert!(Clock::following(&file).now() > evening());
}

#[test]
fn the_deadline_is_real_time_even_where_the_clock_is_frozen() {
    let hands = Hands::at(0);
    let now = u64::try_from(Clock::real().now().as_millisecond()).unwrap();
    let left = hands.clock().remaining(now + 3_600_000);
    assert!(left <= Duration::from_secs(3600) && left > Duration::from_secs(3000));
    assert_eq!(hands.clock().remaining(now - 1), Duration::ZERO);
}

#[tokio::test]
async fn work_that_fits_is_done_and_work_that_does_not_is_dropped() {
    let ample = Deadline::new(Clock::real(), u64::MAX);
    assert_eq!(ample.spare(Duration::ZERO, async { 7 }).await, Some(7));
    let over = Deadline::new(Clock::real(), 0);
    let never = over.spare(Duration::ZERO, std::future::pending::<()>()).await;
    assert_eq!(never, None);
}

#[test]
fn a_deadline_that_is_no_moment_is_a_wait_as_cargo_lambda_gives_it() {
    let deadline = Deadline::new(Clock::real(), 600_000);
    let remaining = deadline.remaining().as_millis();
    assert!((500_000..=600_000).contains(&remaining), "{remaining}");
}
