//! A real browser without a window, steered through its driver. It keeps a picture of every page.

use super::world::{World, binaries};
use bellhop_demo::{Settings, Site};
use bellhop_domain::outcome::signing_secret;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

/// A browser at a demo booking site of a merchant of its own.
pub struct Browser {
    pub client: Client,
    pub site: String,
    driver: Child,
    test: &'static str,
    pictures: usize,
}

impl Browser {
    pub async fn at_the_demo(world: &World, test: &'static str) -> Self {
        Self::at(&demo_site(world).await, test).await
    }

    /// A new browser at a site that is there already.
    pub async fn at(site: &str, test: &'static str) -> Self {
        let (driver, port) = driver().await;
        let client = connect(port).await;
        client.set_window_size(1000, 900).await.expect("a window");
        Self { client, site: site.to_owned(), driver, test, pictures: 0 }
    }

    /// Fills the demo's form and presses "Pay": ends on the provider's page. Gives the booking's reference.
    pub async fn book(&mut self) -> String {
        self.client.goto(&self.site).await.expect("the demo");
        let reference = self.text("#reference").await;
        self.type_into("#name", "Ada Payer").await;
        self.picture("book").await;
        self.press("#pay").await;
        reference
    }

    /// Enters a card on the provider's page.
    pub async fn enter_card(&mut self, number: &str) {
        for (field, text) in [
            ("#cardNo", number),
            ("#expiryMonth", "12"),
            ("#expiryYear", "30"),
            ("#cvc", "123"),
            ("#cardholderName", "Ada Payer"),
            ("#addressLine1", "1 Harbour Street"),
            ("#addressCity", "London"),
            ("#addressPostcode", "SW1A 1AA"),
        ] {
            self.type_into(field, text).await;
        }
        self.picture("card").await;
        self.press("#submit-card-details").await;
    }

    /// Fills in a form that asks for a card and no address.
    pub async fn fill_short_card(&mut self, number: &str) {
        for (field, text) in [
            ("#cardNumber", number),
            ("#expiryMonth", "12"),
            ("#expiryYear", "30"),
            ("#cvc", "123"),
            ("#cardholderName", "Ada Payer"),
        ] {
            self.type_into(field, text).await;
        }
        self.picture("card").await;
    }

    pub async fn press(&self, css: &str) {
        let found = self.client.wait().for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}")).click().await.expect("a click");
    }

    /// Sends a form as the page would, and never sees what comes back.
    pub async fn send_and_leave(self, world: &World, css: &str) {
        let form = self.client.wait().for_element(Locator::Css(css)).await.expect("the form");
        let to = form.prop("action").await.expect("a property").expect("where the form goes");
        let fields =
            "return new URLSearchParams(new FormData(document.querySelector(arguments[0]))).toString()";
        let fields = self.client.execute(fields, vec![json!(css)]).await.expect("what was filled in");
        let fields = fields.as_str().expect("a text").to_owned();
        let cookies = self.client.get_all_cookies().await.expect("cookies");
        let cookies: Vec<String> = cookies.iter().map(|c| format!("{}={}", c.name(), c.value())).collect();
        self.close().await;
        let answer = world.http.post(to).header("cookie", cookies.join("; ")).body(fields);
        let answer = answer.header("content-type", "application/x-www-form-urlencoded").send().await;
        assert_eq!(answer.expect("the provider answers").status(), 303);
    }

    pub async fn text(&self, css: &str) -> String {
        let found = self.client.wait().for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}")).text().await.expect("a text")
    }

    /// Waits until a page with this heading is there.
    pub async fn expect_heading(&mut self, heading: &str) {
        let xpath = format!("//h1[contains(., '{heading}')]");
        let found = self.client.wait().for_element(Locator::XPath(&xpath)).await;
        self.picture(heading).await;
        if let Err(error) = found {
            panic!("{heading}: {error}: {}", self.client.source().await.unwrap_or_default());
        }
    }

    /// Reads the booking's status on the demo's own page.
    pub async fn expect_stay(&mut self, reference: &str, status: &str) {
        self.client.goto(&format!("{}/stay/{reference}", self.site)).await.expect("the stay");
        let css = format!("#status[data-status='{status}']");
        let found = self.client.wait().for_element(Locator::Css(&css)).await;
        self.picture(&format!("stay-{status}")).await;
        if let Err(error) = found {
            panic!("{status}: {error}: {}", self.client.source().await.unwrap_or_default());
        }
    }

    /// Keeps what the browser shows in `target/screenshots`.
    pub async fn picture(&mut self, name: &str) {
        self.pictures += 1;
        let name = name.to_lowercase().replace(' ', "-");
        let file = pictures().join(format!("{}-{:02}-{name}.png", self.test, self.pictures));
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(file, picture).expect("the picture can be written");
    }

    /// Closes the browser, as a payer does who leaves.
    pub async fn close(mut self) {
        self.client.close().await.expect("the browser closes");
        self.driver.kill().await.expect("the driver ends");
    }

    pub async fn type_into(&self, css: &str, text: &str) {
        let found = self.client.wait().for_element(Locator::Css(css)).await;
        let field = found.unwrap_or_else(|error| panic!("{css}: {error}"));
        field.clear().await.expect("an empty field");
        field.send_keys(text).await.expect("a filled field");
    }
}

/// The demo on a port of its own, its merchant registered with that origin.
async fn demo_site(world: &World) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let site = format!("http://{}", listener.local_addr().expect("an address"));
    let (merchant, key) = world.add_merchant("hilltop", &site).await;
    let hook = format!("{}/webhooks/govuk_pay/hilltop", world.stack.api_url());
    world.simulator.send_webhooks_to(&hook, super::world::WEBHOOK_SECRET).await;
    let signing = signing_secret(merchant, &super::world::service_keys());
    let mut settings = Settings::new(world.stack.api_url().to_owned(), key.into(), signing);
    settings.public_url.clone_from(&site);
    settings.now = || super::world::NOON_MS / 1000;
    let router = Site::new(settings).expect("the demo's settings").router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    site
}

/// A driver on a port of its own choice, which it tells on its first lines.
async fn driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver");
    let driver = driver.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut driver = driver.spawn().expect("chromedriver is on PATH: make test installs it");
    let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
    while let Some(line) = lines.next_line().await.expect("its output") {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (driver, port.trim_end_matches('.').parse().expect("a port"));
        }
    }
    panic!("chromedriver ended before it listened");
}

async fn connect(port: u16) -> Client {
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ];
    let options = json!({"goog:chromeOptions": {"args": flags}});
    let capabilities: Capabilities = options.as_object().expect("an object").clone();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let connected = builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await;
    connected.expect("a browser")
}

fn pictures() -> PathBuf {
    let dir = binaries("screenshots");
    std::fs::create_dir_all(&dir).expect("a folder for pictures");
    dir
}
