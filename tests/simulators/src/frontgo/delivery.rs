//! Sending callbacks. Nothing here waits for time: whoever ticks, or has just made one, sends what is due.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Uri;
use serde_json::json;
use tokio::task::JoinSet;

use super::message::Standing;
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::outbound::get;

/// The addresses that are called: nothing leaves this machine.
const OWN_HOSTS: [&str; 2] = ["127.0.0.1", "localhost"];

/// `[unk]` PROVIDERS §2.5: how long the receiver has, in real time.
const PATIENCE: Duration = Duration::from_secs(5);

impl App {
    /// Starts sending in the background, if anything is due.
    pub fn send_soon(self: &Arc<Self>) {
        let due = self.step(|world, now| !world.queues(now).is_empty());
        if due {
            let app = Arc::clone(self);
            tokio::spawn(async move { app.send_due().await });
        }
    }

    /// Sends everything that is due, reservations side by side, and returns how many attempts were made.
    pub async fn send_due(self: &Arc<Self>) -> usize {
        let _turn = self.sending.lock().await;
        let mut made = 0;
        loop {
            let queues = self.step(|world, now| world.queues(now));
            if queues.is_empty() {
                return made;
            }
            let mut sending = JoinSet::new();
            for queue in queues.into_values() {
                made += queue.len();
                sending.spawn(Arc::clone(self).send_in_order(queue));
            }
            sending.join_all().await;
        }
    }

    async fn send_in_order(self: Arc<Self>, queue: BTreeMap<usize, usize>) {
        for number in queue.into_values() {
            if let Some(url) = self.step(|world, now| world.url_of(number, now)) {
                let result = call(&url).await;
                self.step(|world, now| world.note_attempt(number, result, now));
            }
        }
    }
}

async fn call(url: &str) -> Result<u16, String> {
    let uri = url.parse::<Uri>().ok();
    let own = uri.is_some_and(|uri| {
        uri.scheme_str() == Some("http") && uri.host().is_some_and(|host| OWN_HOSTS.contains(&host))
    });
    if own { get(url, PATIENCE).await } else { Err("not an http address of this machine".to_owned()) }
}

impl World {
    /// The callbacks that are due: for each reservation, their numbers by the order in which they leave.
    fn queues(&self, now: i64) -> BTreeMap<usize, BTreeMap<usize, usize>> {
        let mut queues: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (number, message) in self.messages.iter().enumerate() {
            if message.standing == Standing::Pending && message.due <= now {
                let queue = queues.entry(message.reservation).or_default();
                queue.insert(message.order, number);
            }
        }
        queues
    }

    /// The address to call; one that cannot be made is not tried again.
    fn url_of(&mut self, number: usize, now: i64) -> Option<String> {
        let mut message = self.messages.get(number)?.clone();
        if message.url.is_none() && self.write(&mut message, now).is_none() {
            message.standing = Standing::NotConfigured;
        }
        let url = message.url.clone();
        *self.messages.get_mut(number)? = message;
        url
    }

    /// `[unk]` PROVIDERS §2.5: which replies count. Here 2xx; the pauses between attempts are a setting.
    fn note_attempt(&mut self, number: usize, result: Result<u16, String>, now: i64) {
        let pauses = self.config.callback.retry_after_ms.clone();
        let Some(message) = self.messages.get_mut(number) else {
            return;
        };
        let pause = pauses.get(message.attempts.len()).copied();
        let arrived = result.as_ref().is_ok_and(|status| (200..300).contains(status));
        message.attempts.push(match result {
            Ok(status) => json!({"at": rfc3339(now), "status": status}),
            Err(error) => json!({"at": rfc3339(now), "error": error}),
        });
        (message.standing, message.due) = match pause {
            _ if arrived => (Standing::Delivered, now),
            Some(pause) => (Standing::Pending, now.saturating_add(pause)),
            None => (Standing::GivenUp, now),
        };
    }
}
