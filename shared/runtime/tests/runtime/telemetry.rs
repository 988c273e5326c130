use crate::serve::{context, event, far};
use bellhop_runtime::answer;
use bellhop_runtime::clock::Clock;
use bellhop_runtime::http::problem::{Code, Problem, reply};
use bellhop_runtime::telemetry::subscriber;
use lambda_http::RequestExt;
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Paper {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Paper {
    fn lines(&self) -> Vec<Value> {
        let bytes = self.0.lock().unwrap();
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
    }
}

/// The lines of a request whose path holds something that nobody may read.
async fn lines_of(route: &str, path: &str) -> Vec<Value> {
    let paper = Paper::default();
    let _guard = tracing::subscriber::set_default(subscriber(LevelFilter::TRACE, paper.clone()));
    let request = event(&json!({
        "routeKey": route, "rawPath": path, "rawQueryString": "q=hunter2",
        "headers": {"x-request-id": "mine", "authorization": "Bearer hunter2"}, "body": "hunter2",
    }));
    let request = request.with_lambda_context(context(far()));
    let handler = async |_| {
        tracing::info!("at work");
        Err(Problem::new(Code::Unavailable).because("no answer"))
    };
    answer(&Clock::real(), reply, &handler, request).await;
    paper.lines()
}

#[tokio::test]
async fn i11_every_line_has_request_id_and_route_and_nothing_of_the_request() {
    for (route, path) in [
        ("GET /pay/{token}", "/pay/hunter2"),
        ("POST /webhooks/{provider}/{account}/{secret}", "/webhooks/mews/harbour/hunter2"),
    ] {
        let lines = lines_of(route, path).await;
        assert_eq!(lines.len(), 2, "{lines:?}");
        for line in &lines {
            assert_eq!(line["span"]["request_id"], "mine");
            assert_eq!(line["span"]["route"], route);
            assert!(!line.to_string().contains("hunter2"));
        }
        assert_eq!(lines[1]["level"], "ERROR");
        assert_eq!(lines[1]["error"], "no answer");
        assert_eq!(lines[1]["code"], "unavailable");
    }
}

#[test]
fn i11_no_setting_lets_the_sdks_own_chatter_through() {
    let paper = Paper::default();
    tracing::subscriber::with_default(subscriber(LevelFilter::TRACE, paper.clone()), || {
        tracing::debug!(target: "aws_smithy_runtime::client", "request with a token");
        tracing::trace!(target: "lambda_runtime::layers", "the event");
        tracing::info!(target: "hyper::client", "connected");
        tracing::warn!(target: "aws_config", "worth knowing");
        tracing::trace!(target: "bellhop_runtime", "ours");
    });
    let kept: Vec<_> = paper.lines().into_iter().map(|line| line["message"].clone()).collect();
    assert_eq!(kept, ["worth knowing", "ours"]);
}

#[test]
fn a_level_keeps_what_is_as_important_or_more() {
    let paper = Paper::default();
    tracing::subscriber::with_default(subscriber(LevelFilter::ERROR, paper.clone()), || {
        tracing::error!("kept");
        tracing::warn!("dropped");
        tracing::warn!(target: "aws_config", "dropped too");
    });
    assert_eq!(paper.lines().len(), 1);
}
