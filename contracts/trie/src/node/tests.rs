use std::{vec, vec::Vec};

use mrc53_tries::rlp;
use proptest::prelude::*;

use super::{step, Step};
use crate::{link::Link, Malformed};

const KEY: [u8; 32] = [0x12; 32];
const HASH: [u8; 32] = [0xab; 32];

/// What a list of `items`, to which `depth` nibbles lead, says of [`KEY`].
fn said<R>(items: &[Vec<u8>], depth: usize, judge: impl Fn(Result<Step<'_>, Malformed>) -> R) -> R {
    judge(step(&items.concat(), depth, &KEY))
}

fn is_refused(items: &[Vec<u8>], depth: usize) -> bool {
    said(items, depth, |step| step == Err(Malformed))
}

fn is_absent(items: &[Vec<u8>], depth: usize) -> bool {
    said(items, depth, |step| step == Ok(Step::Absent))
}

/// A leaf or an extension: the path in its compact form, the second item encoded.
fn pair(compact: &[u8], second: Vec<u8>) -> Vec<Vec<u8>> {
    vec![rlp::string(compact), second]
}

/// The compact path of a leaf below `depth` nibbles of [`KEY`].
fn rest_of_key(depth: usize) -> Vec<u8> {
    let tail = &KEY[depth.div_ceil(2)..];
    let head = if depth.is_multiple_of(2) { 0x20 } else { 0x30 | KEY[depth / 2] & 0xf };
    [&[head], tail].concat()
}

fn branch(place: usize, item: &[u8]) -> Vec<Vec<u8>> {
    let mut items = vec![vec![0x80]; 17];
    items[place] = item.to_vec();
    items
}

fn hash() -> Vec<u8> {
    rlp::string(&HASH)
}

/// A leaf at the last nibble but `nibbles`, small enough to be embedded.
fn small_leaf(nibbles: usize, value: u8) -> Vec<u8> {
    rlp::list(&pair(&rest_of_key(64 - nibbles), rlp::string(&[value])))
}

#[test]
fn a_leaf_has_the_value_of_the_key_that_its_path_ends() {
    for depth in [0, 1, 2, 31, 62, 63, 64] {
        let leaf = pair(&rest_of_key(depth), rlp::string(&[7, 8]));

        assert!(said(&leaf, depth, |step| step == Ok(Step::Value(&[7, 8]))), "depth {depth}");
    }
}

#[test]
fn a_key_is_absent_where_a_leaf_ends_another() {
    for (depth, at) in [(0, 1), (0, 32), (1, 0), (1, 31), (63, 0)] {
        let mut path = rest_of_key(depth);
        path[at] ^= 1;

        assert!(is_absent(&pair(&path, vec![7]), depth), "depth {depth}, byte {at}");
    }
}

#[test]
fn a_leaf_whose_path_does_not_end_at_nibble_64_is_refused() {
    assert!(is_refused(&pair(&rest_of_key(2), vec![7]), 0));
    assert!(is_refused(&pair(&rest_of_key(0), vec![7]), 2));
    assert!(is_refused(&pair(&rest_of_key(3), vec![7]), 2));
    assert!(is_refused(&pair(&rest_of_key(63), vec![7]), 64));
}

#[test]
fn a_leaf_without_a_value_or_with_a_list_for_one_is_refused() {
    assert!(is_refused(&pair(&rest_of_key(0), vec![0x80]), 0));
    assert!(is_refused(&pair(&rest_of_key(0), rlp::list(&[[7]])), 0));
    assert!(is_refused(&pair(&rest_of_key(0), vec![0x81, 0x07]), 0));
}

#[test]
fn an_extension_leads_to_the_node_below_it() {
    let below = Ok(Step::Below(Link::Hash(&HASH), 4));

    assert!(said(&pair(&[0x00, 0x12, 0x12], hash()), 0, |step| step == below));
    assert!(said(&pair(&[0x12, 0x12], hash()), 1, |step| step == below));
    assert!(is_absent(&pair(&[0x00, 0x12, 0x13], hash()), 0));
    assert!(is_absent(&pair(&[0x11, 0x12], hash()), 1));
}

#[test]
fn an_extension_has_a_path_and_leaves_a_nibble_to_the_branch_below() {
    assert!(is_refused(&pair(&[0x00], hash()), 0));
    assert!(said(&pair(&[0x11], hash()), 62, |step| step == Ok(Step::Below(Link::Hash(&HASH), 63))));
    assert!(is_refused(&pair(&[0x12], hash()), 63));
    assert!(is_refused(&pair(&[0x00, 0x12], hash()), 62));
    assert!(is_refused(&pair(&[0x00, 0x12], hash()), 63));
}

#[test]
fn an_extension_names_something_below_it() {
    for second in [vec![0x80], vec![0x01], rlp::string(&[1; 31]), rlp::string(&[1; 33]), vec![0xc0]] {
        assert!(is_refused(&pair(&[0x00, 0x12], second.clone()), 0), "{second:02x?}");
    }
}

#[test]
fn what_is_embedded_in_an_extension_is_a_branch_whether_the_key_needs_it_or_not() {
    let embedded = rlp::list(&branch(2, &small_leaf(0, 7)));

    assert!(said(&pair(&[0x11], embedded.clone()), 62, |step| {
        step == Ok(Step::Below(Link::Embedded(&embedded), 63))
    }));
    assert!(is_absent(&pair(&[0x1e], embedded), 62));
    for path in [0x11, 0x1e] {
        assert!(is_refused(&pair(&[path], small_leaf(1, 7)), 62));
        assert!(is_refused(&pair(&[path], rlp::list(&branch(2, &[0x01]))), 62));
    }
}

#[test]
fn a_branch_leads_by_the_next_nibble_and_its_empty_place_means_absent() {
    assert!(said(&branch(1, &hash()), 0, |step| step == Ok(Step::Below(Link::Hash(&HASH), 1))));
    assert!(said(&branch(2, &hash()), 63, |step| step == Ok(Step::Below(Link::Hash(&HASH), 64))));
    assert!((0..16).all(|place| (place == 2) != is_absent(&branch(place, &hash()), 1)));
    assert!(said(&vec![hash(); 16].into_iter().chain([vec![0x80]]).collect::<Vec<_>>(), 0, |step| {
        step == Ok(Step::Below(Link::Hash(&HASH), 1))
    }));
}

#[test]
fn a_branch_has_seventeen_items_and_no_value_of_its_own() {
    assert!(is_refused(&branch(1, &hash())[..16], 0));
    assert!(is_refused(&[branch(1, &hash()), vec![vec![0x80]]].concat(), 0));
    assert!(is_refused(&branch(16, &[0x07]), 0));
    assert!(is_refused(&branch(16, &hash()), 0));
    assert!(is_refused(&[], 0));
}

#[test]
fn no_branch_stands_below_the_last_nibble() {
    let full: Vec<_> = (0..16).map(|_| hash()).chain([vec![0x80]]).collect();
    let mut of_two = branch(1, &hash());
    of_two[9] = hash();
    for items in [branch(1, &hash()), of_two, full] {
        assert!(!is_refused(&items, 63) && is_refused(&items, 64));
    }
}

#[test]
fn a_place_of_a_branch_is_empty_a_hash_or_a_node_shorter_than_a_hash() {
    let long_leaf = |length: usize| rlp::list(&pair(&rest_of_key(63), rlp::string(&vec![7; length])));
    assert_eq!((long_leaf(28).len(), long_leaf(29).len()), (31, 32));

    assert!(!is_refused(&branch(2, &long_leaf(28)), 62));
    for item in [vec![0x01], rlp::string(&[1; 31]), rlp::string(&[1; 33]), vec![0xc0], long_leaf(29)] {
        assert!(is_refused(&branch(2, &item), 62), "{item:02x?}");
    }
}

#[test]
fn an_embedded_node_is_refused_if_it_is_malformed_whether_the_key_needs_it_or_not() {
    for place in [2, 5] {
        assert!(!is_refused(&branch(place, &small_leaf(1, 7)), 62));
        assert!(is_refused(&branch(place, &small_leaf(0, 7)), 62), "place {place}: its path is too short");
        assert!(is_refused(&branch(place, &rlp::list(&[rlp::string(&[0x31])])), 62));
        assert!(is_refused(&branch(place, &rlp::list(&branch(3, &small_leaf(1, 7)))), 62));
    }
}

#[test]
fn an_embedded_node_is_named_by_all_of_it() {
    let leaf = small_leaf(1, 7);

    assert!(said(&branch(1, &leaf), 62, |step| step == Ok(Step::Below(Link::Embedded(&leaf), 63))));
}

#[test]
fn an_item_that_is_cut_off_is_refused() {
    for items in [branch(15, &hash()), pair(&[0x00, 0x12], hash()), pair(&rest_of_key(0), rlp::string(&[7; 9]))] {
        let whole = items.concat();
        assert!((0..whole.len()).all(|end| step(&whole[..end], 0, &KEY) == Err(Malformed)));
    }
}

proptest! {
    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..600), depth in 0_usize..=64) {
        let _ = step(&bytes, depth, &KEY);
    }

    #[test]
    fn nothing_panics_where_codes_look_right(
        codes in prop::collection::vec(prop::sample::select(vec![0x80, 0xa0, 0xc1, 0xc3, 0xd6, 0x20, 0x11]), 0..40),
        depth in 0_usize..=64,
    ) {
        let _ = step(&codes, depth, &KEY);
    }
}
