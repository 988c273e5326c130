//! A browser: forms, and redirects within the simulator.

use crate::http::{Answer, Call, send};
use crate::stage::{CLIENT, RETURN, Stage};

/// The uuid of the test connector.
pub const TEST_BANK: &str = "338178e6-3d01-564f-9a7b-52ca442459bf";

/// One browser.
pub struct Browser {
    base: String,
    /// The last address that was asked for.
    pub at: String,
}

/// The webview's address for a payment, as the guide builds it.
pub fn webview(id: &str, code: &str) -> String {
    format!(
        "/2.0/auth/webview/payment?client_id={CLIENT}&redirect_uri={RETURN}&state=session%201&code={code}&payment_id={id}"
    )
}

impl Browser {
    /// A browser that has opened the webview of a payment.
    pub async fn on(stage: &Stage, id: &str) -> Self {
        let code = stage.scoped(id).await;
        let mut browser = Self::new(stage);
        let page = browser.open(&webview(id, &code)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        browser
    }

    /// A browser that knows nothing yet.
    pub fn new(stage: &Stage) -> Self {
        Self { base: stage.base.clone(), at: String::new() }
    }

    /// Opens a path of the simulator.
    pub async fn open(&mut self, path: &str) -> Answer {
        let url = format!("{}{path}", self.base);
        self.go("GET", &url, "").await
    }

    /// Sends the form of the page.
    pub async fn send(&mut self, fields: &str) -> Answer {
        let url = self.at.clone();
        self.go("POST", &url, fields).await
    }

    /// Chooses the test bank and a use case.
    pub async fn choose(&mut self, use_case: &str) -> Answer {
        let fields = format!("connector={TEST_BANK}&use_case_pay={use_case}&answer=choose");
        self.send(&fields).await
    }

    /// Presses a button.
    pub async fn press(&mut self, answer: &str) -> Answer {
        self.send(&format!("answer={answer}")).await
    }

    /// Calls, and follows redirects as long as they stay on the simulator.
    async fn go(&mut self, method: &str, url: &str, body: &str) -> Answer {
        let (mut method, mut url, mut body) = (method, url.to_owned(), body.to_owned());
        loop {
            let kind = "application/x-www-form-urlencoded".to_owned();
            let answer =
                send(Call { method, url: &url, headers: vec![("content-type", kind)], body }).await.unwrap();
            self.at.clone_from(&url);
            let next = answer.header("location");
            if answer.status != 303 || !next.starts_with('/') {
                return answer;
            }
            url = format!("{}{next}", self.base);
            (method, body) = ("GET", String::new());
        }
    }
}
