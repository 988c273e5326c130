//! A payer at our page with the bank's form, in a real browser.

use super::stage::AtBank;
use crate::e2e::browser::Browser;
use crate::e2e::world::SITE;
use fantoccini::Locator;
use serde_json::Value;

/// A payer in a browser.
pub struct Payer {
    pub browser: Browser,
}

impl Payer {
    /// Opens the link, and stands before the form.
    pub async fn with_link(session: &Value, test: &'static str) -> Self {
        let mut payer = Self { browser: Browser::at(SITE, test).await };
        payer.open(session).await;
        payer.browser.expect_heading("Pay by card").await;
        payer
    }

    /// Opens the link, wherever it leads.
    pub async fn open(&mut self, session: &Value) {
        let link = session["pay_url"].as_str().expect("a pay_url");
        self.browser.client.goto(link).await.expect("the payer's link");
    }

    /// Fills in the form in its frame, and presses nothing.
    pub async fn fill_in(&mut self, card: &str) {
        let frame = self.browser.client.wait().for_element(Locator::Css("#form iframe")).await;
        frame.expect("the form's frame").enter_frame().await.expect("the frame");
        assert_eq!(self.browser.text("#amount").await, "145.00 RUB");
        for (css, text) in [
            ("#card-number", card),
            ("#expiration-month", "12"),
            ("#expiration-year", "30"),
            ("#security-code", "123"),
            ("#cardholder-name", "Ada Payer"),
        ] {
            self.browser.type_into(css, text).await;
        }
        self.leave_frame().await;
        self.browser.picture("form").await;
    }

    /// Pays with a card; the frame leads the window on once the bank is done.
    pub async fn type_card(&mut self, at: &AtBank, card: &str) {
        self.fill_in(card).await;
        self.enter_frame().await;
        self.browser.press("#pay").await;
        self.leave_frame().await;
        at.rest().await;
    }

    /// Sends the form as its frame would, and never sees what comes of it.
    pub async fn type_card_and_leave(mut self, at: &AtBank, card: &str) {
        self.fill_in(card).await;
        self.enter_frame().await;
        self.browser.send_and_leave(&at.world, "form").await;
    }

    async fn enter_frame(&self) {
        let frame = self.browser.client.find(Locator::Css("#form iframe")).await;
        frame.expect("the form's frame").enter_frame().await.expect("the frame");
    }

    /// Back to the whole window, whatever has become of the frame.
    async fn leave_frame(&self) {
        let window = self.browser.client.window().await.expect("a window");
        self.browser.client.switch_to_window(window).await.expect("the window");
    }

    /// Sees this heading, and is done.
    pub async fn ends_at(mut self, heading: &str) {
        self.browser.expect_heading(heading).await;
        self.browser.close().await;
    }
}
