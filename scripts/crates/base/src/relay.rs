//! Sending a root to Arbitrum: what it costs, and the transaction.

use alloy::eips::BlockId;
use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use alloy::sol_types::SolCall;
use anyhow::{Context, Result};
use mrc53_abi::RootRelay::{priceCall, relayCall};
use mrc53_node::reader::Reader;
use mrc53_node::reading::Reading;
use mrc53_node::sender::Transaction;

/// A root's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whose root.
    pub game: Address,
    /// The `UsageProofs` on Arbitrum.
    pub target: Address,
    /// Who gets on Arbitrum what was too much.
    pub refund: Address,
    /// Gas that is prepaid for `acceptRoot`.
    pub gas_limit: u64,
    /// Wei a gas that are prepaid.
    pub max_fee_per_gas: u128,
}

/// What a way costs, wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// What the ticket takes at the base fee of Ethereum's block; it does not come back.
    pub submission: U256,
    /// What is prepaid for gas on Arbitrum; what is not used comes back.
    pub prepaid: U256,
}

impl Cost {
    /// What to send along: twice the submission, since the base fee may be higher once the transaction is mined. What is
    /// too much comes back.
    #[must_use]
    pub fn value(self) -> U256 {
        self.submission.saturating_mul(U256::from(2)).saturating_add(self.prepaid)
    }
}

impl Ticket {
    /// What it costs by `relay` in a block like the last of `ethereum`. Its base fee is taken from its header: nodes of
    /// Ethereum answer a call that names no gas price in a block whose base fee is zero.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if `relay` is no `RootRelay`; a failure if the node does not answer, or its
    /// blocks have no base fee.
    pub async fn cost(&self, ethereum: &Reading, relay: Address) -> Result<Cost> {
        let latest = ethereum
            .provider
            .get_block(BlockId::latest())
            .await
            .map_err(|error| ethereum.url.blame("its newest block", &error))?;
        let base_fee = latest.and_then(|block| block.header.base_fee_per_gas);
        let base_fee =
            base_fee.with_context(|| format!("{} answers a newest block without a base fee", ethereum.url))?;
        let call =
            priceCall { gasLimit: self.gas_limit, maxFeePerGas: self.max_fee_per_gas, baseFee: U256::from(base_fee) };
        let price: U256 = Reader::now(&ethereum.provider).view(relay, call).await?;
        let prepaid = U256::from(self.gas_limit).saturating_mul(U256::from(self.max_fee_per_gas));
        Ok(Cost { submission: price.saturating_sub(prepaid), prepaid })
    }

    /// The transaction on Ethereum that sends it by `relay` with `value` wei.
    #[must_use]
    pub fn transaction(&self, relay: Address, value: U256) -> Transaction {
        let Self { game, target, refund, gas_limit, max_fee_per_gas } = *self;
        let call = relayCall { game, target, refund, gasLimit: gas_limit, maxFeePerGas: max_fee_per_gas };
        let what = format!("the root of the game {game} to Arbitrum");
        Transaction { what, to: relay, value, data: call.abi_encode().into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_submission_and_the_prepaid_gas_are_sent_along() {
        let cost = Cost { submission: U256::from(3), prepaid: U256::from(100) };

        assert_eq!(cost.value(), U256::from(106));
    }
}
