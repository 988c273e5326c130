//! Everything the simulator knows, behind one lock that is never held across an await.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::calls::Calls;
use super::config::Config;
use super::message::Message;
use super::payment::Payment;
use super::tokens::Token;
use super::validate::Wish;
use super::visit::Visit;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::keep::{Keep, Kept, Part, Watched, recall};

/// The first `id`; they count up in a domain. `[doc]` PROVIDERS §4.8; the number is that of the documented example.
const FIRST_ID: u64 = 1975;

/// What handlers share.
pub struct App {
    clock: Clock,
    world: Mutex<World>,
    keep: Option<Keep>,
    /// One delivery round at a time: whoever holds this sends what is due.
    pub sending: tokio::sync::Mutex<()>,
}

/// The simulator's memory.
pub struct World {
    /// Where the API and the pages answer.
    pub base_url: String,
    pub config: Config,
    pub payments: Watched<Vec<Payment>>,
    pub messages: Watched<Vec<Message>>,
    /// The last `id_webhook_data`.
    pub last_message_id: u64,
    pub calls: Calls,
    pub faults: Faults,
    /// Service tokens and scoped tokens, by their value.
    pub tokens: Watched<HashMap<String, Token>>,
    /// Openings of the webview, by the name in their address.
    pub visits: Watched<HashMap<String, Visit>>,
}

/// What outlives a restart: written from the world, read into a new one.
///
/// Faults and the log of calls belong to one run. What clients and payers hold does not: tokens and visits.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Memory<P = Vec<Payment>, M = Vec<Message>, T = HashMap<String, Token>, V = HashMap<String, Visit>> {
    payments: P,
    messages: M,
    tokens: T,
    visits: V,
}

impl App {
    /// A simulator that answers at `base_url` and remembers what is in its data folder, if it has one.
    ///
    /// # Errors
    /// When the data cannot be read or written.
    pub fn new(config: Config, base_url: String) -> io::Result<Arc<Self>> {
        let clock = Clock::new(config.clock_file.clone());
        let (keep, memory) = recall(config.data.as_deref(), "powens")?;
        let world = World::new(config, base_url, memory);
        if let Some(keep) = &keep {
            keep.write(&world.memory())?;
        }
        Ok(Arc::new(Self { clock, world: Mutex::new(world), keep, sending: tokio::sync::Mutex::new(()) }))
    }

    /// Does one step: `act` gets the world and the time of the clock. What it changed is kept before this returns,
    /// so that no answer leaves that a restart would deny.
    pub fn step<T>(&self, act: impl FnOnce(&mut World, i64) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let result = act(&mut world, now);
        if let Some(keep) = &self.keep {
            keep.changes_of(&mut *world);
        }
        result
    }
}

impl Kept for World {
    fn memory(&self) -> impl Serialize {
        let (payments, messages) = (&self.payments, &self.messages);
        Memory { payments, messages, tokens: &self.tokens, visits: &self.visits }
    }

    fn parts(&mut self) -> Vec<&mut dyn Part> {
        vec![&mut self.payments, &mut self.messages, &mut self.tokens, &mut self.visits]
    }
}

impl World {
    fn new(config: Config, base_url: String, memory: Memory) -> Self {
        Self {
            base_url,
            config,
            last_message_id: memory.messages.iter().map(|message| message.id).max().unwrap_or_default(),
            payments: Watched::new(memory.payments),
            messages: Watched::new(memory.messages),
            calls: Calls::default(),
            faults: Faults::default(),
            tokens: Watched::new(memory.tokens),
            visits: Watched::new(memory.visits),
        }
    }

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
