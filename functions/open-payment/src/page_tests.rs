use super::*;
use bellhop_domain::account::AccountRef;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer};
use bellhop_runtime::http::request::RequestId;
use data_encoding::BASE64;
use ring::digest::{SHA256, digest};
use std::collections::BTreeMap;

const SCRIPT: &str = "https://widget.bank.example/v1/payment-form.js";
const HOSTILE: &str = "\"><script>alert('x')</script>&amp;";

fn url(text: &str) -> Url {
    Url::parse(text).expect("a URL")
}

fn wish(description: &str) -> Wish {
    Wish {
        account: AccountRef::parse("bank131/harbour-hotel").expect("an account"),
        amount: Money::new(14_500, Currency::RUB).expect("an amount"),
        reference: Reference::parse("RES-12345").expect("a reference"),
        description: Description::parse(description).expect("a description"),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).expect("a return URL"),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::new(),
        options: Options::default(),
    }
}

fn widget_of(script: &str, sheet: Option<&str>, token: &str) -> Page {
    Page::Widget(Widget {
        script: url(script),
        style: sheet.map(url),
        form: "PaymentForm".to_owned(),
        token: token.into(),
    })
}

fn form(action: &str, value: &str) -> Page {
    let fields = vec![("MD".to_owned(), "203".to_owned()), ("PaReq".to_owned(), value.to_owned())];
    Page::Post(PostForm { action: url(action), fields })
}

fn code() -> Page {
    Page::Scan(url("https://qr.nspk.example/AS10003P3RH0LJ2A9ROO038L6NT5RU1M?type=01"))
}

fn shown(page: &Page) -> Reply {
    show(page, &wish("Two nights, double room"), &url("https://pay.example/return/token"))
}

fn html(page: &Page) -> String {
    String::from_utf8(shown(page).body().to_vec()).expect("text")
}

/// The rule of this name.
fn rule(page: &Page, name: &str) -> Option<String> {
    let reply = shown(page);
    let policy = reply.headers()["content-security-policy"].to_str().expect("text");
    let mut rules = policy.split("; ").filter_map(|rule| rule.split_once(' '));
    rules.find(|(one, _)| *one == name).map(|(_, value)| value.to_owned())
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(digest(&SHA256, text.as_bytes()).as_ref()))
}

fn ours() -> [Page; 3] {
    [widget_of(SCRIPT, None, "token_7"), form("https://acs.example/3ds?id=7", "eJxV"), code()]
}

#[test]
fn a_page_of_the_provider_is_a_redirect() {
    let reply = shown(&Page::To(url("https://bank.example/pay?x=1")));
    assert_eq!(reply.status(), StatusCode::SEE_OTHER);
    assert_eq!(reply.headers()["location"], "https://bank.example/pay?x=1");
}

#[test]
fn each_page_says_what_is_paid_and_for_what() {
    for page in ours() {
        let html = html(&page);
        for text in ["145.00 RUB", "Two nights, double room", "RES-12345", "<html lang=\"en\">", "<h1>"] {
            assert!(html.contains(text), "{text} in {html}");
        }
    }
}

#[test]
fn i11_each_page_is_kept_nowhere_and_passes_nothing_on() {
    for page in ours() {
        let id = RequestId::parse("req-1").expect("an id");
        let reply = respond::finish(shown(&page), &id);
        assert_eq!(reply.status(), StatusCode::OK);
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("content-type", "text/html; charset=utf-8"),
        ] {
            assert_eq!(reply.headers()[name], value, "{name}");
        }
        assert_eq!(rule(&page, "default-src").as_deref(), Some("'none'"));
        assert_eq!(rule(&page, "frame-ancestors").as_deref(), Some("'none'"));
        assert_eq!(rule(&page, "base-uri").as_deref(), Some("'none'"));
        assert_eq!(reply.headers().get("set-cookie"), None);
    }
}

#[test]
fn the_widget_may_load_from_its_own_place_and_no_other() {
    let page = widget_of(SCRIPT, None, "token_7");
    let origin = "https://widget.bank.example";
    assert_eq!(rule(&page, "script-src"), Some(format!("{} {origin}", hash(START))));
    assert_eq!(rule(&page, "style-src"), Some(format!("{} {origin}", hash(STYLE))));
    for name in ["frame-src", "connect-src"] {
        assert_eq!(rule(&page, name).as_deref(), Some(origin));
    }
    assert_eq!(rule(&page, "form-action").as_deref(), Some("https:"));
}

