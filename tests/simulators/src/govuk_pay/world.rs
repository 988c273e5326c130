//! Everything the simulator knows, behind one lock that is never held across an await.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::calls::Calls;
use super::config::{Account, Config};
use super::message::Message;
use super::payment::Payment;
use super::validate::Wish;
use crate::clock::Clock;
use crate::faults::Faults;

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
    pub calls: Calls,
    pub faults: Faults,
    /// Idempotency keys of agreement payments: the body and the payment. `[code]` PROVIDERS §3.6.
    pub idempotency: HashMap<(usize, String), (Vec<u8>, usize)>,
    /// Whose page a one-time token opens.
    pub by_token: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
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
            calls: Calls::default(),
            faults: Faults::default(),
            idempotency: HashMap::new(),
            by_token: HashMap::new(),
            by_id: HashMap::new(),
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
