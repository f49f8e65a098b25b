//! The tables of `docs/benchmarks.md`, from the snapshot.

use super::figures::{Figures, Gas, Row};
use super::market::SESSIONS_A_DAY;
use super::towns;
use super::verifiers::Verifier;

/// Every table: its lines, of which the first names its columns and is in no other.
pub(crate) fn tables(figures: &Figures, recorded: Gas) -> [Vec<String>; 4] {
    [verifying(figures), transactions(figures), day(figures, recorded), sizes(figures)]
}

/// What a day of the market costs Arbitrum: a quarter of four days with their root.
pub(crate) fn day_of_the_market(figures: &Figures) -> Gas {
    figures["proving four days of the market"].total().div_ceil(4)
}

fn verifying(figures: &Figures) -> Vec<String> {
    let rows = [&figures["verifying 1 word"], &figures["verifying 20 words"]];
    let shape = |row: &Row| format!("{} nodes, {} bytes", row.nodes, grouped(row.node_bytes as Gas));
    let head = format!("| who reads | 1 word ({}) | ratio | 20 words ({}) | ratio |", shape(rows[0]), shape(rows[1]));
    let line = |verifier: Verifier| {
        let of = |row: &Row| {
            let gas = row.gas[verifier.label()];
            format!("{} | {}", grouped(gas), times(gas, row.gas[Verifier::Cached.label()]))
        };
        format!("| {} | {} | {} |", name(verifier), of(rows[0]), of(rows[1]))
    };
    let order = [Verifier::Cached, Verifier::Uncached, Verifier::Trusting, Verifier::Assembly, Verifier::OpenZeppelin];
    [head, "|---|--:|--:|--:|--:|".to_owned()].into_iter().chain(order.map(line)).collect()
}

const fn name(verifier: Verifier) -> &'static str {
    match verifier {
        Verifier::Cached => "`contracts/trie`, program in the chain's cache",
        Verifier::Uncached => "the same, out of it",
        Verifier::Assembly => "Solidity assembly, the same checks",
        Verifier::Trusting => "Solidity assembly that does not look at the form of a node whose hash is right",
        Verifier::OpenZeppelin => "OpenZeppelin 5.7.0 `TrieProof`, via IR, nodes not shared",
    }
}

fn transactions(figures: &Figures) -> Vec<String> {
    let line = |label: &str, what: &str| {
        let row = &figures[label];
        let gas = row.gas["prove"];
        let (bytes, each) = (grouped(row.node_bytes as Gas), grouped(gas.div_ceil(row.words as Gas)));
        format!("| {what} | {} | {bytes} | {} | {each} |", row.nodes, grouped(gas))
    };
    vec![
        "| `prove` | nodes | bytes of nodes | gas | each word |".to_owned(),
        "|---|--:|--:|--:|--:|".to_owned(),
        line("proving 1 word, first of all", "1 word, first of all, after 200,000 sessions"),
        line("proving 20 words", "20 words, after 200,000 sessions"),
        line("proving 1 word of 200,000, first of all", "1 word, first of all, among 200,000 words"),
        line("proving 20 words of 200,000", "20 words among 200,000 words"),
    ]
}

fn day(figures: &Figures, recorded: Gas) -> Vec<String> {
    let row = &figures["proving four days of the market"];
    let part = |what: &str, name: &str| format!("| {name} | {} |", grouped(row.gas[what]));
    let day = day_of_the_market(figures);
    let root_of_each = (4 * (row.gas["acceptRoot"] + row.gas["openRoot"]) + row.gas["prove"]).div_ceil(4);
    vec![
        "| a day of the market | gas on Arbitrum |".to_owned(),
        "|---|--:|".to_owned(),
        format!("| {SESSIONS_A_DAY} sessions recorded there, in batches of 50 | {} |", grouped(recorded)),
        part("acceptRoot", "four days proven: `acceptRoot`"),
        part("openRoot", "`openRoot`, the account nine nodes deep"),
        part("prove", &format!("`prove`, {} words", row.words)),
        format!("| a day of it, a quarter | {} |", grouped(day)),
        format!("| ratio | {} |", times(recorded, day)),
        format!("| a day of it, were a root brought and opened for each | {} |", grouped(root_of_each)),
        format!("| ratio | {} |", times(recorded, root_of_each)),
    ]
}

fn sizes(figures: &Figures) -> Vec<String> {
    let line = |size: usize| {
        let row = &figures[&towns::label(size)];
        let [sent, walk, rest] = ["sent", "walk", "rest"].map(|what| grouped(row.gas[what]));
        let (size, bytes) = (grouped(size as Gas), grouped(row.node_bytes as Gas));
        format!("| {size} | {} | {bytes} | {sent} | {walk} | {rest} | {} |", row.nodes, grouped(row.total()))
    };
    let head = "| subnets registered | nodes | bytes of nodes | transaction and calldata | the walk | all else | gas |";
    [head, "|--:|--:|--:|--:|--:|--:|--:|"].map(str::to_owned).into_iter().chain(towns::SIZES.map(line)).collect()
}

/// A ratio with one digit, rounded down: never more than what was reached.
fn times(gas: Gas, of: Gas) -> String {
    let tenths = gas * 10 / of;
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

/// A number with a comma every three digits.
fn grouped(number: Gas) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `page` with `table` in place of the one that begins with the same column; nothing if there is none.
pub(crate) fn with_table(page: &str, table: &[String]) -> Option<String> {
    let column = table[0].split_inclusive('|').take(2).collect::<String>();
    let lines: Vec<&str> = page.lines().collect();
    let begin = lines.iter().position(|line| line.starts_with(&column))?;
    let length = lines[begin..].iter().take_while(|line| line.starts_with('|')).count();
    let table = table.iter().map(String::as_str);
    let all: Vec<&str> =
        lines[..begin].iter().copied().chain(table).chain(lines[begin + length..].iter().copied()).collect();
    Some(format!("{}\n", all.join("\n")))
}
