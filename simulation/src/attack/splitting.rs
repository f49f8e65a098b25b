//! Splitting: the stake and the sessions of one subnet in several.
//!
//! The lesser of two shares is superadditive, so the parts are paid at most what the whole was, and each division rounds
//! down once more; a part below the minimum counts for nothing. What it adds is gas, and a minimum for each part.

use mrc53_maths::{Day, share_down};

use super::refusal::Refusal;
use super::row::{Case, Kind, Row};
use super::share::Share;
use super::terms::{Honest, Terms};
use super::usurping;
use mrc53_books::market::agent::Agent;

/// Self-hosting for `share` in one subnet and in each of `parts`.
///
/// # Errors
/// Those of [`usurping::price`].
pub fn price(terms: &Terms, honest: &Honest, share: Share, parts: &[u64]) -> Result<Vec<Row>, Refusal> {
    let whole = usurping::price(terms, honest, Kind::SelfHosting, share)?;
    let days = [honest.market.from, honest.market.to];
    let in_parts = |parts| Row {
        kind: Kind::Splitting,
        case: Case::Subnets(parts),
        gas: terms.gas.of(&whole.kept[0], parts, terms.days()),
        taken: honest.attacked_by(split(whole.seconds, whole.stake, parts, days)),
        ..whole
    };
    Ok([1].iter().chain(parts).map(|parts| in_parts(*parts)).collect())
}

/// So many subnets with as many seconds and as much stake in all, each with stake in proportion to its seconds; what does
/// not divide is the first one's.
fn split(seconds: u64, stake: u128, parts: u64, days: [Day; 2]) -> Vec<Agent> {
    let parts = parts.max(1);
    let others = seconds / parts;
    let of_others = share_down(stake, others.into(), seconds.into());
    let first = (seconds - others * (parts - 1), stake - of_others * u128::from(parts - 1));
    let all = std::iter::once(first).chain((1..parts).map(|_| (others, of_others)));
    all.map(|(seconds, stake)| usurping::all_the_time(seconds, stake, days)).collect()
}
