//! A payer's browser without scripts: forms, and redirects within the simulator.

use crate::http::{Answer, Call, send};
use crate::stage::Stage;

/// One browser.
pub struct Payer {
    base: String,
    token: String,
}

impl Payer {
    /// A payer before the card form of a session.
    pub async fn at(stage: &Stage, session: &str) -> Self {
        let token = stage.token(session).await;
        let payer = Self { base: stage.base.clone(), token };
        assert_eq!(payer.look().await.status, 200);
        payer
    }

    /// A payer with any token.
    pub fn with(stage: &Stage, token: &str) -> Self {
        Self { base: stage.base.clone(), token: token.to_owned() }
    }

    /// What the frame shows now.
    pub async fn look(&self) -> Answer {
        self.open(&format!("/widget/form?token={}", self.token)).await
    }

    /// Types a card and sends it.
    pub async fn pay(&self, card: &str) -> Answer {
        self.fill(card, ("12", "30", "123")).await
    }

    /// Sends the form with these fields.
    pub async fn fill(&self, card: &str, (month, year, code): (&str, &str, &str)) -> Answer {
        let fields = format!(
            "token={}&card-number={card}&expiration-month={month}&expiration-year={year}&security-code={code}",
            self.token
        );
        self.send("/widget/form", &fields).await
    }

    /// Opens a path, or an address of the simulator.
    pub async fn open(&self, place: &str) -> Answer {
        self.go("GET", place, "").await
    }

    /// Sends a form.
    pub async fn send(&self, place: &str, fields: &str) -> Answer {
        self.go("POST", place, fields).await
    }

    async fn go(&self, method: &str, place: &str, body: &str) -> Answer {
        let path = place.strip_prefix(&self.base).unwrap_or(place);
        let url = format!("{}{path}", self.base);
        let kind = "application/x-www-form-urlencoded".to_owned();
        let call = Call { method, url: &url, headers: vec![("content-type", kind)], body: body.to_owned() };
        let answer = send(call).await.unwrap();
        match answer.header("location").to_owned() {
            next if next.starts_with('/') => Box::pin(self.go("GET", &next, "")).await,
            _ => answer,
        }
    }
}

/// The value of an attribute in a page, unescaped.
pub fn attribute(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.replace("&amp;", "&"))
}
