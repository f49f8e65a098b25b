use super::Settings;

#[test]
fn the_layout_of_settings_is_the_documented_one() {
    let bytes = Settings { token: [0xab; 20], lock_seconds: 0x0102_0304, staking_paused: true }.to_bytes();

    assert_eq!(bytes[..20], [0xab; 20]);
    assert_eq!(bytes[20..], [1, 2, 3, 4, 1, 0, 0, 0, 0, 0, 0, 0]);
}
