//! A simulator's memory behind one lock that is never held across an await, and kept on disk as it changes.

use std::io;
use std::sync::{Mutex, PoisonError};

use crate::clock::Clock;
use crate::keep::Keep;

/// A memory that knows what of it outlives a restart.
pub trait Remembering {
    /// Whether something that outlives a restart has changed.
    fn is_changed(&self) -> bool;
    /// Writes all of it.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    fn write(&self, keep: &Keep) -> io::Result<()>;
    /// Notes that it was written.
    fn written(&mut self);
}

/// What handlers share.
pub struct Room<W> {
    clock: Clock,
    world: Mutex<W>,
    keep: Option<Keep>,
    /// One delivery round at a time: whoever holds this sends what is due.
    pub sending: tokio::sync::Mutex<()>,
}

impl<W: Remembering> Room<W> {
    /// A room for this world; what it remembers is written at once.
    ///
    /// # Errors
    /// When the data cannot be written.
    pub fn new(clock: Clock, world: W, keep: Option<Keep>) -> io::Result<Self> {
        if let Some(keep) = &keep {
            world.write(keep)?;
        }
        Ok(Self { clock, world: Mutex::new(world), keep, sending: tokio::sync::Mutex::new(()) })
    }

    /// Does one step: `act` gets the world and the time of the clock. What it changed is kept before this returns,
    /// so that no answer leaves that a restart would deny. What cannot be written stays marked as changed: the next
    /// step, or tick, tries again.
    pub fn step<T>(&self, act: impl FnOnce(&mut W, i64) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let result = act(&mut world, now);
        if let Some(keep) = self.keep.as_ref().filter(|_| world.is_changed()) {
            match world.write(keep) {
                Ok(()) => world.written(),
                Err(error) => eprintln!("{error}"),
            }
        }
        result
    }
}
