//! A batch on the release binary, as it is deployed but for one injected fault.

use super::payer::PAYS;
use super::world::{World, binaries, root, scratch_dir};
use bellhop_domain::ids::SessionId;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds `refresh-session` in the release profile with its fault, apart from what is deployed.
fn release_binary() -> PathBuf {
    let target = binaries("fault-injection");
    let arguments =
        ["build", "--locked", "--release", "-p", "refresh-session", "--features", "fault-injection"];
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--target-dir")
        .arg(&target)
        .current_dir(root())
        .status();
    assert!(status.expect("cargo runs").success(), "the release build failed");
    target.join("release/refresh-session")
}

/// A folder with every function, where `refresh-session` is the release binary.
fn functions(release: &Path) -> PathBuf {
    let dir = scratch_dir();
    for entry in std::fs::read_dir(root().join("functions")).expect("the functions") {
        let name = entry.expect("a function").file_name();
        let binary =
            if name == "refresh-session" { release.to_owned() } else { binaries("debug").join(&name) };
        std::os::unix::fs::symlink(binary, dir.join(&name)).expect("a link");
    }
    dir
}

#[tokio::test]
async fn i8_of_ten_records_one_unreadable_and_one_panicking_eight_are_done() {
    let world = World::with_functions(functions(&release_binary())).await;
    world.simulator.lose_webhooks().await;
    let mut sessions = Vec::new();
    for number in 0..8 {
        let session = world.open(&format!("RES-{number}")).await;
        let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
        world.simulator.act(payment, "pay", json!({"card": PAYS})).await;
        sessions.push(session);
    }
    world.stack.advance(std::time::Duration::from_secs(300)).await.unwrap();
    let look = |session: &str| {
        json!({"v": 1, "type": "look", "merchant": world.merchant.to_string(), "session": session})
            .to_string()
    };
    let mut bodies: Vec<String> =
        sessions.iter().map(|session| look(session["id"].as_str().unwrap())).collect();
    bodies.insert(3, "{not json".to_owned());
    bodies.insert(6, look(&SessionId::from_bytes([0; 16]).to_string()));
    let records: Vec<Value> = bodies
        .iter()
        .enumerate()
        .map(|(n, body)| json!({"messageId": format!("m{n}"), "body": body}))
        .collect();
    let answer = world
        .stack
        .invoke("refresh-session", json!({"Records": records}).to_string())
        .await
        .expect("an answer");
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    let failed: Vec<_> = answer["batchItemFailures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["itemIdentifier"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["m3", "m6"]);
    for session in &sessions {
        assert_eq!(world.session(session).await["status"], "succeeded");
    }
    world.stop().await;
}
