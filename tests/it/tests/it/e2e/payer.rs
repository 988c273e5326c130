//! A payer with a browser that does what links and forms say, and keeps cookies.

use super::world::World;
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;

pub const PAYS: &str = "4242424242424242";
pub const DECLINED: &str = "4000000000000002";

/// A payer.
pub struct Payer<'w> {
    http: &'w Client,
    cookies: BTreeMap<String, String>,
    /// Where the payer is.
    pub at: String,
    /// What the payer sees.
    pub page: String,
    /// The status of what the payer sees.
    pub status: StatusCode,
}

impl<'w> Payer<'w> {
    pub fn of(world: &'w World) -> Self {
        Self {
            http: &world.http,
            cookies: BTreeMap::new(),
            at: String::new(),
            page: String::new(),
            status: StatusCode::OK,
        }
    }

    /// Opens the payer's link and ends on the provider's page, or wherever it leads.
    pub async fn open(&mut self, session: &Value) {
        self.go(session["pay_url"].as_str().expect("a pay_url")).await;
    }

    /// Enters a card; a good one leads on to the confirmation.
    pub async fn enter_card(&mut self, number: &str) {
        let form = [
            ("cardNo", number),
            ("expiryMonth", "12"),
            ("expiryYear", "30"),
            ("cvc", "123"),
            ("cardholderName", "Ada Payer"),
            ("addressLine1", "1 Harbour Street"),
            ("addressCity", "London"),
            ("addressPostcode", "SW1A 1AA"),
            ("addressCountry", "GB"),
        ];
        self.submit(&self.at.clone(), &form).await;
    }

    /// Pays on Front's page, and comes back to our landing.
    pub async fn pay_at_front(&mut self, number: &str) {
        self.send_short_card(number, ("via", "visa")).await;
    }

    /// Pays on Mews' page: comes back to our landing, or stays where the card is refused or questioned.
    pub async fn pay_at_mews(&mut self, number: &str) {
        self.send_short_card(number, ("answer", "pay")).await;
    }

    async fn send_short_card(&mut self, number: &str, last: (&str, &str)) {
        let card = [("cardNumber", number), ("expiryMonth", "12"), ("expiryYear", "30"), ("cvc", "123")];
        let form = [&card[..], &[("cardholderName", "Ada Payer"), last]].concat();
        self.submit(&self.at.clone(), &form).await;
    }

    /// Confirms, and comes back to our landing.
    pub async fn confirm(&mut self) {
        let form = self.at.trim_end_matches("/confirm").to_owned() + "/confirm";
        self.submit(&form, &[]).await;
    }

    /// Cancels on the provider's page.
    pub async fn cancel(&mut self) {
        let form = self.at.trim_end_matches("/confirm").to_owned() + "/cancel";
        self.submit(&form, &[]).await;
    }

    /// Pays from the link to the landing.
    pub async fn pay(&mut self, session: &Value) {
        self.open(session).await;
        self.enter_card(PAYS).await;
        self.confirm().await;
    }

    /// Presses "Try again" on our landing, and opens the next payment page.
    pub async fn try_again(&mut self) {
        let landing = self.at.clone();
        self.submit(&format!("{landing}/retry"), &[]).await;
        let pay = landing.replace("/return/", "/pay/");
        assert!(self.page.contains(&pay), "the page leads on to {pay}");
        self.go(&pay).await;
    }

    /// Whether the payer sees a text.
    pub fn sees(&self, text: &str) -> bool {
        self.page.contains(text)
    }

    pub async fn go(&mut self, url: &str) {
        let answer = self.http.get(url).header("cookie", self.cookie()).send().await.expect("an answer");
        self.follow(url.to_owned(), answer).await;
    }

    async fn submit(&mut self, url: &str, form: &[(&str, &str)]) {
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let call = self.http.post(url).header("cookie", self.cookie());
        let call = call.header("content-type", "application/x-www-form-urlencoded").body(body);
        let answer = call.send().await.expect("an answer");
        self.follow(url.to_owned(), answer).await;
    }

    async fn follow(&mut self, mut url: String, mut answer: Response) {
        for _ in 0..10 {
            self.keep_cookies(&answer);
            let Some(to) = answer.headers().get("location").cloned() else {
                break;
            };
            let base = url::Url::parse(&url).expect("a URL");
            url = base.join(to.to_str().expect("a location")).expect("a location").to_string();
            answer = self.http.get(&url).header("cookie", self.cookie()).send().await.expect("an answer");
        }
        (self.at, self.status) = (url, answer.status());
        self.page = answer.text().await.expect("a page");
    }

    fn keep_cookies(&mut self, answer: &Response) {
        for header in answer.headers().get_all("set-cookie") {
            let text = header.to_str().expect("a cookie");
            let pair = text.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn cookie(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }
}
