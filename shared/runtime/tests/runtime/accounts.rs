use crate::mute::Mute;
use crate::stage::{Book, EVENING, Hands, Vault, account};
use bellhop_domain::account::{Account, AccountRef};
use bellhop_domain::flows::{AccountError, Accounts};
use bellhop_domain::provider::Provider;
use bellhop_domain::store::Directory;
use bellhop_runtime::accounts::{AccountBook, MakeProvider, Sources};
use bellhop_runtime::secrets::SecretCache;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

struct Maker;

impl MakeProvider for Maker {
    fn make(&self, _: &Account, secret: &SecretString) -> Result<Arc<dyn Provider>, String> {
        if secret.expose_secret() == "bad" {
            return Err("secret.api_key is missing".to_owned());
        }
        Ok(Arc::new(Mute))
    }
}

struct Scene {
    hands: Hands,
    vault: Arc<Vault>,
    book: Arc<Book>,
    accounts: AccountBook,
}

async fn scene() -> Scene {
    let hands = Hands::at(EVENING);
    let vault = Arc::new(Vault::with("p/harbour", "one"));
    let book = Arc::new(Book::default());
    book.add_account(&account()).await.unwrap();
    let sources = Sources {
        directory: book.clone(),
        secrets: Arc::new(SecretCache::new(vault.clone(), hands.clock())),
        prefix: "p/".to_owned(),
    };
    let accounts = AccountBook::new(sources, Arc::new(Maker), hands.clock());
    Scene { hands, vault, book, accounts }
}

#[tokio::test]
async fn an_account_is_read_once_a_minute_and_its_adapter_kept() {
    let scene = scene().await;
    let first = scene.accounts.open(&account().at).await.unwrap();
    scene.hands.forward(59_999);
    let again = scene.accounts.open(&account().at).await.unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    assert_eq!((scene.book.count(), scene.vault.count()), (1, 1));
    scene.hands.forward(1);
    let later = scene.accounts.open(&account().at).await.unwrap();
    assert!(Arc::ptr_eq(&first, &later), "nothing changed");
    assert_eq!(scene.book.count(), 2);
}

#[tokio::test]
async fn a_changed_row_or_secret_makes_a_new_adapter() {
    let scene = scene().await;
    let first = scene.accounts.open(&account().at).await.unwrap();
    let mut row = account();
    row.settings.insert("delayed".to_owned(), true.into());
    scene.book.add_account(&row).await.unwrap();
    scene.hands.forward(60_000);
    let second = scene.accounts.open(&account().at).await.unwrap();
    assert!(!Arc::ptr_eq(&first, &second));
    assert_eq!(second.account, row);
    scene.vault.set("p/harbour", "two");
    scene.hands.forward(300_000);
    let third = scene.accounts.open(&account().at).await.unwrap();
    assert!(!Arc::ptr_eq(&second, &third));
}

#[tokio::test]
async fn renewing_gives_a_new_adapter_only_for_a_new_secret() {
    let scene = scene().await;
    scene.accounts.open(&account().at).await.unwrap();
    scene.vault.set("p/harbour", "two");
    let renew = async || scene.accounts.renew(&account().at).await.unwrap();
    assert!(renew().await.is_none(), "fetched only moments ago");
    scene.hands.forward(10_000);
    assert!(renew().await.is_some());
    scene.hands.forward(10_000);
    assert!(renew().await.is_none(), "the secret is as it was");
}

#[tokio::test]
async fn i8_forged_messages_to_an_account_of_nobody_cost_one_read_in_ten_seconds() {
    let scene = scene().await;
    let nobody = AccountRef::parse("govuk_pay/nobody").unwrap();
    for _ in 0..100 {
        let answer = scene.accounts.open(&nobody).await;
        assert!(matches!(answer, Err(AccountError::Unknown)));
    }
    assert_eq!((scene.book.count(), scene.vault.count()), (1, 0));
}

#[tokio::test]
async fn what_is_wrong_is_told_apart_by_whose_fault_it_is() {
    let scene = scene().await;
    scene.vault.set("p/harbour", "bad");
    let answer = scene.accounts.open(&account().at).await;
    assert!(matches!(answer, Err(AccountError::Unusable(why)) if why.contains("api_key")));
    scene.vault.texts.lock().unwrap().clear();
    scene.hands.forward(300_000);
    let answer = scene.accounts.open(&account().at).await;
    assert!(matches!(answer, Err(AccountError::Unusable(_))));
    *scene.vault.down.lock().unwrap() = true;
    let answer = scene.accounts.open(&account().at).await;
    assert!(matches!(answer, Err(AccountError::Secret(_))));
}
