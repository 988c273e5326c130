//! A payer's browser on the page of a payment request.

use data_encoding::BASE64;

use crate::http::{Answer, Call, send};
use crate::stage::Stage;

pub const RETURN: &str = "https://booking.example/return/1?x=~~~";
pub const VISA: &str = "4111 1111 1111 1111";
pub const CHALLENGED: &str = "4000000000003220";
pub const UNKNOWN_CARD: &str = "4000000000000002";

/// One browser on one page.
pub struct Browser {
    address: String,
}

/// `btoa`, and then percent-encoded.
pub fn encoded(url: &str) -> String {
    let base64 = BASE64.encode(url.as_bytes());
    base64.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

impl Browser {
    /// A browser at the page of a request, with the way back to the booking site.
    pub fn at(stage: &Stage, id: &str) -> Self {
        Self::at_query(stage, id, &format!("?returnUrl={}", encoded(RETURN)))
    }

    /// A browser at the page of a request, with any query.
    pub fn at_query(stage: &Stage, id: &str, query: &str) -> Self {
        Self { address: format!("{}/navigator/payment-requests/detail/{id}{query}", stage.base) }
    }

    /// Opens, or reloads.
    pub async fn open(&self) -> Answer {
        self.call("GET", "").await
    }

    /// Sends the card form with this number and security code.
    pub async fn pay_with(&self, number: &str, cvc: &str) -> Answer {
        let number = number.replace(' ', "+");
        let form = format!(
            "cardNumber={number}&expiryMonth=12&expiryYear=2030&cvc={cvc}&cardholderName=Hiro+Protagonist&answer=pay"
        );
        self.send_form(&form).await
    }

    /// Presses a button of the page.
    pub async fn press(&self, answer: &str) -> Answer {
        self.send_form(&format!("answer={answer}")).await
    }

    /// Sends a form.
    pub async fn send_form(&self, form: &str) -> Answer {
        self.call("POST", form).await
    }

    async fn call(&self, method: &str, body: &str) -> Answer {
        let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
        send(Call { method, url: &self.address, headers, body: body.to_owned() }).await.unwrap()
    }
}
