//! Starting.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::config::Config;
use super::routes::routes;
use super::world::App;
use crate::server::{Running, listen, serve};
use crate::ticks::ticking;

/// Mews on this machine: the Distributor API, the payer's pages and the Connector API under one address.
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
        Ok(running.with_task(ticking(app, every)))
    }
}

async fn start(config: Config) -> io::Result<(Running, Arc<App>)> {
    let (listener, base_url) = listen(config.port).await?;
    let app = App::new(config)?;
    Ok((serve(listener, base_url, routes(&app)), app))
}
