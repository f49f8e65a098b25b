//! `docs/evidence.md`: what was measured, for people.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use mrc53_console::show::percent;
use similar::TextDiff;

use super::crates::CRATES;
use super::night;
use super::reasons::Reasons;
use super::record::{Coverage, Evidence, Mutants, Place, Share};

/// The file, seen from the root.
pub const FILE: &str = "docs/evidence.md";

const INTRODUCTION: &str = "# Evidence

What the tests of the contracts' code are worth, in numbers. `cargo mrc53 evidence` measures them, keeps them in `snapshots/evidence.json` and writes this page; the reasons are kept by hand in `tests/evidence/reasons.toml`. Measured is the code that ends up in wasm: no tests, no printers of the ABI.

`code` is a hash of a crate's code without comments and tests. `cargo mrc53 evidence --check`, which `cargo mrc53 test` runs, fails where a crate's code is no longer the code that was measured, where a survivor or a line has no reason, or a reason has nothing left to explain. It runs no mutant and so takes no time: new tests and new words make no evidence stale, new code does.
";

const MUTANTS: &str = "
## Mutants

cargo-mutants changes the code in one place, compiles, and runs the tests: a mutant that no test notices survives. Caught is a failing test; out of time are tests that no longer end. The score is both, of all that compiled. Each mutant meets the unit tests of its own crate, those of `interfaces` its callers' as well; tests of the whole suite and on the devnode are not asked, though they would catch more. What was caught counts as long as the code is the same, so after a new test only survivors without a reason are tried again; `--fresh` tries all.

";

const COVERAGE: &str = "
## Coverage

LLVM's source coverage of the native build under all tests of the contracts' workspace. A region is a stretch of code that is run as a whole: every `?`, every arm, every side of `&&` is one of its own. Left out are the functions named `__type_assertion` that `sol!` writes for the compiler: nothing can call them.

";

/// The page.
///
/// # Errors
/// A failure naming every survivor and line without a reason, and every reason without one.
pub fn render(evidence: &Evidence, reasons: &Reasons) -> Result<String> {
    let problems = reasons.problems(evidence);
    if !problems.is_empty() {
        bail!("the reasons in {} do not fit what was measured:\n{}", super::reasons::FILE, problems.join("\n"));
    }
    let mut page = INTRODUCTION.to_owned();
    page.push_str(MUTANTS);
    mutants(&mut page, evidence);
    let survivors = evidence.mutants.values().flat_map(|each| &each.survivors);
    places(&mut page, "### Survivors\n\n| file | line | mutation | why no test can notice |", 4, survivors, reasons);
    page.push_str(COVERAGE);
    coverage(&mut page, evidence);
    let uncovered = evidence.coverage.values().flat_map(|each| &each.uncovered);
    places(&mut page, "### Lines that no test runs\n\n| file | line | why |", 3, uncovered, reasons);
    if let Some(night) = &evidence.night {
        night::render(&mut page, night);
    }
    page.push_str("\n## Measured with\n\n");
    for (tool, release) in &evidence.tools {
        let _ = writeln!(page, "- {tool} {release}");
    }
    Ok(page)
}

/// What differs between the page that is there and the one that belongs there; nothing if nothing does.
#[must_use]
pub fn drift(there: &str, belongs: &str) -> Option<String> {
    (there != belongs).then(|| TextDiff::from_lines(there, belongs).unified_diff().header(FILE, "measured").to_string())
}

fn mutants(page: &mut String, evidence: &Evidence) {
    page.push_str("| crate | viable | caught | out of time | survived | score | did not compile | code |\n");
    page.push_str("|---|--:|--:|--:|--:|--:|--:|---|\n");
    let row = |name: &str, each: &Mutants, survived: usize| {
        let viable = each.noticed() + survived;
        let score = percent(each.noticed() as u128, viable as u128);
        let code = if each.code.is_empty() { String::new() } else { format!("`{}`", each.code) };
        let (caught, timeouts, unviable) = (each.caught, each.timeouts, each.unviable);
        format!("| {name} | {viable} | {caught} | {timeouts} | {survived} | {score} | {unviable} | {code} |\n")
    };
    let (mut all, mut survived) = (Mutants::default(), 0);
    for (name, each) in in_order(&evidence.mutants) {
        page.push_str(&row(name, each, each.survivors.len()));
        all.caught += each.caught;
        all.timeouts += each.timeouts;
        all.unviable += each.unviable;
        survived += each.survivors.len();
    }
    page.push_str(&row("all", &all, survived));
}

