//! A browser: cookies, forms, redirects within the simulator.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::http::{Answer, Call, send};

pub const GOOD_CARD: &str = "4242 4242 4242 4242";

/// One browser with its cookies.
#[derive(Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
    /// The last address that was asked for.
    pub at: String,
}

impl Browser {
    /// A browser without a cookie that knows an address.
    pub fn at(url: String) -> Self {
        Self { at: url, cookies: BTreeMap::new() }
    }

    /// Opens the one-time address of a payment.
    pub async fn open(&mut self, payment: &Value) -> Answer {
        let url = payment["_links"]["next_url"]["href"].as_str().expect("a next_url").to_owned();
        self.go("GET", &url, String::new()).await
    }

    /// Sends the card form of the page.
    pub async fn enter_card(&mut self, number: &str) -> Answer {
        let fields = [
            ("cardNo", number),
            ("expiryMonth", "12"),
            ("expiryYear", "2030"),
            ("cardholderName", "Sam Payer"),
            ("cvc", "123"),
            ("addressLine1", "1 High Street"),
            ("addressCity", "London"),
            ("addressPostcode", "AB1 2CD"),
            ("addressCountry", "GB"),
        ];
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let url = self.at.clone();
        self.go("POST", &url, body.join("&")).await
    }

    /// Presses the button of the page's form whose address ends in `name`.
    pub async fn press(&mut self, name: &str) -> Answer {
        let url = format!("{}/{name}", self.at);
        self.go("POST", &url, String::new()).await
    }

    /// Calls, and follows redirects as long as they stay on the simulator.
    pub async fn go(&mut self, method: &str, url: &str, body: String) -> Answer {
        let (mut method, mut url, mut body) = (method.to_owned(), url.to_owned(), body);
        loop {
            let answer = self.call(&method, &url, body).await;
            self.at.clone_from(&url);
            let next = answer.header("location");
            if answer.status != 303 || !next.starts_with('/') {
                return answer;
            }
            url = [&url[..url[7..].find('/').unwrap() + 7], next].concat();
            (method, body) = ("GET".to_owned(), String::new());
        }
    }

    async fn call(&mut self, method: &str, url: &str, body: String) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = vec![
            ("cookie", cookies.join("; ")),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ];
        let answer = send(Call { method, url, headers, body }).await.unwrap();
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        if let Some((name, value)) = cookie.split_once('=') {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}
