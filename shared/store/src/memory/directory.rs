//! Merchants, accounts and API keys in memory.

use super::MemoryStore;
use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, KeyRecord, Merchant, Tenant};
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::store::{Directory, StoreError};

#[async_trait]
impl Directory for MemoryStore {
    async fn add_merchant(&self, merchant: &Merchant) -> Result<bool, StoreError> {
        let mut state = self.state();
        let new = !state.merchants.contains_key(&merchant.id);
        if new {
            state.merchants.insert(merchant.id, merchant.clone());
        }
        Ok(new)
    }

    async fn add_account(&self, account: &Account) -> Result<bool, StoreError> {
        let mut state = self.state();
        if state.accounts.contains_key(&account.at) {
            return Ok(false);
        }
        let Some(merchant) = state.merchants.get_mut(&account.merchant) else {
            let message = "an account's merchant is not there";
            return Err(StoreError::Corrupt(message.to_owned()));
        };
        merchant.accounts.push((account.at.clone(), account.mode));
        state.accounts.insert(account.at.clone(), account.clone());
        Ok(true)
    }

    async fn tenant(&self, id: MerchantId) -> Result<Option<Tenant>, StoreError> {
        let state = self.state();
        let keys = state.keys.values().filter(|key| key.merchant == id);
        let merchant = state.merchants.get(&id).cloned();
        Ok(merchant.map(|merchant| Tenant { merchant, keys: keys.cloned().collect() }))
    }

    async fn account(&self, at: &AccountRef) -> Result<Option<Account>, StoreError> {
        Ok(self.state().accounts.get(at).cloned())
    }

    async fn add_key(&self, key: &KeyRecord) -> Result<(), StoreError> {
        let mut state = self.state();
        let at = (key.merchant, key.id);
        state.keys.entry(at).or_insert_with(|| key.clone());
        Ok(())
    }

    async fn revoke_key(&self, merchant: MerchantId, key: KeyId, now: Timestamp) -> Result<bool, StoreError> {
        let mut state = self.state();
        let key = state.keys.get_mut(&(merchant, key));
        Ok(key.is_some_and(|key| {
            key.revoked_at.get_or_insert(now);
            true
        }))
    }
}
