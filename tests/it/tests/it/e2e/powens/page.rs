//! A payer at Powens' page in a real browser.

use super::AtPowens;
use crate::e2e::browser::Browser;
use crate::e2e::world::SITE;
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::Value;

/// The uuid of the sandbox's test connector.
pub const TEST_BANK: &str = "338178e6-3d01-564f-9a7b-52ca442459bf";

/// A payer who opened the link and stands before the choice of banks.
pub struct Payer<'w> {
    pub browser: Browser,
    at: &'w AtPowens,
}

impl<'w> Payer<'w> {
    pub async fn with_link(at: &'w AtPowens, session: &Value, test: &'static str) -> Self {
        let mut browser = Browser::at(SITE, test).await;
        let link = session["pay_url"].as_str().expect("a pay_url");
        browser.client.goto(link).await.expect("the payer's link");
        browser.expect_heading("Choose your bank").await;
        Self { browser, at }
    }

    /// Chooses a bank, and what it asks of its customers; sees a page with this heading, and reads it.
    pub async fn choose(&mut self, bank: &str, case: &str, heading: &str) {
        for (css, value) in [("#connector", bank), ("#use_case_pay", case)] {
            self.find(css).await.select_by_value(value).await.expect("a choice");
        }
        self.browser.press("#continue").await;
        self.browser.expect_heading(heading).await;
        // A page of ours that was looked into within three seconds shows what is stored.
        self.at.rest().await;
        self.at.wait(5).await;
    }

    /// Chooses a bank that asks on its own site.
    pub async fn go_to_the_bank(&mut self, bank: &str) {
        self.choose(bank, "redirect", "Confirm the transfer at your bank").await;
    }

    /// Chooses a bank and approves at its own site.
    pub async fn approve_at_the_bank(&mut self, bank: &str) {
        self.go_to_the_bank(bank).await;
        self.browser.press("#approve").await;
    }

    /// Types the code that the bank sent.
    pub async fn enter_code(&mut self, code: &str) {
        self.find("#code").await.send_keys(code).await.expect("a filled field");
        self.browser.press("#submit-code").await;
    }

    /// Approves as the bank's page would, and never sees what comes back.
    pub async fn approve_and_leave(self) {
        let page = self.browser.client.current_url().await.expect("an address");
        assert!(page.path().starts_with("/bank/"), "{page}");
        self.browser.close().await;
        let form = self.at.world.http.post(page).body("answer=approve");
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(form.send().await.expect("the bank answers").status(), 303);
    }

    async fn find(&self, css: &str) -> Element {
        let found = self.browser.client.wait().for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }
}
