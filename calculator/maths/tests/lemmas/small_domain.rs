//! `reward` on every combination of small inputs, 2.8 million, and the lemmas on every pair and split among them.
//!
//! Stake is counted in quarters of a wei held for a day, so that both sides of `max(C · 86400, Σ)` are met, above, below
//! and equal, and divisions with every remainder. Inputs that no consistent books hold, parts above their whole, are in
//! the domain too; the lemmas that speak of books leave them out.

use std::sync::OnceLock;

use mrc53_maths::{reward, Binds, RewardInputs};

use crate::exact::{part_down, share, stake_share, Rational};

/// Largest emission, MOR wei.
const E: usize = 12;
/// Largest emission so far, MOR wei.
const C: usize = 4;
/// Largest weight, a subnet's and the total.
const W: usize = 10;
/// Largest stake, a subnet's and the total, in [`QUARTER`]s: 2 above the largest `C · 86400`.
const S: usize = 18;
/// A quarter of a wei for a day, in wei · s.
const QUARTER: u128 = 21_600;

/// One day, without the subnet looked at.
#[derive(Clone, Copy, Debug)]
struct Books {
    emission: usize,
    emitted: usize,
    total_weight: usize,
    total_stake: usize,
}

impl Books {
    fn inputs(self, (weight, stake): Subnet) -> RewardInputs {
        RewardInputs {
            emission: self.emission as u128,
            emitted: self.emitted as u128,
            subnet_weight: weight as u64,
            total_weight: self.total_weight as u64,
            subnet_stake_seconds: stake as u128 * QUARTER,
            total_stake_seconds: self.total_stake as u128 * QUARTER,
        }
    }

    /// What `reward` pays; out of the table.
    fn pays(self, (weight, stake): Subnet) -> u8 {
        let day = ((self.emission * (C + 1) + self.emitted) * (W + 1) + self.total_weight) * (S + 1) + self.total_stake;
        payables()[(day * (W + 1) + weight) * (S + 1) + stake]
    }
}

/// A subnet's weight and stake.
type Subnet = (usize, usize);

fn all_books() -> impl Iterator<Item = Books> {
    let days = (0..=E).flat_map(|emission| (0..=C).map(move |emitted| (emission, emitted)));
    let totals = || (0..=W).flat_map(|weight| (0..=S).map(move |stake| (weight, stake)));
    days.flat_map(move |(emission, emitted)| {
        totals().map(move |(total_weight, total_stake)| Books { emission, emitted, total_weight, total_stake })
    })
}

fn subnets_up_to((weight, stake): Subnet) -> impl Iterator<Item = Subnet> {
    (0..=weight).flat_map(move |weight| (0..=stake).map(move |stake| (weight, stake)))
}

/// What `reward` pays for every input of the domain, in the order of [`Books::pays`].
fn payables() -> &'static [u8] {
    static PAYABLES: OnceLock<Vec<u8>> = OnceLock::new();
    PAYABLES.get_or_init(|| {
        let pays = |books: Books, subnet| u8::try_from(reward(&books.inputs(subnet)).payable).unwrap();
        all_books().flat_map(|books| subnets_up_to((W, S)).map(move |subnet| pays(books, subnet))).collect()
    })
}

#[test]
fn every_reward_is_the_smaller_side_of_the_exact_formula_rounded_down_once() {
    let usage: Vec<Rational> = (0..=W).flat_map(|w| (0..=W).map(move |of| share(w as u64, of as u64))).collect();
    for books in all_books() {
        let stakes: Vec<Rational> = (0..=S)
            .map(|stake| {
                let quarters = [stake, books.total_stake].map(|stake| stake as u128 * QUARTER);
                stake_share(quarters[0], books.emitted as u128, quarters[1])
            })
            .collect();
        for (weight, stake) in subnets_up_to((W, S)) {
            let sides = [&usage[weight * (W + 1) + books.total_weight], &stakes[stake]];
            let exact = part_down(books.emission as u128, sides[0].min(sides[1]));
            assert_eq!(u128::from(books.pays((weight, stake))), exact, "{books:?} {weight} {stake}");
        }
    }
}

