//! The lemmas of `calculator/lemmas`, for all integers: what z3 says to each, and that they speak of the code's functions.
//!
//! A lemma is a file of questions in SMT-LIB 2. What it states must be `unsat` when negated, and its false variants, each
//! a step away from it, must be `sat`: so a question that is badly put, or a contradiction among what it assumes, shows.

mod code;
mod solver;

use solver::{FUNCTIONS, Lemma, Wrong, lemmas};

#[test]
fn z3_proves_every_lemma_for_all_integers_and_refutes_every_false_variant() {
    let wrong: Vec<Wrong> = lemmas().iter().flat_map(|lemma| lemma.wrong(&solver::functions())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_lemma_asks_for_a_proof_and_for_a_refutation() {
    let lemmas = lemmas();
    assert!(!lemmas.is_empty());
    for Lemma { name, expected, .. } in lemmas {
        assert!(expected.iter().any(|answer| answer == "unsat"), "{name} proves nothing");
        assert!(expected.iter().any(|answer| answer == "sat"), "{name} has no false variant");
    }
}

/// Functions a step away from the code's, and a lemma that does not hold for them.
#[test]
fn z3_proves_no_lemma_of_functions_that_are_wrong() {
    let changes = [
        ("(div (* amount part) whole)", "(+ 1 (div (* amount part) whole))", "l03-within-the-emission"),
        ("(ite (>= part whole) amount ", "(ite (> part whole) 0 ", "l05-monotone"),
        ("(most (* emitted 86400) all_stake)", "(least (* emitted 86400) all_stake)", "l03-within-the-emission"),
        ("(- (* 2 (- day 19761)) 1)", "(* 2 (- day 19761))", "l08-half-intervals"),
        ("(+ stake (* amount left))", "(+ stake (* amount (+ left 1)))", "l17-stake-seconds"),
        ("(most 1 (* minimum 86400))", "(* minimum 86400)", "l18-eligible-days"),
        ("(most 0 (- stake (* amount left)))", "(most 1 (- stake (* amount left)))", "l17-stake-seconds"),
    ];
    let (functions, lemmas) = (solver::functions(), lemmas());
    for (right, wrong, name) in changes {
        assert_eq!(functions.matches(right).count(), 1, "{FUNCTIONS} has {right} once");
        let lemma = lemmas.iter().find(|lemma| lemma.name == name).unwrap_or_else(|| panic!("there is no {name}"));
        let disproved =
            lemma.wrong(&functions.replace(right, wrong)).into_iter().any(|wrong| wrong.said.as_deref() == Some("sat"));
        assert!(disproved, "{name} holds with {wrong}");
    }
}

/// The number of the lemma that a row or a file begins with: 3 of `L3. `.
fn number(text: &str) -> Option<u32> {
    text.strip_prefix('L')?.split_once(". ")?.0.parse().ok()
}

#[test]
fn every_lemma_is_named_beside_its_statement() {
    let document = std::fs::read_to_string(solver::root().join("docs/properties.md")).unwrap();
    let mut named = Vec::new();
    for row in document.lines().filter_map(|line| line.strip_prefix("| ")) {
        let (Some(number), words) = (number(row), row.split('`').skip(1).step_by(2)) else { continue };
        named.extend(words.filter_map(|word| Some((number, word.strip_suffix(".smt2")?.to_owned()))));
    }

    let there = lemmas().into_iter().map(|lemma| {
        let number = lemma.questions.strip_prefix("; ").and_then(number);
        (number.unwrap_or_else(|| panic!("{} does not say which lemma it is", lemma.name)), lemma.name)
    });
    assert_eq!(named, there.collect::<Vec<_>>());
}
