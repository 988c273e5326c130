//! Merchants, accounts and API keys.

use super::world::World;
use super::{Outcome, Outcomes, Subject, equal};
use bellhop_domain::account::{Account, KeyRecord, Merchant, Mode, Tenant};
use bellhop_domain::ids::KeyId;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::store::StoreError;
use bellhop_domain::text::Origin;
use serde_json::json;

pub(super) async fn run(store: &Subject) -> Outcomes {
    cases!(
        store;
        a_merchant_is_added_once,
        a_tenant_has_its_accounts_and_keys,
        an_account_name_is_taken_once,
        an_account_of_no_merchant_is_written_nowhere,
        a_revoked_key_stays_revoked,
        what_is_unknown_is_absent,
    )
}

async fn a_merchant_is_added_once(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let first = merchant(&world)?;
    equal("first", world.store.add_merchant(&first).await?, true)?;
    let mut second = first.clone();
    "Another".clone_into(&mut second.name);
    equal("second", world.store.add_merchant(&second).await?, false)?;
    let wanted = Tenant { merchant: first, keys: vec![] };
    equal("tenant", world.store.tenant(world.merchant).await?, Some(wanted))
}

async fn a_tenant_has_its_accounts_and_keys(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let mut merchant = merchant(&world)?;
    let (account, key) = (account(&world), key(&world)?);
    world.store.add_merchant(&merchant).await?;
    equal("account", world.store.add_account(&account).await?, true)?;
    world.store.add_key(&key).await?;
    merchant.accounts = vec![(account.at.clone(), account.mode)];
    let wanted = Tenant { merchant, keys: vec![key] };
    equal("tenant", world.store.tenant(world.merchant).await?, Some(wanted))?;
    let found = world.store.account(&world.account).await?;
    equal("account", found, Some(account))
}

async fn an_account_name_is_taken_once(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let neighbor = world.neighbor()?;
    world.store.add_merchant(&merchant(&world)?).await?;
    world.store.add_merchant(&merchant(&neighbor)?).await?;
    let ours = account(&world);
    equal("ours", world.store.add_account(&ours).await?, true)?;
    equal("again", world.store.add_account(&ours).await?, false)?;
    let mut theirs = ours.clone();
    theirs.merchant = neighbor.merchant;
    equal("theirs", world.store.add_account(&theirs).await?, false)?;
    equal("account", world.store.account(&ours.at).await?, Some(ours))?;
    for (world, count) in [(world, 1), (neighbor, 0)] {
        let tenant = world.store.tenant(world.merchant).await?;
        let tenant = tenant.ok_or("no tenant")?;
        equal("accounts", tenant.merchant.accounts.len(), count)?;
    }
    Ok(())
}

async fn an_account_of_no_merchant_is_written_nowhere(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let added = world.store.add_account(&account(&world)).await;
    let refused = matches!(added, Err(StoreError::Corrupt(_)));
    equal("refused", refused, true)?;
    equal("account", world.store.account(&world.account).await?, None)?;
    equal("tenant", world.store.tenant(world.merchant).await?, None)
}

async fn a_revoked_key_stays_revoked(store: Subject) -> Outcome {
    let world = World::new(store)?;
    let (merchant, mut key) = (merchant(&world)?, key(&world)?);
    let id = key.id;
    world.store.add_merchant(&merchant).await?;
    let revoked = world.store.revoke_key(merchant.id, id, world.now);
    equal("unknown", revoked.await?, false)?;
    world.store.add_key(&key).await?;
    for minutes in [5, 9] {
        let now = world.at(minutes)?;
        let revoked = world.store.revoke_key(merchant.id, id, now);
        equal("known", revoked.await?, true)?;
    }
    world.store.add_key(&key).await?;
    key.revoked_at = Some(world.at(5)?);
    let tenant = world.store.tenant(merchant.id).await?.ok_or("no tenant")?;
    equal("keys", tenant.keys, vec![key])
}

async fn what_is_unknown_is_absent(store: Subject) -> Outcome {
    let world = World::new(store)?;
    equal("tenant", world.store.tenant(world.merchant).await?, None)?;
    equal("account", world.store.account(&world.account).await?, None)?;
    world.store.add_key(&key(&world)?).await?;
    let tenant = world.store.tenant(world.merchant).await?;
    equal("a key makes no merchant", tenant, None)
}

fn merchant(world: &World) -> Outcome<Merchant> {
    Ok(Merchant {
        id: world.merchant,
        name: "Harbor Hotel & \u{1F3E8}".to_owned(),
        origins: vec![Origin::parse("https://booking.example")?, Origin::parse("http://127.0.0.1:8080")?],
        accounts: vec![],
        default_provider: Some(ProviderName::GovukPay),
        created_at: world.now,
    })
}

fn account(world: &World) -> Account {
    let settings = json!({"base_url": "https://pay.example", "limits": {"per_second": 3}});
    Account {
        at: world.account.clone(),
        merchant: world.merchant,
        mode: Mode::Live,
        settings: settings.as_object().cloned().unwrap_or_default(),
        secret_name: "bellhop/test/govuk_pay/harbor".to_owned(),
    }
}

fn key(world: &World) -> Outcome<KeyRecord> {
    Ok(KeyRecord {
        id: KeyId::generate(world.now)?,
        merchant: world.merchant,
        mode: Mode::Test,
        hash: [9; 32],
        created_at: world.now,
        revoked_at: None,
    })
}
