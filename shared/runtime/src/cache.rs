//! A small cache that ages by the wall clock: a sandbox may be frozen between two events.

use bellhop_domain::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values that are good for a while.
#[derive(Debug)]
pub struct Cache<K, V> {
    entries: Mutex<HashMap<K, (Timestamp, V)>>,
    life: SignedDuration,
    capacity: usize,
}

impl<K: Eq + Hash + Clone, V: Clone> Cache<K, V> {
    /// A cache of at most `capacity` values, each good for `life`.
    pub fn new(life: SignedDuration, capacity: usize) -> Self {
        Self { entries: Mutex::default(), life, capacity }
    }

    /// The value, while it is good.
    pub fn get(&self, key: &K, now: Timestamp) -> Option<V> {
        self.get_younger(key, now, self.life)
    }

    /// The value, unless it is as old as `age`.
    pub fn get_younger(&self, key: &K, now: Timestamp, age: SignedDuration) -> Option<V> {
        let entries = self.lock();
        let (at, value) = entries.get(key)?;
        is_younger(*at, now, age).then(|| value.clone())
    }

    /// Keeps a value; where there is no room, the oldest goes.
    pub fn put(&self, key: K, value: V, now: Timestamp) {
        let mut entries = self.lock();
        if entries.len() >= self.capacity && !entries.contains_key(&key) {
            let oldest = entries.iter().min_by_key(|(_, (at, _))| *at);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.map(|key| entries.remove(&key));
        }
        entries.insert(key, (now, value));
    }

    /// Forgets a value.
    pub fn remove(&self, key: &K) {
        self.lock().remove(key);
    }

    /// How many values are kept.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A panic elsewhere leaves the map whole: every change is one call.
    fn lock(&self) -> MutexGuard<'_, HashMap<K, (Timestamp, V)>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether something made `at` is younger than `age`. A clock that was set back makes it old.
pub fn is_younger(at: Timestamp, now: Timestamp, age: SignedDuration) -> bool {
    let lived = now.duration_since(at);
    !lived.is_negative() && lived < age
}