#[test]
fn every_reward_is_at_most_each_side_and_says_which_is_smaller() {
    for books in all_books() {
        for subnet in subnets_up_to((W, S)) {
            let told = reward(&books.inputs(subnet));
            let binds = match (told.payable < told.stake_reward, told.payable < told.usage_reward) {
                (true, _) => Binds::Usage,
                (_, true) => Binds::Stake,
                (false, false) => Binds::None,
            };
            assert!(told.payable <= told.usage_reward && told.payable <= told.stake_reward, "{books:?} {subnet:?}");
            assert!(told.payable == told.usage_reward || told.payable == told.stake_reward, "{books:?} {subnet:?}");
            assert!(told.usage_reward <= told.emission && told.stake_reward <= told.emission, "{books:?} {subnet:?}");
            assert_eq!((told.emission, told.binds), (books.emission as u128, binds), "{books:?} {subnet:?}");
        }
    }
}

#[test]
fn no_usage_no_stake_or_no_emission_pays_nothing() {
    for books in all_books() {
        for (weight, stake) in subnets_up_to((W, S)) {
            let nothing = [books.emission, books.total_weight, weight, stake].contains(&0);
            assert!(!nothing || books.pays((weight, stake)) == 0, "{books:?} {weight} {stake}");
        }
    }
}

/// Every way to have three subnets that add up to the totals; those with two or one are among them, the others at zero.
fn divisions_in_three(books: Books) -> impl Iterator<Item = [Subnet; 3]> {
    let all = (books.total_weight, books.total_stake);
    subnets_up_to(all).flat_map(move |one| {
        subnets_up_to((all.0 - one.0, all.1 - one.1))
            .map(move |two| [one, two, (all.0 - one.0 - two.0, all.1 - one.1 - two.1)])
    })
}

#[test]
fn the_rewards_of_up_to_three_subnets_add_up_to_at_most_the_emission() {
    for books in all_books() {
        for subnets in divisions_in_three(books) {
            let paid: usize = subnets.iter().map(|subnet| usize::from(books.pays(*subnet))).sum();
            assert!(paid <= books.emission, "{books:?} {subnets:?}");
        }
    }
}

#[test]
fn a_subnet_split_in_two_never_earns_more_than_whole() {
    for books in all_books() {
        // The third subnet is all the others together.
        for [one, other, _] in divisions_in_three(books) {
            let whole = books.pays((one.0 + other.0, one.1 + other.1));
            assert!(books.pays(one) + books.pays(other) <= whole, "{books:?} {one:?} {other:?}");
        }
    }
}

/// Compares every subnet of every day with what `change` makes of them, where that is in the domain: a step of one, and
/// so, step by step, any number of them.
fn never_less_after(change: impl Fn(Books, Subnet) -> (Books, Subnet)) {
    let mut pairs = 0;
    for books in all_books() {
        for subnet in subnets_up_to((books.total_weight, books.total_stake)) {
            let (then, after) = change(books, subnet);
            let within = after.0 <= W && after.1 <= S && then.total_weight <= W && then.total_stake <= S;
            if within && then.emission <= E && then.emitted <= C {
                assert!(then.pays(after) >= books.pays(subnet), "{books:?} {subnet:?}");
                pairs += 1;
            }
        }
    }
    assert!(pairs > 100_000, "{pairs}");
}

#[test]
fn more_work_of_its_own_never_earns_less_whether_the_total_moves_along_or_not() {
    never_less_after(|books, (w, s)| (Books { total_weight: books.total_weight + 1, ..books }, (w + 1, s)));
    never_less_after(|books, (w, s)| (books, (w + 1, s)));
}

#[test]
fn more_stake_of_its_own_never_earns_less_whether_the_total_moves_along_or_not() {
    never_less_after(|books, (w, s)| (Books { total_stake: books.total_stake + 1, ..books }, (w, s + 1)));
    never_less_after(|books, (w, s)| (books, (w, s + 1)));
}

#[test]
fn more_emission_and_less_work_or_stake_of_others_never_earn_less() {
    never_less_after(|books, subnet| (Books { emission: books.emission + 1, ..books }, subnet));
    never_less_after(|books, subnet| (Books { emitted: books.emitted.saturating_sub(1), ..books }, subnet));
    never_less_after(|books, (w, s)| {
        (Books { total_weight: books.total_weight.saturating_sub(1).max(w), ..books }, (w, s))
    });
    never_less_after(|books, (w, s)| {
        (Books { total_stake: books.total_stake.saturating_sub(1).max(s), ..books }, (w, s))
    });
}
