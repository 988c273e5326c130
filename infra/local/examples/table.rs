//! The table service alone, in memory, on the given port: for conformance checks.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use bellhop_local::server::listen;
use bellhop_local::table::{Storage, Table};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).ok_or("usage: table PORT")?.parse()?;
    let table = Table::start(Storage::Memory, listen(port).await?).await?;
    println!("listening on {}", table.url());
    tokio::signal::ctrl_c().await?;
    table.stop().await;
    Ok(())
}
