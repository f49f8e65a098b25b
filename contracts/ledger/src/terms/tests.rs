use super::Terms;

#[test]
fn the_layout_of_the_terms_is_the_documented_one() {
    let terms = Terms {
        alignment: [0xab; 20],
        first_day: 0x0102_0304,
        calculators: 0x0506_0708,
        settling_paused: false,
        claiming_paused: true,
    };

    assert_eq!(terms.to_bytes()[..20], [0xab; 20]);
    assert_eq!(terms.to_bytes()[20..], [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 0, 0]);
}
