use std::vec::Vec;

use mrc53_tries::rlp;

use super::Header;
use crate::Malformed;

const STATE_ROOT: [u8; 32] = [0x57; 32];
const TIMESTAMP: u64 = 1_767_225_600;

/// The 15 items that every header has.
fn items() -> Vec<Vec<u8>> {
    let hash = |byte| rlp::string(&[byte; 32]);
    let number = |number: u64| rlp::number(&number.to_be_bytes());
    [
        hash(1),
        hash(2),
        rlp::string(&[3; 20]),
        rlp::string(&STATE_ROOT),
        hash(4),
        hash(5),
        rlp::string(&[6; 256]),
        number(0),
        number(40_000_000),
        number(400_000_000),
        number(30_000_000),
        number(TIMESTAMP),
        rlp::string(b"extra"),
        hash(7),
        rlp::string(&[0; 8]),
    ]
    .into()
}

fn with(at: usize, item: &[u8]) -> Vec<u8> {
    let mut items = items();
    items[at] = item.to_vec();
    rlp::list(&items)
}

#[test]
fn the_fourth_item_is_the_state_root_and_the_twelfth_the_time() {
    let read = Header { state_root: &STATE_ROOT, timestamp: TIMESTAMP };
    let mut longer = items();
    longer.extend([rlp::number(&[1]), rlp::string(&[8; 32])]);

    assert_eq!(Header::read(&rlp::list(&items())), Ok(read));
    assert_eq!(Header::read(&rlp::list(&longer)), Ok(read));
}

#[test]
fn a_time_fills_64_bits_at_most() {
    let read = |time: &[u8]| Header::read(&with(11, time)).map(|header| header.timestamp);

    assert_eq!(read(&rlp::string(&[0xff; 8])), Ok(u64::MAX));
    assert_eq!(read(&[0x80]), Ok(0));
    assert_eq!(read(&rlp::string(&[1; 9])), Err(Malformed));
    assert_eq!(read(&rlp::string(&[0, 1])), Err(Malformed));
}

#[test]
fn a_state_root_has_32_bytes() {
    assert!(Header::read(&with(3, &rlp::string(&[1; 31]))).is_err());
    assert!(Header::read(&with(3, &rlp::string(&[1; 33]))).is_err());
}

#[test]
fn every_item_is_a_string_and_nothing_comes_behind_the_list() {
    for at in 0..15 {
        assert!(Header::read(&with(at, &rlp::list(&[[1]]))).is_err(), "item {at}");
    }
    assert!(Header::read(&[rlp::list(&items()), [0x80].into()].concat()).is_err());
    assert!(Header::read(&rlp::list(&items()[..11])).is_err());
    assert!(Header::read(&rlp::string(&[1; 500])).is_err());
}
