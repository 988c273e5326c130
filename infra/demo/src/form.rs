//! The booking form as the payer filled it in.

use crate::provider::Provider;
use crate::reference::Reference;
use crate::rooms::Room;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The values by the names of their inputs.
#[derive(Debug, Clone, Default)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// The form as it is on that day before anyone has filled it in. Its booking reference is made with it, so that
    /// pressing twice is one booking.
    pub fn of(reference: &Reference, room: &Room, provider: &Provider, today: Date) -> Self {
        let mut values = BTreeMap::from([
            ("booking".to_owned(), reference.to_string()),
            ("room".to_owned(), room.id.to_owned()),
            ("provider".to_owned(), provider.id.to_owned()),
        ]);
        for field in provider.fields() {
            values.insert(field.name.to_owned(), field.first_on(today));
        }
        Self(values)
    }

    /// What a browser sent; `None` for a name that comes twice, which no form of ours has.
    pub fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let many = pairs.len();
        let values: BTreeMap<_, _> = pairs.into_iter().collect();
        (values.len() == many).then_some(Self(values))
    }

    /// The value of an input; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}
