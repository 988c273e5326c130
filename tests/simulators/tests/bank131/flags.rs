//! The command line.

use bellhop_simulators::{bank131, frontgo, powens};
use clap::Parser;

use crate::stage::fresh_path;

/// A tool that starts more than one simulator.
#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    bank131: bank131::Args,
    #[command(flatten)]
    _frontgo: frontgo::Args,
    #[command(flatten)]
    _powens: powens::Args,
}

#[test]
fn the_flags_stand_beside_those_of_the_others_and_come_on_top_of_the_file() {
    let (file, key) = (fresh_path("config"), fresh_path("key"));
    std::fs::write(&file, r#"{"port": 1, "project": {"name": "of-the-file", "hold": true}}"#).unwrap();
    std::fs::write(&key, "a key").unwrap();
    let path = |path: &std::path::PathBuf| path.to_str().unwrap().to_owned();
    let flags = Flags::parse_from([
        "tool".to_owned(),
        "--bank131-port=4050".to_owned(),
        format!("--bank131-config={}", path(&file)),
        format!("--bank131-partner-key={}", path(&key)),
        "--bank131-webhook-url=http://127.0.0.1:1/hook".to_owned(),
    ]);
    let config = flags.bank131.config(None, Some(std::path::Path::new("data"))).unwrap();
    let project = &config.project;
    assert_eq!((config.port, project.name.as_str(), project.hold), (4050, "of-the-file", true));
    assert_eq!(project.partner_public_key, "a key");
    assert_eq!(project.webhook.as_ref().unwrap().events.len(), 5);
    assert_eq!(config.data.as_deref(), Some(std::path::Path::new("data")));
    std::fs::remove_file(file).unwrap();
    std::fs::remove_file(key).unwrap();
}
