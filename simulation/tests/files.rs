//! Files of simulations: what is taken, what is refused and where, and what runs come to.

use std::collections::BTreeMap;

use mrc53_books::market::agent::{Agent, Staking};
use mrc53_books::market::demand::{Asked, Demand};
use mrc53_console::failure::BadInput;
use mrc53_simulation::file::{File, PRESETS};
use mrc53_simulation::runs::{self, Plan, Run, Span, Verdict, by_year};

const MOR: u128 = 1_000_000_000_000_000_000;
const ONE: &str = "[agents.one]\nkind = \"honest\"\nshare = 1\n";

/// No file lies beside it.
fn alone(path: &str) -> Result<String, BadInput> {
    Err(BadInput::new(format!("{path}: none")))
}

fn runs_of(text: &str) -> Result<Vec<Run>, BadInput> {
    let file = File::parse("it.toml", text, alone)?;
    runs::all(&file, &Plan::of(&file)?, |_, _| ())
}

fn refused(text: &str) -> String {
    runs_of(text).unwrap_err().to_string()
}

fn run(text: &str) -> Vec<Run> {
    runs_of(text).unwrap()
}

fn stakes(text: &str) -> Vec<u128> {
    let wei = |agent: &Agent| match agent.staking {
        Staking::Hold { wei, .. } => wei,
        _ => 0,
    };
    File::parse("it.toml", text, alone).unwrap().market().unwrap().agents.iter().map(wei).collect()
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, said) in [
        ("", "it.toml: agents: there is none"),
        ("x = =", "it.toml: line 1:"),
        ("[market]\nfrm = 1", "unknown field `frm`"),
        ("[market]\nfrom = \"2024-02-07\"", "it.toml: market.from: day 19760 (2024-02-07) comes before the emission"),
        ("[market]\nto = \"2040-01-30\"", "it.toml: market.to: day 25595 (2040-01-29) comes after the emission"),
        ("[market]\nfrom = \"2027-11-27\"", "market.to: no day lies between"),
        ("[market]\nmin_subnet_stake_mor = \"-1\"", "`-1` has a sign"),
        ("[market]\nmin_subnet_stake_mor = 0.5", "0.5 is rounded: write it as text"),
        ("[market]\nmin_subnet_stake_mor = \"1.0000000000000000001\"", "has 19 decimals, at most 18 can be"),
        ("[market]\nmin_subnet_stake_mor = \"200000000\"", "more than there can be"),
        ("[market]\nemission_percent = 101", "market.emission_percent: more than 100"),
        ("[market]\nemission_percent = \"0.001\"", "at most two decimals"),
        ("[demand]\nseconds_each = 86401", "demand.seconds_each: 86401 is more than 86400"),
        ("[agents.one]\nkind = \"greedy\"", "unknown variant `greedy`"),
        (
            "[agents.one]\nkind = \"self-hoster\"\nsessions = 1\nseconds_a_day = 86401",
            "agents.one.seconds_a_day: 1 sessions serve no 86401 seconds of a day",
        ),
        ("[agents.one]\nkind = \"honest\"\nnumber = 0", "agents.one.number: 0 agents"),
        ("[agents.one]\nkind = \"late-staker\"\nsecond = 86400", "agents.one.second: 86400 is no second of a day"),
        ("[agents.one]\nkind = \"honest\"\nlater_fee_percent = 1", "agents.one.later_fee_percent and later_fee_from"),
        ("[agents.one]\nkind = \"honest\"\nsessions = 1", "agents.one.sessions: agents of kind `honest` have none"),
        ("[agents.one]\nkind = \"diluter\"\nshare = 1", "agents.one.share: agents of kind `diluter` have none"),
        ("[agents.one]\nkind = \"mercenary\"", "agents.one.return_percent: a mercenary stays for one"),
        ("[agents.one]\nkind = \"leaver\"", "agents.one.to: a leaver leaves on a day"),
        (
            "[agents.one]\nkind = \"honest\"\nfrom = 20783",
            "agents.one.from: 20783 (2026-11-26) is no day of the market",
        ),
        (
            "[agents.one]\nkind = \"honest\"\nfrom = 21149",
            "agents.one.from: 21149 (2027-11-27) is no day of the market",
        ),
        ("[agents.one]\nkind = \"leaver\"\nto = 20784", "agents.one.to: 20784 (2026-11-27) does not come after"),
        (
            "[agents.one]\nkind = \"honest\"\nfee_percent = 1\nlater_fee_percent = 2\nlater_fee_from = 20785",
            "agents.one.later_fee_percent: it is above fee_percent",
        ),
        (
            "[agents.one]\nkind = \"honest\"\nnumber = 2\nstake_mor = \"154742504\"",
            "agents: they stake more MOR in all than there can be",
        ),
        (
            "[agents.one]\nkind = \"diluter\"\nnumber = 2\nsessions = 4294967296",
            "agents: more than 4294967296 sessions of their own in all",
        ),
        ("[stake]\ntotal_mor = 1\n[agents.one]\nkind = \"diluter\"", "stake: every agent names its own"),
        ("[demand]\nmost_sessions = 1", "demand.most_sessions: it bounds what grows"),
        ("[demand]\nsessions = -5", "it.toml: demand.sessions: invalid value"),
        ("[market]\nmin_subnet_stake_mor = nan", "market.min_subnet_stake_mor: nan is no amount"),
        ("[agents.\"a\\nb\"]\nkind = \"honest\"", "agents: `ab`: a name has letters"),
        ("[agents.\"a b\"]\nkind = \"honest\"", "agents: `a b`: a name has letters"),
    ] {
        let error = refused(&format!("{text}\n{}", if text.contains("[agents") || text.is_empty() { "" } else { ONE }));
        assert!(error.contains(said), "{text}: {error}");
    }
}

