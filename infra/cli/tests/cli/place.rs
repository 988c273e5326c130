//! A place where `bellhop` can work: a table of its own, a file of secrets, and the program itself.

use bellhop_local::clock::Clock;
use bellhop_local::{FunctionsMode, Stack, StackConfig};
use bellhop_runtime::aws::{Clients, Limits};
use bellhop_runtime::config::AwsConfig;
use bellhop_store::DynamoStore;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What every secret's name begins with.
pub const PREFIX: &str = "bellhop/here/";

/// A provider's secret that opens for a test account.
pub const PAY_SECRET: &str = r#"{"api_key":"api_test_hush1","webhook_secrets":["webhook_hush2"]}"#;

/// Texts that no run may ever print.
const HUSH: [&str; 3] = ["hush1", "hush2", "hush3"];

pub struct Place {
    stack: Stack,
    dir: PathBuf,
}

/// What a run of the program came to.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Fails unless the run ended so.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Fails unless standard error says all of it.
    #[track_caller]
    pub fn complains(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "no {part:?} in: {}", self.err);
        }
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

impl Place {
    pub async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("bellhop-{}-{number}", std::process::id());
        let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&dir).unwrap();
        let template = concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml");
        let functions = FunctionsMode::Binaries { dir: dir.clone() };
        let mut config = StackConfig::new(template, Clock::real(None).unwrap(), functions);
        config.parameters = [("PublicUrl".to_owned(), "{api_url}".to_owned())].into();
        let stack = Stack::start(config).await.unwrap();
        Self { stack, dir }
    }

    /// A place with its own secret made.
    pub async fn ready() -> Self {
        let place = Self::new().await;
        place.run(&["service", "init"]).ends(0);
        place
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Writes a file that a command may read, and tells its path.
    pub fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.file(name), text).unwrap();
        self.file(name).to_str().unwrap().to_owned()
    }

    pub fn secrets(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.file("secrets.json")).unwrap()).unwrap()
    }

    /// Runs the program with the functions' own variables.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_saying(arguments, "")
    }

    /// The same with something on standard input.
    #[track_caller]
    pub fn run_saying(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = program(arguments);
        command
            .env("BELLHOP_TABLE", self.stack.table_name())
            .env("BELLHOP_SECRETS_PREFIX", PREFIX)
            .env("BELLHOP_SECRETS_FILE", self.file("secrets.json"))
            .env("AWS_ENDPOINT_URL_DYNAMODB", self.stack.table_endpoint());
        finish(command, input)
    }

    pub fn table(&self) -> (&str, &str) {
        (self.stack.table_name(), self.stack.table_endpoint())
    }

    pub fn store(&self) -> DynamoStore {
        let aws = AwsConfig {
            region: "eu-west-2".into(),
            access_key_id: "local".to_owned().into(),
            secret_access_key: "local".to_owned().into(),
            session_token: None,
            dynamodb_endpoint: Some(self.stack.table_endpoint().parse().unwrap()),
            sqs_endpoint: None,
        };
        let clients = Clients::new(&aws, Limits::within(Duration::from_secs(20))).unwrap();
        DynamoStore::new(clients.dynamodb, self.stack.table_name().to_owned())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// A command line's words; no word of it may hold a space.
pub fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// The program without any variable but a credential that nobody may see.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bellhop"));
    command
        .args(arguments)
        .env_clear()
        .env("AWS_SECRET_ACCESS_KEY", "hush3")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[track_caller]
pub fn finish(mut command: Command, input: &str) -> Run {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that reads nothing may be gone already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    for hush in HUSH {
        assert!(!out.contains(hush) && !err.contains(hush), "{out}\n{err}");
    }
    Run { code: output.status.code().unwrap(), out, err }
}
