//! What the README tells a newcomer to type, typed.

use super::payer::Payer;
use super::world::{SITE, World, root};
use serde_json::Value;
use tokio::process::Command;

/// The commands that the README marks as its walk-through, in order.
fn commands() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let blocks = text.split("```sh walk-through\n").skip(1);
    blocks.map(|block| block.split("```").next().expect("a block").to_owned()).collect()
}

async fn run(world: &World, command: &str) -> Value {
    let mut shell = Command::new("bash");
    shell.args(["-euc", command]).env("API", world.stack.api_url()).env("KEY", &world.key).env("SITE", SITE);
    let output = shell.output().await.expect("bash runs");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{command}: {error}"))
}

#[tokio::test]
async fn the_walk_through_opens_a_session_and_reads_the_truth() {
    let world = World::start().await;
    let [create, read] = <[String; 2]>::try_from(commands()).expect("two blocks");
    let session = run(&world, &create).await;
    assert_eq!(session["status"], "pending", "{session}");
    assert_eq!(run(&world, &create).await, session, "the same again gives the same");
    Payer::of(&world).pay(&session).await;
    world.rest().await;
    let list = run(&world, &read).await;
    assert_eq!(list["data"][0]["status"], "succeeded", "{list}");
    assert_eq!(world.simulator.payments("RES-12345").await.len(), 1);
    world.stop().await;
}
