//! The passing of time in a simulator.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

/// Rounds of one tick: a step can make another one due.
const ROUNDS: usize = 20;

/// Something that has things to do when time has passed.
pub trait Timed: Send + Sync + 'static {
    /// Does what has become due and says how much that was.
    fn sweep(&self) -> usize;
    /// Sends the messages that are due and says how many attempts were made.
    fn send(self: Arc<Self>) -> impl Future<Output = usize> + Send;
}

/// Does everything that has become due and sends the messages of it. Returns changes and attempts made.
pub async fn tick(app: &Arc<impl Timed>) -> (usize, usize) {
    let mut total = (0, 0);
    for _ in 0..ROUNDS {
        let changed = app.sweep();
        let attempts = Arc::clone(app).send().await;
        total = (total.0 + changed, total.1 + attempts);
        if changed == 0 && attempts == 0 {
            break;
        }
    }
    total
}

/// Ticks `every` so much real time until the task is ended.
pub fn ticking(app: Arc<impl Timed>, every: Duration) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(every).await;
            tick(&app).await;
        }
    })
}