#[test]
fn a_plan_that_cannot_be_is_said_with_its_place() {
    for (text, said) in [
        ("[sweep]\npath = \"market.days\"\nvalues = [1]", "unknown field `days`"),
        ("[sweep]\npath = \"market\"\nvalues = [1]", "`market` is no value of it"),
        ("[sweep]\npath = \"demand.sessions\"\nvalues = [\"many\"]", "invalid type"),
        ("[random]\nruns = 0\nseed = 1\n[random.vary]", "random.runs: at least 1"),
        ("[random]\nruns = 1\nseed = 1\n[random.vary]\n\"demand.sessions\" = [2, 1]", "2 is above 1"),
        ("[sweep]\npath = \"demand.sessions\"\nvalues = [1]\n[compare.change]", "one of them at a time"),
        ("[sweep]\nvalues = [1]", "sweep: missing field `path`"),
        ("[sweep]\npath = \"demand.sessions\"\nvalues = []", "sweep.values: there is none"),
        ("[sweep]\npath = \"sweep.path\"\nvalues = [\"demand.sessions\"]", "`sweep.path` is no value of its market"),
        ("[sweep]\npath = \"agents.two.share\"\nvalues = [1]", "`agents.two.share`: no agents are called `two`"),
        ("[compare]\nchange = {}", "compare.change: there is none"),
        ("[random]\nruns = 1\nseed = 1\nvary = {}", "random.vary: there is none"),
        ("[[stress]]\nchange = {}", "stress: [0]: missing field `title`"),
        ("[[stress]]\ntitle = \"it\"\nchange = {}", "stress 1: it has no bound: paid_at_least_percent,"),
        (
            "[[stress]]\ntitle = \"it\"\nchange = {}\nof = \"two\"\npaid_at_most_percent = 1",
            "stress 1: of: no agents are called `two`",
        ),
        ("[[stress]]\ntitle = \"it\"\nchange = { \"market.x\" = 1 }\npaid_at_most_percent = 1", "unknown field `x`"),
    ] {
        let error = refused(&format!("{text}\n{ONE}"));
        assert!(error.contains(said), "{text}: {error}");
    }
}

#[test]
fn stake_of_all_goes_to_those_who_name_none() {
    let agents = "[agents.a]\nkind = \"honest\"\nshare = 3\n[agents.b]\nkind = \"honest\"\nshare = 1\nnumber = 2\n\
                  [agents.c]\nkind = \"honest\"\nshare = 9\nstake_mor = \"7\"\n[agents.d]\nkind = \"diluter\"\n";
    let of = |by: &str| stakes(&format!("[stake]\ntotal_mor = \"100\"\nby = \"{by}\"\n{agents}"));
    assert_eq!(of("usage"), [60 * MOR, 20 * MOR, 20 * MOR, 7 * MOR, 0]);
    assert_eq!(of("equal")[..3], [100 * MOR / 3; 3]);
}

#[test]
fn a_sweep_runs_once_for_each_value_and_a_comparison_twice() {
    let staked = format!("{ONE}stake_mor = \"50000\"\n");
    let sweep = run(&format!("{staked}[sweep]\npath = \"market.emission_percent\"\nvalues = [100, 50]\n"));
    assert_eq!(sweep.len(), 2);
    assert!(sweep[0].paid > sweep[1].paid * 2 - 400 && sweep[0].paid >= sweep[1].paid * 2, "{sweep:?}");
    assert_eq!(sweep[1].with, [("market.emission_percent".to_owned(), "50".to_owned())]);

    let both = run(&format!("{staked}[compare.change]\n\"market.counts\" = \"sessions\"\n"));
    assert_eq!((both.len(), both[0].paid), (2, both[1].paid));
}

