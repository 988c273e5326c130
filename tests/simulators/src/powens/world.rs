//! Everything the simulator knows, behind one lock that is never held across an await.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::calls::Calls;
use super::config::Config;
use super::message::Message;
use super::payment::Payment;
use super::tokens::Token;
use super::validate::Wish;
use super::visit::Visit;
use crate::clock::Clock;
use crate::faults::Faults;

/// The first `id`; they count up in a domain. `[doc]` PROVIDERS §4.8; the number is that of the documented example.
const FIRST_ID: u64 = 1975;

/// What handlers share.
pub struct App {
    clock: Clock,
    world: Mutex<World>,
    /// One delivery round at a time: whoever holds this sends what is due.
    pub sending: tokio::sync::Mutex<()>,
}

/// The simulator's memory.
pub struct World {
    /// Where the API and the pages answer.
    pub base_url: String,
    pub config: Config,
    pub payments: Vec<Payment>,
    pub messages: Vec<Message>,
    /// The last `id_webhook_data`.
    pub last_message_id: u64,
    pub calls: Calls,
    pub faults: Faults,
    /// Service tokens and scoped tokens, by their value.
    pub tokens: HashMap<String, Token>,
    /// Openings of the webview, by the name in their address.
    pub visits: HashMap<String, Visit>,
}

impl App {
    /// An empty simulator that answers at `base_url`.
    pub fn new(config: Config, base_url: String) -> Arc<Self> {
        let clock = Clock::new(config.clock_file.clone());
        let world = World {
            base_url,
            config,
            payments: Vec::new(),
            messages: Vec::new(),
            last_message_id: 0,
            calls: Calls::default(),
            faults: Faults::default(),
            tokens: HashMap::new(),
            visits: HashMap::new(),
        };
        Arc::new(Self { clock, world: Mutex::new(world), sending: tokio::sync::Mutex::new(()) })
    }

    /// Does one step: `act` gets the world and the time of the clock.
    pub fn step<T>(&self, act: impl FnOnce(&mut World, i64) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        act(&mut world, now)
    }
}

impl World {
    /// Adds a payment and says where it stands in the list.
    pub fn open(&mut self, wish: Wish, now: i64) -> usize {
        let at = self.payments.len();
        let id = FIRST_ID + u64::try_from(at).unwrap_or_default();
        self.payments.push(Payment::new(id, wish, now));
        at
    }

    /// Where the payment with this id stands in the list.
    pub fn find(&self, id: &str) -> Option<usize> {
        let at = id.parse::<u64>().ok()?.checked_sub(FIRST_ID)?;
        let at = usize::try_from(at).ok()?;
        (at < self.payments.len()).then_some(at)
    }
}
