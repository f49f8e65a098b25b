//! The account under which a provider's sessions on Base are booked: who may name it, and what it means, said before it is
//! signed.

use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use alloy::sol_types::SolCall;
use anyhow::{Context, Result};
use mrc53_abi::BaseRecorder::{setSubnetCall, subnetOfCall};
use mrc53_abi::{Diamond, StakeAlignment};
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::node::Node;
use mrc53_node::sender::{Sent, Transaction};
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Abroad;
use serde_json::{Value, json};

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The provider.
    pub provider: Address,
    /// The account to be named.
    pub subnet: Address,
    /// That an account which is no registered subnet is meant.
    pub is_meant: bool,
}

/// How a provider stands, and what is to be sent.
#[derive(Clone, Debug)]
pub struct Plan {
    wish: Wish,
    /// The recorder on Base.
    recorder: Address,
    /// The account that counts now; none if the provider has code and has named nobody.
    before: Option<Address>,
    /// Who may sign: the provider, and what its `owner()` answers if it has code.
    may_sign: Vec<Address>,
    /// What has to be known before.
    pub notes: Vec<String>,
}

impl Plan {
    /// Looks at the provider through `base`, and at the account on Arbitrum.
    ///
    /// # Errors
    /// [`BadInput`] if an address is zero, the account is no registered subnet and nobody says that it is meant, or no
    /// recorder stands there; fails if a node does not answer.
    pub async fn new(connection: &Connection, base: &Node, wish: Wish) -> Result<Self> {
        let Wish { provider, subnet, is_meant } = wish;
        if provider.is_zero() || subnet.is_zero() {
            let what = if provider.is_zero() { "--provider" } else { "--subnet" };
            return Err(BadInput::new(format!("{what} is the zero address, which is nobody's")).into());
        }
        let recorder = connection.book.address_abroad(Abroad::SessionRecorder)?;
        let alignment = connection.book.address(Contract::StakeAlignment)?;
        let registered = connection.reader().ask(alignment, StakeAlignment::subnetCall { subnet }).await;
        let is_registered = match registered {
            Ok(_) => true,
            Err(NoValue::Refused(_)) => false,
            Err(no) => return Err(no).context("StakeAlignment.subnet"),
        };
        if !is_registered && !is_meant {
            return Err(BadInput::new(format!(
                "{subnet} is no registered subnet on Arbitrum, so what is booked under it earns nothing until it is: \
                 cargo mrc53 register --subnet {subnet}, or --yes-not-registered"
            ))
            .into());
        }
        let before =
            base.reader().ask(recorder, subnetOfCall { provider }).await.context("SessionRecorder.subnetOf")?;
        let code = base.provider.get_code_at(provider).await;
        let code = code.map_err(|error| base.url.blame(&format!("the code at {provider}"), &error))?;
        let mut may_sign = vec![provider];
        if !code.is_empty() {
            match base.reader().ask(provider, Diamond::ownerCall {}).await {
                Ok(owner) => may_sign.push(owner),
                Err(NoValue::Node(error)) => {
                    return Err(base.url.blame(&format!("owner() of {provider}"), &error));
                }
                Err(_) => {}
            }
        }
        let before = Some(before).filter(|account| !account.is_zero());
        let notes = match before {
            Some(old) if old != subnet => vec![format!(
                "sessions that nobody has booked yet will be booked under {subnet}, also those that are over: record \
                 first what belongs to {old}"
            )],
            _ => Vec::new(),
        };
        Ok(Self { wish, recorder, before, may_sign, notes })
    }

    /// Whether the account is named already.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.before == Some(self.wish.subnet)
    }

    /// Checks that `account` may sign.
    ///
    /// # Errors
    /// [`BadInput`] that says who may.
    pub fn require_signer(&self, account: Address) -> Result<(), BadInput> {
        if self.may_sign.contains(&account) {
            return Ok(());
        }
        let provider = self.wish.provider;
        let who = match self.may_sign.get(1) {
            Some(owner) => format!("it or its owner(), {owner}, signs"),
            None => "only it signs".into(),
        };
        Err(BadInput::new(format!("{account} does not name an account for provider {provider}: {who}")))
    }

    /// Who signs where nobody is named: the owner of a contract, else the provider.
    #[must_use]
    pub fn signer(&self) -> Address {
        self.may_sign.last().copied().unwrap_or(self.wish.provider)
    }

    /// What names the account.
    #[must_use]
    pub fn transaction(&self) -> Transaction {
        let Wish { provider, subnet, .. } = self.wish;
        let data = setSubnetCall { provider, subnet }.abi_encode().into();
        let what = format!("booking sessions of {provider} under {subnet}");
        Transaction { what, to: self.recorder, value: U256::ZERO, data }
    }

    /// What became of it, for people.
    #[must_use]
    pub fn text(&self, sent: Option<&Sent>) -> String {
        let Wish { provider, subnet, .. } = self.wish;
        match sent {
            None => format!("sessions of {provider} are booked under {subnet} already: nothing to send"),
            Some(Sent::Mined(receipt)) => {
                let (hash, gas) = (receipt.transaction_hash, receipt.gas_used);
                format!("sessions of {provider} are booked under {subnet} from now on: {hash}, {gas} gas")
            }
            Some(Sent::Predicted { gas }) => {
                format!("sessions of {provider} would be booked under {subnet}: about {gas} gas")
            }
            Some(Sent::Unsigned(_)) => {
                format!("sessions of {provider} are booked under {subnet} once it is signed and sent")
            }
        }
    }

    /// The same as JSON.
    #[must_use]
    pub fn json(&self, sent: Option<&Sent>) -> Value {
        let Wish { provider, subnet, .. } = self.wish;
        let mut json = sent.map_or_else(
            || json!({ "sent": false, "transaction": null, "gas": null, "would_use_gas": null }),
            Sent::json,
        );
        json["provider"] = json!(provider);
        json["subnet"] = json!(subnet);
        json["subnet_before"] = json!(self.before);
        json["may_sign"] = json!(self.may_sign);
        json["notes"] = json!(self.notes);
        json
    }
}
