//! The table, written out a second time.

use bellhop_domain::status::AttemptStatus::{
    self, Authorized, Canceled, Created, Expired, Failed, Pending, Processing, Succeeded,
};
use bellhop_domain::status::{Decision, LateEdge, Reading, decide};
use proptest::prelude::*;

/// `-` the same status, `.` nothing new, `>` an edge, `L` paid late, `R` reversed, `x` a contradiction.
const TABLE: [(AttemptStatus, &str); 8] = [
    (Created, "- > > > > > > >"),
    (Pending, ". - > > > > > >"),
    (Processing, ". . - > > > > >"),
    (Authorized, ". . . - > > > >"),
    (Succeeded, "x x x x - R x x"),
    (Failed, "x x x x L - x x"),
    (Canceled, "x x x x L x - x"),
    (Expired, "x x x x L x x -"),
];

fn cell(from: AttemptStatus, to: AttemptStatus) -> char {
    let (_, row) = TABLE.iter().find(|(status, _)| *status == from).unwrap();
    let cells: Vec<char> = row.chars().filter(|cell| *cell != ' ').collect();
    assert_eq!(cells.len(), 8);
    let column = TABLE.iter().position(|(status, _)| *status == to).unwrap();
    cells[column]
}

fn expected(from: AttemptStatus, to: AttemptStatus) -> Decision {
    let advance = |late| Decision::Advance { to, late };
    match cell(from, to) {
        '>' => advance(None),
        'L' => advance(Some(LateEdge::PaidLate)),
        'R' => advance(Some(LateEdge::Reversed)),
        'x' => Decision::Refuse { to },
        _ => Decision::Unchanged,
    }
}

fn every_pair() -> impl Iterator<Item = (AttemptStatus, AttemptStatus)> {
    let all = AttemptStatus::ALL;
    all.iter().flat_map(|from| all.iter().map(|to| (*from, *to)))
}

#[test]
fn i2_every_pair_is_as_the_table_says() {
    assert_eq!(every_pair().count(), 64);
    for (from, to) in every_pair() {
        assert_eq!(decide(from, &Reading::Known(to)), expected(from, to), "{from} -> {to}");
    }
}

#[test]
fn i2_an_edge_is_what_decide_advances_along() {
    for (from, to) in every_pair() {
        let edge = matches!(cell(from, to), '>' | 'L' | 'R');
        assert_eq!(from.may_become(to), edge, "{from} -> {to}");
        assert!(!edge || from != to);
    }
}

#[test]
fn every_status_is_reachable_from_created() {
    let mut reached = vec![Created];
    let mut next = 0;
    while let Some(from) = reached.get(next).copied() {
        let all = AttemptStatus::ALL.iter().copied();
        let new: Vec<_> = all.filter(|to| cell(from, *to) == '>' && !reached.contains(to)).collect();
        reached.extend(new);
        next += 1;
    }
    assert_eq!(reached.len(), AttemptStatus::ALL.len());
}

#[test]
fn i2_finals_absorb_but_for_the_late_edges() {
    let leaving: Vec<_> = every_pair().filter(|(from, to)| from.is_final() && from.may_become(*to)).collect();
    let late = [(Succeeded, Failed), (Failed, Succeeded), (Canceled, Succeeded), (Expired, Succeeded)];
    assert_eq!(leaving, late);
    for (from, to) in every_pair() {
        assert_eq!(from.late_edge(to).is_some(), late.contains(&(from, to)));
    }
}

#[test]
fn only_the_late_edges_can_be_walked_in_a_circle() {
    for (from, to) in every_pair() {
        let both = from.may_become(to) && to.may_become(from);
        assert_eq!(both, matches!((from, to), (Succeeded, Failed) | (Failed, Succeeded)));
    }
}

#[test]
fn an_unknown_word_never_moves_anything() {
    for word in ["", "success", "succeeded", "SUCCEEDED", "refunded", "\u{0}"] {
        for status in AttemptStatus::ALL {
            let decision = decide(*status, &Reading::Unrecognized(word.to_owned()));
            assert_eq!(decision, Decision::Unrecognized);
        }
    }
}

#[test]
fn words_are_read_back_and_nothing_else_is() {
    for status in AttemptStatus::ALL {
        assert_eq!(AttemptStatus::parse(status.as_str()), Some(*status));
    }
    for word in ["", "Succeeded", "succeeded ", "cancelled", "unknown"] {
        assert_eq!(AttemptStatus::parse(word), None, "{word}");
    }
}

fn walk(readings: &[Reading]) -> AttemptStatus {
    readings.iter().fold(Created, |at, reading| match decide(at, reading) {
        Decision::Advance { to, .. } => to,
        _ => at,
    })
}

fn a_reading_before(end: AttemptStatus) -> impl Strategy<Value = Reading> {
    prop_oneof![
        6 => prop::sample::select(vec![Created, Pending, Processing, Authorized, end])
            .prop_map(Reading::Known),
        1 => "[a-z]{0,9}".prop_map(Reading::Unrecognized),
    ]
}

proptest! {
    #[test]
    fn i2_any_order_and_repetition_of_readings_ends_the_same(
        (end, readings, at) in prop::sample::select(vec![Succeeded, Failed, Canceled, Expired])
            .prop_flat_map(|end| {
                let readings = prop::collection::vec(a_reading_before(end), 0..12);
                (Just(end), readings, any::<prop::sample::Index>())
            })
    ) {
        let mut readings = readings;
        readings.insert(at.index(readings.len() + 1), Reading::Known(end));
        prop_assert_eq!(walk(&readings), end);
    }

    #[test]
    fn i2_no_reading_leads_back(readings in prop::collection::vec(
        prop::sample::select(AttemptStatus::ALL.to_vec()), 0..20)
    ) {
        let mut at = Created;
        for to in readings {
            if let Decision::Advance { to, late } = decide(at, &Reading::Known(to)) {
                prop_assert_eq!(late.is_some(), at.is_final());
                prop_assert!(cell(at, to) != '.' && cell(at, to) != 'x');
                at = to;
            }
        }
    }
}
