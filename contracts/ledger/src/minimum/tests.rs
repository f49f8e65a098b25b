use super::Minimum;

fn minimum(amount: u128) -> Minimum {
    Minimum::new(amount).expect("within bounds")
}

#[test]
fn the_layout_of_a_minimum_is_the_documented_one() {
    let bytes = minimum(0x0102).schedule(0x0304, 0x0505).expect("within bounds").to_bytes();

    assert_eq!(bytes[..11], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(bytes[11..22], [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4]);
    assert_eq!(bytes[22..24], [5, 5 + 8]);
    assert_eq!(bytes[24..], [0; 8]);
}

#[test]
fn a_raise_is_in_force_after_seven_full_days() {
    let raised = minimum(10).schedule(11, 100).expect("within bounds");

    assert_eq!(raised.on(107), 10);
    assert_eq!(raised.on(108), 11);
    assert_eq!(raised.pending(107), Some((11, 108)));
    assert_eq!(raised.pending(108), None);
}

#[test]
fn a_cut_is_in_force_the_next_day() {
    let cut = minimum(10).schedule(9, 100).expect("within bounds");

    assert_eq!((cut.on(100), cut.on(101)), (10, 9));
    assert_eq!(cut.pending(100), Some((9, 101)));
    assert_eq!(cut.pending(101), None);
}

#[test]
fn a_new_schedule_starts_from_what_is_in_force() {
    let raised = minimum(10).schedule(20, 100).expect("within bounds");

    // Before the raise is in force, 15 is a raise over 10; after it, 15 is a cut from 20.
    let before = raised.schedule(15, 107).expect("within bounds");
    let after = raised.schedule(15, 108).expect("within bounds");

    assert_eq!((before.on(108), before.on(114), before.on(115)), (10, 10, 15));
    assert_eq!((after.on(108), after.on(109)), (20, 15));
}

#[test]
fn setting_what_is_in_force_calls_a_pending_change_off() {
    let raised = minimum(10).schedule(20, 100).expect("within bounds");

    let called_off = raised.schedule(10, 101).expect("within bounds");

    assert!((101..200).all(|day| called_off.on(day) == 10));
}

#[test]
fn after_the_last_day_number_a_change_is_in_force_at_once() {
    let changed = minimum(10).schedule(20, 70_000).expect("within bounds");

    assert_eq!(changed.on(70_000), 20);
}

#[test]
fn setting_what_is_in_force_needs_no_notice() {
    let same = minimum(10).schedule(10, 100).expect("within bounds");

    assert_eq!(same.pending(100), Some((10, 101)));
}
