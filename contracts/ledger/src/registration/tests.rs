use super::Registration;

#[test]
fn the_layout_of_a_registration_is_the_documented_one() {
    let bytes = Registration { receiver: [0xab; 20], fee: 0x0102 }.to_bytes();

    assert_eq!(bytes[..20], [0xab; 20]);
    assert_eq!(bytes[20..], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0]);
}
