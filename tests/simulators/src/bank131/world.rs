//! Everything the simulator knows.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::call_log::CallLog;
use super::config::Config;
use super::payment::Payment;
use super::session::Session;
use super::wish::Wish;
use super::words::Version;
use crate::clock::Clock;
use crate::driver::Driven;
use crate::faults::Faults;
use crate::keep::{Keep, Watched};
use crate::outbound::Post;
use crate::outbox::{Outbox, Standing};
use crate::pem::{PrivateKey, PublicKey};
use crate::room::{Remembering, Room};

/// The first number of a session; they count up. `[doc]` the documented example: `ps_3230`.
const FIRST_SESSION: usize = 3230;
/// `[SG]` PROVIDERS §5.5: at most 15 minutes apart, and no more after 30 minutes. That each pause is twice the one
/// before is `[inf]` "at growing intervals".
const PAUSES_MS: [i64; 5] = [60_000, 120_000, 240_000, 480_000, 900_000];

/// What handlers share.
pub type App = Room<World>;

/// The simulator's memory.
pub struct World {
    /// Where the API, the widget and the pages answer.
    pub base_url: String,
    pub config: Config,
    pub partner_key: PublicKey,
    pub bank_key: PrivateKey,
    pub sessions: Watched<Vec<Session>>,
    pub letters: Watched<Outbox>,
    /// Idempotency keys that were seen. How long the bank remembers them is `[unk]`; here for ever.
    pub used_keys: Watched<Vec<UsedKey>>,
    pub calls: CallLog,
    pub faults: Faults,
}

/// An idempotency key with the call that it came with.
#[derive(Deserialize, Serialize)]
pub struct UsedKey {
    pub key: String,
    pub operation: String,
    /// Calls with this key, the first and the refused ones.
    pub calls: u32,
}

/// What outlives a restart. Faults and the log of calls belong to one run.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Memory<S = Vec<Session>, L = Outbox, K = Vec<UsedKey>> {
    sessions: S,
    letters: L,
    used_keys: K,
}

/// A simulator that answers at `base_url` and remembers what is in its data folder, if it has one.
///
/// # Errors
/// When the data cannot be read or written, or a key is not one.
pub fn app(config: Config, base_url: String) -> io::Result<Arc<App>> {
    let clock = Clock::new(config.clock_file.clone());
    let keep = config.data.as_deref().map(|dir| Keep::open(dir, "bank131")).transpose()?;
    let memory = keep.as_ref().map(Keep::read::<Memory>).transpose()?.flatten();
    let world = World::new(config, base_url, memory.unwrap_or_default())?;
    Ok(Arc::new(Room::new(clock, world, keep)?))
}

impl Remembering for World {
    fn is_changed(&self) -> bool {
        self.sessions.is_changed() || self.letters.is_changed() || self.used_keys.is_changed()
    }

    fn write(&self, keep: &Keep) -> io::Result<()> {
        let (sessions, letters, used_keys) = (&*self.sessions, &*self.letters, &*self.used_keys);
        keep.write(&Memory { sessions, letters, used_keys })
    }

    fn written(&mut self) {
        self.sessions.written();
        self.letters.written();
        self.used_keys.written();
    }
}

impl Driven for App {
    fn sweep(&self) -> usize {
        self.step(World::sweep)
    }

    fn next_letter(&self) -> Option<usize> {
        self.step(|world, now| world.letters.next_due(now))
    }

    fn prepare(&self, number: usize) -> Option<(Post, Duration)> {
        self.step(|world, _| world.prepare(number))
    }

    /// `[doc]` PROVIDERS §5.5: exactly 200 counts.
    fn note_attempt(&self, number: usize, result: &Result<u16, String>) {
        let delivered = matches!(result, Ok(200));
        self.step(|world, now| world.letters.note(number, (result, delivered), &PAUSES_MS, now));
    }

    fn turn(&self) -> &tokio::sync::Mutex<()> {
        &self.sending
    }
}

impl World {
    fn new(config: Config, base_url: String, memory: Memory) -> io::Result<Self> {
        Ok(Self {
            base_url,
            partner_key: config.project.partner_key()?,
            bank_key: config.project.bank_key()?,
            config,
            sessions: Watched::new(memory.sessions),
            letters: Watched::new(memory.letters),
            used_keys: Watched::new(memory.used_keys),
            calls: CallLog::default(),
            faults: Faults::default(),
        })
    }

    /// Adds a session and says where it stands in the list.
    pub fn open(&mut self, version: Version, wish: Wish, now: i64) -> usize {
        let at = self.sessions.len();
        let id = format!("ps_{}", FIRST_SESSION + at);
        self.sessions.push(Session::new(id, version, wish, now));
        at
    }

    /// Where the session with this id stands, or the one whose payment has it.
    pub fn find(&self, id: &str) -> Option<usize> {
        let is_payment = |session: &Session| session.payment.as_ref().is_some_and(|payment| payment.id == id);
        self.sessions.iter().position(|session| session.id == id || is_payment(session))
    }

    /// The payment of a session.
    pub fn payment(&self, at: usize) -> Option<&Payment> {
        self.sessions.get(at)?.payment.as_ref()
    }

    /// Signs a letter with the key of now.
    fn prepare(&mut self, number: usize) -> Option<(Post, Duration)> {
        let Some(webhook) = self.config.project.webhook.clone() else {
            self.letters.get_mut(number)?.standing = Standing::NotConfigured;
            return None;
        };
        let (body, signature) = self.sealed(self.letters.get(number)?);
        self.letters.get_mut(number)?.signature.clone_from(&signature);
        let headers = vec![("X-PARTNER-SIGN", signature)];
        let limit = Duration::from_millis(self.config.project.webhook_timeout_ms);
        Some((Post { url: webhook.url, headers, body }, limit))
    }
}
