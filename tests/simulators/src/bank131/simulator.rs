//! Starting.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::config::Config;
use super::routes::routes;
use super::world::{App, app};
use crate::driver::ticking;
use crate::server::{Running, listen, serve};

/// Bank 131 on this machine.
pub struct Simulator;

impl Simulator {
    /// Starts a simulator whose time passes only when `POST /_tick` says so.
    ///
    /// # Errors
    /// When the port is taken, a key is not an RSA key in PEM, or the data cannot be read.
    pub async fn start(config: Config) -> io::Result<Running> {
        Ok(start(config).await?.0)
    }

    /// Starts a simulator that also ticks by itself, `every` so much real time.
    ///
    /// # Errors
    /// As for [`Simulator::start`].
    pub async fn start_ticking(config: Config, every: Duration) -> io::Result<Running> {
        let (running, app) = start(config).await?;
        Ok(ticking(running, app, every))
    }
}

async fn start(config: Config) -> io::Result<(Running, Arc<App>)> {
    let (listener, base_url) = listen(config.port).await?;
    let app = app(config, base_url.clone())?;
    Ok((serve(listener, base_url, routes(&app)), app))
}
