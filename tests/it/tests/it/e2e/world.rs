//! One running service with a merchant, for one test.

use super::simulator::Simulator;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, KeyRecord, Merchant, Mode};
use bellhop_domain::api_key::ApiKey;
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::provider::ProviderName;
use bellhop_domain::service_key::ServiceKeys;
use bellhop_domain::store::Directory;
use bellhop_domain::text::Origin;
use bellhop_local::clock::Clock;
use bellhop_local::{FunctionsMode, Stack, StackConfig};
use bellhop_simulators::govuk_pay::Config;
use bellhop_store::dynamodb::DynamoStore;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Where every test's clock stands at first: 2026-11-20 12:00 UTC.
pub const NOON_MS: i64 = 1_795_176_000_000;

/// The booking site of every test. Nobody listens there: the payer's browser would go to it.
pub const SITE: &str = "http://localhost:4999";

const SERVICE_KEY: [u8; 32] = [7; 32];
/// What the simulator signs its webhooks with.
pub const WEBHOOK_SECRET: &str = "webhook_test_of_the_simulator";

/// The service, the simulator, a merchant and its key.
pub struct World {
    pub stack: Stack,
    pub simulator: Simulator,
    pub http: Client,
    pub merchant: MerchantId,
    pub key: String,
    dir: PathBuf,
}

impl World {
    /// Starts everything on ports of its own.
    pub async fn start() -> Self {
        Self::with(Config::default()).await
    }

    /// Starts everything, with the function binaries of `dir`.
    pub async fn with_functions(dir: PathBuf) -> Self {
        Self::from_parts(Config::default(), dir).await
    }

    /// Starts everything, with a simulator that behaves as `config` says.
    pub async fn with(config: Config) -> Self {
        Self::from_parts(config, binaries("debug")).await
    }

    async fn from_parts(config: Config, functions: PathBuf) -> Self {
        let dir = scratch_dir();
        let clock_file = dir.join("clock");
        let clock = Clock::frozen(NOON_MS, Some(clock_file.clone())).expect("the clock file can be written");
        let secrets_file = dir.join("secrets.json");
        std::fs::write(&secrets_file, secrets().to_string()).expect("the secrets file can be written");
        let http = client();
        let simulator = Simulator::start(config, &clock_file, http.clone()).await;
        let mut config =
            StackConfig::new(root().join("template.yaml"), clock, FunctionsMode::Binaries { dir: functions });
        config.parameters.insert("PublicUrl".into(), "{api_url}".into());
        config.clock_file = Some(clock_file);
        config.secrets_file = Some(secrets_file);
        let stack = Stack::start(config).await.expect("the stack starts");
        let hook = format!("{}/webhooks/govuk_pay/harbour", stack.api_url());
        simulator.send_webhooks_to(&hook, WEBHOOK_SECRET).await;
        let directory = directory(&stack);
        let (merchant, key) = add_merchant(&directory, ("harbour", SITE), simulator.base_url()).await;
        Self { stack, simulator, http, merchant, key, dir }
    }

    /// Another merchant with an account of its own at the same simulator; its id and key.
    pub async fn add_merchant(&self, account: &str, origin: &str) -> (MerchantId, String) {
        add_merchant(&directory(&self.stack), (account, origin), self.simulator.base_url()).await
    }

    /// The file that the clock writes, for another simulator to follow.
    pub fn clock_file(&self) -> PathBuf {
        self.dir.join("clock")
    }

    /// Stops everything; a test that fails leaves that to the process's end.
    pub async fn stop(self) {
        self.stack.stop().await.expect("the stack stops");
        let _ = std::fs::remove_dir_all(&self.dir);
    }

    /// A call to the API with the merchant's key.
    pub fn call(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().expect("a method");
        self.http.request(method, format!("{}{path}", self.stack.api_url())).bearer_auth(&self.key)
    }

    /// Opens a session.
    pub async fn create(&self, idempotency_key: &str, body: &Value) -> Response {
        let call = self.call("POST", "/v1/sessions").header("idempotency-key", idempotency_key);
        call.json(body).send().await.expect("the API answers")
    }

    /// Opens a session for a booking and expects it to be there.
    pub async fn open(&self, reference: &str) -> Value {
        let answer = self.create(reference, &booking(reference)).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json().await.expect("a session")
    }

