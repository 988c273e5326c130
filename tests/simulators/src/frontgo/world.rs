//! Everything the simulator knows, behind one lock that is never held across an await.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::calls::Calls;
use super::config::Config;
use super::envelope::Refusal;
use super::events::Event;
use super::message::Message;
use super::reservation::Reservation;
use super::validate::Wish;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::keep::{Keep, Kept, Part, Watched, recall};

/// The id of the first product line; the documentation's examples count from about here.
const FIRST_LINE: i64 = 298;

/// What handlers share.
pub struct App {
    clock: Clock,
    world: Mutex<World>,
    keep: Option<Keep>,
    /// One round of callbacks at a time: whoever holds this sends what is due.
    pub sending: tokio::sync::Mutex<()>,
}

/// The simulator's memory.
pub struct World {
    /// Where the API and the pages answer.
    pub base_url: String,
    pub config: Config,
    pub reservations: Watched<Vec<Reservation>>,
    pub events: Watched<Vec<Event>>,
    pub messages: Watched<Vec<Message>>,
    pub calls: Calls,
    pub faults: Faults,
    /// The id of the next product line.
    pub next_line: i64,
    by_uuid: HashMap<String, usize>,
    by_page: HashMap<String, usize>,
}

/// What outlives a restart: written from the lists of the world, read into new ones.
///
/// Faults and the log of calls belong to one run, and the rest follows from the reservations.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Memory<R = Vec<Reservation>, E = Vec<Event>, M = Vec<Message>> {
    reservations: R,
    events: E,
    messages: M,
}

impl App {
    /// A simulator that answers at `base_url` and remembers what is in its data folder, if it has one.
    ///
    /// # Errors
    /// When the data cannot be read or written.
    pub fn new(config: Config, base_url: String) -> io::Result<Arc<Self>> {
        let clock = Clock::new(config.clock_file.clone());
        let (keep, memory) = recall(config.data.as_deref(), "frontgo")?;
        let world = World::new(config, base_url, memory);
        if let Some(keep) = &keep {
            keep.write(&world.memory())?;
        }
        let sending = tokio::sync::Mutex::new(());
        Ok(Arc::new(Self { clock, world: Mutex::new(world), keep, sending }))
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
        Memory { reservations: &self.reservations, events: &self.events, messages: &self.messages }
    }

    fn parts(&mut self) -> Vec<&mut dyn Part> {
        vec![&mut self.reservations, &mut self.events, &mut self.messages]
    }
}

impl World {
    fn new(config: Config, base_url: String, memory: Memory) -> Self {
        let places = || memory.reservations.iter().enumerate();
        let last_line = places().flat_map(|(_, one)| &one.lines).map(|line| line.id).max();
        Self {
            base_url,
            config,
            calls: Calls::default(),
            faults: Faults::default(),
            next_line: last_line.map_or(FIRST_LINE, |id| id + 1),
            by_uuid: places().map(|(at, one)| (one.uuid.clone(), at)).collect(),
            by_page: places().map(|(at, one)| (one.page.clone(), at)).collect(),
            reservations: Watched::new(memory.reservations),
            events: Watched::new(memory.events),
            messages: Watched::new(memory.messages),
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
