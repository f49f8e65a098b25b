//! The price of a program's machine code: it grows with demand and falls with time. As in Nitro's
//! `data_pricer.go`, but that a program is priced by the demand before it: the first one on a chain pays
//! the least price exactly.

use super::call::{Call, Refusal};
use crate::chain::programs::ARBITRUM_START;
use crate::stylus::prices::DATA_FEE_WEI_PER_BYTE;
use alloy::primitives::{U256, keccak256};

/// Bytes that the chain takes per second without its price rising: 1 TiB a year.
const BYTES_PER_SECOND: u64 = 34_865;
/// Bytes of demand that multiply the price by e.
const INERTIA: u64 = 21_360_419;
const ONE_IN_BIPS: u64 = 10_000;

/// Adds `bytes` to the demand and returns their price in wei.
pub(super) fn charge(call: &mut Call<'_, '_>, bytes: u32) -> Result<U256, Refusal> {
    let demand_key = key("demand");
    let time_key = key("last update");
    let demand: u64 = call.load(demand_key)?.saturating_to();
    let last: u64 = call.load(time_key)?.saturating_to();
    call.burn_reads(3)?;
    let now = call.now();
    let elapsed = now.saturating_sub(last.max(ARBITRUM_START)).min(u64::from(u32::MAX));
    let credit = BYTES_PER_SECOND.saturating_mul(elapsed).min(u64::from(u32::MAX));
    let demand = demand.saturating_sub(credit);
    let raised = demand.saturating_add(u64::from(bytes)).min(u64::from(u32::MAX));
    call.store(demand_key, U256::from(raised))?;
    call.store(time_key, U256::from(now))?;
    let multiplier = exp_bips(ONE_IN_BIPS * demand / INERTIA);
    let per_byte = DATA_FEE_WEI_PER_BYTE.saturating_mul(multiplier) / ONE_IN_BIPS;
    Ok(U256::from(per_byte.saturating_mul(u64::from(bytes))))
}

/// e^x by 12 terms of Horner's scheme, in bips.
fn exp_bips(x: u64) -> u64 {
    const TERMS: u64 = 12;
    let mut result = ONE_IN_BIPS + x / TERMS;
    for i in (1..TERMS).rev() {
        result = ONE_IN_BIPS.saturating_add(result.saturating_mul(x) / (i * ONE_IN_BIPS));
    }
    result
}

fn key(name: &str) -> U256 {
    keccak256(["data pricer ", name].concat()).into()
}

#[cfg(test)]
mod tests {
    use super::exp_bips;

    #[test]
    fn no_demand_leaves_the_price_as_it_is() {
        assert_eq!(exp_bips(0), 10_000);
    }

    #[test]
    fn demand_of_one_inertia_multiplies_by_e() {
        assert!((27_175..=27_183).contains(&exp_bips(10_000)));
    }
}
