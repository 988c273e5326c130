//! When a token is kept, and when it is fetched.

use super::{Now, TokenCache};
use bellhop_domain::{SignedDuration, Timestamp};
use http::HeaderValue;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

const USE_FOR: SignedDuration = SignedDuration::from_mins(25);

/// A cache, its clock in seconds, and how many tokens were fetched.
struct Desk {
    cache: TokenCache,
    seconds: Arc<AtomicI64>,
    fetched: Cell<u32>,
}

impl Desk {
    fn new() -> Self {
        let seconds = Arc::new(AtomicI64::new(1_800_000_000));
        let tell = Arc::clone(&seconds);
        let now = Now::new(move || Timestamp::from_second(tell.load(SeqCst)).unwrap());
        Self { cache: TokenCache::new(USE_FOR, Some(now)), seconds, fetched: Cell::new(0) }
    }

    /// A fetch that takes a while, so that others come meanwhile.
    async fn fetch(&self) -> Result<HeaderValue, &'static str> {
        self.fetched.set(self.fetched.get() + 1);
        tokio::task::yield_now().await;
        Ok(HeaderValue::try_from(format!("t{}", self.fetched.get())).unwrap())
    }

    async fn get(&self, refused: Option<&HeaderValue>) -> HeaderValue {
        self.cache.get(refused, self.fetch()).await.unwrap()
    }

    async fn after(&self, seconds: i64) -> HeaderValue {
        self.seconds.fetch_add(seconds, SeqCst);
        self.get(None).await
    }
}

#[tokio::test]
async fn a_token_is_used_for_its_time_and_not_a_second_longer() {
    let desk = Desk::new();
    assert_eq!(desk.after(0).await, "t1");
    assert_eq!(desk.after(25 * 60 - 1).await, "t1");
    assert_eq!(desk.after(1).await, "t2");
    assert_eq!(desk.after(25 * 60 - 1).await, "t2");
    assert_eq!(desk.after(24 * 3600).await, "t3");
}

/// I13: how old it is nobody knows, so it is not trusted.
#[tokio::test]
async fn i13_a_clock_that_was_set_back_ends_the_token() {
    let desk = Desk::new();
    assert_eq!(desk.after(0).await, "t1");
    assert_eq!(desk.after(-1).await, "t2");
    assert_eq!(desk.after(0).await, "t2");
}

#[tokio::test]
async fn without_a_clock_a_token_is_used_until_it_is_refused() {
    let desk = Desk { cache: TokenCache::new(USE_FOR, None), ..Desk::new() };
    let first = desk.get(None).await;
    assert_eq!(desk.after(24 * 3600).await, first);
    assert_eq!(desk.get(Some(&first)).await, "t2");
}

#[tokio::test]
async fn those_who_come_together_share_one_fetch() {
    let desk = Desk::new();
    let all = tokio::join!(desk.get(None), desk.get(None), desk.get(None), desk.get(None));
    assert_eq!(
        (all.0, all.1, all.2, all.3),
        ("t1".parse().unwrap(), "t1".parse().unwrap(), "t1".parse().unwrap(), "t1".parse().unwrap())
    );
    assert_eq!(desk.fetched.get(), 1);
}

/// Two calls were refused with the same token: one fetches, the other takes what came of it.
#[tokio::test]
async fn a_refused_token_is_fetched_again_by_one_alone() {
    let desk = Desk::new();
    let first = desk.get(None).await;
    let (a, b) = tokio::join!(desk.get(Some(&first)), desk.get(Some(&first)));
    assert_eq!((a.clone(), b), (a, HeaderValue::from_static("t2")));
    assert_eq!(desk.fetched.get(), 2);
    assert_eq!(desk.get(Some(&first)).await, "t2", "who comes late with the old one");
}

#[tokio::test]
async fn a_failed_fetch_keeps_nothing_and_blocks_nobody() {
    let desk = Desk::new();
    let first = desk.get(None).await;
    let failed = desk.cache.get(Some(&first), async { Err("down") }).await;
    assert_eq!(failed, Err("down"));
    assert_eq!(desk.get(None).await, "t2");
}

/// The function was stopped in the middle of it.
#[tokio::test]
async fn a_fetch_that_was_dropped_blocks_nobody() {
    let desk = Desk::new();
    let never = desk.cache.get(None, std::future::pending::<Result<HeaderValue, &str>>());
    let stopped = tokio::select! { biased; _ = never => false, () = tokio::task::yield_now() => true };
    assert!(stopped);
    assert_eq!(desk.get(None).await, "t1");
}
