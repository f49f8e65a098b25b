use std::vec::Vec;

use mrc53_tries::rlp;

use super::word;
use crate::Malformed;

#[test]
fn a_number_of_one_to_32_bytes_comes_back_padded() {
    for length in 1..=32 {
        let mut expected = [0; 32];
        expected[32 - length..].fill(0x9b);

        assert_eq!(word(&rlp::number(&expected)), Ok(expected));
    }
    let mut one = [0; 32];
    one[31] = 1;
    assert_eq!(word(&[1]), Ok(one));
}

#[test]
fn zero_is_in_no_trie() {
    assert_eq!(word(&[0x80]), Err(Malformed));
    assert_eq!(word(&[0x00]), Err(Malformed));
    assert_eq!(word(&[]), Err(Malformed));
}

#[test]
fn leading_zeros_a_33rd_byte_a_list_and_what_comes_behind_are_refused() {
    let malformed: [Vec<u8>; 4] =
        [rlp::string(&[0, 1]), rlp::string(&[1; 33]), rlp::list(&[[1]]), [rlp::string(&[1, 2]), [0].into()].concat()];
    for value in malformed {
        assert_eq!(word(&value), Err(Malformed), "{value:02x?}");
    }
    assert!(word(&rlp::string(&[1; 32])).is_ok());
}
