//! Who may register a subnet and manage it, and what may be set.

use stylus_sdk::storage::{StorageAddress, StorageBool};

use super::*;
use crate::{
    FeeNotLower, FeeSet, FeeTooHigh, NotSubnetOperator, ReceiverSet, SubnetAlreadyRegistered, SubnetNotRegistered,
    SubnetRegistered, ZeroReceiver,
};

/// A subnet contract with an owner, like a `ProvidersDelegate` proxy; it can be told to revert.
#[storage]
struct OwnedSubnet {
    owner: StorageAddress,
    broken: StorageBool,
}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own.
unsafe impl TopLevelStorage for OwnedSubnet {}

#[public]
impl OwnedSubnet {
    fn owner(&self) -> Result<Address, Vec<u8>> {
        if self.broken.get() {
            return Err(Vec::new());
        }
        Ok(self.owner.get())
    }
}

impl World {
    fn try_register(&self, subnet: Address, caller: Address, receiver: Address, fee: u128) -> Result<(), Error> {
        self.alignment.sender(caller).register_subnet(subnet, receiver, U256::from(fee)).motsu_res()
    }

    fn try_set_fee(&self, caller: Address, fee: u128) -> Result<(), Error> {
        self.alignment.sender(caller).set_fee(SUBNET, U256::from(fee)).motsu_res()
    }

    fn try_set_receiver(&self, caller: Address, receiver: Address) -> Result<(), Error> {
        self.alignment.sender(caller).set_receiver(SUBNET, receiver).motsu_res()
    }

    fn subnet(&self, subnet: Address) -> Result<(Address, U256, u32), Error> {
        self.alignment.sender(BOB).subnet(subnet)
    }
}

#[test]
fn a_subnet_registers_itself_with_receiver_fee_and_day() {
    let world = World::new();

    world.try_register(SUBNET, SUBNET, RECEIVER, 7).expect("registered");

    assert_eq!(world.subnet(SUBNET), Ok((RECEIVER, U256::from(7), DAY)));
    let fee = U256::from(7);
    world.alignment.assert_emitted(&SubnetRegistered { subnet: SUBNET, receiver: RECEIVER, fee, day: DAY });
}

#[test]
fn the_day_of_registration_changes_at_midnight() {
    for (at, day) in [(MIDNIGHT - 1, DAY - 1), (MIDNIGHT, DAY), (MIDNIGHT + 1, DAY)] {
        let world = World::new();
        clock::set(at);

        world.register(SUBNET);

        assert_eq!(world.subnet(SUBNET).expect("registered").2, day);
    }
}

#[test]
fn nobody_else_registers_a_subnet_that_has_no_code() {
    let world = World::new();

    let refusal = world.try_register(SUBNET, ALICE, RECEIVER, 0);

    assert_eq!(refusal, Err(NotSubnetOperator { subnet: SUBNET, caller: ALICE }.into()));
    assert_eq!(world.subnet(SUBNET), Err(SubnetNotRegistered { subnet: SUBNET }.into()));
}

#[test]
fn the_owner_of_a_subnet_contract_registers_and_manages_it() {
    let world = World::new();
    let contract = Contract::<OwnedSubnet>::random();
    contract.sender(ALICE).owner.set(ALICE);
    let subnet = contract.address();

    world.try_register(subnet, ALICE, RECEIVER, 9).expect("registered");
    world.alignment.sender(ALICE).set_fee(subnet, U256::from(8)).motsu_unwrap();
    world.alignment.sender(ALICE).set_receiver(subnet, BOB).motsu_unwrap();

    assert_eq!(world.subnet(subnet), Ok((BOB, U256::from(8), DAY)));
}

#[test]
fn only_the_owner_of_that_moment_manages_a_subnet_contract() {
    let world = World::new();
    let contract = Contract::<OwnedSubnet>::random();
    contract.sender(ALICE).owner.set(ALICE);
    let subnet = contract.address();
    world.try_register(subnet, ALICE, RECEIVER, 9).expect("registered");

    contract.sender(ALICE).owner.set(BOB);

    let refusal = world.alignment.sender(ALICE).set_fee(subnet, U256::from(8)).motsu_unwrap_err();
    assert_eq!(refusal, NotSubnetOperator { subnet, caller: ALICE }.into());
    world.alignment.sender(BOB).set_fee(subnet, U256::from(8)).motsu_unwrap();
}

#[test]
fn a_stranger_does_not_register_a_subnet_contract() {
    let world = World::new();
    let contract = Contract::<OwnedSubnet>::random();
    contract.sender(ALICE).owner.set(ALICE);

    let refusal = world.try_register(contract.address(), BOB, RECEIVER, 0);

    assert_eq!(refusal, Err(NotSubnetOperator { subnet: contract.address(), caller: BOB }.into()));
}

#[test]
fn a_subnet_contract_whose_owner_view_reverts_is_managed_by_itself_alone() {
    let world = World::new();
    let contract = Contract::<OwnedSubnet>::random();
    contract.sender(ALICE).owner.set(ALICE);
    contract.sender(ALICE).broken.set(true);
    let subnet = contract.address();

    let refusal = world.try_register(subnet, ALICE, RECEIVER, 0);

    assert_eq!(refusal, Err(NotSubnetOperator { subnet, caller: ALICE }.into()));
    assert_eq!(world.try_register(subnet, subnet, RECEIVER, 0), Ok(()));
}

