//! What a stack is started with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::functions::Logs;

/// How functions are run.
#[derive(Debug, Clone)]
pub enum FunctionsMode {
    /// Binaries of this folder, named like their packages, behind the stack's
    /// own Runtime API.
    Binaries {
        /// Such as `target/debug`.
        dir: PathBuf,
    },
    /// `cargo lambda watch`, which somebody else starts, through its Invoke API.
    CargoLambda {
        /// Such as `http://127.0.0.1:9000`.
        url: String,
    },
}

/// The ports of a stack; 0 means any free one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ports {
    /// The HTTP API.
    pub api: u16,
    /// The table service.
    pub table: u16,
    /// The queue service.
    pub queue: u16,
    /// The stack's own control.
    pub control: u16,
}

/// Everything a stack is started with.
#[derive(Debug, Clone)]
pub struct StackConfig {
    /// The SAM template.
    pub template: PathBuf,
    /// Values for its parameters; the rest take their defaults. `{api_url}` in a
    /// value becomes the HTTP API's address. Allowed patterns are not checked.
    pub parameters: BTreeMap<String, String>,
    /// Where table and queues are kept between runs; none means in memory.
    pub data: Option<PathBuf>,
    /// The clock of queues, schedules and events.
    pub clock: Clock,
    /// The file the clock writes, handed to functions as `BELLHOP_CLOCK_FILE`.
    pub clock_file: Option<PathBuf>,
    /// The secrets file, handed to functions as `BELLHOP_SECRETS_FILE`.
    pub secrets_file: Option<PathBuf>,
    /// How functions are run.
    pub functions: FunctionsMode,
    /// Variables of every function that win over the template's; `{api_url}` as above.
    pub environment: BTreeMap<String, String>,
    /// The ports.
    pub ports: Ports,
    /// Whether schedules run by themselves; they can always be fired.
    pub schedules: bool,
    /// How long, in real time, the stack may take to come to rest.
    pub settle_bound: Duration,
    /// Where functions' lines go.
    pub logs: Logs,
}

impl StackConfig {
    /// A stack in memory, on any ports, with schedules off.
    #[must_use]
    pub fn new(template: impl Into<PathBuf>, clock: Clock, functions: FunctionsMode) -> Self {
        Self {
            template: template.into(),
            parameters: BTreeMap::new(),
            data: None,
            clock,
            clock_file: None,
            secrets_file: None,
            functions,
            environment: BTreeMap::new(),
            ports: Ports::default(),
            schedules: false,
            settle_bound: Duration::from_secs(30),
            logs: Logs::default(),
        }
    }
}
