//! Serves a router on 127.0.0.1, and can hang up without an answer, which a framework's own server cannot.

use std::convert::Infallible;
use std::io;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tower_service::Service;

use crate::broken::HangUp;

/// A server that runs until it is stopped or dropped.
pub struct Running {
    /// Where it answers, as `http://127.0.0.1:PORT`, without a final slash.
    pub base_url: String,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Closes the listener and every open connection.
    pub fn stop(self) {
        drop(self);
    }

    /// Ends `task` together with the server.
    pub(crate) fn with_task(mut self, task: JoinHandle<()>) -> Self {
        self.tasks.push(task);
        self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Listens on 127.0.0.1; port 0 takes a free one.
///
/// # Errors
/// When the port is taken.
pub async fn listen(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let address = listener.local_addr()?;
    Ok((listener, format!("http://{address}")))
}

/// Starts answering.
pub fn serve(listener: TcpListener, base_url: String, router: Router) -> Running {
    let accepting = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                connections.spawn(connection(stream, router.clone()));
            }
            while connections.try_join_next().is_some() {}
        }
    });
    Running { base_url, tasks: vec![accepting] }
}

async fn connection(stream: TcpStream, router: Router) {
    let service = service_fn(move |request| {
        let mut router = router.clone();
        async move { answered_or_hung_up(router.call(request).await) }
    });
    // An error here is a client that went away, or one that we hung up on.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// An error from the service makes hyper close the connection without a byte of an answer.
fn answered_or_hung_up(answer: Result<Response<Body>, Infallible>) -> io::Result<Response<Body>> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    match answer.extensions().get::<HangUp>() {
        Some(HangUp) => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
        None => Ok(answer),
    }
}
