use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Bytes;
use bellhop_local::functions::{Activity, Counted, Functions, InvokeError};
use tokio::sync::{Notify, mpsc};

/// Answers once it is let go, and says that it has.
struct Held {
    go: Arc<Notify>,
    finished: mpsc::UnboundedSender<String>,
}

#[async_trait]
impl Functions for Held {
    async fn invoke(&self, name: &str, payload: Bytes) -> Result<Bytes, InvokeError> {
        self.go.notified().await;
        self.finished.send(name.to_owned()).unwrap();
        Ok(payload)
    }
}

#[tokio::test]
async fn an_invocation_goes_on_and_counts_when_its_caller_goes_away() {
    let (go, activity) = (Arc::new(Notify::new()), Activity::default());
    let (finished, mut finishes) = mpsc::unbounded_channel();
    let held = Held { go: go.clone(), finished };
    let counted = Counted::new(Arc::new(held), activity.clone());
    tokio::select! {
        biased;
        answer = counted.invoke("slow", "{}".into()) => panic!("{answer:?}"),
        () = tokio::task::yield_now() => {}
    }
    assert_eq!(activity.running(), 1);
    go.notify_one();
    assert_eq!(finishes.recv().await.as_deref(), Some("slow"));
    activity.watch().wait_for(|running| *running == 0).await.unwrap();
}
