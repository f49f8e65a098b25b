//! What the tool says of MOR's emission and of inference credits, to people and machines.

use serde_json::{Value, json};

use crate::suite_support::run;

fn json_of(words: &[&str]) -> Value {
    run(&[words, &["--json"]].concat()).json()
}

/// MOR wei of a decimal string.
fn wei(value: &Value) -> u128 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_compute_pool_emits_on_every_first_of_a_month_what_morpheus_own_library_computes() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/emission_days.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let known = |day: &str| -> u128 {
        text.lines().find_map(|line| line.strip_prefix(&format!("{day},"))).unwrap().parse().unwrap()
    };
    for (date, day) in
        [("2024-02-08", "19761"), ("2025-02-21", "20140"), ("2030-06-01", "22066"), ("2040-01-28", "25594")]
    {
        let said = json_of(&["emission", "--at", date, "--pool", "compute"]);
        assert_eq!(said["from_day"].to_string(), day);
        assert_eq!(wei(&said["pools"][0]["emitted_wei"]), known(day), "{date}");
    }
}

#[test]
fn a_range_emits_what_its_days_do_and_no_clock_is_read() {
    let whole = json_of(&["emission", "--from", "2026-11-27", "--to", "2026-11-30"]);
    let days = ["2026-11-27", "2026-11-28", "2026-11-29"].map(|day| json_of(&["emission", "--at", day]));

    for pool in 0..5 {
        let sum: u128 = days.iter().map(|day| wei(&day["pools"][pool]["emitted_wei"])).sum();
        assert_eq!(wei(&whole["pools"][pool]["emitted_wei"]), sum);
        assert_eq!(whole["pools"][pool]["emitted_until_then_wei"], days[2]["pools"][pool]["emitted_until_then_wei"]);
    }
    assert_eq!(whole["clocks"], json!([]));
    assert_eq!(whole["stake_side"], days[2]["stake_side"]);
}

#[test]
fn a_constant_stake_is_paid_day_by_day() {
    let of = |from: &str, to: &str| {
        let said = json_of(&["emission", "--from", from, "--to", to, "--total-stake", "1000000"]);
        wei(&said["stake_side"]["paid_wei"])
    };
    assert_eq!(of("2026-11-27", "2026-11-28") + of("2026-11-28", "2026-12-08"), of("2026-11-27", "2026-12-08"));
}

#[test]
fn people_are_told_the_pools_asked_for_and_the_stake_side_of_compute_alone() {
    let all = run(&["emission", "--at", "2026-11-27"]).ok();
    assert!(all.contains("| together   |  100 % |") && all.contains("all is paid from 3,"), "{all}");

    let two = run(&["emission", "--at", "2026-11-27", "--pool", "protection", "--pool", "capital"]).ok();
    assert!(two.contains("| together   |   28 % |") && !two.contains("stake side"), "{two}");
    let one = run(&["emission", "--at", "2026-11-27", "--pool", "code"]).ok();
    assert!(!one.contains("together") && !one.contains("builders"), "{one}");
}

#[test]
fn days_outside_the_emission_empty_ranges_and_unknown_pools_are_said_in_a_line() {
    let cases: [(&[&str], &str); 8] = [
        (&["emission", "--at", "2024-02-07"], "day 19760 (2024-02-07) comes before the emission, which begins on day"),
        (
            &["emission", "--from", "2040-01-28", "--to", "2040-01-30"],
            "day 25595 (2040-01-29) comes after the emission",
        ),
        (&["emission", "--from", "2026-11-27", "--to", "2026-11-27"], "no day lies between 20784 (2026-11-27) and"),
        (&["emission", "--from", "2026-11-27"], "--to <DAY>"),
        (&["emission", "--pool", "Compute"], "no pool `Compute`: capital, code, builders, compute, protection"),
        (&["emission", "--total-stake", "1000000000"], "--total-stake: 1000000000 MOR is more than there can be"),
        (&["emission", "--total-stake", "1.0000000000000000001"], "1.0000000000000000001"),
        (&["emission", "--total-stake=-1"], "`-1`"),
    ];
    for (words, wanted) in cases {
        let said = run(words).failed(2);
        assert!(said.contains(wanted), "{words:?}: {said}");
    }
}

const STAKED: [&str; 7] = ["credits", "--own", "1000", "--others", "1909000", "--at", "2026-11-27"];

#[test]
fn credits_follow_the_steps_of_the_seed() {
    let said = json_of(&[&STAKED[..], &["--price", "2", "--target", "10"]].concat());
    let number = |key: &str| said[key].as_f64().unwrap();
    assert!((number("gross_mor") - number("total_mor") * 0.24).abs() < 1e-6);
    assert!((number("credits_usd") - number("gross_mor") * 0.8 * 2.0 / 1_910.0).abs() < 1e-9);
    let required = |key: &str| said["required"][key].as_f64().unwrap();
    assert!((required("as_written_mor") / required("with_stakers_part_mor") - 0.8).abs() < 1e-9);
    assert!(said["cost_usd"].is_null());
    let emission = json_of(&["emission", "--at", "2026-11-27"]);
    // Six digits behind the point, as the gateway has it.
    let gateway = wei(&emission["clocks"][2]["emitted_wei"]) / 10_u128.pow(12);
    assert_eq!(format!("{:.6}", number("total_mor")).replace('.', ""), gateway.to_string());
}

#[test]
fn what_is_open_in_the_steps_stands_beside_them() {
    let target = run(&[&STAKED[..], &["--price", "2", "--target", "100000"]].concat()).ok();
    assert!(target.contains("none: no stake earns the stakers' whole part"), "{target}");
    assert!(target.contains("networkShare()") && target.contains("80/20"), "{target}");
    let tokens = run(&[&STAKED[..], &["--price", "2", "--tokens", "2000000", "500000"]].concat()).ok();
    assert!(tokens.contains("7  cost of the tokens        2.00 USD"), "{tokens}");
}

