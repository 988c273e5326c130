//! The table in ARCHITECTURE.md is the table of the code.

use bellhop_domain::status_drawing::mermaid;
use std::path::Path;

const BEGIN: &str = "<!-- status-table:begin -->";
const END: &str = "<!-- status-table:end -->";

#[test]
fn the_architecture_shows_the_table_as_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ARCHITECTURE.md");
    let text = std::fs::read_to_string(&file).expect("ARCHITECTURE.md is there");
    let (_, rest) = text.split_once(BEGIN).expect("the table begins with its marker");
    let (shown, _) = rest.split_once(END).expect("the table ends with its marker");
    let drawn = format!("```mermaid\n{}```", mermaid());
    assert!(
        shown.trim() == drawn,
        "the table in ARCHITECTURE.md is out of date. Put what this prints between its markers:\n\
         cargo run -q -p bellhop-domain --example status_table"
    );
}

#[test]
fn every_edge_is_drawn_once_and_late_ones_by_name() {
    let drawn = mermaid();
    let edges: Vec<&str> = drawn.lines().filter(|line| line.contains("-->")).collect();
    assert_eq!(edges.len(), 1 + 26);
    assert!(edges.contains(&"    expired --> succeeded : paid_late"));
    assert!(edges.contains(&"    succeeded --> failed : reversed"));
    assert!(edges.contains(&"    pending --> succeeded"));
    assert_eq!(drawn.matches("paid_late").count(), 3);
}
