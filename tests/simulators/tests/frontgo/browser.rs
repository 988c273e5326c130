//! A browser without cookies: the page's address is all a payer needs.

use serde_json::Value;

use crate::http::{Answer, Call, send};

pub const GOOD_CARD: &str = "4111 1111 1111 1111";
pub const DECLINED_CARD: &str = "4000000000000002";

/// A payer on one page.
pub struct Browser {
    page: String,
}

impl Browser {
    /// A payer who was sent to the `paymentUrl` of a create answer.
    pub fn at(data: &Value) -> Self {
        let page = data["paymentUrl"].as_str().unwrap().to_owned();
        Self { page }
    }

    /// Opens the page.
    pub async fn open(&self) -> Answer {
        self.call("GET", "", String::new()).await
    }

    /// Sends the card form.
    pub async fn pay_with(&self, number: &str, via: &str) -> Answer {
        let number = number.replace(' ', "+");
        let form = format!(
            "cardNumber={number}&expiryMonth=12&expiryYear=2030&cvc=123&cardholderName=Kari+Nordmann&via={via}"
        );
        self.send_form(&form).await
    }

    /// Sends a form of one's own to the page.
    pub async fn send_form(&self, form: &str) -> Answer {
        self.call("POST", "", form.to_owned()).await
    }

    /// Presses the button of another form of the page.
    pub async fn press(&self, action: &str) -> Answer {
        self.call("POST", &format!("/{action}"), String::new()).await
    }

    async fn call(&self, method: &str, action: &str, body: String) -> Answer {
        let url = format!("{}{action}", self.page);
        let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
        send(Call { method, url: &url, headers, body }).await.unwrap()
    }
}
