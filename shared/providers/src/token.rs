//! A service token that is kept for as long as it is good, and fetched by one caller at a time.

use bellhop_domain::{SignedDuration, Timestamp};
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Tells the time to what must forget: providers read no clock of their own.
#[derive(Clone)]
pub struct Now(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Now {
    /// The wall clock: a sandbox that froze for an hour must see that an hour has passed.
    pub fn new(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }
}

impl fmt::Debug for Now {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Now(..)")
    }
}

/// One account's token.
pub(crate) struct TokenCache {
    /// How long it is used: less than it lives.
    use_for: SignedDuration,
    /// Without a clock it is used until it is refused.
    now: Option<Now>,
    kept: Mutex<Option<Kept>>,
}

/// The `Authorization` header of a token, marked sensitive, and when it was asked for.
struct Kept {
    header: HeaderValue,
    since: Option<Timestamp>,
}

impl TokenCache {
    /// Holds none yet.
    pub fn new(use_for: SignedDuration, now: Option<Now>) -> Self {
        Self { use_for, now, kept: Mutex::new(None) }
    }

    /// The token that is kept, unless it is too old or the one that was just `refused`; else a fresh
    /// one. Whoever comes meanwhile waits for it, so that an account never has two fetches under way.
    ///
    /// # Errors
    /// Whatever `fetch` fails with; then none is kept.
    pub async fn get<E>(
        &self,
        refused: Option<&HeaderValue>,
        fetch: impl Future<Output = Result<HeaderValue, E>>,
    ) -> Result<HeaderValue, E> {
        let mut kept = self.kept.lock().await;
        // After the wait: what another caller has fetched meanwhile is not too old.
        let now = self.now.as_ref().map(|now| (now.0)());
        let good = kept.take().filter(|one| Some(&one.header) != refused && self.is_young(one, now));
        let good = match good {
            Some(good) => good,
            None => Kept { header: fetch.await?, since: now },
        };
        Ok(kept.insert(good).header.clone())
    }

    /// A clock that was set back says nothing about an age.
    fn is_young(&self, kept: &Kept, now: Option<Timestamp>) -> bool {
        let (Some(since), Some(now)) = (kept.since, now) else {
            return true;
        };
        let age = now.duration_since(since);
        !age.is_negative() && age < self.use_for
    }
}

#[cfg(test)]
mod tests;
