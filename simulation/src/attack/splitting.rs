//! Splitting: the stake and the sessions of one subnet in several.
//!
//! The lesser of two shares is superadditive, so the parts are paid at most what the whole was, and each division rounds
//! down once more; a part below the minimum counts for nothing. What it adds is gas, and a minimum for each part.

use super::refusal::Refusal;
use super::row::{Case, Kind, Row};
use super::share::Share;
use super::terms::{Honest, Terms};
use super::usurping;

/// Self-hosting for `share` in one subnet and in each of `parts`.
///
/// # Errors
/// Those of [`usurping::price`].
pub fn price(terms: &Terms, honest: &Honest, share: Share, parts: &[u64]) -> Result<Vec<Row>, Refusal> {
    let whole = usurping::price(terms, honest, Kind::SelfHosting, share)?;
    let agent = usurping::all_the_time(whole.seconds, whole.stake, [honest.market.from, honest.market.to]);
    let in_parts = |parts| Row {
        kind: Kind::Splitting,
        case: Case::Subnets(parts),
        gas: terms.gas.of(&whole.kept[0], parts, terms.days()),
        taken: honest.attacked_by(agent.split(parts)),
        ..whole
    };
    Ok([1].iter().chain(parts).map(|parts| in_parts(*parts)).collect())
}