    /// A session as the API shows it now, with its history.
    pub async fn session(&self, session: &Value) -> Value {
        let id = session["id"].as_str().expect("an id");
        let answer = self.call("GET", &format!("/v1/sessions/{id}?expand=attempts,events")).send().await;
        answer.expect("the API answers").json().await.expect("a session")
    }

    /// Delivers what the provider has to send and lets the queue run empty.
    pub async fn rest(&self) {
        self.simulator.tick().await;
        self.stack.settle().await.expect("the stack comes to rest");
    }

    /// Moves the clock, lets the provider do what became due, and runs the schedule once.
    pub async fn pass(&self, minutes: u64) {
        self.stack.advance(Duration::from_secs(minutes * 60)).await.expect("the clock moves");
        self.rest().await;
        self.stack.fire_schedule("reconcile").await.expect("reconcile runs");
        self.rest().await;
    }
}

/// A create request for a booking.
pub fn booking(reference: &str) -> Value {
    json!({
        "provider": "govuk_pay",
        "amount": {"value": 14_500, "currency": "GBP"},
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
    })
}

/// A client that follows no redirect and trusts nobody: everything is plain HTTP on this machine.
pub fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
}

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project's folder")
}

/// Where cargo puts binaries of a profile.
pub fn binaries(profile: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("this test's binary");
    let target = tests.ancestors().nth(3).expect("target/PROFILE/deps/it-HASH");
    target.join(profile)
}

/// A folder of this test's own.
pub fn scratch_dir() -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = format!("bellhop-it-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let dir = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    dir
}

/// The installation's own key.
pub fn service_keys() -> ServiceKeys {
    ServiceKeys::new(&SERVICE_KEY, None)
}

fn secrets() -> Value {
    let account = json!({"api_key": "api_test_simulator", "webhook_secrets": [WEBHOOK_SECRET]});
    json!({
        "bellhop/test/service": {"current": data_encoding::HEXLOWER.encode(&SERVICE_KEY)},
        "bellhop/test/harbour": account,
        "bellhop/test/hilltop": account,
        "bellhop/test/front": {
            "api_key": "frontgo_simulator_token", "webhook_secrets": ["frontgo_simulator_secret"],
        },
        "bellhop/test/bank": {"client_id": "simulator", "client_secret": "simulator-secret", "webhook_secrets": []},
    })
}

/// The stack's table, as the command line would open it.
pub fn directory(stack: &Stack) -> DynamoStore {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-2"))
        .credentials_provider(Credentials::new("local", "local", None, None, "test"))
        .endpoint_url(stack.table_endpoint())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    DynamoStore::new(aws_sdk_dynamodb::Client::from_conf(config), stack.table_name().to_owned())
}

async fn add_merchant(
    directory: &DynamoStore,
    (account, origin): (&str, &str),
    base_url: &str,
) -> (MerchantId, String) {
    let now = Timestamp::from_millisecond(NOON_MS).expect("noon");
    let id = MerchantId::generate(now).expect("random bytes");
    let merchant = Merchant {
        id,
        name: account.to_owned(),
        origins: vec![Origin::parse(origin).expect("an origin")],
        accounts: vec![],
        default_provider: Some(ProviderName::GovukPay),
        created_at: now,
    };
    assert!(directory.add_merchant(&merchant).await.expect("the table answers"));
    let at = AccountRef::parse(&format!("govuk_pay/{account}")).expect("an account");
    let Value::Object(settings) = json!({"base_url": base_url}) else { unreachable!("an object") };
    let account = Account { at, merchant: id, mode: Mode::Test, settings, secret_name: account.to_owned() };
    assert!(directory.add_account(&account).await.expect("the table answers"));
    let key = ApiKey::generate(id, Mode::Test).expect("random bytes");
    let record = KeyRecord {
        id: KeyId::generate(now).expect("random bytes"),
        merchant: id,
        mode: Mode::Test,
        hash: key.hash(&service_keys()),
        created_at: now,
        revoked_at: None,
    };
    directory.add_key(&record).await.expect("the table answers");
    (id, key.secret().expose_secret().to_owned())
}
