//! Subnets: who is paid, at which fee, and who may change it.

use alloy_primitives::{b256, Address, B256, U256};
use mrc53_interfaces::{
    operator,
    wire::{emit, word},
};
use mrc53_ledger::{level::Level, registration::Registration};
use mrc53_maths::FEE_PRECISION;
use stylus_sdk::prelude::*;

use crate::{
    ledger::subnet_level, Error, FeeNotLower, FeeSet, FeeTooHigh, NotSubnetOperator, ReceiverSet, StakeAlignment,
    SubnetAlreadyRegistered, SubnetNotRegistered, SubnetRegistered, ZeroReceiver,
};

/// keccak256 of nothing: the code hash of an account that exists and has no code.
const NO_CODE: B256 = b256!("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");

impl StakeAlignment {
    pub(crate) fn register(&mut self, subnet: Address, receiver: Address, fee: U256) -> Result<(), Error> {
        self.only_operator(subnet)?;
        if self.registration(subnet).is_ok() {
            return Err(SubnetAlreadyRegistered { subnet }.into());
        }
        let too_high = FeeTooHigh { fee, max: U256::from(FEE_PRECISION) };
        let rate = u128::try_from(fee).ok().filter(|rate| *rate <= FEE_PRECISION).ok_or(too_high)?;
        self.set_registration(subnet, receiver, rate)?;
        let day = self.today();
        let name = subnet_level(subnet);
        let unregistered = self.level(name);
        self.set_level(name, Level { mark: day, ..unregistered });
        emit::<SubnetRegistered>(self.vm(), &[word(subnet), word(receiver)], &[word(fee), word(day)]);
        Ok(())
    }

    pub(crate) fn change_receiver(&mut self, subnet: Address, receiver: Address) -> Result<(), Error> {
        let registration = self.registration(subnet)?;
        self.only_operator(subnet)?;
        self.set_registration(subnet, receiver, registration.fee)?;
        emit::<ReceiverSet>(self.vm(), &[word(subnet), word(receiver)], &[]);
        Ok(())
    }

    pub(crate) fn lower_fee(&mut self, subnet: Address, fee: U256) -> Result<(), Error> {
        let registration = self.registration(subnet)?;
        self.only_operator(subnet)?;
        let not_lower = FeeNotLower { fee, current: U256::from(registration.fee) };
        let rate = u128::try_from(fee).ok().filter(|rate| *rate < registration.fee).ok_or(not_lower)?;
        self.set_registration(subnet, Address::new(registration.receiver), rate)?;
        emit::<FeeSet>(self.vm(), &[word(subnet)], &[word(fee)]);
        Ok(())
    }

    /// What the operator of `subnet` has set.
    pub(crate) fn registration(&self, subnet: Address) -> Result<Registration, SubnetNotRegistered> {
        let registration = Registration::from_bytes(self.registrations.get(subnet).0);
        if registration == Registration::default() {
            return Err(SubnetNotRegistered { subnet });
        }
        Ok(registration)
    }

    /// The only writer of a registration, so no receiver is ever zero. `fee` is at most [`FEE_PRECISION`].
    fn set_registration(&mut self, subnet: Address, receiver: Address, fee: u128) -> Result<(), ZeroReceiver> {
        if receiver.is_zero() {
            return Err(ZeroReceiver { subnet });
        }
        let registration = Registration { receiver: receiver.into_array(), fee };
        self.registrations.insert(subnet, B256::new(registration.to_bytes()));
        Ok(())
    }

    /// Passes the subnet itself and, where it has code, what its `owner()` answers at this moment.
    fn only_operator(&self, subnet: Address) -> Result<(), NotSubnetOperator> {
        let caller = self.vm().msg_sender();
        if caller == subnet || (self.has_code(subnet) && operator::owner(subnet) == Ok(caller)) {
            return Ok(());
        }
        Err(NotSubnetOperator { subnet, caller })
    }

    /// Whether `account` is a contract. By code hash, which is zero for an account that does not exist.
    pub(crate) fn has_code(&self, account: Address) -> bool {
        let hash = self.vm().code_hash(account);
        !hash.is_zero() && hash != NO_CODE
    }
}
