//! The one movable clock: queues, schedules and simulators of the local stack read it, tests move it.

use std::fmt::{Display, Formatter};
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// A clock that runs with real time plus an offset, or stands still until it is moved.
///
/// Clones share one time. Where a file is given, every change is written to it before anyone
/// can read the new time here, so a process that reads the file is never behind this one.
#[derive(Clone, Debug)]
pub struct Clock {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    mode: Mutex<Mode>,
    file: Option<PathBuf>,
    moved: watch::Sender<()>,
}

/// What the clock file says: `offset <milliseconds>` or `frozen <epoch milliseconds>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Offset(i64),
    Frozen(i64),
}

impl Clock {
    /// A clock that runs with real time.
    ///
    /// # Errors
    /// When `file` is given and cannot be written.
    pub fn real(file: Option<PathBuf>) -> Result<Self> {
        Self::start(Mode::Offset(0), file)
    }

    /// A clock that stands at `at_ms`, milliseconds since the epoch, until it is moved.
    ///
    /// # Errors
    /// When `file` is given and cannot be written.
    pub fn frozen(at_ms: i64, file: Option<PathBuf>) -> Result<Self> {
        Self::start(Mode::Frozen(at_ms), file)
    }

    /// Goes on from what `file` says; an absent file means real time.
    ///
    /// # Errors
    /// When the file holds anything but one clock line, or cannot be read or written.
    pub fn open(file: PathBuf) -> Result<Self> {
        let mode = match std::fs::read_to_string(&file) {
            Ok(text) => Mode::parse(&text)?,
            Err(error) if error.kind() == ErrorKind::NotFound => Mode::Offset(0),
            Err(error) => return Err(error),
        };
        Self::start(mode, Some(file))
    }

    fn start(mode: Mode, file: Option<PathBuf>) -> Result<Self> {
        if let Some(file) = &file {
            write(file, mode)?;
        }
        let inner = Inner { mode: Mutex::new(mode), file, moved: watch::Sender::new(()) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The time now, in milliseconds since the epoch.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.mode().now()
    }

    /// Moves the clock forward by `step`, in whole milliseconds.
    ///
    /// # Errors
    /// When the clock file cannot be written; the time is then unchanged.
    pub fn advance(&self, step: Duration) -> Result<()> {
        let step = i64::try_from(step.as_millis()).unwrap_or(i64::MAX);
        self.change(|mode| mode.plus(step))
    }

    /// Moves the clock to `at_ms`, milliseconds since the epoch, forward or back.
    ///
    /// # Errors
    /// When the clock file cannot be written; the time is then unchanged.
    pub fn set(&self, at_ms: i64) -> Result<()> {
        self.change(|mode| mode.plus(at_ms.saturating_sub(mode.now())))
    }

    /// Resolves once the time is `at_ms` or later, whether time passed or the clock was moved.
    ///
    /// On a frozen clock only a move ends the wait.
    pub async fn sleep_until(&self, at_ms: i64) {
        // Subscribed before the first look, so that a move between look and wait is seen.
        let mut moved = self.inner.moved.subscribe();
        loop {
            let left = at_ms.saturating_sub(self.now_ms());
            let Some(left) = u64::try_from(left).ok().filter(|left| *left > 0) else {
                return;
            };
            tokio::select! {
                _ = moved.changed() => {}
                () = self.real_time(left) => {}
            }
        }
    }

    async fn real_time(&self, milliseconds: u64) {
        let mode = *self.mode();
        match mode {
            Mode::Offset(_) => tokio::time::sleep(Duration::from_millis(milliseconds)).await,
            Mode::Frozen(_) => std::future::pending().await,
        }
    }

    fn change(&self, next: impl FnOnce(Mode) -> Mode) -> Result<()> {
        let mut mode = self.mode();
        let moved = next(*mode);
        if let Some(file) = &self.inner.file {
            write(file, moved)?;
        }
        *mode = moved;
        drop(mode);
        self.inner.moved.send_replace(());
        Ok(())
    }

    fn mode(&self) -> MutexGuard<'_, Mode> {
        self.inner.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mode {
    fn parse(text: &str) -> Result<Self> {
        let number = |text: &str| text.trim().parse().ok();
        let line = text.trim();
        let parsed = match line.split_once(' ') {
            Some(("offset", offset)) => number(offset).map(Self::Offset),
            Some(("frozen", at)) => number(at).map(Self::Frozen),
            _ => None,
        };
        parsed.ok_or_else(|| Error::new(ErrorKind::InvalidData, format!("not a clock line: {line:?}")))
    }

    fn now(self) -> i64 {
        match self {
            Self::Offset(offset) => real_now_ms().saturating_add(offset),
            Self::Frozen(at) => at,
        }
    }

    fn plus(self, step: i64) -> Self {
        match self {
            Self::Offset(offset) => Self::Offset(offset.saturating_add(step)),
            Self::Frozen(at) => Self::Frozen(at.saturating_add(step)),
        }
    }
}

impl Display for Mode {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Offset(offset) => writeln!(out, "offset {offset}"),
            Self::Frozen(at) => writeln!(out, "frozen {at}"),
        }
    }
}

/// Writes beside the file and renames, so that a reader sees the old line or the new one whole.
fn write(file: &Path, mode: Mode) -> Result<()> {
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, mode.to_string())?;
    std::fs::rename(&beside, file)
}

#[expect(clippy::disallowed_methods, reason = "the local stack's one look at real time")]
fn real_now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
