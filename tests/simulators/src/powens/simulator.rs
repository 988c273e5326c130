//! Starting, and the passing of time.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::config::Config;
use super::routes::routes;
use super::world::App;
use crate::server::{Running, listen, serve};

/// Rounds of one tick: a step can make another one due.
const ROUNDS: usize = 20;

/// Powens Pay on this machine.
pub struct Simulator;

impl Simulator {
    /// Starts a simulator whose time passes only when `POST /_tick` says so.
    ///
    /// # Errors
    /// When the port is taken, or the data of an earlier run cannot be read.
    pub async fn start(config: Config) -> io::Result<Running> {
        Ok(start(config).await?.0)
    }

    /// Starts a simulator that also ticks by itself, `every` so much real time.
    ///
    /// # Errors
    /// When the port is taken, or the data of an earlier run cannot be read.
    pub async fn start_ticking(config: Config, every: Duration) -> io::Result<Running> {
        let (running, app) = start(config).await?;
        let ticking = async move {
            loop {
                tokio::time::sleep(every).await;
                app.tick().await;
            }
        };
        Ok(running.with_task(tokio::spawn(ticking)))
    }
}

async fn start(config: Config) -> io::Result<(Running, Arc<App>)> {
    let (listener, base_url) = listen(config.port).await?;
    let app = App::new(config, base_url.clone())?;
    Ok((serve(listener, base_url, routes(&app)), app))
}

impl App {
    /// Does everything that has become due and sends the messages of it. Returns changed payments and attempts made.
    pub async fn tick(self: &Arc<Self>) -> (usize, usize) {
        let mut total = (0, 0);
        for _ in 0..ROUNDS {
            let changed = self.step(|world, now| world.sweep(now));
            let attempts = self.send_due().await;
            total = (total.0 + changed, total.1 + attempts);
            if changed == 0 && attempts == 0 {
                break;
            }
        }
        total
    }
}
