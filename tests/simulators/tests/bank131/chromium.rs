//! The widget in a real browser without a window.

use std::process::Stdio;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::embedding::Site;
use crate::stage::{DECLINED_CARD, GET_CARD, GOOD_CARD, POST_CARD, Stage};

const FLAGS: [&str; 7] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
];

/// A browser at a merchant's site.
struct Browser {
    client: Client,
    _driver: Child,
}

impl Browser {
    async fn new() -> Self {
        let (driver, port) = driver().await;
        let options = json!({"goog:chromeOptions": {"args": FLAGS}});
        let capabilities: Capabilities = options.as_object().unwrap().clone();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client =
            builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
        Self { client, _driver: driver }
    }

    /// Fills the card form in the frame and sends it.
    async fn pay(&self, site: &Site, card: &str) {
        self.client.goto(&format!("{}/pay", site.base)).await.unwrap();
        let frame = self.client.wait().for_element(Locator::Css("iframe.smgl-payment-form")).await.unwrap();
        frame.enter_frame().await.unwrap();
        for (field, text) in [
            ("#card-number", card),
            ("#expiration-month", "12"),
            ("#expiration-year", "30"),
            ("#security-code", "123"),
            ("#cardholder-name", "ADA PAYER"),
        ] {
            self.find(field).await.send_keys(text).await.unwrap();
        }
        self.press("#pay").await;
        self.find("#waiting").await;
        self.client.enter_parent_frame().await.unwrap();
    }

    async fn find(&self, css: &str) -> fantoccini::elements::Element {
        let found = self.client.wait().for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    async fn press(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    /// Waits until the whole window shows a page with this heading.
    async fn heading(&self, text: &str) {
        let heading = format!("//h1[contains(., '{text}')]");
        let found = self.client.wait().for_element(Locator::XPath(&heading)).await;
        found.unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

/// A driver on a port of its own choice, which it tells on its first lines.
async fn driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver");
    let driver = driver.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut driver = driver.spawn().expect("chromedriver is on PATH: make test installs it");
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (driver, port.trim_end_matches('.').parse().unwrap());
        }
    }
    panic!("chromedriver ended before it listened");
}

/// A session whose form the site shows.
async fn shown(stage: &Stage, site: &Site) -> String {
    let id = stage.create().await;
    let back = |page: &str| format!("{}/{page}", site.base);
    let widget =
        json!({"session_id": id, "success_return_url": back("paid"), "failure_return_url": back("failed")});
    let token = stage.api("v1/token", json!({"acquiring_widget": widget})).await.json();
    site.show(token["public_token"].as_str().unwrap());
    id
}

#[tokio::test]
async fn a_payer_pays_in_the_widget_on_a_page_with_a_strict_policy() {
    let stage = Stage::new().await;
    let site = Site::of(&stage.base).await;
    let browser = Browser::new().await;
    for (card, secure, end) in [
        (GOOD_CARD, false, "Paid"),
        (DECLINED_CARD, false, "Failed"),
        (GET_CARD, true, "Paid"),
        (POST_CARD, true, "Paid"),
    ] {
        let id = shown(&stage, &site).await;
        browser.pay(&site, card).await;
        stage.session("v2/session/confirm", json!({"session_id": id})).await;
        if secure {
            browser.heading("Confirm the payment at your bank").await;
            browser.press("#approve").await;
        }
        browser.heading(end).await;
        let captured = if end == "Paid" { 10000 } else { 0 };
        assert_eq!(stage.entry(&id).await["captured"], captured, "{card}");
    }
    assert_eq!(
        site.told(),
        ["declined_by_issuer_bank"],
        "onPaymentFail, and nothing that the policy stopped"
    );
    let book = stage.control("GET", "/_ledger", Value::Null).await;
    assert!(!book.body.contains(GOOD_CARD));
    browser.client.close().await.unwrap();
}
