//! Help, the options that say where to work, and what goes wrong there.

use crate::merchants::{added, id};
use crate::place::{Place, Run, finish, program, words};

#[test]
fn the_help_of_every_command_names_exit_codes_and_examples() {
    let groups = ["", "merchant", "account", "key", "session", "service"];
    for group in groups {
        let help = [&words(group)[..], &["--help"]].concat();
        let run = finish(program(&help), "").ends(0);
        assert!(run.out.contains("Exit codes:\n  0  done"), "{group}: {}", run.out);
    }
    let commands = [
        "merchant add",
        "merchant show",
        "account add",
        "key create",
        "key revoke",
        "key list",
        "session show",
        "session list",
        "service init",
    ];
    for command in commands {
        let help = [&words(command)[..], &["--help"]].concat();
        let run = finish(program(&help), "").ends(0);
        let example = format!("Examples:\n  bellhop {command}");
        assert!(run.out.contains(&example) && run.out.contains("Exit codes"), "{}", run.out);
    }
}

#[test]
fn no_option_takes_a_secret_itself() {
    for command in ["merchant add", "account add", "service init", "key create"] {
        let help = [&words(command)[..], &["--help"]].concat();
        let text = finish(program(&help), "").ends(0).out;
        for option in ["--secret-value ", "--access-key", "--secret-access-key", "--session-token"] {
            assert!(!text.contains(option), "{command}: {option}");
        }
    }
    finish(program(&["--secret", "x", "service", "init"]), "").ends(2);
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let mut bare = program(&["merchant", "show", &id(1)]);
    bare.env_remove("AWS_SECRET_ACCESS_KEY");
    let run = finish(bare, "").ends(2);
    assert_eq!(run.err.lines().count(), 5);
    run.complains(&[
        "--table or BELLHOP_TABLE is missing",
        "--secrets-prefix or BELLHOP_SECRETS_PREFIX is missing",
        "--region or AWS_REGION is missing",
        "AWS_ACCESS_KEY_ID in the environment is missing",
        "AWS_SECRET_ACCESS_KEY in the environment is missing",
    ]);
}

/// A command for a table that is not on this machine, which none of these tests reaches.
#[track_caller]
fn at_a_real_table(more: &[&str]) -> Run {
    let line = format!("merchant show {} --table t --secrets-prefix p/ --region eu-west-2", id(1));
    let mut command = program(&[&words(&line)[..], more].concat());
    command.env("AWS_ACCESS_KEY_ID", "AKIA");
    finish(command, "")
}

#[test]
fn a_file_of_secrets_or_a_moved_clock_beside_a_real_table_is_refused() {
    for option in ["--secrets-file", "--clock-file"] {
        at_a_real_table(&[option, "/tmp/x"]).ends(2).complains(&["is only for the local stack"]);
    }
}

#[test]
fn a_table_service_elsewhere_must_be_https() {
    at_a_real_table(&["--endpoint-dynamodb", "http://table.example"])
        .ends(2)
        .complains(&["AWS_ENDPOINT_URL_DYNAMODB must be https"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn options_say_the_same_as_the_environment_and_win_over_it() {
    let place = Place::new().await;
    let merchant = added(&place, 1);
    let (table, endpoint) = place.table();
    let mut command = program(&["merchant", "show", &merchant, "--secrets-prefix", "other/"]);
    command.args(["--table", table, "--endpoint-dynamodb", endpoint]).env("BELLHOP_TABLE", "wrong");
    finish(command, "").ends(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_does_not_answer_is_unavailable() {
    let place = Place::new().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let run = place.run(&["merchant", "show", &id(1), "--endpoint-dynamodb", &endpoint, "--json"]);
    run.ends(4).complains(&["\"code\":\"unavailable\"", "\"exit_code\":4", "the table is unavailable"]);
    place.run(&["merchant", "show", &id(1), "--table", "another"]).ends(4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_of_the_local_stack_is_followed() {
    let place = Place::new().await;
    let clock = place.write("clock", "frozen 1795176000000\n");
    let merchant = id(1);
    let add = format!("merchant add --name H --origin https://a.example --id {merchant}");
    let add = words(&add);
    let run = place.run(&[&add[..], &["--json", "--clock-file", &clock]].concat()).ends(0);
    assert_eq!(run.json()["created_at"], "2026-11-20T12:00:00.000Z");
}

#[test]
fn unknown_commands_and_options_are_wrong_usage() {
    for wrong in [&["merchant"][..], &["merchant", "ad"], &["key", "list"], &["service", "init", "--now"]] {
        finish(program(wrong), "").ends(2);
    }
}
