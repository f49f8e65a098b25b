//! A suite on three chains whose subnet `atlas` is eligible, and sessions on Base.

use alloy::primitives::{Address, B256, U256};
use alloy::sol_types::{SolCall, SolValue};
use mrc53_abi::BaseRecorder::{hostedCall, sessionCall};
use mrc53_abi::Diamond::getActiveProvidersCall;
use mrc53_abi::{MorToken, StakeAlignment};
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_stage::scenario::names;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};

use super::ground::{Three, on};
use crate::asking::ask;
use crate::base::artifacts::{DiamondHarness, Scripted};
use crate::suite_support::MOR;

/// The chains, and where what tests ask stands.
pub(super) struct Served {
    pub(super) three: Three,
    pub(super) atlas: Address,
    pub(super) recorder: Address,
}

impl Served {
    pub(super) async fn new() -> Self {
        let three = Three::new();
        three.deploy().await.unwrap();
        let recorder = three.book().address_abroad(Abroad::SessionRecorder).unwrap();
        let mut served = Self { three, atlas: Address::ZERO, recorder };
        served.atlas = served.subnet("atlas", 20_000);
        served
    }

    /// Registers the subnet called `name` on Arbitrum and stakes `mor` MOR toward it.
    pub(super) fn subnet(&self, name: &str, mor: u128) -> Address {
        let (subnet, staker) = (names::address(name), names::address(&format!("staker of {name}")));
        let book = self.three.book();
        let alignment = book.address(Contract::StakeAlignment).unwrap();
        let token = book.inputs.token.unwrap().address;
        let amount = U256::from(mor * MOR);
        let here = Place::Arbitrum;
        let register = StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee: U256::ZERO };
        self.three.call(here, subnet, alignment, &register);
        self.three.call(here, DEV_ACCOUNT, token, &MorToken::mintCall { to: staker, value: amount });
        self.three.call(here, staker, token, &MorToken::approveCall { spender: alignment, value: U256::MAX });
        self.three.call(here, staker, alignment, &StakeAlignment::stakeCall { subnet, amount });
        subnet
    }

    /// Lets `provider` open the session called `name` now, on Base, until `ends_at`.
    pub(super) fn open(&self, name: &str, provider: Address, ends_at: u64) -> B256 {
        let session_id = names::session_id(name);
        let open = DiamondHarness::openSessionCall { sessionId: session_id, provider, endsAt: u128::from(ends_at) };
        self.three.call(Place::Base, DEV_ACCOUNT, self.three.harness, &open);
        session_id
    }

    /// Lets the provider called `name` be a contract on Base that is owned by `owner`, among the Diamond's active ones.
    pub(super) fn contract(&self, name: &str, owner: Address) -> Address {
        let provider = names::address(name);
        on(&self.three.base, move |chain| chain.set_code(provider, Scripted::DEPLOYED_BYTECODE.clone()));
        let asked = mrc53_abi::Diamond::ownerCall {}.abi_encode().into();
        let answer = owner.abi_encode().into();
        self.three.call(Place::Base, DEV_ACCOUNT, provider, &Scripted::writeCall { asked, answer });
        let asked = getActiveProvidersCall { offset: U256::ZERO, limit: U256::from(200) }.abi_encode().into();
        let answer = (vec![provider], U256::from(1)).abi_encode_params().into();
        self.three.call(Place::Base, DEV_ACCOUNT, self.three.diamond, &Scripted::writeCall { asked, answer });
        provider
    }

    /// Seconds and sessions booked for `subnet` on `day`.
    pub(super) async fn hosted(&self, subnet: Address, day: u32) -> (u64, u32) {
        let hosted = ask(&self.three.provider(Place::Base), self.recorder, hostedCall { subnet, day }).await;
        (hosted.sessionSeconds, hosted.sessions)
    }

    /// The account under which `session` is booked.
    pub(super) async fn account_of(&self, session: B256) -> Address {
        let known = ask(&self.three.provider(Place::Base), self.recorder, sessionCall { sessionId: session }).await;
        known.subnet
    }
}
