use std::{vec, vec::Vec};

use alloy_primitives::{Address, U256};

use super::{Words, WORD};
use crate::CallFailed;

/// An answer of whole words.
fn answer(words: &[U256]) -> Vec<u8> {
    words.iter().flat_map(U256::to_be_bytes::<WORD>).collect()
}

fn small(words: &[u64]) -> Vec<u8> {
    answer(&words.iter().copied().map(U256::from).collect::<Vec<_>>())
}

/// `2^bits`: the first number that a type of so many bits does not hold.
fn past(bits: usize) -> U256 {
    U256::from(1) << bits
}

#[test]
fn a_word_is_read_at_its_index_and_none_past_the_end() {
    let bytes = small(&[7, 8]);
    let words = Words::new(&bytes);

    assert_eq!((words.u256(0), words.u256(1)), (Ok(U256::from(7)), Ok(U256::from(8))));
    assert_eq!(words.u256(2), Err(CallFailed));
}

#[test]
fn a_word_that_is_not_whole_is_not_read() {
    let bytes = small(&[7]);

    assert_eq!(Words::new(&bytes[..WORD - 1]).word(0), Err(CallFailed));
    assert_eq!(Words::new(&[]).word(0), Err(CallFailed));
}

#[test]
fn an_index_past_every_answer_is_refused() {
    assert_eq!(Words::new(&small(&[7])).word(usize::MAX), Err(CallFailed));
}

#[test]
fn a_number_fits_its_type_up_to_the_largest() {
    let largest = |bits| answer(&[past(bits) - U256::from(1)]);

    assert_eq!(Words::new(&largest(128)).u128(0), Ok(u128::MAX));
    assert_eq!(Words::new(&largest(64)).u64(0), Ok(u64::MAX));
    assert_eq!(Words::new(&largest(32)).u32(0), Ok(u32::MAX));
    assert_eq!(Words::new(&largest(160)).address(0), Ok(Address::repeat_byte(0xff)));
}

#[test]
fn a_number_above_its_type_is_refused() {
    let above = |bits| answer(&[past(bits)]);

    assert_eq!(Words::new(&above(128)).u128(0), Err(CallFailed));
    assert_eq!(Words::new(&above(64)).u64(0), Err(CallFailed));
    assert_eq!(Words::new(&above(32)).u32(0), Err(CallFailed));
    assert_eq!(Words::new(&above(160)).address(0), Err(CallFailed));
}

#[test]
fn a_bool_is_nought_or_one() {
    let bytes = small(&[0, 1, 2, 256]);
    let words = Words::new(&bytes);

    let read = [0, 1, 2, 3].map(|index| words.bool(index));

    assert_eq!(read, [Ok(false), Ok(true), Err(CallFailed), Err(CallFailed)]);
}

#[test]
fn an_array_is_its_length_and_the_words_of_its_elements() {
    let bytes = small(&[32, 2, 10, 11, 20, 21]);

    let (elements, length) = Words::new(&bytes).array(2).unwrap();

    assert_eq!(length, 2);
    assert_eq!([0, 1, 2, 3].map(|index| elements.u64(index)), [Ok(10), Ok(11), Ok(20), Ok(21)]);
}

#[test]
fn an_empty_array_has_no_elements() {
    let bytes = small(&[32, 0]);

    assert_eq!(Words::new(&bytes).array(3).map(|(_, length)| length), Ok(0));
}

#[test]
fn an_array_that_starts_elsewhere_is_refused() {
    for offset in [0, 31, 33, 64] {
        assert!(Words::new(&small(&[offset, 1, 10])).array(1).is_err(), "{offset}");
    }
}

#[test]
fn an_array_with_fewer_words_than_its_length_promises_is_refused() {
    assert!(Words::new(&small(&[32, 2, 10, 11])).array(1).is_ok());
    assert!(Words::new(&small(&[32, 2, 10])).array(1).is_err());
    assert!(Words::new(&small(&[32, 1, 10, 11])).array(3).is_err());
}

#[test]
fn an_array_without_a_length_is_refused() {
    assert!(Words::new(&small(&[32])).array(1).is_err());
}

#[test]
fn a_length_that_no_type_holds_is_refused() {
    assert!(Words::new(&answer(&[U256::from(32), past(32)])).array(1).is_err());
    assert!(Words::new(&small(&[32, 2])).array(usize::MAX).is_err());
    assert!(Words::new(&small(&[32, 1])).array(usize::MAX / WORD + 1).is_err());
}

#[test]
fn trailing_bytes_of_a_word_are_never_read() {
    let mut bytes = small(&[32, 1, 10]);
    bytes.extend(vec![0xff; WORD - 1]);

    let (elements, _) = Words::new(&bytes).array(1).unwrap();

    assert_eq!((elements.u64(0), elements.word(1)), (Ok(10), Err(CallFailed)));
}
