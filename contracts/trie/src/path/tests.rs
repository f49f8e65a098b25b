use super::{equal, nibble, shared, Path};

/// A key that begins with these bytes, and zeros behind them.
fn key(bytes: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    key[..bytes.len()].copy_from_slice(bytes);
    key
}

#[test]
fn a_byte_is_two_nibbles_the_high_one_first() {
    let bytes = [0x12, 0x34];

    assert_eq!([0, 1, 2, 3, 4, 5].map(|at| nibble(&bytes, at)), [1, 2, 3, 4, 0, 0]);
}

#[test]
fn keys_share_the_nibbles_before_the_first_that_differs() {
    assert_eq!(shared(&key(&[0x12, 0x34]), &key(&[0x12, 0x35])), Some(3));
    assert_eq!(shared(&key(&[0x12, 0x34]), &key(&[0x12, 0x43])), Some(2));
    assert_eq!(shared(&key(&[0x0f]), &key(&[0x1f])), Some(0));
    assert_eq!(shared(&[0xaa; 32], &key(&[0xab])), Some(1));
    let (mut earlier, mut later) = ([0xee; 32], [0xee; 32]);
    (earlier[31], later[31]) = (0xe0, 0xe1);
    assert_eq!(shared(&earlier, &later), Some(63));
}

#[test]
fn a_key_that_is_not_above_shares_nothing() {
    assert_eq!(shared(&[1; 32], &[1; 32]), None);
    assert_eq!(shared(&key(&[0x12, 0x35]), &key(&[0x12, 0x34, 0xff])), None);
    assert_eq!(shared(&key(&[0x20]), &key(&[0x1f])), None);
}

#[test]
fn the_flag_says_what_the_path_ends_in_and_whether_its_nibbles_are_odd() {
    let read = |compact: &[u8]| Path::read(compact).map(|path| (path.is_leaf, path.len())).ok();

    assert_eq!(read(&[0x00, 0x12]), Some((false, 2)));
    assert_eq!(read(&[0x15, 0x12]), Some((false, 3)));
    assert_eq!(read(&[0x20]), Some((true, 0)));
    assert_eq!(read(&[0x3f]), Some((true, 1)));
}

#[test]
fn a_path_without_a_flag_with_an_unknown_one_or_with_padding_is_refused() {
    for compact in [&[][..], &[0x40], &[0x50], &[0x80], &[0xf0], &[0x01, 0x12], &[0x2f]] {
        assert!(Path::read(compact).is_err(), "{compact:02x?}");
    }
}

#[test]
fn a_path_leads_where_all_its_nibbles_are_the_keys() {
    let key = key(&[0x12, 0x34, 0x56]);
    let leads = |compact: &[u8], depth| Path::read(compact).is_ok_and(|path| path.leads(&key, depth));

    assert!(leads(&[0x00, 0x12, 0x34], 0) && leads(&[0x00, 0x23], 1) && leads(&[0x12, 0x34], 1) && leads(&[0x13], 2));
    assert!(
        !leads(&[0x00, 0x12, 0x35], 0) && !leads(&[0x00, 0x22], 1) && !leads(&[0x13, 0x34], 1) && !leads(&[0x13], 1)
    );
    assert!(leads(&[0x20], 64));
}

#[test]
fn slices_are_equal_if_they_are_in_every_byte() {
    let bytes: [u8; 33] = core::array::from_fn(|at| at as u8);
    for length in 0..=bytes.len() {
        let whole = &bytes[..length];
        assert!(equal(whole, whole));
        for at in 0..length {
            let mut other = bytes;
            other[at] ^= 1;
            assert!(!equal(whole, &other[..length]), "byte {at} of {length}");
        }
        assert!(length == 0 || !equal(whole, &bytes[..length - 1]));
        assert!(length == 0 || !equal(whole, &bytes[1..length]));
    }
}
