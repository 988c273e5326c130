//! Waiting for something to receive.

use std::future::Future;

use super::Queues;

impl Queues {
    /// Resolves when something may have become receivable since this was called, by a send, a
    /// release or the clock. Call it before looking, await it after, and nothing is missed.
    pub fn changed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut pulse = self.inner.pulse.subscribe();
        let (next, queues) = (self.next_change_at(), self.clone());
        async move {
            tokio::select! {
                _ = pulse.changed() => {}
                () = queues.until(next) => {}
            }
        }
    }

    async fn until(&self, at: Option<i64>) {
        match at {
            Some(at) => self.inner.clock.sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// When the next hidden or delayed message becomes visible, in milliseconds since the epoch.
    #[must_use]
    pub fn next_change_at(&self) -> Option<i64> {
        self.with(|state, now| state.next_change_at(now))
    }
}
