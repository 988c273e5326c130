//! Where payers may be sent back to.

use bellhop_domain::text::{AccountName, Origin, ReturnUrl};

#[test]
fn return_urls_that_are_taken() {
    for (text, origin) in [
        ("https://booking.example/stay", "https://booking.example"),
        ("https://booking.example", "https://booking.example"),
        ("https://booking.example:8443/a?b=c&d=e", "https://booking.example:8443"),
        ("https://booking.example:443/", "https://booking.example"),
        ("HTTPS://Booking.Example/Stay", "https://booking.example"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ] {
        let url = ReturnUrl::parse(text, false).unwrap();
        assert_eq!(url.origin().as_str(), origin, "{text}");
        assert_eq!(Origin::parse(origin).unwrap(), url.origin(), "{text}");
    }
}

#[test]
fn return_urls_that_are_refused() {
    for (text, why) in [
        ("http://booking.example/", "must be https"),
        ("ftp://booking.example/", "must be https"),
        ("javascript:alert(1)", "must be https"),
        ("data:text/html,x", "must be https"),
        ("https:", "is not an absolute URL"),
        ("https://", "is not an absolute URL"),
        ("/stay", "is not an absolute URL"),
        ("booking.example/stay", "is not an absolute URL"),
        ("", "is not an absolute URL"),
        ("https://user@booking.example/", "must not hold userinfo"),
        ("https://user:pass@booking.example/", "must not hold userinfo"),
        ("https://:pass@booking.example/", "must not hold userinfo"),
        ("https://booking.example/#paid", "must not hold a fragment"),
        ("https://booking.example/#", "must not hold a fragment"),
    ] {
        assert_eq!(ReturnUrl::parse(text, false).unwrap_err().0, why, "{text}");
    }
    let long = format!("https://booking.example/{}", "a".repeat(1976));
    assert_eq!(long.len(), 2000);
    assert!(ReturnUrl::parse(&long, false).is_ok());
    assert!(ReturnUrl::parse(&format!("{long}a"), false).is_err());
}

#[test]
fn http_is_taken_with_a_test_key_and_nothing_else_is() {
    assert!(ReturnUrl::parse("http://localhost:4000/back", true).is_ok());
    assert!(ReturnUrl::parse("ftp://localhost/back", true).is_err());
    assert!(ReturnUrl::parse("http://a@localhost/back", true).is_err());
}

#[test]
fn another_origin_never_reads_as_a_registered_one() {
    let registered = Origin::parse("https://booking.example").unwrap();
    for text in [
        "https://booking.example.evil.example/",
        "https://evil.example/booking.example",
        "https://booking.example:444/",
        "https://booking.example.:443/",
        "https://sub.booking.example/",
    ] {
        assert_ne!(ReturnUrl::parse(text, false).unwrap().origin(), registered, "{text}");
    }
    let trick = ReturnUrl::parse("https://evil.example\\@booking.example/", false).unwrap();
    assert_ne!(trick.origin(), registered);
}

#[test]
fn origins_have_no_path_and_are_written_as_browsers_do() {
    for text in ["https://a.example", "https://a.example/", "http://localhost:4000"] {
        let origin = Origin::parse(text).unwrap();
        assert_eq!(origin.as_str(), text.trim_end_matches('/'));
    }
    for text in [
        "",
        "a.example",
        "https://a.example/path",
        "https://a.example?q",
        "https://a.example:443",
        "https://A.example",
        "ftp://a.example",
        "https://u@a.example",
        "null",
        "file:///etc",
    ] {
        assert!(Origin::parse(text).is_err(), "{text}");
    }
}

#[test]
fn account_names_stand_in_webhook_urls() {
    for name in ["a", "harbour-hotel", "0", "-", &"a".repeat(40)] {
        assert_eq!(AccountName::parse(name).unwrap().as_str(), name);
    }
    for name in ["", "A", "a_b", "a/b", "a b", "é", "a%2fb", &"a".repeat(41)] {
        assert!(AccountName::parse(name).is_err(), "{name}");
    }
}
