//! Who may act for a subnet: its own address, and for a contract what its `owner()` answers.

use alloy::primitives::Address;
use alloy::providers::Provider;
use alloy::sol;
use anyhow::Result;
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;

use self::Owned::ownerCall;

sol! {
    /// What a subnet contract, such as Morpheus' `ProvidersDelegate`, says of who runs it.
    interface Owned {
        function owner() external view returns (address);
    }
}

/// The accounts that may act for a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The subnet is an account without code: nobody else.
    Itself(Address),
    /// It is a contract, and its owner at this moment may.
    Owner {
        /// The contract.
        subnet: Address,
        /// What it answers.
        owner: Address,
    },
    /// It is a contract that names no owner: only it itself may.
    Unowned(Address),
}

impl Operator {
    /// Who may act for `subnet` now.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn of(connection: &Connection, subnet: Address) -> Result<Self> {
        let code = connection.provider.get_code_at(subnet).await;
        if code.map_err(|error| connection.url.blame("the code of the subnet", &error))?.is_empty() {
            return Ok(Self::Itself(subnet));
        }
        match connection.reader().ask(subnet, ownerCall {}).await {
            Ok(owner) => Ok(Self::Owner { subnet, owner }),
            Err(NoValue::Node(error)) if error.is_transport_error() => {
                Err(connection.url.blame("the owner of the subnet", &error))
            }
            Err(_) => Ok(Self::Unowned(subnet)),
        }
    }

    /// The account that would be asked to sign.
    #[must_use]
    pub fn signer(self) -> Address {
        match self {
            Self::Itself(signer) | Self::Unowned(signer) | Self::Owner { owner: signer, .. } => signer,
        }
    }

    /// Who may, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Itself(subnet) => format!("only {subnet} itself may"),
            Self::Owner { subnet, owner } => {
                format!("only the owner of {subnet}, {owner}, may, or that contract itself")
            }
            Self::Unowned(subnet) => format!("only {subnet} itself may, a contract that names no owner()"),
        }
    }
}
