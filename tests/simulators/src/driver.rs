//! The passing of time and the sending of letters. Nothing waits for time: whoever ticks, or has just made a letter,
//! sends what is due.

use std::sync::Arc;
use std::time::Duration;

use crate::outbound::{Post, post};
use crate::server::Running;

/// Rounds of one tick: a step can make another one due.
const ROUNDS: usize = 20;

/// A simulator that time passes for.
pub trait Driven: Send + Sync + 'static {
    /// Does everything that has become due and says how many payments changed.
    fn sweep(&self) -> usize;
    /// The letter that must leave next, if one is due.
    fn next_letter(&self) -> Option<usize>;
    /// The letter as it is sent now, and how much real time its receiver has; `None` when it is not sent after all.
    fn prepare(&self, number: usize) -> Option<(Post, Duration)>;
    /// Notes what came of it.
    fn note_attempt(&self, number: usize, result: &Result<u16, String>);
    /// One delivery round at a time: whoever holds this sends what is due.
    fn turn(&self) -> &tokio::sync::Mutex<()>;
}

/// Sends everything that is due, in order, and returns how many attempts were made. Waits for a round under way.
pub async fn send_due(app: &impl Driven) -> usize {
    let _turn = app.turn().lock().await;
    let mut attempts = 0;
    while let Some(number) = app.next_letter() {
        if let Some((letter, limit)) = app.prepare(number) {
            let result = post(&letter, limit).await;
            app.note_attempt(number, &result);
            attempts += 1;
        }
    }
    attempts
}

/// Starts sending in the background, if anything is due.
pub fn send_soon(app: &Arc<impl Driven>) {
    if app.next_letter().is_some() {
        let app = Arc::clone(app);
        tokio::spawn(async move { send_due(&*app).await });
    }
}

/// Does everything that has become due and sends the letters of it. Returns changed payments and attempts made.
pub async fn tick(app: &impl Driven) -> (usize, usize) {
    let mut total = (0, 0);
    for _ in 0..ROUNDS {
        let changed = app.sweep();
        let attempts = send_due(app).await;
        total = (total.0 + changed, total.1 + attempts);
        if changed == 0 && attempts == 0 {
            break;
        }
    }
    total
}

/// Ticks by itself, `every` so much real time, until the server is stopped.
pub fn ticking(running: Running, app: Arc<impl Driven>, every: Duration) -> Running {
    let task = tokio::spawn(async move {
        loop {
            tokio::time::sleep(every).await;
            tick(&*app).await;
        }
    });
    running.with_task(task)
}
