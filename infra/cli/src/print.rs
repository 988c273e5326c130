//! What a command found, as JSON for programs and as plain text for people.

use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// What a command has to say.
#[derive(Debug)]
pub struct Report {
    /// For `--json`.
    pub json: Value,
    /// For people, where the JSON laid out as text is not it.
    pub text: Option<String>,
    /// A remark for people, beside the result: it goes to standard error.
    pub remark: Option<String>,
}

impl Report {
    /// A result that reads the same for both.
    pub const fn of(json: Value) -> Self {
        Self { json, text: None, remark: None }
    }

    /// With a remark for people.
    #[must_use]
    pub fn remarking(mut self, remark: impl Into<String>) -> Self {
        self.remark = Some(remark.into());
        self
    }

    /// Prints it. A reader that went away is no failure of the command.
    pub fn print(&self, as_json: bool) {
        let text = match &self.text {
            _ if as_json => format!("{:#}\n", self.json),
            Some(text) => text.clone(),
            None => laid_out(&self.json),
        };
        let _ = io::stdout().write_all(text.as_bytes());
        if let Some(remark) = self.remark.as_ref().filter(|_| !as_json) {
            complain(&format!("{remark}\n"));
        }
    }
}

/// Writes to standard error.
pub fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// An object as lines of name and value, and a table for every list of objects behind them.
pub fn laid_out(json: &Value) -> String {
    let (mut rows, mut tables) = (Vec::new(), Vec::new());
    collect("", json, &mut rows, &mut tables);
    let wide = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, value) in &rows {
        let _ = writeln!(text, "{name:wide$}  {value}");
    }
    for (name, table) in tables {
        let _ = write!(text, "\n{name}\n{}", in_columns(&table));
    }
    text
}

type Rows = Vec<(String, String)>;
type Tables<'a> = Vec<(String, Vec<&'a Map<String, Value>>)>;

fn collect<'a>(name: &str, value: &'a Value, rows: &mut Rows, tables: &mut Tables<'a>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in in_order(fields) {
                let dot = if name.is_empty() { "" } else { "." };
                collect(&format!("{name}{dot}{field}"), value, rows, tables);
            }
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
            let objects = items.iter().filter_map(Value::as_object);
            tables.push((name.to_owned(), objects.collect()));
        }
        other => rows.push((name.to_owned(), shown(other))),
    }
}

/// `id` first, the others as the alphabet has them.
fn in_order(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| (name.as_str() != "id", name.as_str()));
    fields
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "-".to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// The columns are the first row's: all rows of one list have the same fields.
fn in_columns(table: &[&Map<String, Value>]) -> String {
    let Some(first) = table.first() else {
        return String::new();
    };
    let names: Vec<&str> = in_order(first).iter().map(|(name, _)| name.as_str()).collect();
    let mut lines = vec![names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()];
    for row in table {
        let cell = |name: &&str| row.get(*name).map_or_else(String::new, shown);
        lines.push(names.iter().map(cell).collect());
    }
    let wide: Vec<usize> = (0..names.len())
        .map(|at| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&wide);
        let cells: Vec<String> = cells.map(|(cell, wide)| format!("{cell:wide$}")).collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
    text
}
