//! The queues alone, on one port of 127.0.0.1 and real time: `cargo run --example sqs -- PORT`.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use bellhop_local::clock::Clock;
use bellhop_local::sqs::Queues;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port: u16 = std::env::args().nth(1).ok_or("usage: sqs PORT")?.parse()?;
    let queues = Queues::new(Clock::real(None)?, "eu-central-1");
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    queues.set_base_url(&url);
    println!("listening on {url}");
    axum::serve(listener, queues.router()).await?;
    Ok(())
}
