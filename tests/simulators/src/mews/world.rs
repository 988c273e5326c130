//! Everything the simulator knows, behind one lock that is never held across an await.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::config::Config;
use super::group::{Group, PaymentRequest};
use super::message::{Event, Message};
use super::rate::Rate;
use crate::call_log::CallLog;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::keep::{Keep, Watched};
use crate::ticks::Timed;

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
    pub config: Config,
    pub book: Watched<Book>,
    pub calls: CallLog,
    pub rate: Rate,
    pub faults: Faults,
}

/// What outlives a restart. Faults and the log of calls belong to one run.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    pub groups: Vec<Group>,
    /// Events that are not yet in a message.
    pub events: Vec<Event>,
    pub messages: Vec<Message>,
    /// The last confirmation number.
    pub last_number: u64,
}

/// Where a payment request stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub group: usize,
    pub request: usize,
}

impl App {
    /// A simulator that remembers what is in its data folder, if it has one.
    ///
    /// # Errors
    /// When the data cannot be read or written.
    pub fn new(config: Config) -> io::Result<Arc<Self>> {
        let clock = Clock::new(config.clock_file.clone());
        let keep = config.data.as_deref().map(|dir| Keep::open(dir, "mews")).transpose()?;
        let book = keep.as_ref().map(Keep::read::<Book>).transpose()?.flatten().unwrap_or_default();
        if let Some(keep) = &keep {
            keep.write(&book)?;
        }
        let world = World {
            config,
            book: Watched::new(book),
            calls: CallLog::default(),
            rate: Rate::default(),
            faults: Faults::default(),
        };
        Ok(Arc::new(Self { clock, world: Mutex::new(world), keep, sending: tokio::sync::Mutex::new(()) }))
    }

    /// Does one step: `act` gets the world and the time of the clock. What it changed is kept before this returns,
    /// so that no answer leaves that a restart would deny. What cannot be written is tried again at the next step.
    pub fn step<T>(&self, act: impl FnOnce(&mut World, i64) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let result = act(&mut world, now);
        if let Some(keep) = self.keep.as_ref().filter(|_| world.book.is_changed()) {
            match keep.write(&*world.book) {
                Ok(()) => world.book.written(),
                Err(error) => eprintln!("{error}"),
            }
        }
        result
    }
}

impl Timed for App {
    fn sweep(&self) -> usize {
        self.step(World::sweep)
    }

    async fn send(self: Arc<Self>) -> usize {
        self.send_due().await
    }
}

impl World {
    /// The group with this id.
    pub fn find_group(&self, id: &str) -> Option<usize> {
        self.book.groups.iter().position(|group| group.id == id)
    }

    /// The payment request with this id.
    pub fn find_request(&self, id: &str) -> Option<Place> {
        self.book.groups.iter().enumerate().find_map(|(group, found)| {
            let request = found.requests.iter().position(|request| request.id == id)?;
            Some(Place { group, request })
        })
    }

    /// The payment with this id: its group, and its number there.
    pub fn find_payment(&self, id: &str) -> Option<(usize, usize)> {
        self.book.groups.iter().enumerate().find_map(|(group, found)| {
            let number = found.payments.iter().position(|payment| payment.id == id)?;
            Some((group, number))
        })
    }

    /// The request at a place.
    pub fn request(&self, place: Place) -> Option<&PaymentRequest> {
        self.book.groups.get(place.group)?.requests.get(place.request)
    }
}