fn coverage(page: &mut String, evidence: &Evidence) {
    page.push_str("| crate | lines | run | regions | run | functions | run | code |\n");
    page.push_str("|---|--:|--:|--:|--:|--:|--:|---|\n");
    let row = |name: &str, each: &Coverage| {
        let cell =
            |Share { covered, count }| format!("{covered} of {count} | {}", percent(covered.into(), count.into()));
        let code = if each.code.is_empty() { String::new() } else { format!("`{}`", each.code) };
        format!("| {name} | {} | {} | {} | {code} |\n", cell(each.lines), cell(each.regions), cell(each.functions))
    };
    let mut all = Coverage::default();
    for (name, each) in in_order(&evidence.coverage) {
        page.push_str(&row(name, each));
        all.lines.add(each.lines);
        all.regions.add(each.regions);
        all.functions.add(each.functions);
    }
    page.push_str(&row("all", &all));
}

/// A table of places with their reasons; nothing if there is none.
fn places<'a>(
    page: &mut String,
    header: &str,
    columns: usize,
    places: impl Iterator<Item = &'a Place>,
    reasons: &Reasons,
) {
    let mut places = places.peekable();
    if places.peek().is_none() {
        return;
    }
    let _ = writeln!(page, "\n{header}\n{}|", "|---".repeat(columns));
    for place in places {
        let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        let mut cells = vec![code(&place.file), code(&place.line)];
        if !place.mutation.is_empty() {
            cells.push(code(&place.mutation));
        }
        cells.push(reasons.of(place).unwrap_or_default().to_owned());
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
}

/// What was measured of each crate, in the order of [`CRATES`].
fn in_order<T>(by_crate: &std::collections::BTreeMap<String, T>) -> impl Iterator<Item = (&'static str, &T)> {
    CRATES.iter().filter_map(|each| Some((each.package, by_crate.get(each.package)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence() -> Evidence {
        let survivor =
            Place { file: "a.rs".into(), line: "low | high".into(), mutation: "replace | with ^ in word".into() };
        let maths = Mutants { code: "c0de".into(), caught: 7, timeouts: 1, unviable: 2, survivors: vec![survivor] };
        let ledger = Mutants { code: "f00d".into(), caught: 11, ..Mutants::default() };
        let share = Share { covered: 199, count: 200 };
        let covered = Coverage {
            code: "c0de".into(),
            lines: share,
            regions: share,
            functions: Share { covered: 3, count: 3 },
            uncovered: Vec::new(),
        };
        Evidence {
            mutants: [("mrc53-maths".to_owned(), maths), ("mrc53-ledger".to_owned(), ledger)].into(),
            coverage: [("mrc53-maths".to_owned(), covered)].into(),
            tools: [("cargo-mutants".to_owned(), "27.1.0".to_owned())].into(),
            night: None,
        }
    }

    fn reasons() -> Reasons {
        Reasons::parse(
            "[[survivor]]\nfile = \"a.rs\"\nline = \"low | high\"\nmutation = \"replace | with ^ in word\"\nreason = \"Disjoint bits.\"",
        )
        .unwrap()
    }

    #[test]
    fn the_score_is_what_was_noticed_of_what_compiled() {
        let page = render(&evidence(), &reasons()).unwrap();

        assert!(page.contains("| mrc53-maths | 9 | 7 | 1 | 1 | 88.88 % | 2 | `c0de` |"), "{page}");
        assert!(page.contains("| all | 20 | 18 | 1 | 1 | 95.00 % | 2 |  |"), "{page}");
    }

    #[test]
    fn coverage_is_rounded_down() {
        let page = render(&evidence(), &reasons()).unwrap();

        assert!(
            page.contains("| all | 199 of 200 | 99.50 % | 199 of 200 | 99.50 % | 3 of 3 | 100.00 % |  |"),
            "{page}"
        );
    }

    #[test]
    fn every_survivor_is_listed_with_its_reason() {
        let page = render(&evidence(), &reasons()).unwrap();

        assert!(page.contains("| `a.rs` | `low \\| high` | `replace \\| with ^ in word` | Disjoint bits. |"), "{page}");
    }

    #[test]
    fn a_survivor_without_a_reason_makes_no_page() {
        let error = render(&evidence(), &Reasons::default()).unwrap_err().to_string();

        assert!(error.contains("without a reason: file = \"a.rs\""), "{error}");
    }

    #[test]
    fn a_page_that_differs_is_shown_with_its_lines() {
        assert_eq!(drift("one\n", "one\n"), None);
        assert!(drift("one\n", "two\n").unwrap().contains("-one\n+two\n"));
    }
}
