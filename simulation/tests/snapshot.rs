//! A file in the form and of the size of the public snapshot of Base.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use mrc53_maths::{Day, compute};
use mrc53_simulation::replay::paid::{AssumedStake, days};
use mrc53_simulation::replay::source::{Source, SourceError};
use mrc53_simulation::replay::usage::UsageByDay;

const SESSIONS: u64 = 113_343;
const PROVIDERS: u64 = 21;
/// 2025-12-17 and 2026-07-05, the days of the snapshot.
const DAYS: [u32; 2] = [20_439, 20_639];
const MOR: u128 = 1_000_000_000_000_000_000;

const TABLE: &str = "CREATE TABLE sessions (id TEXT PRIMARY KEY, user_address TEXT, bid_id TEXT, provider TEXT, model_id TEXT, \
                     stake TEXT, opened_at INTEGER, ends_at INTEGER, closed_at INTEGER, is_active INTEGER, updated_block INTEGER, \
                     closeout_type INTEGER, provider_withdrawn TEXT, open_tx_hash TEXT, close_tx_hash TEXT);\n";

/// The provider of a session: two of them host 97.9 %.
fn provider(session: u64) -> u64 {
    // Scattered over every day.
    match session * 7_919 % 1_000 {
        0..514 => 0,
        514..979 => 1,
        other => 2 + other % (PROVIDERS - 2),
    }
}

fn times(session: u64) -> [u64; 3] {
    let seconds = u64::from(DAYS[1] - DAYS[0]) * 86_400;
    let opened_at = u64::from(DAYS[0]) * 86_400 + session * seconds / SESSIONS;
    [opened_at, opened_at + 1_800, opened_at + 300 + session % 1_000]
}

/// The dump, about as long a line as the snapshot has.
fn dump() -> String {
    let mut sql = format!("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n{TABLE}");
    for session in 0..SESSIONS {
        let [opened_at, ends_at, closed_at] = times(session);
        let word = |salt: u64| format!("0x{:064x}", session * 1_000_003 + salt);
        let provider = format!("0x{:040x}", 0xa000 + provider(session));
        writeln!(
            sql,
            "INSERT INTO sessions VALUES('{}','0x{:040x}','{}','{provider}','{}','21970400000000000000',{opened_at},{ends_at},{closed_at},0,{},1,'0','{}','{}');",
            word(0), session % 39, word(1), word(2), 39_593_197 + session, word(3), word(4),
        )
        .unwrap();
    }
    sql.push_str("COMMIT;\n");
    sql
}

fn packed(text: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn a_file_as_large_as_the_snapshot_is_read_and_every_second_of_it_divided() {
    let text = dump();
    let started = Instant::now();
    let source = Source::read(&packed(&text)).unwrap();
    let usage = UsageByDay::count(&source.sessions, Day(DAYS[0]), Day(DAYS[1] + 1));
    let stake = AssumedStake::proportional(&usage, 1_000_000 * MOR);
    let paid: Vec<_> = days(&usage, &stake).collect();
    println!("{} bytes in {:.2} s", text.len(), started.elapsed().as_secs_f64());

    assert!(!source.is_published() && source.sha256.len() == 64);
    assert_eq!(source.sessions.providers().len() as u64, PROVIDERS);
    let served: u64 = (0..SESSIONS).map(|session| 300 + session % 1_000).sum();
    let of_all = usage.of_providers();
    assert_eq!(of_all.iter().map(|it| it.seconds).sum::<u64>(), served);
    assert_eq!(of_all.iter().map(|it| it.sessions).sum::<u64>(), SESSIONS);
    for day in DAYS[0]..=DAYS[1] {
        let of_day = paid.iter().filter(|it| it.day == Day(day));
        let sums = of_day.fold([0, 0], |[seconds, sessions], it| {
            [seconds + it.by_seconds.payable, sessions + it.by_sessions.payable]
        });
        assert!(sums.iter().all(|sum| *sum <= compute::emission_of(Day(day))), "{day}");
    }
    // With a million MOR, of 2.8 million emitted, stake binds for both large ones on nearly every day.
    let bound = paid.iter().filter(|it| it.provider < 2 && it.by_seconds.usage_reward > it.by_seconds.stake_reward);
    assert!(bound.count() > 380);
}

#[test]
fn the_stake_that_is_said_to_be_enough_is_and_a_wei_less_is_not() {
    let source = Source::read(dump().as_bytes()).unwrap();
    let usage = UsageByDay::count(&source.sessions, Day(DAYS[0]), Day(DAYS[0] + 5));
    let none = AssumedStake::none(&usage);
    for line in days(&usage, &none) {
        let required: u128 = line.stake_for_seconds.unwrap().try_into().unwrap();
        let with = |wei: u128| {
            let stake = AssumedStake::of_each(&usage, |provider| if provider == line.provider { wei } else { 0 });
            let mut same = days(&usage, &stake).filter(|it| (it.day, it.provider) == (line.day, line.provider));
            same.next().unwrap().by_seconds.payable
        };
        assert_eq!(with(required), line.by_seconds.usage_reward);
        assert!(with(required - 1) < line.by_seconds.usage_reward);
        assert_eq!(line.by_seconds.payable, 0);
    }
}

#[test]
fn lines_of_json_are_the_same_sessions() {
    let mut lines = String::new();
    for session in 0..1_000 {
        let [opened_at, ends_at, closed_at] = times(session);
        let provider = format!("0x{:040x}", 0xa000 + provider(session));
        let object = serde_json::json!({
            "id": session.to_string(), "provider": provider, "opened_at": opened_at, "ends_at": ends_at, "closed_at": closed_at,
        });
        writeln!(lines, "{object}").unwrap();
    }
    let of_lines = Source::read(&packed(&lines)).unwrap().sessions;
    let of_dump = Source::read(dump().as_bytes()).unwrap().sessions;
    assert_eq!(of_lines.served(), &of_dump.served()[..1_000]);
}

#[test]
fn a_byte_order_mark_is_nothing_of_a_file_packed_or_not() {
    let line = r#"{"id": "0x1", "provider": "0xa", "opened_at": 10, "ends_at": 20}"#;
    let marked = format!("\u{feff}{line}");
    for bytes in [marked.as_bytes(), &packed(&marked), format!("\u{feff}{TABLE}").as_bytes()] {
        Source::read(bytes).unwrap();
    }
}

#[test]
fn what_is_no_snapshot_is_refused() {
    assert!(matches!(Source::read(&[0x1f, 0x8b, 0, 1]), Err(SourceError::Gzip(_))));
    assert!(matches!(Source::read(&[0xff, 0xfe]), Err(SourceError::NoText)));
    assert!(matches!(Source::read(b""), Err(SourceError::Neither)));
    assert!(matches!(Source::read(b"CREATE TABLE bids(id TEXT);"), Err(SourceError::Dump(_))));
    assert!(matches!(Source::read(b"{}"), Err(SourceError::Lines(_))));
}
