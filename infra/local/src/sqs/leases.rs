//! Deliveries of one queue's messages: given out for a time, given back, or done with.

use super::attributes::TWELVE_HOURS;
use super::error::{ErrorKind, SqsError};
use super::fifo;
use super::message::{Message, Standing, Stored};
use super::queue::Queue;
use super::receipt::Receipt;

impl Queue {
    /// Receives up to `max` messages and hides them for `visibility_ms`.
    pub(super) fn take(&mut self, max: usize, visibility_ms: i64, now: i64) -> Vec<Message> {
        let ready = if self.is_fifo() { fifo::ready(&self.messages, now) } else { self.visible(now) };
        ready.into_iter().take(max).filter_map(|index| self.deliver(index, visibility_ms, now)).collect()
    }

    fn visible(&self, now: i64) -> Vec<usize> {
        let all = self.messages.iter().enumerate();
        all.filter(|(_, message)| message.standing(now) == Standing::Visible)
            .map(|(index, _)| index)
            .collect()
    }

    fn deliver(&mut self, index: usize, visibility_ms: i64, now: i64) -> Option<Message> {
        let message = self.messages.get_mut(index)?;
        message.receives += 1;
        message.first_received_at.get_or_insert(now);
        message.received_at = now;
        message.visible_at = now.saturating_add(visibility_ms);
        let receipt = Receipt { queue: self.name.clone(), key: message.key, receive: message.receives };
        Some(message.as_message(receipt.encode()))
    }

    /// Deletes what `handle` names. A message that is gone is no error, and neither is a handle
    /// older than the last receive, which deletes nothing (API reference, `DeleteMessage`). A FIFO
    /// queue refuses a handle whose visibility timeout is over (`ReceiveMessage`).
    pub(super) fn delete(&mut self, handle: &str, now: i64) -> Result<(), SqsError> {
        let receipt = Receipt::decode(handle, &self.name)?;
        let Some(index) = self.messages.iter().position(|message| message.key == receipt.key) else {
            return Ok(());
        };
        let message = &self.messages[index];
        let current = message.receives == receipt.receive;
        if self.is_fifo() && !(current && message.standing(now) == Standing::InFlight) {
            return Err(SqsError::invalid("ReceiptHandle", handle, "The receipt handle has expired."));
        }
        if current {
            self.messages.remove(index);
        }
        Ok(())
    }

    /// Hides a message in flight for `seconds` from now (API reference, `ChangeMessageVisibility`).
    /// That a handle older than the last receive counts as a message that is gone is a guess.
    pub(super) fn change_visibility(&mut self, handle: &str, seconds: i64, now: i64) -> Result<(), SqsError> {
        let receipt = Receipt::decode(handle, &self.name)?;
        let named = |message: &&mut Stored| message.key == receipt.key && message.receives == receipt.receive;
        let Some(message) = self.messages.iter_mut().find(named) else {
            let reason = "Message does not exist or is not available for visibility timeout change.";
            return Err(SqsError::invalid("ReceiptHandle", handle, reason));
        };
        if message.standing(now) != Standing::InFlight {
            return Err(SqsError::new(
                ErrorKind::MessageNotInflight,
                "The message referred to isn't in flight.",
            ));
        }
        let until = now.saturating_add(seconds * 1000);
        if until - message.received_at > TWELVE_HOURS * 1000 {
            let reason = "Total VisibilityTimeout for the message is beyond the limit [43200 seconds].";
            return Err(SqsError::invalid("VisibilityTimeout", seconds, reason));
        }
        message.visible_at = until;
        Ok(())
    }
}
