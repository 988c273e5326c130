//! Faults that a test asks for, one call at a time.

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The call has its effect, then the connection closes without an answer.
    AnswerLostAfterEffect,
    /// An error answer and no effect.
    ErrorBefore,
    /// The effect, then an error answer.
    ErrorAfter,
    /// The effect, then no answer for as long as the caller waits (`"effect": false` for none).
    Timeout,
    /// The effect, then bytes that are not JSON under the status of success.
    Garbage,
    /// The effect, then a web page under the status of success.
    Html,
    /// The effect, then half of the answer.
    Truncated,
    /// 429 and no effect.
    TooManyRequests,
    /// The effect, then the answer one byte at a time.
    SlowDrip,
    /// 401 and no effect.
    Unauthorized,
    /// The connection closes without an effect (`"effect": true` for one).
    Reset,
    /// The effect, then an answer with another amount.
    MismatchAmount,
    /// The effect, then an answer with another reference.
    MismatchReference,
    /// The effect, then a status nobody documented.
    UnknownStatus,
    /// The effect, then fields nobody documented.
    ExtraFields,
    /// Webhook: never sent.
    Lost,
    /// Webhook: sent twice under one id.
    Doubled,
    /// Webhook: sent twice under two ids.
    DoubledNewId,
    /// Webhook: sent after the next one about the same payment.
    Reordered,
    /// Webhook: sent before the create answer leaves.
    Early,
    /// Webhook: a lie with a wrong signature goes ahead of the true one.
    Forged,
    /// Webhook: the true one leaves with its body changed after it was signed. Bank 131 plays it.
    Altered,
    /// Webhook: kept, with the body of that moment, until the faults are cleared.
    Held,
}

impl Kind {
    /// Whether the kind is about webhooks and not about calls.
    pub fn is_about_webhooks(self) -> bool {
        use Kind::{Altered, Doubled, DoubledNewId, Early, Forged, Held, Lost, Reordered};
        matches!(self, Lost | Doubled | DoubledNewId | Reordered | Early | Forged | Altered | Held)
    }

    /// Whether the answer stays whole and only says something else.
    pub fn changes_fields(self) -> bool {
        use Kind::{ExtraFields, MismatchAmount, MismatchReference, UnknownStatus};
        matches!(self, MismatchAmount | MismatchReference | UnknownStatus | ExtraFields)
    }

    /// Whether the call still does its work.
    pub fn has_effect(self) -> bool {
        use Kind::{ErrorBefore, Reset, TooManyRequests, Unauthorized};
        !matches!(self, ErrorBefore | Reset | TooManyRequests | Unauthorized)
    }
}

/// One order to go wrong, as it is posted to `/_faults`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The call it is for, or `webhook`.
    pub operation: String,
    /// What goes wrong.
    pub kind: Kind,
    /// How many calls it spoils; 0 is all of them until the faults are cleared.
    #[serde(default = "once")]
    pub times: u32,
    /// How many calls pass unharmed before it begins.
    #[serde(default)]
    pub skip: u32,
    /// The HTTP status of an error answer.
    #[serde(default)]
    pub status: Option<u16>,
    /// The provider's error code in an error answer.
    #[serde(default)]
    pub code: Option<String>,
    /// Seconds for a `Retry-After` header.
    #[serde(default)]
    pub retry_after: Option<u64>,
    /// Real milliseconds between two bytes of a slow drip.
    #[serde(default)]
    pub delay_ms: Option<u64>,
    /// Whether the call has its effect, where the kind leaves that open.
    #[serde(default)]
    pub effect: Option<bool>,
    /// The event that an early webhook tells.
    #[serde(default)]
    pub event: Option<String>,
}

impl Fault {
    /// Whether the call still does its work.
    pub fn has_effect(&self) -> bool {
        self.effect.unwrap_or_else(|| self.kind.has_effect())
    }
}

fn once() -> u32 {
    1
}

/// The faults that are waiting for their call.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub struct Faults {
    waiting: Vec<Fault>,
}

impl Faults {
    /// Adds one.
    pub fn add(&mut self, fault: Fault) {
        self.waiting.push(fault);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The fault for this call, if one is due: the oldest that fits. Counts it.
    pub fn take(&mut self, operation: &str, fits: impl Fn(Kind) -> bool) -> Option<Fault> {
        let at = self.waiting.iter().position(|fault| fault.operation == operation && fits(fault.kind))?;
        let fault = self.waiting.get_mut(at)?;
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        let taken = fault.clone();
        match fault.times {
            0 => {}
            1 => drop(self.waiting.remove(at)),
            _ => fault.times -= 1,
        }
        Some(taken)
    }
}
