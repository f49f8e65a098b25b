//! Hooks of the block and the transaction.

use crate::stylus::{
    env::{Escape, Hook},
    prices::{HOSTIO_INK, PTR_INK},
};

impl Hook<'_, '_> {
    /// Wei per gas of the block.
    pub(super) fn block_basefee(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let basefee = self.frame().block.basefee;
        self.write_u256(to, basefee)
    }

    /// The chain's id.
    pub(super) fn chainid(&mut self) -> Result<u64, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(self.frame().block.chain_id)
    }

    /// The fee recipient.
    pub(super) fn block_coinbase(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let coinbase = self.frame().block.coinbase;
        self.write(to, coinbase.as_slice())
    }

    /// The block's gas limit.
    pub(super) fn block_gas_limit(&mut self) -> Result<u64, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(self.frame().block.gas_limit)
    }

    /// The number of the parent chain's block.
    pub(super) fn block_number(&mut self) -> Result<u64, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(self.frame().block.l1_number)
    }

    /// Seconds since 1970.
    pub(super) fn block_timestamp(&mut self) -> Result<u64, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(self.frame().block.timestamp)
    }

    /// Wei per gas that the transaction pays.
    pub(super) fn tx_gas_price(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let price = self.frame().block.gas_price;
        self.write_u256(to, price)
    }

    /// The transaction's sender.
    pub(super) fn tx_origin(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let origin = self.frame().block.origin;
        self.write(to, origin.as_slice())
    }
}
