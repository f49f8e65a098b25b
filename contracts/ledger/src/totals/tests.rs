use super::TotalsWord;

#[test]
fn the_layout_of_the_totals_is_the_documented_one() {
    let bytes = TotalsWord { credited: 0x0102, paid: 0x0304 }.to_bytes();

    assert_eq!((bytes[14], bytes[15], bytes[30], bytes[31]), (1, 2, 3, 4));
    assert!(bytes[..14].iter().chain(&bytes[16..30]).all(|byte| *byte == 0));
}

#[test]
fn what_is_unpaid_is_what_was_credited_less_what_was_paid() {
    assert_eq!(TotalsWord { credited: 5, paid: 2 }.unpaid(), 3);
    assert_eq!(TotalsWord { credited: 5, paid: 5 }.unpaid(), 0);
}
