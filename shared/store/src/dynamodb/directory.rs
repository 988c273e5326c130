//! Merchants, accounts and API keys.

use super::expression::Terms;
use super::item::directory::{
    read_account, read_key, read_merchant, write_account, write_key, write_listed, write_merchant,
};
use super::item::{self, Item, text};
use super::open::ABSENT;
use super::read::rows;
use super::write::{Single, Written};
use super::{DynamoStore, keys};
use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, KeyRecord, Merchant, Tenant};
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::store::{Directory, StoreError};

/// Queries that one merchant may cost: a page holds some thousand keys.
const MAX_QUERIES: usize = 4;
const MAX_ROWS: usize = 5_000;

#[async_trait]
impl Directory for DynamoStore {
    async fn add_merchant(&self, merchant: &Merchant) -> Result<bool, StoreError> {
        let put = self.put(write_merchant(merchant), Terms::when(ABSENT));
        Ok(matches!(put.await?, Single::Done))
    }

    async fn add_account(&self, account: &Account) -> Result<bool, StoreError> {
        let listed = vec![write_listed(&account.at, account.mode)];
        let listing = Terms::when("attribute_exists(#pk)")
            .update("SET #accounts = list_append(#accounts, :listed)")
            .with(":listed", AttributeValue::L(listed));
        let parts = vec![
            self.put_part(write_account(account), Terms::when(ABSENT))?,
            self.update_part(keys::merchant(account.merchant), listing)?,
        ];
        match self.transact(parts).await? {
            Written::Done => Ok(true),
            Written::Refused(refusals) if refusals.of(0).is_some() => Ok(false),
            Written::Refused(_) => Err(StoreError::Corrupt("an account's merchant is not there".to_owned())),
        }
    }

    async fn tenant(&self, id: MerchantId) -> Result<Option<Tenant>, StoreError> {
        let terms = Terms::when("#pk = :pk").with(":pk", text(keys::merchant_pk(id)));
        let mut call = self.query(&terms);
        let mut items = Vec::new();
        for _ in 0..MAX_QUERIES {
            let page = rows(call.clone(), MAX_ROWS).await?;
            items.extend(page.items);
            if page.next.is_none() {
                return tenant(&items);
            }
            call = call.set_exclusive_start_key(page.next);
        }
        Err(StoreError::Corrupt("a merchant has too many keys".to_owned()))
    }

    async fn account(&self, at: &AccountRef) -> Result<Option<Account>, StoreError> {
        let row = self.get(keys::account(at)).await?;
        row.as_ref().map(read_account).transpose()
    }

    /// A key that is there already stays as it is, so a repeated call never takes a revocation back.
    async fn add_key(&self, key: &KeyRecord) -> Result<(), StoreError> {
        let put = self.put(write_key(key), Terms::when(ABSENT));
        put.await.map(drop)
    }

    async fn revoke_key(&self, merchant: MerchantId, key: KeyId, now: Timestamp) -> Result<bool, StoreError> {
        let terms = Terms::when("attribute_exists(#pk)")
            .update("SET #revoked_at = if_not_exists(#revoked_at, :now)")
            .with(":now", item::time(now));
        let update = self.update(keys::api_key(merchant, key), terms);
        Ok(matches!(update.await?, Single::Done))
    }
}

/// A merchant and its keys; rows of other kinds in the partition are a later release's.
fn tenant(rows: &[Item]) -> Result<Option<Tenant>, StoreError> {
    let sk = |row: &Item| row.get(keys::SK)?.as_s().ok().cloned();
    let merchant = rows.iter().find(|row| sk(row).as_deref() == Some(keys::MERCHANT));
    let Some(merchant) = merchant.map(read_merchant).transpose()? else {
        return Ok(None);
    };
    let keys = rows.iter().filter(|row| sk(row).is_some_and(|sk| keys::parse_api_key_sk(&sk).is_some()));
    Ok(Some(Tenant { merchant, keys: keys.map(read_key).collect::<Result<_, _>>()? }))
}
