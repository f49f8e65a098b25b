use std::vec::Vec;

use mrc53_tries::rlp;

use super::Account;
use crate::Malformed;

const STORAGE_ROOT: [u8; 32] = [0x51; 32];
const CODE_HASH: [u8; 32] = [0xc0; 32];

/// Nonce, balance, storage root, code hash.
fn items() -> Vec<Vec<u8>> {
    [rlp::number(&[3]), rlp::number(&[1; 12]), rlp::string(&STORAGE_ROOT), rlp::string(&CODE_HASH)].into()
}

fn with(at: usize, item: &[u8]) -> Vec<u8> {
    let mut items = items();
    items[at] = item.to_vec();
    rlp::list(&items)
}

#[test]
fn an_account_is_exactly_four_items() {
    let read = Account { storage_root: &STORAGE_ROOT, code_hash: &CODE_HASH };
    let (mut fewer, mut more) = (items(), items());
    fewer.pop();
    more.push(rlp::number(&[]));

    assert_eq!(Account::read(&rlp::list(&items())), Ok(read));
    assert_eq!(Account::read(&rlp::list(&fewer)), Err(Malformed));
    assert_eq!(Account::read(&rlp::list(&more)), Err(Malformed));
    assert_eq!(Account::read(&[rlp::list(&items()), [0x80].into()].concat()), Err(Malformed));
    assert_eq!(Account::read(&rlp::string(&[1; 70])), Err(Malformed));
}

#[test]
fn nonce_and_balance_are_numbers_that_fit() {
    for (at, longest) in [(0, 8), (1, 32)] {
        assert!(Account::read(&with(at, &[0x80])).is_ok());
        assert!(Account::read(&with(at, &rlp::string(&[0xff].repeat(longest)))).is_ok());
        assert!(Account::read(&with(at, &rlp::string(&[0xff].repeat(longest + 1)))).is_err());
        assert!(Account::read(&with(at, &[0x00])).is_err());
        assert!(Account::read(&with(at, &rlp::list(&[[0x01]]))).is_err());
    }
}

#[test]
fn both_hashes_have_32_bytes() {
    for at in [2, 3] {
        assert!(Account::read(&with(at, &rlp::string(&[1; 31]))).is_err());
        assert!(Account::read(&with(at, &rlp::string(&[1; 33]))).is_err());
        assert!(Account::read(&with(at, &[0x80])).is_err());
    }
}
