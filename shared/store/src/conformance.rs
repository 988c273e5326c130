//! What every store must do: one suite of cases for all of them.
//!
//! Each case makes its own merchant, so all run against one store, in any order and side by side.

use bellhop_domain::store::{Directory, Store};
use std::error::Error;
use std::fmt::Debug;
use std::sync::Arc;

/// A store that is put to the test.
pub trait Candidate: Store + Directory + 'static {}

impl<T: Store + Directory + 'static> Candidate for T {}

/// What came of a case; the error says what was found instead.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

type Subject = Arc<dyn Candidate>;

/// The cases of a module, each run to its end.
macro_rules! cases {
    ($store:ident; $($case:ident),+ $(,)?) => {
        vec![$((stringify!($case), Box::pin($case(std::sync::Arc::clone($store))).await)),+]
    };
}

mod claims;
mod directory;
mod due;
mod listing;
mod opening;
mod parking;
mod references;
mod saving;
mod tenants;
mod world;

/// Names of cases and what came of them.
pub type Outcomes = Vec<(&'static str, Outcome)>;

/// Runs every case against `store`. Needs a Tokio runtime.
pub async fn run(store: &Arc<dyn Candidate>) -> Outcomes {
    let outcomes = [
        opening::run(store).await,
        saving::run(store).await,
        references::run(store).await,
        claims::run(store).await,
        parking::run(store).await,
        due::run(store).await,
        listing::run(store).await,
        tenants::run(store).await,
        directory::run(store).await,
    ];
    outcomes.into_iter().flatten().collect()
}

/// Fails unless both are the same.
fn equal<T: PartialEq + Debug>(what: &str, found: T, wanted: T) -> Outcome {
    if found == wanted {
        return Ok(());
    }
    Err(format!("{what}: found {found:?}, wanted {wanted:?}").into())
}