#[test]
fn a_style_sheet_from_elsewhere_is_named_besides() {
    let sheet = "https://style.bank.example/payment-form.css";
    let page = widget_of(SCRIPT, Some(sheet), "token_7");
    let wanted = format!("{} https://widget.bank.example https://style.bank.example", hash(STYLE));
    assert_eq!(rule(&page, "style-src"), Some(wanted));
    assert!(html(&page).contains(&format!("<link rel=\"stylesheet\" href=\"{sheet}\">")));
    assert!(!html(&ours()[0]).contains("<link"));
}

#[test]
fn the_widget_page_holds_the_form_and_says_what_to_do_without_a_script() {
    let html = html(&widget_of(SCRIPT, None, "token_7"));
    let place = "<div id=\"form\" data-form=\"PaymentForm\" data-token=\"token_7\" \
         data-landing=\"https://pay.example/return/token\"></div>";
    assert!(html.contains(place), "{html}");
    assert!(html.contains(&format!("<script src=\"{SCRIPT}\"></script>")));
    assert!(html.contains(&format!("<script>{START}</script>")));
    assert!(html.contains("<noscript>") && html.contains("needs JavaScript"));
    assert!(html.contains("role=\"alert\" hidden"));
}

#[test]
fn a_form_goes_on_by_itself_and_by_a_button() {
    let page = form("https://acs.example/3ds?id=7&x=1", "eJxV");
    let html = html(&page);
    assert!(html.contains("method=\"post\" action=\"https://acs.example/3ds?id=7&#38;x=1\""), "{html}");
    assert!(html.contains("<input type=\"hidden\" name=\"PaReq\" value=\"eJxV\">"));
    assert!(html.contains("<button type=\"submit\">Continue to your bank</button>"));
    assert_eq!(rule(&page, "script-src"), Some(hash(SUBMIT)));
    assert_eq!(rule(&page, "form-action").as_deref(), Some("https:"));
    assert_eq!(html.matches("<script").count(), 1);
}

/// Developers' banks stand on their own machine.
#[test]
fn a_form_to_this_machine_may_go_there() {
    let page = form("http://127.0.0.1:4010/3ds", "eJxV");
    assert_eq!(rule(&page, "form-action").as_deref(), Some("https: http://127.0.0.1:4010"));
}

#[test]
fn a_code_is_drawn_beside_its_link_without_any_script() {
    let html = html(&code());
    assert!(html.contains("<svg class=\"code\" role=\"img\" aria-label=\"Payment code"), "{html}");
    assert!(html.contains("?type=01\" rel=\"noreferrer\">Open your banking app</a>"));
    assert!(html.contains("href=\"https://pay.example/return/token\">I have paid"));
    assert!(!html.contains("<script"));
    assert_eq!(rule(&code(), "script-src"), None);
    assert_eq!(rule(&code(), "form-action").as_deref(), Some("'none'"));
}

#[test]
fn a_link_that_no_code_can_hold_is_still_a_link() {
    let long = format!("https://qr.nspk.example/{}", "a".repeat(4000));
    let html = html(&Page::Scan(url(&long)));
    assert!(!html.contains("<svg") && html.contains(&long));
}

#[test]
fn the_code_says_the_link() {
    let code = Code::of("https://qr.nspk.example/A1").expect("a code");
    // Version 2, 25 modules a side, and four light ones all around.
    assert_eq!(code.side, 33);
    let dark = |x: usize, y: usize| code.path.contains(&format!("M{x} {y}h1v1h-1z"));
    // Three corners have their marks, the fourth has none.
    for (x, y) in [(4, 4), (28, 4), (4, 28)] {
        assert!(dark(x, y), "{x} {y}");
    }
    assert!((22..29).any(|x| !dark(x, 28)) && !dark(3, 4) && !dark(29, 4));
    assert_ne!(code.path, Code::of("https://qr.nspk.example/A2").expect("a code").path);
}

/// What the booking site or the provider wrote stands there as text.
#[test]
fn i11_nothing_that_was_given_becomes_part_of_the_page() {
    let landing = url("https://pay.example/return/token");
    for page in [widget_of(SCRIPT, None, HOSTILE), form("https://acs.example/3ds", HOSTILE), code()] {
        let reply = show(&page, &wish(HOSTILE), &landing);
        let html = String::from_utf8(reply.body().to_vec()).expect("text");
        assert!(!html.contains("<script>alert") && !html.contains("alert('x')"), "{html}");
        assert!(html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"), "{html}");
    }
}
