//! Sending messages. Nothing here waits for time: whoever ticks, or has just made a message, sends what is due.
//!
//! `[doc]` CO/events/wh-faq.md: any 2xx within 5 seconds is good, 307 and 308 are followed; else it is sent again after
//! a few minutes, and discarded after repeated attempts.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::message::{Message, Standing};
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::faults::Kind;
use crate::outbound::{Post, post_following};

/// What a forged message has in the place of the secret.
const NOT_THE_TOKEN: &str = "not-the-token";

impl App {
    /// Starts sending in the background, if anything is due.
    pub fn send_soon(self: &Arc<Self>) {
        if self.step(World::next_message).is_none() {
            return;
        }
        let app = Arc::clone(self);
        tokio::spawn(async move { app.send_due().await });
    }

    /// Sends what is due, in order, and returns how many attempts were made. Waits for a round that is under way.
    pub async fn send_due(self: &Arc<Self>) -> usize {
        let _turn = self.sending.lock().await;
        let mut attempts = 0;
        while let Some(number) = self.step(World::next_message) {
            let Some((letter, limit)) = self.step(|world, _| world.prepare(number)) else {
                continue;
            };
            let result = post_following(&letter, limit).await;
            self.step(|world, now| world.note_attempt(number, &result, now));
            attempts += 1;
        }
        attempts
    }
}

impl World {
    /// The message that must leave first of those that are due.
    fn next_message(&mut self, now: i64) -> Option<usize> {
        self.roll(now);
        let all = self.book.messages.iter().enumerate();
        all.filter(|(_, message)| message.standing == Standing::Pending && message.due <= now)
            .min_by_key(|(number, message)| (message.order, *number))
            .map(|(number, _)| number)
    }

    fn prepare(&mut self, number: usize) -> Option<(Post, Duration)> {
        let Some(webhook) = self.config.property.webhook.clone() else {
            self.book.messages.get_mut(number)?.standing = Standing::NotConfigured;
            return None;
        };
        let message: &Message = self.book.messages.get(number)?;
        let url = match message.fault {
            Some(Kind::Forged) if !webhook.token.is_empty() => {
                webhook.url.replace(&webhook.token, NOT_THE_TOKEN)
            }
            _ => webhook.url,
        };
        let headers = vec![("content-type", webhook.content_type)];
        let body = message.body.clone().into_bytes();
        Some((Post { url, headers, body }, Duration::from_millis(webhook.timeout_ms)))
    }

    fn note_attempt(&mut self, number: usize, result: &Result<u16, String>, now: i64) {
        let waits = self.config.property.webhook.as_ref().map(|webhook| webhook.retry_after_ms.clone());
        let Some(message) = self.book.messages.get_mut(number) else {
            return;
        };
        message.attempts.push(match result {
            Ok(status) => json!({"at": rfc3339(now), "status": status}),
            Err(error) => json!({"at": rfc3339(now), "error": error}),
        });
        let wait = waits.unwrap_or_default().get(message.attempts.len() - 1).copied();
        match (result, wait) {
            (Ok(200..=299), _) => message.standing = Standing::Delivered,
            (_, Some(wait)) => message.due = now.saturating_add(wait),
            (_, None) => message.standing = Standing::Discarded,
        }
    }
}
