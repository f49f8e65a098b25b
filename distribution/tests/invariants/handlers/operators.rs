//! What operators do with their subnets, and others try to.

use alloy_primitives::{Address, U256};
use motsu::prelude::*;
use mrc53_maths::FEE_PRECISION;
use stake_alignment::{
    Error, FeeNotLower, FeeTooHigh, NotSubnetOperator, SubnetAlreadyRegistered, SubnetNotRegistered, ZeroReceiver,
};

use super::agree;
use crate::{
    calls::Fee,
    ghost::Registration,
    names::Who,
    tally::Outcome,
    world::{today, World},
};

/// The address of somebody, or zero for nobody.
pub(super) fn address_of(who: Option<Who>) -> Address {
    who.map_or(Address::ZERO, Who::address)
}

fn rate(fee: Fee) -> U256 {
    match fee {
        Fee::Thousandths(part) => U256::from(u128::from(part) * (FEE_PRECISION / 1_000)),
        Fee::OneUnit => U256::from(1),
        Fee::AboveAll => U256::from(FEE_PRECISION + 1),
        Fee::Max => U256::MAX,
    }
}

impl World {
    pub(crate) fn register(&mut self, subnet: Who, by: Who, receiver: Option<Who>, fee: Fee) -> Outcome {
        let fee = rate(fee);
        let expected = self.expect_register(subnet, by, receiver, fee);
        let to = address_of(receiver);
        let found = self.alignment.sender(by.address()).register_subnet(subnet.address(), to, fee).motsu_res();
        if let (Ok(()), Some(receiver)) = (&found, receiver) {
            let registration = Registration { receiver, fee: fee.to(), day: today() };
            self.ghost.stakes.registrations.insert(subnet, registration);
        }
        agree(&found, &expected)
    }

    fn expect_register(&self, subnet: Who, by: Who, receiver: Option<Who>, fee: U256) -> Result<(), Error> {
        let (stakes, address, max) = (&self.ghost.stakes, subnet.address(), U256::from(FEE_PRECISION));
        if !stakes.is_operator(subnet, by) {
            return Err(NotSubnetOperator { subnet: address, caller: by.address() }.into());
        }
        if stakes.registrations.contains_key(&subnet) {
            return Err(SubnetAlreadyRegistered { subnet: address }.into());
        }
        if fee > max {
            return Err(FeeTooHigh { fee, max }.into());
        }
        receiver.map(|_| ()).ok_or(ZeroReceiver { subnet: address }.into())
    }

    pub(crate) fn set_receiver(&mut self, subnet: Who, by: Who, receiver: Option<Who>) -> Outcome {
        let no_receiver = || ZeroReceiver { subnet: subnet.address() }.into();
        let expected = self.expect_operator(subnet, by).and_then(|_| receiver.map(|_| ()).ok_or_else(no_receiver));
        let to = address_of(receiver);
        let found = self.alignment.sender(by.address()).set_receiver(subnet.address(), to).motsu_res();
        if let (Ok(()), Some(receiver)) = (&found, receiver) {
            self.ghost.stakes.registrations.entry(subnet).and_modify(|known| known.receiver = receiver);
        }
        agree(&found, &expected)
    }

    pub(crate) fn set_fee(&mut self, subnet: Who, by: Who, fee: Fee) -> Outcome {
        let fee = rate(fee);
        let expected = self.expect_operator(subnet, by).and_then(|known| {
            let current = U256::from(known.fee);
            if fee < current {
                Ok(())
            } else {
                Err(FeeNotLower { fee, current }.into())
            }
        });
        let found = self.alignment.sender(by.address()).set_fee(subnet.address(), fee).motsu_res();
        if found.is_ok() {
            self.ghost.stakes.registrations.entry(subnet).and_modify(|known| known.fee = fee.to());
        }
        agree(&found, &expected)
    }

    /// The registration that `by` may change.
    fn expect_operator(&self, subnet: Who, by: Who) -> Result<Registration, Error> {
        let address = subnet.address();
        let known = self.ghost.stakes.registrations.get(&subnet).copied();
        let known = known.ok_or(SubnetNotRegistered { subnet: address })?;
        if !self.ghost.stakes.is_operator(subnet, by) {
            return Err(NotSubnetOperator { subnet: address, caller: by.address() }.into());
        }
        Ok(known)
    }
}
