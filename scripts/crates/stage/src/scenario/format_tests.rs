//! What a scenario may look like, and how a wrong one is refused.

use super::*;

/// A scenario with `events`, in JSON.
fn with_events(events: &str) -> String {
    format!(
        r#"{{"start": 1000, "grace_days": 3, "lock_seconds": 86400, "min_subnet_stake": "1", "weight": "seconds",
            "pool": "5", "events": [{events}]}}"#
    )
}

fn fault(events: &str) -> String {
    Scenario::parse(&with_events(events)).unwrap_err()
}

#[test]
fn every_checked_in_scenario_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/scenarios");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let is_scenario = file.extension().is_some_and(|kind| kind == "json")
            && file.file_stem().is_some_and(|stem| Path::new(stem).extension().is_none());
        if is_scenario {
            Scenario::load(&file).unwrap();
            read += 1;
        }
    }
    assert!(read >= 5, "{read} scenarios");
}

#[test]
fn an_event_keeps_its_time_and_values() {
    let scenario =
        Scenario::parse(&with_events(r#"{"at": 1000, "stake": {"subnet": "a", "staker": "b", "amount": "7"}}"#))
            .unwrap();

    let stake = Op::Stake { subnet: "a".into(), staker: "b".into(), amount: U256::from(7) };
    assert_eq!(scenario.events, [Event { at: 1000, op: stake }]);
}

#[test]
fn an_unknown_verb_is_named_with_its_event() {
    assert_eq!(
        fault(r#"{"at": 1000, "record": {"session": "x"}}, {"at": 1000, "dance": {}}"#),
        "event 1: dance: unknown verb"
    );
}

#[test]
fn an_unknown_field_is_named() {
    assert_eq!(fault(r#"{"at": 1000, "close": {"session": "x", "why": 1}}"#), "event 0: close: unknown field `why`");
}

#[test]
fn a_missing_field_is_named() {
    assert_eq!(fault(r#"{"at": 1000, "claim": {}}"#), "event 0: claim: `subnet` is missing");
}

#[test]
fn a_wrong_type_is_named_with_what_was_found() {
    assert_eq!(fault(r#"{"at": 1000, "fund": {"amount": 5}}"#), "event 0: fund: `amount` must be a string, is 5");
    assert_eq!(
        fault(r#"{"at": "1000", "fund": {"amount": "5"}}"#),
        "event 0: `at` must be a whole number, is the string \"1000\""
    );
}

#[test]
fn an_amount_is_a_decimal_string_below_two_to_the_256() {
    for amount in ["", "01", "+1", "1e3", "0x1", "-1", &"9".repeat(78)] {
        let fault = fault(&format!(r#"{{"at": 1000, "fund": {{"amount": "{amount}"}}}}"#));
        assert!(fault.starts_with("event 0: fund: `amount` must be a decimal string below 2^256"), "{fault}");
    }
}

#[test]
fn time_may_stand_but_not_run_backwards() {
    let fault = fault(r#"{"at": 1005, "fund": {"amount": "5"}}, {"at": 1004, "fund": {"amount": "5"}}"#);

    assert_eq!(fault, "event 1: time runs backwards: `at` is 1004 after 1005");
    assert!(
        Scenario::parse(&with_events(
            r#"{"at": 1000, "fund": {"amount": "5"}}, {"at": 1000, "fund": {"amount": "5"}}"#
        ))
        .is_ok()
    );
}

#[test]
fn nothing_happens_before_the_start() {
    assert_eq!(
        fault(r#"{"at": 999, "fund": {"amount": "5"}}"#),
        "event 0: time runs backwards: `at` is 999 after 1000"
    );
}

#[test]
fn an_event_has_one_verb() {
    assert_eq!(fault(r#"{"at": 1000}"#), "event 0: a verb is missing");
    assert_eq!(
        fault(r#"{"at": 1000, "claim": {"subnet": "a"}, "close": {"session": "b"}}"#),
        "event 0: one verb only, but there are `claim`, `close`"
    );
}

#[test]
fn a_name_is_of_letters_digits_and_three_signs() {
    for name in ["", "a b", "a/b", &"n".repeat(65)] {
        let fault = fault(&format!(r#"{{"at": 1000, "claim": {{"subnet": "{name}"}}}}"#));
        assert!(fault.starts_with("event 0: claim: `subnet` must be a name"), "{fault}");
    }
}

#[test]
fn a_grace_above_ninety_days_is_refused() {
    let text = with_events("").replace("\"grace_days\": 3", "\"grace_days\": 91");

    assert_eq!(Scenario::parse(&text).unwrap_err(), "`grace_days` must be 0 to 90, is 91");
}

#[test]
fn what_is_not_json_is_said_with_line_and_column() {
    assert!(Scenario::parse("{").unwrap_err().starts_with("not JSON: EOF while parsing an object at line 1 column 1"));
}