#[test]
fn a_subnet_contract_without_an_owner_view_is_managed_by_itself_alone() {
    let world = World::new();
    // The token is a contract that has no `owner()`.
    let subnet = world.mor.address();

    let refusal = world.try_register(subnet, ALICE, RECEIVER, 0);

    assert_eq!(refusal, Err(NotSubnetOperator { subnet, caller: ALICE }.into()));
    assert_eq!(world.try_register(subnet, subnet, RECEIVER, 0), Ok(()));
}

#[test]
fn a_subnet_is_registered_once() {
    let world = World::with_subnet();
    let before = world.subnet(SUBNET);

    let refusal = world.try_register(SUBNET, SUBNET, BOB, 0);

    assert_eq!(refusal, Err(SubnetAlreadyRegistered { subnet: SUBNET }.into()));
    assert_eq!(world.subnet(SUBNET), before);
}

#[test]
fn a_fee_of_all_is_taken_and_a_fee_of_more_is_refused() {
    let world = World::new();

    let refusal = world.try_register(SUBNET, SUBNET, RECEIVER, WHOLE + 1);
    let (fee, max) = (U256::from(WHOLE + 1), U256::from(WHOLE));
    assert_eq!(refusal, Err(FeeTooHigh { fee, max }.into()));

    let refusal = world.alignment.sender(SUBNET).register_subnet(SUBNET, RECEIVER, U256::MAX).motsu_unwrap_err();
    assert_eq!(refusal, FeeTooHigh { fee: U256::MAX, max }.into());

    assert_eq!(world.try_register(SUBNET, SUBNET, RECEIVER, WHOLE), Ok(()));
    assert_eq!(world.subnet(SUBNET).expect("registered").1, U256::from(WHOLE));
}

#[test]
fn a_zero_receiver_is_refused_at_registration_and_after() {
    let world = World::new();

    let refusal = world.try_register(SUBNET, SUBNET, Address::ZERO, 0);
    assert_eq!(refusal, Err(ZeroReceiver { subnet: SUBNET }.into()));

    world.register(SUBNET);
    let refusal = world.try_set_receiver(SUBNET, Address::ZERO);
    assert_eq!(refusal, Err(ZeroReceiver { subnet: SUBNET }.into()));
    assert_eq!(world.subnet(SUBNET).expect("registered").0, RECEIVER);
}

#[test]
fn a_receiver_is_set_by_the_subnet() {
    let world = World::with_subnet();

    world.try_set_receiver(SUBNET, BOB).expect("set");

    assert_eq!(world.subnet(SUBNET).expect("registered").0, BOB);
    world.alignment.assert_emitted(&ReceiverSet { subnet: SUBNET, receiver: BOB });
}

#[test]
fn nobody_else_sets_receiver_or_fee() {
    let world = World::with_subnet();
    let before = world.subnet(SUBNET);

    for caller in [ALICE, RECEIVER, OWNER, OTHER_SUBNET] {
        let refusal = Err(NotSubnetOperator { subnet: SUBNET, caller }.into());
        assert_eq!(world.try_set_receiver(caller, caller), refusal);
        assert_eq!(world.try_set_fee(caller, 0), Err(NotSubnetOperator { subnet: SUBNET, caller }.into()));
    }
    assert_eq!(world.subnet(SUBNET), before);
}

#[test]
fn a_fee_only_falls() {
    let world = World::with_subnet();
    let current = WHOLE / 5;

    for fee in [current, current + 1, u128::MAX] {
        let refusal = FeeNotLower { fee: U256::from(fee), current: U256::from(current) };
        assert_eq!(world.try_set_fee(SUBNET, fee), Err(refusal.into()));
    }
    world.try_set_fee(SUBNET, current - 1).expect("lower");

    assert_eq!(world.subnet(SUBNET).expect("registered").1, U256::from(current - 1));
    world.alignment.assert_emitted(&FeeSet { subnet: SUBNET, fee: U256::from(current - 1) });
}

#[test]
fn a_fee_of_nothing_cannot_fall_further() {
    let world = World::new();
    world.try_register(SUBNET, SUBNET, RECEIVER, 0).expect("registered");

    let refusal = world.try_set_fee(SUBNET, 0);

    assert_eq!(refusal, Err(FeeNotLower { fee: U256::ZERO, current: U256::ZERO }.into()));
}

#[test]
fn nothing_is_set_for_a_subnet_that_is_not_registered() {
    let world = World::new();
    let unregistered = || Err(SubnetNotRegistered { subnet: SUBNET }.into());

    assert_eq!(world.try_set_fee(SUBNET, 0), unregistered());
    assert_eq!(world.try_set_receiver(SUBNET, BOB), unregistered());
    assert_eq!(world.subnet(SUBNET), Err(SubnetNotRegistered { subnet: SUBNET }.into()));
}

#[test]
fn changing_the_fee_or_the_receiver_leaves_stake_and_day_alone() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MOR);
    let before = (world.books(), world.stake_seconds(SUBNET, DAY));
    clock::set(NOON + 5 * SECONDS_PER_DAY);

    world.try_set_fee(SUBNET, 1).expect("lower");
    world.try_set_receiver(SUBNET, BOB).expect("set");

    assert_eq!((world.books(), world.stake_seconds(SUBNET, DAY)), before);
    assert_eq!(world.subnet(SUBNET).expect("registered").2, DAY);
}
