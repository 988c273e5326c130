//! A page of a merchant that embeds the widget, under a policy that allows the script's host and nothing else.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

/// The page's own script; nothing stands in the page itself.
const SCRIPT: &str = "\
const place = document.getElementById('widget');
const form = new SmglPaymentForm(place.dataset.token, {
  container: place, isCvcMasked: true, customerInteractionRedirect: { target: '_top' },
});
form.onPaymentFail = (error) => navigator.sendBeacon('/told', error.code);
form.render();
";

/// The merchant's site.
pub struct Site {
    pub base: String,
    book: Arc<Mutex<Book>>,
}

#[derive(Default)]
struct Book {
    token: String,
    bank: String,
    /// What the page and its policy told.
    told: Vec<String>,
}

type Shared = State<Arc<Mutex<Book>>>;

impl Site {
    /// A site whose pages may use this bank.
    pub async fn of(bank: &str) -> Self {
        let book = Arc::new(Mutex::new(Book { bank: bank.to_owned(), ..Book::default() }));
        let router = Router::new()
            .route("/pay", get(pay))
            .route("/pay.js", get(|| async { ([(CONTENT_TYPE, "text/javascript")], SCRIPT) }))
            .route("/paid", get(|| async { Html("<!DOCTYPE html><h1>Paid</h1>") }))
            .route("/failed", get(|| async { Html("<!DOCTYPE html><h1>Failed</h1>") }))
            .route("/told", post(keep))
            .with_state(Arc::clone(&book));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, book }
    }

    /// Shows this token's form from now on.
    pub fn show(&self, token: &str) {
        token.clone_into(&mut self.book.lock().unwrap().token);
    }

    /// What the page told, and what its policy stopped.
    pub fn told(&self) -> Vec<String> {
        self.book.lock().unwrap().told.clone()
    }
}

async fn pay(State(book): Shared) -> Response {
    let book = book.lock().unwrap();
    let bank = &book.bank;
    let policy = format!(
        "default-src 'none'; script-src 'self' {bank}; style-src {bank}; frame-src {bank}; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /told"
    );
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pay</title>\
         <link rel=\"stylesheet\" href=\"{bank}/widget/payment-form.css\"></head><body><h1>Pay</h1>\
         <div id=\"widget\" data-token=\"{}\"></div><script src=\"{bank}/widget/payment-form.js\"></script>\
         <script src=\"/pay.js\"></script></body></html>",
        book.token
    );
    ([(CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}

async fn keep(State(book): Shared, told: Bytes) {
    book.lock().unwrap().told.push(String::from_utf8_lossy(&told).into_owned());
}
