//! Sending messages. Nothing here waits for time: whoever ticks, or has just made a message, sends what is due.
//!
//! `[doc]` PROVIDERS §4.5: any 2xx is good, the rest is sent again until it is accepted.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::dates::utc_with_microseconds;
use super::message::{Message, Standing, path_of, sign};
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::faults::Kind;
use crate::outbound::{Post, post};

/// `[doc]` §4.5: a run ends after so many failures in a row, or so many time-outs.
const MOST_FAILURES: u32 = 10;
const MOST_TIMEOUTS: u32 = 2;

/// How a run has gone so far.
#[derive(Default)]
struct Run {
    failures: u32,
    timeouts: u32,
}

impl Run {
    fn note(&mut self, result: &Result<u16, String>) {
        match result {
            Ok(200..=299) => self.failures = 0,
            Err(error) if error == "timeout" => self.timeouts += 1,
            _ => self.failures += 1,
        }
    }

    fn is_over(&self) -> bool {
        self.failures >= MOST_FAILURES || self.timeouts >= MOST_TIMEOUTS
    }
}

impl App {
    /// Starts sending in the background, if anything is due.
    pub fn send_soon(self: &Arc<Self>) {
        if self.step(|world, now| world.next_message(now)).is_none() {
            return;
        }
        let app = Arc::clone(self);
        tokio::spawn(async move { app.send_due().await });
    }

    /// One run: sends what is due, in order, and returns how many attempts were made. Waits for a run under way.
    pub async fn send_due(self: &Arc<Self>) -> usize {
        let _turn = self.sending.lock().await;
        let mut run = Run::default();
        let mut attempts = 0;
        while let Some(number) = self.step(|world, now| world.next_message(now)) {
            if run.is_over() {
                self.step(World::put_off);
                break;
            }
            if let Some(result) = self.attempt(number).await {
                run.note(&result);
                attempts += 1;
            }
        }
        attempts
    }

    async fn attempt(&self, number: usize) -> Option<Result<u16, String>> {
        let (letter, limit) = self.step(|world, now| world.prepare(number, now))?;
        let result = post(&letter, limit).await;
        self.step(|world, now| world.note_attempt(number, &result, now));
        Some(result)
    }
}

impl World {
    /// The message that must leave first of those that are due.
    fn next_message(&self, now: i64) -> Option<usize> {
        let all = self.messages.iter().enumerate();
        all.filter(|(_, message)| is_due(message, now))
            .min_by_key(|(number, message)| (message.order, *number))
            .map(|(number, _)| number)
    }

    /// The run ended early: what it left waits for the next.
    fn put_off(&mut self, now: i64) {
        let later = now.saturating_add(self.config.domain.flush_every_ms);
        let left = self.messages.iter_mut().filter(|message| is_due(message, now));
        for message in left {
            message.due = later;
        }
    }

    /// Dates and signs a message, the first time or each time as the domain says, with the secret of now.
    fn prepare(&mut self, number: usize, now: i64) -> Option<(Post, Duration)> {
        let domain = &self.config.domain;
        let message = self.messages.get_mut(number)?;
        let Some(webhook) = domain.webhook.clone() else {
            message.standing = Standing::NotConfigured;
            return None;
        };
        let secret = if message.fault == Some(Kind::Forged) { "not-the-secret" } else { &webhook.secret };
        let path = webhook.signed_path.as_deref().unwrap_or(path_of(&webhook.url));
        let kept = message.signed.take().filter(|_| !domain.redate_retries);
        let date = kept.map_or_else(|| utc_with_microseconds(now), |(date, _)| date);
        let signature = sign(secret, path, &date, &message.body);
        message.signed = Some((date.clone(), signature.clone()));
        let headers = vec![("BI-Signature-Date", date), ("BI-Signature", signature)];
        let body = message.body.clone().into_bytes();
        let url = webhook.url;
        let limit = Duration::from_millis(domain.webhook_timeout_ms);
        Some((Post { url, headers, body }, limit))
    }

    fn note_attempt(&mut self, number: usize, result: &Result<u16, String>, now: i64) {
        let wait = self.config.domain.flush_every_ms;
        let Some(message) = self.messages.get_mut(number) else {
            return;
        };
        message.attempts.push(match result {
            Ok(status) => json!({"at": rfc3339(now), "status": status}),
            Err(error) => json!({"at": rfc3339(now), "error": error}),
        });
        if matches!(result, Ok(200..=299)) {
            message.standing = Standing::Delivered;
        }
        message.due = now.saturating_add(wait);
    }
}

fn is_due(message: &Message, now: i64) -> bool {
    message.standing == Standing::Pending && message.due <= now
}
