//! Log lines: JSON on standard output, which Lambda keeps. No header, body, token or query in them.

use std::panic::PanicHookInfo;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry;

/// Crates whose lines say nothing of ours at `warn` and above. Below that the SDK and the runtime
/// write whole requests, so no setting lets those through.
const FOREIGN: [&str; 8] = ["aws_", "h2", "hyper", "lambda_", "reqwest", "rustls", "tower", "want"];

/// Starts writing log lines from `level` on, and makes panics log lines too. Only the first call in
/// a process counts.
pub fn start(level: LevelFilter) {
    let subscriber = subscriber(level, std::io::stdout);
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        std::panic::set_hook(Box::new(log_panic));
    }
}

/// What writes the lines: each has the request's id and route from its span.
pub fn subscriber<W>(level: LevelFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(writer);
    registry().with(filter(level)).with(lines)
}

fn filter(level: LevelFilter) -> Targets {
    let foreign = level.min(LevelFilter::from_level(Level::WARN));
    let quiet = FOREIGN.map(|target| (target, foreign));
    Targets::new().with_default(level).with_targets(quiet)
}

/// Where it panicked, and not the message: a message may hold anything.
fn log_panic(info: &PanicHookInfo<'_>) {
    let place = info.location();
    let (file, line) = place.map_or(("", 0), |place| (place.file(), place.line()));
    tracing::error!(file, line, "a panic");
}