#[test]
fn what_is_no_price_is_refused_with_its_text() {
    for price in ["-1", "nan", "1e3", "", ".", "1.2.3"] {
        let said = run(&[&STAKED[..], &[&format!("--price={price}")]].concat()).failed(2);
        assert!(said.contains(&format!("`{price}` is no number")) || price.is_empty(), "{price}: {said}");
    }
    let share = run(&[&STAKED[..], &["--price", "2", "--network-share", "1.5"]].concat()).failed(2);
    assert!(share.contains("a part is at most 1"), "{share}");
    let early = run(&["credits", "--own", "1", "--others", "1", "--price", "1", "--at", "2024-02-07"]).failed(2);
    assert!(early.contains("comes before the emission"), "{early}");
}

#[test]
fn a_preset_is_a_file_to_begin_from() {
    let list = run(&["simulate", "--list"]).ok();
    assert!(list.contains("| stakes ") && list.contains("| random "), "{list}");
    let shown = run(&["simulate", "--preset", "stakes", "--show"]).ok();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, shown).unwrap();

    let mine = json_of(&["simulate", file.to_str().unwrap()]);
    let preset = json_of(&["simulate", "--preset", "stakes"]);
    assert_eq!(mine["runs"], preset["runs"]);
    assert_eq!(preset["runs"].as_array().unwrap().len(), 4);
}

#[test]
fn a_simulation_says_the_same_to_people_machines_and_spreadsheets() {
    let words = ["simulate", "--preset", "dilution"];
    let (said, text) = (json_of(&words), run(&words).ok());
    let csv = run(&[&words[..], &["--csv"]].concat()).ok();
    let (header, lines) = csv.split_once('\n').unwrap();
    assert!(header.starts_with("run,with,subnets,") && header.contains("paid_wei,paid_mor"), "{header}");
    let runs = said["runs"].as_array().unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), runs.iter().map(|run| run["subnets"].as_array().unwrap().len()).sum::<usize>());
    for run in runs {
        let paid: u128 = run["subnets"].as_array().unwrap().iter().map(|subnets| wei(&subnets["paid_wei"])).sum();
        assert_eq!(paid, wei(&run["paid_wei"]));
        for subnets in run["subnets"].as_array().unwrap() {
            let field = format!("\"{}\",", subnets["paid_wei"].as_str().unwrap());
            assert!(lines.iter().any(|line| line.contains(&field)), "{field}");
        }
    }
    assert!(text.contains("| agents.diluter.sessions 100 |"), "{text}");
}

#[test]
fn a_single_run_shows_its_subnets_and_one_at_random_its_seed() {
    let single = run(&["simulate", "--preset", "unpaid"]).ok();
    assert!(single.contains("| other   |     19 |") && single.contains("they stay in the Compute pool"), "{single}");
    let random = run(&["simulate", "--preset", "random"]).ok();
    assert!(random.starts_with("1,000 runs at random, WyRand from seed 53\n"), "{random}");
}

#[test]
fn what_is_no_simulation_is_refused() {
    let unknown = run(&["simulate", "--preset", "riches"]).failed(2);
    assert!(unknown.contains("no preset `riches`: stakes, "), "{unknown}");
    assert!(run(&["simulate"]).failed(2).contains("FILE"));
    assert!(run(&["simulate", "/nowhere.toml"]).failed(2).contains("/nowhere.toml"));
}

#[test]
fn twelve_questions_and_the_proposals_claims_have_an_answer_and_a_command_each() {
    let said = json_of(&["simulate", "--answers"]);
    let text = run(&["simulate", "--answers"]).ok();
    let questions = said["questions"].as_array().unwrap();
    let claims = said["claims"].as_array().unwrap();
    assert_eq!((questions.len(), claims.len()), (12, 3));
    for answer in questions.iter().chain(claims) {
        for line in answer["answer"].as_str().unwrap().lines() {
            assert!(
                line.bytes().any(|byte| byte.is_ascii_digit()) && text.contains(&format!("    {line}\n")),
                "{line}"
            );
        }
        for command in answer["command"].as_str().unwrap().split("; ") {
            let words: Vec<&str> = command.strip_prefix("cargo mrc53 ").unwrap().split(' ').collect();
            assert!(!run(&words).ok().is_empty(), "{command}");
        }
    }
}

#[test]
fn what_the_proposal_claims_is_checked_at_the_days_that_are_named() {
    // The last day of 75 %, the first from which a year pays less than the stake, and the day that evens it out.
    let rate =
        |day: &str| json_of(&["emission", "--at", day, "--pool", "compute"])["stake_side"]["apr_percent"].as_f64();
    assert!(rate("2025-05-18") >= Some(75.0) && rate("2025-05-19") < Some(75.0));
    let paid = |from: &str, to: &str, stake: &str| {
        let words = ["emission", "--from", from, "--to", to, "--total-stake", stake, "--pool", "compute"];
        wei(&json_of(&words)["stake_side"]["paid_wei"])
    };
    let mor = 1_000_000_000_000_000_000;
    assert!(paid("2024-08-27", "2025-08-27", "1") >= mor && paid("2024-08-28", "2025-08-28", "1") < mor);
    let million = 1_000_000 * mor;
    assert!(paid("2026-11-27", "2034-04-23", "1000000") < million);
    assert!(paid("2026-11-27", "2034-04-24", "1000000") >= million);
    let text = run(&["simulate", "--answers"]).ok();
    for day in ["until 2025-05-18", "from 2024-08-28 on", "by the end of 2034-04-23"] {
        assert!(text.contains(day), "{day}: {text}");
    }
}
