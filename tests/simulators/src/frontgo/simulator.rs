//! Starting, and the passing of time.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::config::Config;
use super::routes::routes;
use super::world::App;
use crate::server::{Running, listen, serve};

/// Rounds of one tick: what is done in one can make something due in the next.
const ROUNDS: usize = 20;

/// Front Payment on this machine.
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
        let mut beat = tokio::time::interval(every);
        let ticking = tokio::spawn(async move {
            loop {
                beat.tick().await;
                app.tick().await;
            }
        });
        Ok(running.with_task(ticking))
    }
}

async fn start(config: Config) -> io::Result<(Running, Arc<App>)> {
    let (listener, base_url) = listen(config.port).await?;
    let app = App::new(config, base_url.clone())?;
    let router = routes(&app);
    Ok((serve(listener, base_url, router), app))
}

impl App {
    /// Does everything that has become due and sends the callbacks of it. Returns changes and attempts made.
    pub async fn tick(self: &Arc<Self>) -> (usize, usize) {
        let (mut changes, mut attempts) = (0, 0);
        for _ in 0..ROUNDS {
            let changed = self.step(|world, now| world.sweep(now));
            let sent = self.send_due().await;
            changes += changed;
            attempts += sent;
            if changed + sent == 0 {
                break;
            }
        }
        (changes, attempts)
    }
}
