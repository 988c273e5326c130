//! The HTML of the payer's pages.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::config::Bank;
use super::flow::{Stage, USE_CASES};
use super::payment::Payment;
use super::state::State;
use crate::html::{Page, escape};

const WEBVIEW: &str = "Powens Pay (simulator)";

/// Id, text and value of the field `answer`.
type Button<'a> = (&'a str, &'a str, &'a str);

const CANCEL: Button<'_> = ("cancel-payment", "Cancel", "cancel");

/// The page that fits the payment; `back` leads to the client, `mistake` is about the form just sent.
pub fn view(payment: &Payment, banks: &[Bank], (back, mistake): (&str, Option<&str>)) -> Response {
    let (title, rest) = match payment.stage {
        Stage::Choose => ("Choose your bank", choice(banks)),
        Stage::Sign => {
            ("Confirm the transfer", form("", &[("confirm-payment", "Confirm", "confirm"), CANCEL]))
        }
        Stage::Bank => ("Confirm the transfer at your bank", at_bank()),
        Stage::App => ("Confirm in your bank's app", in_app()),
        Stage::Code => ("Enter the code from your bank", code()),
        Stage::Account => ("Choose an account", account()),
        Stage::Cancellation => ("Cancel the transfer", cancellation()),
        Stage::Waiting | Stage::Over => (end_title(payment.state), leave(back)),
    };
    let bank = payment.bank.as_ref().filter(|_| payment.stage == Stage::Bank);
    let status = match mistake {
        Some(_) => StatusCode::BAD_REQUEST,
        None => StatusCode::OK,
    };
    let brand = bank.map_or(WEBVIEW, |bank| &bank.name);
    let body = [alert(mistake), summary(payment), rest].concat();
    page(status, (title, brand), body)
}

/// A page that says why there is none.
pub fn problem(why: &str) -> Response {
    let body = format!("<p id=\"problem\">{}</p>", escape(why));
    page(StatusCode::FORBIDDEN, ("You cannot pay here", WEBVIEW), body)
}

fn page(status: StatusCode, (title, brand): (&str, &str), body: String) -> Response {
    let language = "en";
    Page { status, language, title, brand, body }.into_response()
}

fn end_title(state: State) -> &'static str {
    match state {
        State::Done | State::Accepted | State::Pending => "Your transfer is on its way",
        State::Rejected => "Your transfer was refused",
        State::Expired => "Your transfer has expired",
        _ => "Your bank is at work",
    }
}

fn alert(mistake: Option<&str>) -> String {
    let alert = |text| format!("<p class=\"error\" role=\"alert\">{}</p>", escape(text));
    mistake.map(alert).unwrap_or_default()
}

fn summary(payment: &Payment) -> String {
    let Some(first) = payment.first() else {
        return String::new();
    };
    let amount = payment.wish.total().short(first.currency.precision);
    format!(
        "<dl><dt>To</dt><dd id=\"payee\">{}</dd><dt>Label</dt><dd id=\"label\">{}</dd>\
         <dt>Amount</dt><dd id=\"amount\">{amount} {}</dd></dl>",
        escape(&first.payee),
        escape(&first.label),
        first.currency.symbol,
    )
}

fn choice(banks: &[Bank]) -> String {
    let banks = banks.iter().map(|bank| (bank.uuid.as_str(), bank.name.as_str()));
    let cases = USE_CASES.iter().map(|(name, _)| (*name, *name));
    let fields = [select(("connector", "Bank"), banks), select(("use_case_pay", "Use case"), cases)];
    let buttons = [("continue", "Continue", "choose"), CANCEL];
    form(&fields.concat(), &buttons)
}

fn at_bank() -> String {
    let buttons = [
        ("approve", "Approve", "approve"),
        ("refuse", "Let the bank refuse", "refuse"),
        ("leave-bank", "Cancel", "cancel"),
    ];
    form("", &buttons)
}

fn in_app() -> String {
    let buttons = [
        ("app-confirm", "I confirmed in the app", "confirm"),
        ("app-refuse", "I refused in the app", "refuse"),
        CANCEL,
    ];
    form("", &buttons)
}

fn code() -> String {
    let field =
        "<label for=\"code\">Code</label><input id=\"code\" name=\"code\" autocomplete=\"one-time-code\">";
    form(field, &[("submit-code", "Continue", "code"), CANCEL])
}

fn account() -> String {
    let accounts = [("1", "Current account"), ("2", "Joint account")];
    let field = select(("account", "Account"), accounts.into_iter());
    form(&field, &[("submit-account", "Continue", "account"), CANCEL])
}

fn cancellation() -> String {
    let buttons = [("confirm-cancel", "Cancel the transfer", "confirm"), ("keep-payment", "Keep it", "keep")];
    form("", &buttons)
}

fn leave(back: &str) -> String {
    let back = escape(back);
    format!("<p><a id=\"return-url\" href=\"{back}\">Go back to the merchant</a></p>")
}

fn select<'a>((name, label): (&str, &str), options: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let option = |(value, text): (&str, &str)| {
        format!("<option value=\"{}\">{}</option>", escape(value), escape(text))
    };
    let options: String = options.map(option).collect();
    format!("<label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\">{options}</select>")
}

/// A form that is sent to the page's own address.
fn form(fields: &str, buttons: &[Button<'_>]) -> String {
    let button = |(id, text, value): &Button<'_>| {
        let class = if *value == "cancel" { " class=\"plain\"" } else { "" };
        format!(
            "<button type=\"submit\" id=\"{id}\" name=\"answer\" value=\"{value}\"{class}>{}</button>",
            escape(text)
        )
    };
    let buttons: String = buttons.iter().map(button).collect();
    format!("<form method=\"post\" novalidate>{fields}{buttons}</form>")
}
