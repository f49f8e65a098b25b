//! Names become keys, addresses and session ids, the same ones in every run.

use std::collections::HashMap;

use alloy::primitives::{Address, B256, keccak256};
use alloy::signers::local::PrivateKeySigner;
use mrc53_abi::refusal::Named;

use super::format::{Op, Scenario};

/// The accounts and sessions that a scenario names, in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Names {
    signers: HashMap<String, PrivateKeySigner>,
    accounts: Vec<(String, Address)>,
    stakers: Vec<String>,
    sessions: Vec<(String, B256)>,
}

impl Names {
    /// All names of `scenario`.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut names = Self::default();
        for event in &scenario.events {
            match &event.op {
                Op::Register { subnet, .. }
                | Op::SetFee { subnet, .. }
                | Op::Settle { subnet, .. }
                | Op::Claim { subnet } => names.add_account(subnet),
                Op::SetReceiver { subnet, receiver } => {
                    names.add_account(subnet);
                    names.add_account(receiver);
                }
                Op::Stake { subnet, staker, .. }
                | Op::Withdraw { subnet, staker, .. }
                | Op::ClaimStake { subnet, staker, .. } => {
                    names.add_account(subnet);
                    names.add_account(staker);
                    if !names.stakers.contains(staker) {
                        names.stakers.push(staker.clone());
                    }
                }
                Op::Open { session, subnet, .. } => {
                    names.add_session(session);
                    names.add_account(subnet);
                }
                Op::Close { session } | Op::Record { session } => names.add_session(session),
                Op::RecordMany { sessions } => sessions.iter().for_each(|session| names.add_session(session)),
                Op::Fund { .. }
                | Op::Allow { .. }
                | Op::SetMinSubnetStake { .. }
                | Op::Pause { .. }
                | Op::Unpause { .. }
                | Op::ScheduleCalculator { .. }
                | Op::Void { .. } => {}
            }
        }
        names
    }

    fn add_account(&mut self, name: &str) {
        if !self.signers.contains_key(name) {
            let signer = account_key(name);
            self.accounts.push((name.to_owned(), signer.address()));
            self.signers.insert(name.to_owned(), signer);
        }
    }

    fn add_session(&mut self, name: &str) {
        let id = session_id(name);
        if !self.sessions.iter().any(|(_, known)| *known == id) {
            self.sessions.push((name.to_owned(), id));
        }
    }

    /// The keys of all accounts.
    pub fn signers(&self) -> impl Iterator<Item = &PrivateKeySigner> {
        self.accounts.iter().filter_map(|(name, _)| self.signers.get(name))
    }

    /// Accounts that stake or withdraw.
    #[must_use]
    pub fn stakers(&self) -> &[String] {
        &self.stakers
    }
}

impl Named for Names {
    fn account(&self, address: Address) -> Option<&str> {
        self.accounts.iter().find(|(_, known)| *known == address).map(|(name, _)| name.as_str())
    }

    fn session(&self, id: B256) -> Option<&str> {
        self.sessions.iter().find(|(_, known)| *known == id).map(|(name, _)| name.as_str())
    }
}

/// The address of the account called `name`.
#[must_use]
pub fn address(name: &str) -> Address {
    account_key(name).address()
}

/// The session id of the session called `name`.
#[must_use]
pub fn session_id(name: &str) -> B256 {
    keccak256(format!("mrc53 scenario session: {name}"))
}

/// The key of the Compute pool, an account that no scenario can name.
#[must_use]
pub fn pool_key() -> PrivateKeySigner {
    key("mrc53 scenario pool".to_owned())
}

/// The key of the account called `name`.
#[must_use]
pub fn account_key(name: &str) -> PrivateKeySigner {
    key(format!("mrc53 scenario account: {name}"))
}

/// The first hash in the chain from `seed` that is a key; all but one in 2^128 are.
fn key(seed: String) -> PrivateKeySigner {
    let mut hash = keccak256(seed);
    loop {
        match PrivateKeySigner::from_bytes(&hash) {
            Ok(signer) => return signer,
            Err(_) => hash = keccak256(hash),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_one_address_in_every_run() {
        assert_eq!(address("atlas"), address("atlas"));
        assert_ne!(address("atlas"), address("borealis"));
    }

    #[test]
    fn an_account_and_a_session_of_one_name_are_told_apart() {
        let scenario = r#"{"start": 1, "grace_days": 0, "lock_seconds": 86400, "min_subnet_stake": "0", "weight": "seconds",
            "pool": "0", "events": [{"at": 1, "open": {"session": "x", "subnet": "x", "ends_at": 2}}]}"#;
        let names = Names::of(&Scenario::parse(scenario).unwrap());

        assert_eq!(names.account(address("x")), Some("x"));
        assert_eq!(names.session(session_id("x")), Some("x"));
        assert_eq!(names.account(pool_key().address()), None);
    }
}
