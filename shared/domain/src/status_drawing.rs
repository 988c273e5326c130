//! The status table, drawn by itself.

use crate::status::{AttemptStatus, LateEdge};
use std::fmt::Write;

/// The table as a Mermaid state diagram: one line for each edge, late edges by their names.
pub fn mermaid() -> String {
    let mut text = String::from("stateDiagram-v2\n    [*] --> created\n");
    for (from, to) in edges() {
        let label = from.late_edge(to).map(LateEdge::as_str);
        let label = label.map_or_else(String::new, |word| format!(" : {word}"));
        // Writing into a String cannot fail.
        let _ = writeln!(text, "    {from} --> {to}{label}");
    }
    text
}

fn edges() -> impl Iterator<Item = (AttemptStatus, AttemptStatus)> {
    let all = AttemptStatus::ALL;
    let pairs = all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to)));
    pairs.filter(|(from, to)| from.may_become(*to))
}
