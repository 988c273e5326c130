//! Recurring payments, only as far as the Idempotency-Key needs them.
//!
//! `[code]` PROVIDERS §3.6, `ChargesApiResource.java:174,236`: the key counts for `authorisation_mode=agreement` alone.

use serde::{Deserialize, Serialize};

use super::errors::ApiError;
use super::state::State;
use super::world::World;

/// A create request that answers the same when it is sent again.
#[derive(Deserialize, Serialize)]
pub struct Repeatable {
    pub account: usize,
    pub key: String,
    pub body: Vec<u8>,
    /// Where the payment stands in the list.
    pub made: usize,
}

impl World {
    /// The payment that this key made before, if the body is the same; 409 P0191 if it is not.
    pub fn repeated(&self, account: usize, key: &str, body: &[u8]) -> Result<Option<usize>, ApiError> {
        match self.repeatable.iter().find(|first| first.account == account && first.key == key) {
            None => Ok(None),
            Some(first) if first.body == body => Ok(Some(first.made)),
            Some(_) => Err(ApiError::new(
                409,
                "P0191",
                "The Idempotency-Key you sent in the request header has already been used to create a payment.",
            )),
        }
    }

    /// The stored card is charged without a payer. `[inf]` The steps between are not shown.
    pub fn charge_agreement(&mut self, at: usize, now: i64) {
        for next in [State::Started, State::Submitted, State::Success] {
            self.enter(at, next, now);
        }
    }
}
