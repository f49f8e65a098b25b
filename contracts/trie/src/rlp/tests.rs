use std::{vec, vec::Vec};

use super::{digits, list, string, word, Malformed};

/// `code`, `length` and as many bytes of payload as `count` says.
fn item(code: u8, length: &[u8], count: usize) -> Vec<u8> {
    [&[code], length, &vec![0xaa; count]].concat()
}

#[test]
fn a_small_byte_is_itself_and_from_128_on_it_has_a_code() {
    assert_eq!(string(&[0x00, 7]), Ok((&[0x00][..], &[7][..])));
    assert_eq!(string(&[0x7f]), Ok((&[0x7f][..], &[][..])));
    assert_eq!(string(&[0x81, 0x80]), Ok((&[0x80][..], &[][..])));
    assert_eq!(string(&[0x80, 7]), Ok((&[][..], &[7][..])));
    assert_eq!(string(&[0x81, 0x7f]), Err(Malformed));
}

#[test]
fn a_length_is_told_in_the_fewest_bytes() {
    for (base, read) in [(0x80_u8, is_string as fn(&[u8]) -> bool), (0xc0, is_list)] {
        assert!(read(&item(base + 55, &[], 55)));
        assert!(read(&item(base + 56, &[56], 56)) && !read(&item(base + 56, &[55], 55)));
        assert!(read(&item(base + 56, &[255], 255)));
        assert!(read(&item(base + 57, &[1, 0], 256)) && !read(&item(base + 57, &[0, 255], 255)));
        assert!(read(&item(base + 57, &[0xff, 0xff], 65_535)));
        assert!(!read(&item(base + 58, &[1, 0, 0], 65_536)) && !read(&item(base + 63, &[0; 8], 0)));
    }
}

fn is_string(bytes: &[u8]) -> bool {
    string(bytes).is_ok_and(|(_, rest)| rest.is_empty())
}

fn is_list(bytes: &[u8]) -> bool {
    list(bytes).is_ok()
}

#[test]
fn what_is_cut_off_is_refused() {
    for whole in [item(0x83, &[], 3), item(0xb8, &[56], 56), item(0xb9, &[1, 0], 256), item(0xc3, &[], 3)] {
        assert!((0..whole.len()).all(|end| string(&whole[..end]).is_err() && list(&whole[..end]).is_err()));
        assert!(string(&whole).is_ok() != list(&whole).is_ok());
    }
}

#[test]
fn a_string_is_no_list_and_a_list_is_alone() {
    assert_eq!(string(&[0xc1, 0x01]), Err(Malformed));
    assert_eq!(list(&[0x81, 0x80]), Err(Malformed));
    assert_eq!(list(&[0xc1, 0x01]), Ok(&[0x01][..]));
    assert_eq!(list(&[0xc1, 0x01, 0x01]), Err(Malformed));
    assert_eq!(list(&[0xc0]), Ok(&[][..]));
}

#[test]
fn a_word_has_32_bytes() {
    assert_eq!(word(&item(0xa0, &[], 33)), Ok((&[0xaa; 32], &[0xaa][..])));
    assert_eq!(word(&item(0x9f, &[], 31)), Err(Malformed));
    assert_eq!(word(&item(0xa1, &[], 33)), Err(Malformed));
    assert_eq!(word(&item(0xe0, &[], 32)), Err(Malformed));
}

#[test]
fn digits_do_not_begin_with_zero_and_are_not_too_many() {
    assert_eq!(digits::<2>(&[0x80]), Ok((&[][..], &[][..])));
    assert_eq!(digits::<2>(&[0x82, 1, 0, 5]), Ok((&[1, 0][..], &[5][..])));
    assert_eq!(digits::<2>(&[0x83, 1, 0, 0]), Err(Malformed));
    assert_eq!(digits::<2>(&[0x82, 0, 1]), Err(Malformed));
    assert_eq!(digits::<2>(&[0x00]), Err(Malformed));
}
