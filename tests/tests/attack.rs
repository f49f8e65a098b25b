//! `cargo mrc53 attack`: what it says of the price of attacks, against `simulate`, and what it refuses.

use serde_json::Value;

use crate::suite_support::run;

const MOR: u128 = 1_000_000_000_000_000_000;

fn json_of(words: &[&str]) -> Value {
    run(&[&["attack", "--at", "2026-11-27", "--json"], words].concat()).json()
}

fn attacks(said: &Value) -> &Vec<Value> {
    said["attacks"].as_array().unwrap()
}

/// A number written as a decimal string.
fn wei(value: &Value) -> u128 {
    value.as_str().unwrap().parse().unwrap()
}

fn mor(wei: u128) -> String {
    format!("{}.{:018}", wei / MOR, wei % MOR)
}

/// The file of a market with the honest subnets of the presets, which stake `honest` in all, and of `attacker`.
fn file(honest: u128, attacker: &str) -> String {
    let shares = [("north", 58_227, 1), ("south", 52_689, 1), ("other", 127, 19)];
    let total: u128 = shares.iter().map(|(_, share, number)| share * number).sum();
    let agent = |(name, share, number): (&str, u128, u128)| {
        let stake = mor((honest * share / total).max(10_000 * MOR));
        format!("[agents.{name}]\nkind = \"honest\"\nshare = {share}\nnumber = {number}\nstake_mor = \"{stake}\"\n")
    };
    let market = "[market]\nfrom = \"2026-11-27\"\nto = \"2026-12-04\"\n";
    format!("{market}{}{attacker}", shares.map(agent).join(""))
}

/// What the market of `text` pays: to the honest subnets, and to the attacker.
fn simulated(text: &str) -> [u128; 2] {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.toml");
    std::fs::write(&path, text).unwrap();
    let said = run(&["simulate", path.to_str().unwrap(), "--json"]).json();
    let subnets = said["runs"][0]["subnets"].as_array().unwrap().clone();
    let paid = |is_honest: bool| {
        let meant = subnets.iter().filter(|subnets| (subnets["name"] != "attacker") == is_honest);
        meant.map(|subnets| wei(&subnets["paid_wei"])).sum()
    };
    [paid(true), paid(false)]
}

#[test]
fn a_file_of_the_simulator_pays_and_takes_what_an_attack_is_said_to() {
    let honest = 3_000_000 * MOR;
    let [alone, _] = simulated(&file(honest, ""));
    for kind in ["self-hosting", "dilution"] {
        let said = json_of(&["--kind", kind, "--days", "7", "--honest-stake", "3000000"]);
        assert_eq!(attacks(&said).len(), 3);
        for row in attacks(&said) {
            let attacker = format!(
                "[agents.attacker]\nkind = \"self-hoster\"\nsessions = {}\nseconds_a_day = {}\nstake_mor = \"{}\"\n",
                row["sessions_at_once"],
                row["seconds_a_day"],
                mor(wei(&row["stake_wei"]))
            );
            let [honest_paid, paid] = simulated(&file(honest, &attacker));
            let wanted = [wei(&row["honest_alone_wei"]), wei(&row["honest_lose_wei"]), wei(&row["paid_wei"])];
            assert_eq!([alone, alone - honest_paid, paid], wanted, "{row}");
            assert!(paid > 0 && honest_paid < alone, "{row}");
        }
    }
}

#[test]
fn a_share_of_usage_takes_its_seconds_and_the_day_lock_makes_it_no_cheaper() {
    let said = json_of(&["--kind", "self-hosting", "--honest-stake", "1000000"]);
    for (row, (parts, at_once)) in attacks(&said).iter().zip([(1_000, 1), (5_000, 2), (9_000, 18)]) {
        assert_eq!((&row["share_of_10000"], &row["sessions_at_once"]), (&parts.into(), &at_once.into()));
        let [own, others] = ["seconds_a_day", "honest_seconds_a_day"].map(|key| row[key].as_u64().unwrap());
        assert_eq!(own, (others * parts).div_ceil(10_000 - parts));
        let [off, on] = ["without_day_lock", "with_day_lock"].map(|key| wei(&row[key]["consumer_wei_seconds"]));
        assert!(off < on, "{row}");
    }
    let prices = json_of(&["--kind", "self-hosting", "--honest-stake", "1000000", "--price", "0.0000001"]);
    for (ten, one) in attacks(&prices).iter().zip(attacks(&said)) {
        let [ten, one] = [ten, one].map(|row| wei(&row["with_day_lock"]["consumer_stake_wei"]));
        assert!((10 * one).abs_diff(ten) < 100_000, "{ten} {one}");
    }
    let days = said["always_open"].as_array().unwrap();
    assert_eq!(
        days.iter().map(|row| row["session_seconds"].as_u64().unwrap()).collect::<Vec<_>>(),
        [300, 1_800, 86_400, 604_800]
    );
    assert_eq!(days[2]["without_day_lock"], days[2]["with_day_lock"]);
}

