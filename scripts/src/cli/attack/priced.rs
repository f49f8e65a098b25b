//! Attacks with their prices.

use mrc53_console::failure::BadInput;
use mrc53_simulation::attack::always_open::{self, AlwaysOpen};
use mrc53_simulation::attack::refusal::Refusal;
use mrc53_simulation::attack::row::{Kind, Row};
use mrc53_simulation::attack::terms::Honest;
use mrc53_simulation::attack::{splitting, timing, usurping};

use super::assumed::Assumed;

/// What was assumed, and what follows.
pub(super) struct Priced {
    pub(super) assumed: Assumed,
    /// One session that is always open, by the length of what it is made of.
    pub(super) always_open: Vec<AlwaysOpen>,
    /// By kind, in order.
    pub(super) rows: Vec<Row>,
}

/// Prices what is asked for; `told` hears of each kind before it begins.
pub(super) fn price(assumed: Assumed, told: impl FnMut(Kind)) -> Result<Priced, BadInput> {
    let priced = rows(&assumed, told).and_then(|rows| Ok((always_open::price(&assumed.terms)?, rows)));
    let (always_open, rows) = priced.map_err(|refusal| BadInput::new(refusal.to_string()))?;
    Ok(Priced { assumed, always_open, rows })
}

fn rows(assumed: &Assumed, mut told: impl FnMut(Kind)) -> Result<Vec<Row>, Refusal> {
    let Assumed { terms, kinds, shares, honest_stakes, parts, .. } = assumed;
    let stakes = honest_stakes.iter().map(|stake| Ok((*stake, terms.honest(*stake)?)));
    let stakes: Vec<(u128, Honest)> = stakes.collect::<Result<_, Refusal>>()?;
    let mut rows = Vec::new();
    // There is at least one of each.
    let Some(((first, honest), middle)) = stakes.first().zip(shares.get(shares.len() / 2)) else { return Ok(rows) };
    for kind in kinds {
        told(*kind);
        match kind {
            Kind::SelfHosting | Kind::Dilution => {
                for (_, honest) in &stakes {
                    for share in shares {
                        rows.push(usurping::price(terms, honest, *kind, *share)?);
                    }
                }
            }
            Kind::StakeTiming => rows.extend(timing::price(terms, *first, *middle)?),
            Kind::Splitting => rows.extend(splitting::price(terms, honest, *middle, parts)?),
        }
    }
    Ok(rows)
}
