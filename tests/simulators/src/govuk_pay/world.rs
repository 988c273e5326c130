//! Everything the simulator knows, behind one lock that is never held across an await.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::agreements::Repeatable;
use super::calls::Calls;
use super::config::{Account, Config};
use super::message::Message;
use super::payment::Payment;
use super::validate::Wish;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::keep::{Keep, Kept, Part, Watched, recall};

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
    /// Idempotency keys of agreement payments. `[code]` PROVIDERS §3.6.
    pub repeatable: Watched<Vec<Repeatable>>,
    pub calls: Calls,
    pub faults: Faults,
    /// Whose page a one-time token opens.
    pub by_token: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
}

/// What outlives a restart: written from the lists of the world, read into new ones.
///
/// Faults and the log of calls belong to one run, and the rest follows from the payments.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Memory<P = Vec<Payment>, M = Vec<Message>, R = Vec<Repeatable>> {
    payments: P,
    messages: M,
    repeatable: R,
}

impl App {
    /// A simulator that answers at `base_url` and remembers what is in its data folder, if it has one.
    ///
    /// # Errors
    /// When the data cannot be read or written.
    pub fn new(config: Config, base_url: String) -> io::Result<Arc<Self>> {
        let clock = Clock::new(config.clock_file.clone());
        let (keep, memory) = recall(config.data.as_deref(), "govuk_pay")?;
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
        Memory { payments: &self.payments, messages: &self.messages, repeatable: &self.repeatable }
    }

    fn parts(&mut self) -> Vec<&mut dyn Part> {
        vec![&mut self.payments, &mut self.messages, &mut self.repeatable]
    }
}

impl World {
    fn new(config: Config, base_url: String, memory: Memory) -> Self {
        let places = || memory.payments.iter().enumerate();
        let tokens = places().flat_map(|(at, payment)| payment.tokens.iter().map(move |token| (token, at)));
        Self {
            base_url,
            config,
            calls: Calls::default(),
            faults: Faults::default(),
            by_token: tokens.map(|(token, at)| (token.value.clone(), at)).collect(),
            by_id: places().map(|(at, payment)| (payment.id.clone(), at)).collect(),
            payments: Watched::new(memory.payments),
            messages: Watched::new(memory.messages),
            repeatable: Watched::new(memory.repeatable),
        }
    }

    /// Adds a payment and says where it stands in the list.
    pub fn open(&mut self, account: usize, wish: Wish, now: i64) -> usize {
        let payment = Payment::new(account, wish, now);
        let at = self.payments.len();
        self.by_id.insert(payment.id.clone(), at);
        self.payments.push(payment);
        self.remember(at, now);
        at
    }

    /// Finds a payment, whoever owns it.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Finds a payment of one account: another account's payment is as good as none.
    pub fn find_of(&self, account: usize, id: &str) -> Option<usize> {
        self.find(id).filter(|at| self.payments.get(*at).is_some_and(|payment| payment.account == account))
    }

    /// The account with this number.
    pub fn account(&self, number: usize) -> Account {
        self.config.accounts.get(number).cloned().unwrap_or_default()
    }

    /// Changes a payment and keeps how it looks afterwards. `None` when there is no such payment.
    pub fn change<T>(&mut self, at: usize, now: i64, act: impl FnOnce(&mut Payment) -> T) -> Option<T> {
        let result = self.payments.get_mut(at).map(act);
        self.remember(at, now);
        result
    }

    fn remember(&mut self, at: usize, now: i64) {
        let Some(view) = self.payments.get(at).map(|payment| self.listed(payment)) else {
            return;
        };
        if let Some(payment) = self.payments.get_mut(at) {
            payment.views.push((now, view));
        }
    }

    /// How a payment looked at a time; `None` before it was created.
    pub fn seen_at(payment: &Payment, time: i64) -> Option<&Value> {
        payment.views.iter().rev().find(|(at, _)| *at <= time).map(|(_, view)| view)
    }
}
