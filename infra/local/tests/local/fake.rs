//! A fake of the functions: remembers events, answers as the test says.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Bytes;
use bellhop_local::functions::{Functions, InvokeError};
use serde_json::Value;

type Answer = dyn Fn(&str, &Value) -> Result<Value, InvokeError> + Send + Sync;

/// Answers with a closure.
pub struct Fake {
    answer: Box<Answer>,
    events: Mutex<Vec<(String, Value)>>,
}

impl Fake {
    /// A fake that answers with the closure.
    pub fn new(
        answer: impl Fn(&str, &Value) -> Result<Value, InvokeError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { answer: Box::new(answer), events: Mutex::default() })
    }

    /// Every event so far.
    pub fn events(&self) -> Vec<Value> {
        self.events.lock().unwrap().iter().map(|(_, event)| event.clone()).collect()
    }

    /// The names of the functions called so far.
    pub fn names(&self) -> Vec<String> {
        self.events.lock().unwrap().iter().map(|(name, _)| name.clone()).collect()
    }
}

#[async_trait]
impl Functions for Fake {
    async fn invoke(&self, name: &str, payload: Bytes) -> Result<Bytes, InvokeError> {
        let event: Value = serde_json::from_slice(&payload).unwrap();
        let answer = (self.answer)(name, &event);
        self.events.lock().unwrap().push((name.to_owned(), event));
        answer.map(|value| value.to_string().into())
    }
}
