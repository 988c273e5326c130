//! The price list.

/// A stay that can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Its name in forms and addresses.
    pub id: &'static str,
    /// What is booked, as the payer reads it: also the payment's description.
    pub stay: &'static str,
    /// What to expect.
    pub about: &'static str,
    /// The price, in pence.
    pub pence: u64,
}

/// Everything on offer, the first one chosen until the payer chooses another.
pub const ROOMS: [Room; 4] = [
    Room {
        id: "harbour",
        stay: "Harbour room, two nights",
        about: "A double bed, a bay window over the quay, breakfast at any hour.",
        pence: 14_500,
    },
    Room {
        id: "garden",
        stay: "Garden room, two nights",
        about: "Twin beds and a door of its own to the herb garden.",
        pence: 11_800,
    },
    Room {
        id: "lighthouse",
        stay: "Lighthouse loft, three nights",
        about: "Ninety-one steps up; the whole coast from the bath tub.",
        pence: 31_250,
    },
    Room {
        id: "boathouse",
        stay: "Boathouse bunk, one night",
        about: "A bunk, a stove, and the sound of halyards.",
        pence: 4_200,
    },
];

/// The currency of every price.
pub const CURRENCY: &str = "GBP";

/// The room of that name.
pub fn room(id: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.id == id)
}
