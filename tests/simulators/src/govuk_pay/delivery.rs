//! Sending messages. Nothing here waits for time: whoever ticks, or has just made a message, sends what is due.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;

use super::message::{Standing, sign};
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::faults::Kind;
use crate::outbound::{Post, post};

/// `[code]` PROVIDERS §3.5: the receiver has 3 seconds of real time.
const TIMEOUT: Duration = Duration::from_secs(3);
/// `[code]` PROVIDERS §3.5, `SendAttempter.nextRetryIn`: 60 s, 5 min, 1 h, 1 day, 2 days, then no more.
const RETRY_AFTER_MS: [i64; 5] = [60_000, 300_000, 3_600_000, 86_400_000, 172_800_000];
/// Payments whose messages are sent at the same time.
const LANES: usize = 32;

impl App {
    /// Starts sending in the background, if anything is due.
    pub fn send_soon(self: &Arc<Self>) {
        if self.step(|world, now| world.lanes(now).is_empty()) {
            return;
        }
        let app = Arc::clone(self);
        tokio::spawn(async move { app.send_due().await });
    }

    /// Sends everything that is due and returns how many attempts were made. Waits for a round that is under way.
    pub async fn send_due(self: &Arc<Self>) -> usize {
        let _turn = self.sending.lock().await;
        let mut attempts = 0;
        loop {
            let lanes = self.step(|world, now| world.lanes(now));
            if lanes.is_empty() {
                return attempts;
            }
            attempts += lanes.iter().map(Vec::len).sum::<usize>();
            for some in lanes.chunks(LANES) {
                self.send_lanes(some).await;
            }
        }
    }

    async fn send_lanes(self: &Arc<Self>, lanes: &[Vec<usize>]) {
        let mut tasks = JoinSet::new();
        for lane in lanes.iter().cloned() {
            let app = Arc::clone(self);
            tasks.spawn(async move {
                for number in lane {
                    app.attempt(number).await;
                }
            });
        }
        tasks.join_all().await;
    }

    async fn attempt(&self, number: usize) {
        let Some(letter) = self.step(|world, _| world.prepare(number)) else {
            return;
        };
        let result = post(&letter, TIMEOUT).await;
        self.step(|world, now| world.note_attempt(number, result, now));
    }
}

impl World {
    /// The messages that are due: one list per payment, in the order they must leave.
    fn lanes(&self, now: i64) -> Vec<Vec<usize>> {
        let mut lanes: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (number, message) in self.messages.iter().enumerate() {
            if message.standing == Standing::Pending && message.due <= now {
                lanes.entry(message.payment).or_default().push((message.order, number));
            }
        }
        let in_order = |mut lane: Vec<(usize, usize)>| {
            lane.sort_unstable();
            lane.into_iter().map(|(_, number)| number).collect()
        };
        lanes.into_values().map(in_order).collect()
    }

    /// Builds the body at the first attempt, and signs it with the secret of now.
    fn prepare(&mut self, number: usize) -> Option<Post> {
        let message = self.messages.get(number)?;
        let body = message.body.clone().or_else(|| self.build(message))?;
        let account = self.payments.get(message.payment)?.account;
        let Some(webhook) = self.account(account).webhook else {
            self.messages.get_mut(number)?.standing = Standing::NotConfigured;
            return None;
        };
        let message = self.messages.get_mut(number)?;
        let secret = if message.fault == Some(Kind::Forged) { "not-the-secret" } else { &webhook.secret };
        message.signature = sign(secret, body.as_bytes());
        message.body = Some(body.clone());
        let headers = vec![("Pay-Signature", message.signature.clone())];
        Some(Post { url: webhook.url, headers, body: body.into_bytes() })
    }

    /// `[code]` PROVIDERS §3.5: only 2xx is success.
    fn note_attempt(&mut self, number: usize, result: Result<u16, String>, now: i64) {
        let Some(message) = self.messages.get_mut(number) else {
            return;
        };
        let delivered = matches!(result, Ok(200..=299));
        message.attempts.push(match &result {
            Ok(status) => json!({"at": rfc3339(now), "status": status}),
            Err(error) => json!({"at": rfc3339(now), "error": error}),
        });
        let wait = RETRY_AFTER_MS.get(message.attempts.len() - 1);
        message.standing = match wait {
            _ if delivered => Standing::Delivered,
            Some(_) => Standing::Pending,
            None => Standing::GivenUp,
        };
        message.due = now.saturating_add(wait.copied().unwrap_or_default());
    }
}
