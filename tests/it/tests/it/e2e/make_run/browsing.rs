//! All five ways to pay in a real browser, from the demo's form to what the demo reads in the end.

use super::{ready, start_at, stop};
use crate::e2e::browser::Browser;
use crate::e2e::world::{binaries, client, scratch_dir};
use fantoccini::Locator;
use reqwest::Client;
use serde_json::{Value, json};

/// The first of the run's ports.
const PORT: u16 = 4740;

/// On the card pages that name their fields alike.
const CARD: [(&str, &str); 4] =
    [("#expiryMonth", "12"), ("#expiryYear", "30"), ("#cvc", "123"), ("#cardholderName", "Ada Payer")];

/// A payer at the demo of a whole run.
struct Visitor {
    browser: Browser,
    http: Client,
}

impl Visitor {
    /// Chooses a way to pay and says what it asks; the booking's reference, once the payer has been sent on.
    async fn book(&mut self, provider: &str, answers: &[(&str, &str)], choices: &[&str]) -> String {
        let form = format!("{}/?provider={provider}&room=garden", self.browser.site);
        self.browser.client.goto(&form).await.expect("the demo");
        let reference = self.browser.text("#reference").await;
        for choice in choices {
            self.browser.press(choice).await;
        }
        self.fill(answers).await;
        self.browser.picture(provider).await;
        self.browser.press("#pay").await;
        reference
    }

    async fn fill(&self, answers: &[(&str, &str)]) {
        for (css, text) in answers {
            self.browser.type_into(css, text).await;
        }
    }

    async fn pays_by_card(&mut self, (field, number): (&str, &str), button: &str) {
        self.fill(&[(field, number)]).await;
        self.fill(&CARD).await;
        self.browser.picture("card").await;
        self.browser.press(button).await;
    }

    /// Waits for the page that leads back to the booking, and for whatever the return set going.
    async fn lands(&mut self, reference: &str, simulator: u16) {
        self.browser.text(&format!("a[href*='/stay/{reference}']")).await;
        self.browser.picture("landing").await;
        self.post(simulator, "/_tick", &json!({})).await;
        self.post(1, "/_stack/settle", &json!({})).await;
    }

    async fn post(&self, place: u16, path: &str, body: &Value) {
        let call = self.http.post(format!("http://127.0.0.1:{}{path}", PORT + place)).json(body);
        let answer = call.send().await.expect("it answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap_or_default());
    }

    async fn govuk_pay(&mut self) {
        let reference = self.book("govuk_pay", &[("#name", "Ada Payer")], &[]).await;
        self.browser.enter_card("4242424242424242").await;
        self.browser.press("#confirm").await;
        self.lands(&reference, 4).await;
        self.browser.expect_stay(&reference, "succeeded").await;
    }

    async fn frontgo(&mut self) {
        let payer = [("#name", "Ada Payer"), ("#email", "ada@example.test"), ("#phone", "46567468")];
        let address = [("#street", "Havnegata 1"), ("#postcode", "0150"), ("#city", "Oslo")];
        let reference = self.book("frontgo", &[payer, address].concat(), &[]).await;
        self.browser.expect_heading("Pay by card").await;
        self.pays_by_card(("#cardNumber", "4242424242424242"), "#pay").await;
        self.lands(&reference, 7).await;
        self.browser.expect_stay(&reference, "authorized").await;
    }

    async fn powens(&mut self) {
        let name = [("#first_name", "Ada"), ("#last_name", "Payer")];
        let reference = self.book("powens", &name, &["#transfer-instant"]).await;
        self.browser.press("#continue").await;
        self.browser.press("#approve").await;
        self.lands(&reference, 8).await;
        self.post(1, "/_stack/clock", &json!({"advance_ms": 60_000})).await;
        self.post(8, "/_tick", &json!({})).await;
        self.post(1, "/_stack/settle", &json!({})).await;
        self.browser.expect_stay(&reference, "succeeded").await;
    }

    async fn mews(&mut self) {
        let guest = [("#first_name", "Ada"), ("#last_name", "Payer"), ("#email", "ada@example.test")];
        let reference = self.book("mews", &guest, &[]).await;
        assert_eq!(self.browser.text("#amount").await, "137.00 EUR", "what the garden room costs");
        self.pays_by_card(("#cardNumber", "4111111111111111"), "#pay").await;
        self.lands(&reference, 9).await;
        self.browser.expect_stay(&reference, "succeeded").await;
    }

    async fn bank131(&mut self) {
        let reference = self.book("bank131", &[("#email", "ada@example.test")], &["#hold-manual"]).await;
        let frame = self.browser.client.wait().for_element(Locator::Css("iframe")).await.expect("the form");
        frame.enter_frame().await.expect("the bank's form");
        assert_eq!(self.browser.text("#amount").await, "12900.00 RUB");
        for (css, text) in [
            ("#card-number", "4242424242424242"),
            ("#expiration-month", "12"),
            ("#expiration-year", "30"),
            ("#security-code", "123"),
            ("#cardholder-name", "ADA PAYER"),
        ] {
            self.browser.type_into(css, text).await;
        }
        self.browser.press("#pay").await;
        self.browser.client.enter_parent_frame().await.expect("our page");
        self.lands(&reference, 10).await;
        self.browser.expect_stay(&reference, "authorized").await;
    }
}

#[tokio::test]
async fn a_room_is_paid_in_each_of_the_five_ways() {
    let data = scratch_dir();
    let functions = format!("binaries:{}", binaries("debug").display());
    let (run, mut lines) = start_at(PORT, &data, &["--functions", &functions]);
    ready(&mut lines).await;
    drop(lines);
    let site = format!("http://127.0.0.1:{}", PORT + 5);
    let mut visitor = Visitor { browser: Browser::at(&site, "make-run").await, http: client() };
    visitor.govuk_pay().await;
    visitor.frontgo().await;
    visitor.powens().await;
    visitor.mews().await;
    visitor.bank131().await;
    visitor.browser.close().await;
    stop(run).await;
    let _ = std::fs::remove_dir_all(data);
}