#[test]
fn a_strain_is_measured_against_the_file_and_against_all_that_is_divided() {
    let strain = "[[stress]]\ntitle = \"half\"\nchange = { \"market.emission_percent\" = 50 }\n";
    let bounds =
        "paid_at_least_percent = 2\npaid_at_most_percent = 1\nkept_at_least_percent = 49\nkept_at_most_percent = 49\n";
    let text = format!("{ONE}stake_mor = \"50000\"\n{strain}{bounds}");
    let (Plan::Stress(tests), runs) = (Plan::of(&File::parse("it.toml", &text, alone).unwrap()).unwrap(), run(&text))
    else {
        panic!("no stress test")
    };
    assert_eq!(runs.len(), 2);
    let verdicts = tests[0].verdicts(&runs[0], &runs[1]);
    // 50,000 of 3.2 to 4.2 million MOR are paid 1.35 % of what is divided, which is half of what it was.
    assert_eq!(verdicts.iter().map(Verdict::holds).collect::<Vec<_>>(), [false, false, true, false]);
    assert_eq!(verdicts[2].whole, runs[0].paid);
    assert_eq!(verdicts[0].whole, runs[1].emitted);
}

#[test]
fn spans_add_up_to_the_run_and_a_run_at_random_has_none() {
    let runs = run(&format!("{ONE}stake_mor = \"50000\"\n"));
    let sum = |of: fn(&Span) -> u128| runs[0].spans.iter().map(of).sum::<u128>();
    assert_eq!((sum(|span| span.paid), sum(|span| span.emission)), (runs[0].paid, runs[0].emitted));
    assert_eq!((runs[0].spans.len(), by_year(&runs[0].spans).len()), (13, 2));
    let vary = "[random]\nruns = 1\nseed = 1\n[random.vary]\n\"demand.sessions\" = [1, 2]\n";
    assert_eq!(run(&format!("{ONE}{vary}"))[0].spans, []);
}

#[test]
fn a_subnet_is_paid_all_of_its_usage_with_the_stake_that_it_needs_and_less_with_a_wei_less() {
    let of = |wei: u128| {
        let stake = format!("{}.{:018}", wei / MOR, wei % MOR);
        let day = "[market]\nfrom = 20784\nto = 20785\nmin_subnet_stake_mor = 0\n";
        let two = "[agents.two]\nkind = \"honest\"\nshare = 2\nstake_mor = \"4000000\"\n";
        run(&format!("{day}{ONE}stake_mor = \"{stake}\"\n{two}")).remove(0)
    };
    let needed: u128 = of(MOR).groups[0].needed.unwrap().to();
    let paid = |run: Run| (run.groups[0].earned.paid, run.groups[0].earned.usage_side);
    let (enough, usage) = paid(of(needed));
    assert_eq!(enough, usage);
    assert!(paid(of(needed - 1)).0 < usage);
}

#[test]
fn the_same_seed_draws_the_same_runs() {
    let random = |seed: u8| {
        let vary = "[random.vary]\n\"demand.sessions\" = [1, 100000]\n";
        run(&format!("{ONE}stake_mor = \"50000\"\n[random]\nruns = 5\nseed = {seed}\n{vary}"))
    };
    assert_eq!(random(1), random(1));
    assert_ne!(random(1), random(2));
}

#[test]
fn every_preset_runs() {
    for preset in PRESETS {
        let file = File::parse(preset.name, preset.text, alone).unwrap();
        let plan = Plan::of(&file).unwrap();
        let file = if let Plan::Random(_) = plan { file.with("random.runs", 3.into()).unwrap() } else { file };
        let runs = runs::all(&file, &Plan::of(&file).unwrap(), |_, _| ()).unwrap();
        assert!(
            runs.iter().all(|run| run.paid <= run.emitted) && runs.iter().any(|run| run.paid > 0),
            "{}",
            preset.name
        );
        assert!(preset.title().ends_with('.'), "{}", preset.title());
    }
}

/// The file, with `days` beside it as days.csv and `others` as others.csv.
fn counted(text: &str, days: &str, others: &str) -> Result<File, BadInput> {
    let beside = BTreeMap::from([("days.csv", days), ("others.csv", others)]);
    File::parse("it.toml", &format!("{text}\n{ONE}"), |path| {
        beside.get(path).map_or_else(|| alone(path), |text| Ok((*text).to_owned()))
    })
}

