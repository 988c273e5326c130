//! Serving a router on a port of this machine, and stopping it.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::StackError;

/// Long polls do not end by themselves: after this they are cut.
const PATIENCE: Duration = Duration::from_millis(300);

/// A listener of the loopback interface.
///
/// # Errors
/// The port is taken.
pub async fn listen(port: u16) -> Result<TcpListener, StackError> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpListener::bind(address).await.map_err(|source| StackError::Listen { port, source })
}

/// The address of a listener, as `http://127.0.0.1:port`.
#[must_use]
pub fn url_of(listener: &TcpListener) -> String {
    let port = listener.local_addr().map_or(0, |address| address.port());
    format!("http://127.0.0.1:{port}")
}

/// A running server; dropping it cuts it off.
#[derive(Debug)]
pub struct Server {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves the router on the listener.
    #[must_use]
    pub fn start(listener: TcpListener, router: Router) -> Self {
        let url = url_of(&listener);
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let until = async {
                let _ = stopped.await;
            };
            let _ = axum::serve(listener, router).with_graceful_shutdown(until).await;
        });
        Self { url, stop: Some(stop), task }
    }

    /// Where it answers, without a last slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops taking requests, lets those that run finish, and cuts what does not end.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if tokio::time::timeout(PATIENCE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
