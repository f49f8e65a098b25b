use std::vec::Vec;

use mrc53_tries::rlp;

use super::{at, Place};

/// The hash of the node in `place`.
fn hash(place: usize) -> [u8; 32] {
    [0xa0 | place as u8; 32]
}

/// A branch with a node in each place whose bit is set.
fn branch(places: u16) -> Vec<Vec<u8>> {
    let item = |place| if places >> place & 1 == 1 { rlp::string(&hash(place)) } else { [0x80].into() };
    (0..16).map(item).chain([[0x80].into()]).collect()
}

#[test]
fn every_place_of_every_branch_of_two_nodes_or_more_is_read() {
    for places in (0..=u16::MAX).filter(|places| places.count_ones() >= 2) {
        let payload = branch(places).concat();
        for place in 0..16 {
            let hash = hash(place);
            let expected = if places >> place & 1 == 1 { Place::Hash(&hash) } else { Place::Empty };
            assert_eq!(at(&payload, place as u8), Some(expected), "{places:016b}, {place}");
        }
    }
}

#[test]
fn what_is_no_such_branch_is_left_to_the_other_rules() {
    for places in [u16::MAX, 0x8001, 0x7ff1] {
        for place in 0..17 {
            let mut items = branch(places);
            for code in [0x00, 0x20, 0x81, 0x9f, 0xa1, 0xb0, 0xc3, 0xe0, 0xff] {
                items[place][0] = code;
                assert_eq!(at(&items.concat(), 3), None, "{code:02x} in place {place} of {places:016b}");
            }
        }
    }
}

#[test]
fn two_wrong_codes_do_not_make_a_right_one() {
    for code in [0x20, 0x80, 0xa1, 0xe0] {
        for place in 0..15 {
            let mut items = branch(u16::MAX);
            (items[place][0], items[15][0]) = (code, code);
            assert_eq!(at(&items.concat(), 3), None, "{code:02x} in the places {place} and 15");
        }
    }
}

#[test]
fn a_branch_that_is_cut_off_has_a_value_or_goes_on_is_left_to_the_other_rules() {
    for places in [u16::MAX, 0x8001, 0x7ff1] {
        let whole = branch(places).concat();
        let with_value = [&whole[..whole.len() - 1], &rlp::string(&[7; 32])].concat();

        assert!((0..whole.len()).all(|end| at(&whole[..end], 0).is_none()));
        assert_eq!(at(&with_value, 0), None);
        assert_eq!(at(&[whole.as_slice(), &[0x80]].concat(), 0), None);
        assert_eq!(at(&[whole.as_slice(), &rlp::string(&hash(0))].concat(), 0), None);
    }
}

#[test]
fn a_branch_of_one_node_is_left_to_the_other_rules() {
    assert_eq!(at(&branch(0x0001).concat(), 0), None);
}
