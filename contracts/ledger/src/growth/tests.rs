use super::GrowthWord;

#[test]
fn the_layout_of_a_day_is_the_documented_one() {
    let bytes = GrowthWord { before: 0x0102, increment: 0x0304 }.to_bytes();

    assert_eq!((bytes[14], bytes[15], bytes[30], bytes[31]), (1, 2, 3, 4));
    assert!(bytes[..14].iter().chain(&bytes[16..30]).all(|byte| *byte == 0));
}

#[test]
fn a_day_ends_with_what_it_began_with_and_its_increment() {
    assert_eq!(GrowthWord { before: 7, increment: 3 }.after(), 10);
    assert_eq!(GrowthWord::default().after(), 0);
}
