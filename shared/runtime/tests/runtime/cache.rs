use crate::stage::evening;
use bellhop_domain::SignedDuration;
use bellhop_runtime::cache::Cache;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[test]
fn a_value_is_good_for_its_life_and_no_longer() {
    let cache = Cache::new(MINUTE, 10);
    cache.put("a", 1, evening());
    assert_eq!(cache.get(&"a", evening() + SignedDuration::from_secs(59)), Some(1));
    assert_eq!(cache.get(&"a", evening() + MINUTE), None);
}

#[test]
fn i13_a_clock_that_was_set_back_makes_a_value_old() {
    let cache = Cache::new(MINUTE, 10);
    cache.put("a", 1, evening());
    assert_eq!(cache.get(&"a", evening() - SignedDuration::from_secs(1)), None);
}

#[test]
fn the_oldest_goes_when_there_is_no_room() {
    let cache = Cache::new(MINUTE, 2);
    for (at, name) in ["first", "second", "third"].into_iter().enumerate() {
        let later = SignedDuration::from_secs(i64::try_from(at).unwrap());
        cache.put(name, at, evening() + later);
    }
    let now = evening() + SignedDuration::from_secs(3);
    assert_eq!(cache.len(), 2);
    assert_eq!(cache.get(&"first", now), None);
    assert_eq!(cache.get(&"third", now), Some(2));
}

#[test]
fn a_value_that_is_renewed_pushes_nothing_out() {
    let cache = Cache::new(MINUTE, 2);
    cache.put("a", 1, evening());
    cache.put("b", 1, evening());
    cache.put("a", 2, evening());
    assert_eq!((cache.get(&"a", evening()), cache.get(&"b", evening())), (Some(2), Some(1)));
}
