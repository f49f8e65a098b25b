use super::CalculatorWord;

#[test]
fn the_layout_of_an_entry_is_the_documented_one() {
    let bytes = CalculatorWord { calculator: [0xab; 20], from_day: 0x0102_0304 }.to_bytes();

    assert_eq!(bytes[..20], [0xab; 20]);
    assert_eq!(bytes[20..24], [1, 2, 3, 4]);
    assert_eq!(bytes[24..], [0; 8]);
}
