//! Prints the status table for ARCHITECTURE.md: what stands between the two markers there.

use bellhop_domain::status_drawing::mermaid;
use std::io::Write;

fn main() -> std::io::Result<()> {
    write!(std::io::stdout(), "```mermaid\n{}```\n", mermaid())
}
