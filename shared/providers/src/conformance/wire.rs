//! A provider's API on this machine, which answers by method and target and keeps what was asked.

use super::calls::Step;
use crate::test_server::{Act, end, read, reply};
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What one request is answered with.
pub(crate) struct Route {
    pub method: &'static str,
    pub target: String,
    pub act: Act,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub method: String,
    pub target: String,
    /// Head and body.
    pub text: String,
}

impl Asked {
    fn new(text: String) -> Self {
        let mut words = text.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap(), words.next().unwrap());
        Self { method, target, text }
    }

    fn is_for(&self, method: &str, target: &str) -> bool {
        let bare = self.target.split('?').next();
        let (target, held) = target.split_once('#').unwrap_or((target, ""));
        self.method == method
            && (self.target == target || bare == Some(target))
            && (held.is_empty() || self.text.contains(held))
    }
}

/// The server. A request without a route is a stray, and is answered 501.
pub(crate) struct Wire {
    /// Such as `http://127.0.0.1:1234`.
    pub base: String,
    shared: Arc<Shared>,
}

struct Shared {
    routes: Vec<Route>,
    asked: Mutex<Vec<Asked>>,
    silent: Notify,
}

impl Wire {
    pub async fn with(routes: Vec<Route>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared { routes, asked: Mutex::default(), silent: Notify::new() });
        let serving = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(Arc::clone(&serving), stream));
            }
        });
        Self { base, shared }
    }

    /// Everything asked so far.
    pub fn all(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// What was asked without a route.
    pub fn strays(&self) -> Vec<Asked> {
        let routes = &self.shared.routes;
        let stray = |one: &Asked| !routes.iter().any(|r| one.is_for(r.method, &r.target));
        self.all().into_iter().filter(stray).collect()
    }

    /// The requests for `step`.
    pub fn asked(&self, step: &Step) -> Vec<Asked> {
        let all = self.all().into_iter();
        all.filter(|one| one.is_for(step.method, &step.target)).collect()
    }

    /// Until a request meets [`Act::Hang`].
    pub async fn went_silent(&self) {
        self.shared.silent.notified().await;
    }
}

async fn serve(shared: Arc<Shared>, mut stream: TcpStream) {
    let asked = Asked::new(read(&mut stream).await);
    let mut routes = shared.routes.iter();
    let route = routes.find(|route| asked.is_for(route.method, &route.target));
    let unknown = Act::Answer(b"HTTP/1.1 501 Not Scripted\r\nconnection: close\r\n\r\n".to_vec());
    let act = route.map_or(unknown, |route| route.act.clone());
    shared.asked.lock().unwrap().push(asked);
    // A client that has read enough hangs up.
    reply(&mut stream, &act).await.unwrap_or_default();
    if matches!(act, Act::Hang(_)) {
        shared.silent.notify_one();
    }
    end(stream, &act).await;
}
