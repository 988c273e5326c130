//! The rows of merchants, their accounts and their API keys.
//!
//! | Row | Attributes |
//! |---|---|
//! | merchant | `name`, `origins`, `accounts` (`ref`, `mode`), `provider`, `at` |
//! | account | `ref`, `merchant`, `mode`, `settings` (JSON text), `secret` (its name) |
//! | API key | `mode`, `hash`, `at`, `revoked_at` |

use super::super::keys;
use super::wish::{json, object};
use super::{Item, MERCHANT, Reader, Writer, row, text, time};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::account::{Account, AccountRef, KeyRecord, Merchant, Mode};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::store::StoreError;
use bellhop_domain::text::Origin;

/// A merchant's accounts, in the order they were added.
pub(in super::super) const ACCOUNTS: &str = "accounts";
/// When a key was revoked.
pub(in super::super) const REVOKED_AT: &str = "revoked_at";
const NAME: &str = "name";
const ORIGINS: &str = "origins";
const PROVIDER: &str = "provider";
const AT: &str = "at";
const REF: &str = "ref";
const MODE: &str = "mode";
const SETTINGS: &str = "settings";
const SECRET: &str = "secret";
const HASH: &str = "hash";

/// The row of a merchant.
pub(in super::super) fn write_merchant(merchant: &Merchant) -> Item {
    let origins = merchant.origins.iter().map(|origin| text(origin.as_str()));
    let accounts = merchant.accounts.iter();
    let accounts = accounts.map(|(at, mode)| write_listed(at, *mode)).collect();
    let mut row = row(keys::merchant(merchant.id));
    row.text(NAME, &merchant.name)
        .put(ORIGINS, AttributeValue::L(origins.collect()))
        .put(ACCOUNTS, AttributeValue::L(accounts))
        .optional(PROVIDER, merchant.default_provider.map(text))
        .time(AT, merchant.created_at);
    row.0
}

/// One element of a merchant's list of accounts.
pub(in super::super) fn write_listed(at: &AccountRef, mode: Mode) -> AttributeValue {
    let mut map = Writer::default();
    map.text(REF, at).text(MODE, mode);
    AttributeValue::M(map.0)
}

/// Reads a merchant's row.
pub(in super::super) fn read_merchant(item: &Item) -> Result<Merchant, StoreError> {
    let row = Reader::new(item);
    let origins = row.texts(ORIGINS)?.into_iter();
    let accounts = row.maps(ACCOUNTS, "accounts.")?.into_iter();
    Ok(Merchant {
        id: row.parsed(keys::PK, keys::parse_merchant_pk)?,
        name: row.text(NAME)?,
        origins: origins
            .map(|origin| Origin::parse(origin).map_err(|_| row.corrupt(ORIGINS)))
            .collect::<Result<_, _>>()?,
        accounts: accounts
            .map(|map| Ok((map.parsed(REF, AccountRef::parse)?, map.parsed(MODE, Mode::parse)?)))
            .collect::<Result<_, StoreError>>()?,
        default_provider: row.maybe_parsed(PROVIDER, ProviderName::parse)?,
        created_at: row.time(AT)?,
    })
}

/// The row of an account.
pub(in super::super) fn write_account(account: &Account) -> Item {
    let mut row = row(keys::account(&account.at));
    row.text(REF, &account.at)
        .text(MERCHANT, account.merchant)
        .text(MODE, account.mode)
        .optional(SETTINGS, json(&account.settings))
        .text(SECRET, &account.secret_name);
    row.0
}

/// Reads an account's row.
pub(in super::super) fn read_account(item: &Item) -> Result<Account, StoreError> {
    let row = Reader::new(item);
    Ok(Account {
        at: row.parsed(REF, AccountRef::parse)?,
        merchant: row.parsed(MERCHANT, |id| MerchantId::parse(id).ok())?,
        mode: row.parsed(MODE, Mode::parse)?,
        settings: row.maybe_parsed(SETTINGS, object)?.unwrap_or_default(),
        secret_name: row.text(SECRET)?,
    })
}

/// The row of an API key.
pub(in super::super) fn write_key(key: &KeyRecord) -> Item {
    let mut row = row(keys::api_key(key.merchant, key.id));
    row.text(MODE, key.mode)
        .bytes(HASH, &key.hash)
        .time(AT, key.created_at)
        .optional(REVOKED_AT, key.revoked_at.map(time));
    row.0
}

/// Reads an API key's row.
pub(in super::super) fn read_key(item: &Item) -> Result<KeyRecord, StoreError> {
    let row = Reader::new(item);
    Ok(KeyRecord {
        id: row.parsed(keys::SK, keys::parse_api_key_sk)?,
        merchant: row.parsed(keys::PK, keys::parse_merchant_pk)?,
        mode: row.parsed(MODE, Mode::parse)?,
        hash: row.bytes(HASH)?,
        created_at: row.time(AT)?,
        revoked_at: row.maybe_time(REVOKED_AT)?,
    })
}
