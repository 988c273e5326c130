//! Every answer carries the headers of a page that runs no script.

use crate::visit::{get, press, site, site_and_api};
use bellhop_demo::{Settings, Site};

#[tokio::test]
async fn every_page_runs_no_script_and_is_not_kept() {
    let (site, _) = site_and_api().await;
    let pages = [
        get(&site, "/").await,
        get(&site, "/bookings").await,
        get(&site, "/stay/RES-A1").await,
        get(&site, "/nowhere").await,
        get(&site, "/health").await,
        press(&site, "").await,
    ];
    for page in pages {
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
        assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-store");
        page.keeps_to_itself(&["<script", "style=", "onclick"]);
    }
}

#[tokio::test]
async fn it_says_that_it_is_there() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/health").await;
    assert_eq!((page.status.as_u16(), page.text.as_str()), (200, "ok\n"));
}

#[tokio::test]
async fn style_and_pictures_come_from_the_site_itself() {
    let site = site("http://127.0.0.1:9");
    for (path, kind) in [
        ("/style.css", "text/css; charset=utf-8"),
        ("/harbour.svg", "image/svg+xml"),
        ("/icon.svg", "image/svg+xml"),
    ] {
        let page = get(&site, path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-type"), kind);
    }
}

#[test]
fn settings_that_cannot_work_are_named_at_the_start() {
    let try_with = |api: &str, key: &str, public: &str| {
        let mut settings = Settings::new(api.into(), key.into(), "s".into());
        settings.public_url = public.into();
        Site::new(settings).map(drop).map_err(|error| error.setting)
    };
    let (api, public) = ("http://127.0.0.1:4000/", "http://127.0.0.1:4005");
    assert_eq!(try_with(api, "bh_test_1", public), Ok(()));
    assert_eq!(try_with("127.0.0.1:4000", "k", public), Err("--api"));
    assert_eq!(try_with("https://pay.test", "k", public), Err("--api"));
    assert_eq!(try_with(api, "two\nlines", public), Err("--key-file"));
    assert_eq!(try_with(api, "k", "ftp://site.test"), Err("--public-url"));
    assert_eq!(try_with(api, "k", "http://site.test?x"), Err("--public-url"));
}
