//! Everything the simulator knows, behind one lock that is never held across an await.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::calls::Calls;
use super::config::Config;
use super::envelope::Refusal;
use super::events::Event;
use super::message::Message;
use super::reservation::Reservation;
use super::validate::Wish;
use crate::clock::Clock;
use crate::faults::Faults;

/// The id of the first product line; the documentation's examples count from about here.
const FIRST_LINE: i64 = 298;

/// What handlers share.
pub struct App {
    clock: Clock,
    world: Mutex<World>,
    /// One round of callbacks at a time: whoever holds this sends what is due.
    pub sending: tokio::sync::Mutex<()>,
}

/// The simulator's memory.
pub struct World {
    /// Where the API and the pages answer.
    pub base_url: String,
    pub config: Config,
    pub reservations: Vec<Reservation>,
    pub events: Vec<Event>,
    pub messages: Vec<Message>,
    pub calls: Calls,
    pub faults: Faults,
    /// The id of the next product line.
    pub next_line: i64,
    by_uuid: HashMap<String, usize>,
    by_page: HashMap<String, usize>,
}

impl App {
    /// An empty simulator that answers at `base_url`.
    pub fn new(config: Config, base_url: String) -> Arc<Self> {
        let clock = Clock::new(config.clock_file.clone());
        let world = Mutex::new(World::new(config, base_url));
        let sending = tokio::sync::Mutex::new(());
        Arc::new(Self { clock, world, sending })
    }

    /// Does one step: `act` gets the world and the time of the clock.
    pub fn step<T>(&self, act: impl FnOnce(&mut World, i64) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        act(&mut world, now)
    }
}

impl World {
    fn new(config: Config, base_url: String) -> Self {
        Self {
            base_url,
            config,
            reservations: Vec::new(),
            events: Vec::new(),
            messages: Vec::new(),
            calls: Calls::default(),
            faults: Faults::default(),
            next_line: FIRST_LINE,
            by_uuid: HashMap::new(),
            by_page: HashMap::new(),
        }
    }

    /// Adds a reservation and says where it stands in the list.
    pub fn open(&mut self, wish: Wish, now: i64) -> usize {
        let reservation = Reservation::new(wish, self.next_line, now);
        self.next_line = reservation.lines.last().map_or(FIRST_LINE, |line| line.id + 1);
        let at = self.reservations.len();
        self.by_uuid.insert(reservation.uuid.clone(), at);
        self.by_page.insert(reservation.page.clone(), at);
        self.reservations.push(reservation);
        at
    }

    /// Finds a reservation by its id.
    pub fn find(&self, uuid: &str) -> Option<usize> {
        self.by_uuid.get(uuid).copied()
    }

    /// Finds a reservation by its page.
    pub fn find_page(&self, page: &str) -> Option<usize> {
        self.by_page.get(page).copied()
    }

    /// The reservation that a call names.
    ///
    /// # Errors
    /// 404 when there is none.
    pub fn named(&self, uuid: &str) -> Result<(usize, &Reservation), Refusal> {
        let at = self.find(uuid).ok_or_else(Refusal::not_found)?;
        let reservation = self.reservations.get(at);
        reservation.map(|found| (at, found)).ok_or_else(Refusal::not_found)
    }

    /// The address of a reservation's page.
    pub fn page_url(&self, reservation: &Reservation) -> String {
        format!("{}/checkout/{}", self.base_url, reservation.page)
    }
}
