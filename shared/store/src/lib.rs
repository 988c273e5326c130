//! Where sessions are kept: in memory, and in one DynamoDB table.
//!
//! Both implementations of [`bellhop_domain::store`] pass the cases of [`conformance`].
//!
//! Times are kept in milliseconds since 1970: what is finer is lost by [`dynamodb`].

pub mod conformance;
pub mod dynamodb;
pub mod memory;
mod shard;

pub use dynamodb::DynamoStore;
pub use memory::MemoryStore;