/// Three days from 2026-11-27 on, day 20784, with what was counted in days.csv.
const COUNTED: &str = "[market]\nto = 20787\n[demand]\ncounted = \"days.csv\"";

#[test]
fn counted_days_are_asked_for_as_they_stand_and_days_between_for_nothing() {
    let day = |sessions, seconds| Asked { sessions, seconds };
    for days in [
        "day,sessions,seconds\n2026-11-27,1,300\n20786,2,86400000\n",
        "day,sessions,seconds\r\n20784 , 1, 300\r\n\r\n2026-11-29,2,86400000",
    ] {
        let demand = counted(COUNTED, days, "").unwrap().market().unwrap().demand;
        assert_eq!(demand, Demand::Counted(vec![day(1, 300), day(0, 0), day(2, 86_400_000)]));
    }
    let late = counted(COUNTED, "day,sessions,seconds\n20785,0,1", "").unwrap().market().unwrap().demand;
    assert_eq!(late, Demand::Counted(vec![day(0, 0), day(0, 1)]));
}

#[test]
fn counted_days_that_cannot_be_are_said_with_their_line() {
    for (lines, said) in [
        ("", "line 1: the header is day,sessions,seconds"),
        ("20784,1,1", "line 1: the header is"),
        ("day,sessions,seconds", "there is no day in it"),
        ("day,sessions,seconds\n20784,1", "line 2: fields are day,sessions,seconds, 2 are there"),
        ("day,sessions,seconds\n20784,1,1,000", "line 2: fields are day,sessions,seconds, 4 are there"),
        ("day,sessions,seconds\n2026-11-31,1,1", "line 2: `2026-11-31` is no date of the calendar"),
        ("day,sessions,seconds\n20784,-1,1", "line 2: sessions: `-1` has a sign"),
        ("day,sessions,seconds\n20784,1,1.5", "line 2: seconds: `1.5` has 1 decimal"),
        ("day,sessions,seconds\n20784,4294967297,1", "line 2: sessions: 4294967297 is not within 0 and 4294967296"),
        ("day,sessions,seconds\n20784,1,371085174374401", "line 2: seconds: 371085174374401 is not within"),
        ("day,sessions,seconds\n\n20785,1,1\n20785,1,1", "line 4: day 20785 (2026-11-28) does not come after 20785"),
        ("day,sessions,seconds\n20785,1,1\n20784,1,1", "line 3: day 20784 (2026-11-27) does not come after 20785"),
        ("day,sessions,seconds\n20783,1,1", "line 2: day 20783 (2026-11-26) is none of the market's, from 20784"),
        ("day,sessions,seconds\n20786,1,1\n20787,1,1", "line 3: day 20787 (2026-11-30) is none of the market's"),
    ] {
        let error = counted(COUNTED, lines, "").unwrap_err().to_string();
        assert!(error.starts_with("it.toml: demand.counted: days.csv: ") && error.contains(said), "{lines}: {error}");
    }
}

#[test]
fn counted_demand_has_no_other_key_beside_it_and_its_file_is_there() {
    for (key, value) in
        [("sessions", "1"), ("seconds_each", "1"), ("daily_growth_percent", "1"), ("most_sessions", "1")]
    {
        let error = counted(&format!("{COUNTED}\n{key} = {value}"), "day,sessions,seconds\n20784,1,1", "").unwrap_err();
        assert!(error.to_string().contains(&format!("demand.{key}: the file that `counted` names")), "{error}");
    }
    let missing = refused(&format!("[demand]\ncounted = \"nowhere.csv\"\n{ONE}"));
    assert_eq!(missing, "it.toml: demand.counted: nowhere.csv: none");
    assert!(refused(&format!("[demand]\ncounted = 1\n{ONE}")).contains("invalid type"));
}

#[test]
fn counted_demand_can_be_swept_and_compared() {
    let (few, many) = ("day,sessions,seconds\n20784,1,10", "day,sessions,seconds\n20784,9,90");
    for (text, wanted) in [
        ("[sweep]\npath = \"demand.counted\"\nvalues = [\"days.csv\", \"others.csv\"]", [10, 90]),
        ("[compare.change]\n\"demand.counted\" = \"others.csv\"", [170_100 * 3, 90]),
    ] {
        let file = counted(&format!("[market]\nto = 20787\nmin_subnet_stake_mor = 0\n{text}"), few, many).unwrap();
        let file = file.with("agents.one.stake_mor", 1.into()).unwrap();
        let runs = runs::all(&file, &Plan::of(&file).unwrap(), |_, _| ()).unwrap();
        assert_eq!(runs.iter().map(|run| run.groups[0].earned.seconds).collect::<Vec<_>>(), wanted, "{text}");
    }
}
