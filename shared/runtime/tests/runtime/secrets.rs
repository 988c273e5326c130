use crate::stage::{EVENING, Hands, Vault, own_path};
use bellhop_runtime::secrets::{SecretCache, SecretError, SecretFile, SecretSource};
use bellhop_runtime::service::{ServiceKeyError, parse};
use futures_util::future::join_all;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

struct Scene {
    hands: Hands,
    vault: Arc<Vault>,
    cache: SecretCache,
}

fn scene() -> Scene {
    let hands = Hands::at(EVENING);
    let vault = Arc::new(Vault::with("a", "one"));
    let cache = SecretCache::new(vault.clone(), hands.clock());
    Scene { hands, vault, cache }
}

impl Scene {
    async fn get(&self) -> String {
        self.cache.get("a").await.unwrap().expose_secret().to_owned()
    }

    async fn renew(&self) -> Option<String> {
        let renewed = self.cache.renew("a").await.unwrap();
        renewed.map(|text| text.expose_secret().to_owned())
    }
}

#[tokio::test]
async fn a_secret_is_fetched_again_after_five_minutes_and_not_before() {
    let scene = scene();
    assert_eq!(scene.get().await, "one");
    scene.vault.set("a", "two");
    scene.hands.forward(299_999);
    assert_eq!((scene.get().await.as_str(), scene.vault.count()), ("one", 1));
    scene.hands.forward(1);
    assert_eq!((scene.get().await.as_str(), scene.vault.count()), ("two", 2));
}

#[tokio::test]
async fn ten_who_need_a_secret_at_once_make_one_call() {
    let scene = scene();
    let all = join_all((0..10).map(|_| scene.get())).await;
    assert!(all.iter().all(|text| text == "one"));
    assert_eq!(scene.vault.count(), 1);
}

#[tokio::test]
async fn a_refused_proof_fetches_a_rotated_secret_at_once() {
    let scene = scene();
    scene.get().await;
    scene.hands.forward(10_000);
    scene.vault.set("a", "two");
    assert_eq!(scene.renew().await.as_deref(), Some("two"));
    assert_eq!(scene.get().await, "two");
    assert_eq!(scene.vault.count(), 2);
}

#[tokio::test]
async fn a_flood_of_forged_messages_costs_one_fetch_in_ten_seconds() {
    let scene = scene();
    scene.get().await;
    for _ in 0..1000 {
        assert_eq!(scene.renew().await, None);
    }
    assert_eq!(scene.vault.count(), 1);
    scene.hands.forward(10_000);
    for _ in 0..1000 {
        assert_eq!(scene.renew().await, None, "nothing new came");
    }
    assert_eq!(scene.vault.count(), 2);
}

#[tokio::test]
async fn a_clock_set_back_fetches_again_instead_of_keeping_for_ever() {
    let scene = scene();
    scene.get().await;
    scene.hands.back(3_600_000);
    scene.get().await;
    assert_eq!(scene.vault.count(), 2);
}

#[tokio::test]
async fn a_store_that_fails_is_told_and_a_missing_secret_is_named() {
    let scene = scene();
    let missing = scene.cache.get("b").await.unwrap_err();
    assert!(matches!(missing, SecretError::Missing(name) if name == "b"));
    *scene.vault.down.lock().unwrap() = true;
    let down = scene.cache.get("a").await.unwrap_err();
    assert!(matches!(down, SecretError::Unavailable(_)));
}

#[tokio::test]
async fn a_file_gives_text_and_json_and_is_read_at_each_fetch() {
    let path = own_path("secrets.json");
    let file = SecretFile(path.clone());
    std::fs::write(&path, r#"{"t":"text","j":{"api_key":"k"},"n":5}"#).unwrap();
    let text = async |name: &str| file.fetch(name).await.map(|s| s.expose_secret().to_owned());
    assert_eq!(text("t").await.unwrap(), "text");
    assert_eq!(text("j").await.unwrap(), r#"{"api_key":"k"}"#);
    assert!(matches!(text("n").await, Err(SecretError::NotText(_))));
    assert!(matches!(text("x").await, Err(SecretError::Missing(_))));
    std::fs::write(&path, r#"{"t":"changed"}"#).unwrap();
    assert_eq!(text("t").await.unwrap(), "changed");
    std::fs::write(&path, r#"{"t":"hunter2" oops"#).unwrap();
    let error = text("t").await.unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn service_keys_are_two_texts_of_64_hex_digits() {
    let hex = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";
    let fine = [
        format!(r#"{{"current":"{hex}"}}"#),
        format!(r#"{{"current":"{hex}","previous":"{hex}"}}"#),
        format!(r#"{{"current":"{hex}","previous":null}}"#),
    ];
    for text in fine {
        assert!(parse(&text.into()).is_ok());
    }
    let wrong = [
        String::new(),
        r#"{"previous":"00"}"#.to_owned(),
        format!(r#"{{"current":"{}"}}"#, &hex[1..]),
        format!(r#"{{"current":"{hex}","previous":"hunter2"}}"#),
    ];
    for text in wrong {
        let error = parse(&SecretString::from(text)).unwrap_err();
        assert!(matches!(error, ServiceKeyError::Unreadable));
    }
}
