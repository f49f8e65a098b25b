use super::AccountWord;

#[test]
fn the_layout_of_an_account_is_the_documented_one() {
    let owed = u128::from_be_bytes([0, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26]);
    let accumulator = u128::from_be_bytes(core::array::from_fn(|index| index as u8));
    let bytes = AccountWord { accumulator, owed, next: 0x1b1c }.to_bytes();

    assert_eq!(bytes[..29], core::array::from_fn::<u8, 29, _>(|index| index as u8));
    assert_eq!(bytes[29..], [0; 3]);
}

#[test]
fn the_zero_word_is_an_account_that_nothing_happened_to() {
    assert_eq!(AccountWord::default().to_bytes(), [0; 32]);
}