#[test]
fn late_stake_is_paid_for_what_is_left_of_the_day_and_parts_no_more_than_the_whole() {
    let said = json_of(&["--kind", "stake-timing"]);
    let paid = |row: &Value| wei(&row["paid_wei"]);
    let rows = attacks(&said);
    let whole = paid(&rows[0]);
    for row in rows {
        let left = 86_400 - u128::from(row["staked_at_second"].as_u64().unwrap());
        if row["counted_seconds"] == 0 {
            assert_eq!([paid(row), wei(&row["honest_lose_wei"])], [0, 0], "{row}");
        } else {
            assert!(paid(row).abs_diff(whole * left / 86_400) <= 1, "{row}");
        }
    }
    assert_eq!([rows.first(), rows.last()].map(|row| row.unwrap()["staked_at_second"].clone()), [0, 86_400]);
    // The last second that counts, and the next.
    let counts: Vec<bool> = rows.iter().map(|row| row["counted_seconds"] != 0).collect();
    assert_eq!(counts, [true, true, true, false, false, false]);

    let said = json_of(&["--kind", "splitting", "--parts", "2,1000"]);
    let [whole, two, many] = &attacks(&said)[..] else { panic!("{said}") };
    assert!(paid(whole) - paid(two) <= 30 * 2 * 2 && two["gas"].as_u64() > whole["gas"].as_u64(), "{two}");
    assert_eq!([paid(many), many["counted_seconds"].as_u64().unwrap().into()], [0, 0]);
}

#[test]
fn people_machines_and_spreadsheets_are_told_the_same() {
    let words = ["attack", "--at", "2026-11-27", "--gas-price", "0.02"];
    let (text, csv) = (run(&words).ok(), run(&[&words[..], &["--csv"]].concat()).ok());
    let said = json_of(&["--gas-price", "0.02"]);
    let mut lines = csv.lines();
    let header = lines.next().unwrap();
    let columns = header.split(',').count();
    assert!(header.starts_with("kind,share_of_10000,") && header.ends_with("honest_lose_wei,honest_lose_mor"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), attacks(&said).len());
    for (line, row) in lines.iter().zip(attacks(&said)) {
        assert_eq!(line.split(',').count(), columns, "{line}");
        for key in ["stake_wei", "paid_wei", "honest_lose_wei"] {
            let (wei, mor) = (row[key].as_str().unwrap(), mor(wei(&row[key])));
            assert!(line.contains(&format!("\"{wei}\",{mor}")), "{key}: {line}");
        }
    }
    for kind in ["self-hosting: ", "dilution: ", "stake timing: ", "splitting: ", "Assumed, left out, or not verified:"]
    {
        assert!(text.contains(&format!("\n\n{kind}")), "{kind}: {text}");
    }
    assert!(text.contains("whether it is live is not verified") && text.contains(" profit |"), "{text}");
    // With gas at a thousand MOR a million no attack pays.
    let dear = json_of(&["--kind", "dilution", "--gas-price", "1000"]);
    assert!(attacks(&dear).iter().all(|row| row["profit_wei"].as_str().unwrap().starts_with('-')), "{dear}");
    assert!(attacks(&json_of(&["--kind", "dilution"])).iter().all(|row| row["profit_wei"].is_null()));
}

#[test]
fn what_is_no_attack_is_said_in_a_line() {
    let cases: [(&[&str], &str); 18] = [
        (&["--kind", "robbery"], "no kind `robbery`: all, self-hosting, dilution, stake-timing, splitting"),
        (&["--share", "0"], "`0` is no share"),
        (&["--share", "10,100"], "`100` is no share"),
        (&["--share", "1.234"], "`1.234` is no share"),
        (&["--share=-5"], "`-5` has a sign"),
        (&["--days", "0"], "0 is not within 1 and"),
        (&["--days", "5000"], "comes after the emission"),
        (&["--price", "0"], "--price 0: a second costs at least a wei"),
        (&["--price", "0.0000000000000000001"], "19 decimals"),
        (&["--price", "1000000"], "need more stake than there can be"),
        (&["--claimed", "4000000"], "the Compute pool has no balance"),
        (&["--honest-stake", "15000000"], "are emitted by the end of day 20813 (2026-12-26)"),
        (&["--honest-stake", "1000000000"], "--honest-stake: 1000000000 MOR is more than there can be"),
        (&["--session-seconds", "299"], "299 is not within 300 and 604800"),
        (&["--sessions", "1", "--seconds-each", "1"], "honest subnets host nothing that counts"),
        (
            &["--share", "90", "--sessions", "4294967296", "--seconds-each", "86400"],
            "sessions at once: 4294967296 can be",
        ),
        (&["--price", "100", "--sessions", "1000000000"], "need more stake than there can be"),
        (&["--parts", "1"], "1 is not within 2 and"),
    ];
    for (words, wanted) in cases {
        let said = run(&[&["attack", "--at", "2026-11-27"], words].concat()).failed(2);
        assert!(said.contains(wanted), "{words:?}: {said}");
    }
    // On the launch day nothing has been emitted by midnight; before it nothing at all.
    let first = run(&["attack", "--at", "2024-02-08", "--honest-stake", "0"]).failed(2);
    assert!(first.contains("on day 19761 (2024-02-08) the Compute pool has no balance"), "{first}");
    assert!(run(&["attack", "--at", "2024-02-07"]).failed(2).contains("comes before the emission"));
}
