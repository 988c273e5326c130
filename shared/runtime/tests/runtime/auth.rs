use crate::stage::{Book, EVENING, Hands, Vault, evening, merchant};
use bellhop_domain::account::{KeyRecord, Mode};
use bellhop_domain::api_key::ApiKey;
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::service_key::ServiceKeys;
use bellhop_domain::store::Directory;
use bellhop_runtime::auth::{Auth, AuthError};
use bellhop_runtime::secrets::SecretCache;
use bellhop_runtime::service::ServiceKeySource;
use secrecy::ExposeSecret;
use std::sync::Arc;

struct Scene {
    hands: Hands,
    vault: Arc<Vault>,
    book: Arc<Book>,
    auth: Auth,
}

const FIRST: [u8; 32] = [1; 32];
const SECOND: [u8; 32] = [2; 32];

fn wire(current: u8, previous: Option<u8>) -> String {
    let hex = |byte: u8| format!("\"{}\"", format!("{byte:02x}").repeat(32));
    let previous = previous.map_or("null".to_owned(), hex);
    format!(r#"{{"current":{},"previous":{previous}}}"#, hex(current))
}

async fn scene() -> Scene {
    let hands = Hands::at(EVENING);
    let vault = Arc::new(Vault::with("p/service", &wire(1, None)));
    let book = Arc::new(Book::default());
    book.add_merchant(&merchant()).await.unwrap();
    let secrets = Arc::new(SecretCache::new(vault.clone(), hands.clock()));
    let service = Arc::new(ServiceKeySource::new(secrets, "p/"));
    let auth = Auth::new(book.clone(), service, hands.clock());
    Scene { hands, vault, book, auth }
}

impl Scene {
    /// A key of the merchant, kept under a service key.
    async fn key(&self, mode: Mode, service: [u8; 32]) -> (String, KeyId) {
        let key = ApiKey::generate(merchant().id, mode).unwrap();
        let id = KeyId::generate(evening()).unwrap();
        let record = KeyRecord {
            id,
            merchant: merchant().id,
            mode,
            hash: key.hash(&ServiceKeys::new(&service, None)),
            created_at: evening(),
            revoked_at: None,
        };
        self.book.add_key(&record).await.unwrap();
        (format!("Bearer {}", key.secret().expose_secret()), id)
    }

    async fn refuses(&self, header: &str) -> bool {
        let answer = self.auth.caller(Some(header)).await;
        matches!(answer, Err(AuthError::Refused))
    }
}

#[tokio::test]
async fn a_good_key_tells_who_calls() {
    let scene = scene().await;
    for mode in [Mode::Test, Mode::Live] {
        let (header, id) = scene.key(mode, FIRST).await;
        scene.hands.forward(10_000);
        let caller = scene.auth.caller(Some(&header)).await.unwrap();
        assert_eq!((caller.merchant.id, caller.mode, caller.key), (merchant().id, mode, id));
    }
}

#[tokio::test]
async fn no_key_is_told_apart_from_a_wrong_one() {
    let scene = scene().await;
    for header in [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Basic dTpw")] {
        let answer = scene.auth.caller(header).await;
        assert!(matches!(answer, Err(AuthError::Missing)), "{header:?}");
    }
}

#[tokio::test]
async fn the_scheme_is_read_in_any_case() {
    let scene = scene().await;
    let (header, _) = scene.key(Mode::Test, FIRST).await;
    let header = header.replacen("Bearer", "bEARER", 1);
    assert!(scene.auth.caller(Some(&header)).await.is_ok());
}

#[tokio::test]
async fn garbage_is_refused_without_a_look_up() {
    let scene = scene().await;
    let (header, _) = scene.key(Mode::Test, FIRST).await;
    let flipped = if header.ends_with('0') { "1" } else { "0" };
    let typo = format!("{}{flipped}", &header[..header.len() - 1]);
    let live = header.replace("bh_test_", "bh_live_");
    for garbage in ["Bearer x", "Bearer bh_test_", "Bearer bh_test_zzzz", "Bearer bh_test_\u{1F511}", &typo] {
        assert!(scene.refuses(garbage).await, "{garbage}");
    }
    assert_eq!((scene.book.count(), scene.vault.count()), (0, 0));
    assert!(scene.refuses(&live).await, "a test key is no live key");
}

#[tokio::test]
async fn i12_a_sound_key_of_nobody_is_refused_and_remembered() {
    let scene = scene().await;
    let stranger = ApiKey::generate(MerchantId::from_bytes([9; 16]), Mode::Test).unwrap();
    let header = format!("Bearer {}", stranger.secret().expose_secret());
    for _ in 0..100 {
        assert!(scene.refuses(&header).await);
    }
    assert_eq!(scene.book.count(), 1);
}

#[tokio::test]
async fn i12_a_key_of_the_right_merchant_that_was_never_made_is_refused() {
    let scene = scene().await;
    scene.key(Mode::Test, FIRST).await;
    let forged = ApiKey::generate(merchant().id, Mode::Test).unwrap();
    let header = format!("Bearer {}", forged.secret().expose_secret());
    for _ in 0..100 {
        assert!(scene.refuses(&header).await);
    }
    assert_eq!(scene.book.count(), 1);
}

#[tokio::test]
async fn a_revoked_key_is_dead_within_sixty_seconds() {
    let scene = scene().await;
    let (header, id) = scene.key(Mode::Live, FIRST).await;
    assert!(scene.auth.caller(Some(&header)).await.is_ok());
    scene.book.revoke_key(merchant().id, id, evening()).await.unwrap();
    scene.hands.forward(59_999);
    assert!(scene.auth.caller(Some(&header)).await.is_ok(), "still cached");
    scene.hands.forward(1);
    assert!(scene.refuses(&header).await);
}

#[tokio::test]
async fn a_warm_function_reads_a_merchant_once_a_minute() {
    let scene = scene().await;
    let (header, _) = scene.key(Mode::Test, FIRST).await;
    for _ in 0..60 {
        scene.auth.caller(Some(&header)).await.unwrap();
        scene.hands.forward(1000);
    }
    assert_eq!(scene.book.count(), 1);
    scene.auth.caller(Some(&header)).await.unwrap();
    assert_eq!(scene.book.count(), 2);
}

#[tokio::test]
async fn a_new_key_works_though_its_merchant_is_cached() {
    let scene = scene().await;
    let (old, _) = scene.key(Mode::Test, FIRST).await;
    scene.auth.caller(Some(&old)).await.unwrap();
    scene.hands.forward(10_000);
    let (new, _) = scene.key(Mode::Test, FIRST).await;
    assert!(scene.auth.caller(Some(&new)).await.is_ok());
}

#[tokio::test]
async fn keys_outlive_a_rotation_of_the_service_key() {
    let scene = scene().await;
    let (old, _) = scene.key(Mode::Test, FIRST).await;
    scene.vault.set("p/service", &wire(2, Some(1)));
    assert!(scene.auth.caller(Some(&old)).await.is_ok());
    let (new, _) = scene.key(Mode::Test, SECOND).await;
    scene.hands.forward(10_000);
    assert!(scene.auth.caller(Some(&new)).await.is_ok());
    assert!(scene.auth.caller(Some(&old)).await.is_ok());
}

#[tokio::test]
async fn a_key_kept_under_another_service_key_is_refused() {
    let scene = scene().await;
    let (header, _) = scene.key(Mode::Test, SECOND).await;
    assert!(scene.refuses(&header).await);
}

#[tokio::test]
async fn trouble_of_ours_is_not_blamed_on_the_key() {
    let scene = scene().await;
    let (header, _) = scene.key(Mode::Test, FIRST).await;
    *scene.vault.down.lock().unwrap() = true;
    let answer = scene.auth.caller(Some(&header)).await;
    assert!(matches!(answer, Err(AuthError::Service(_))));
}
