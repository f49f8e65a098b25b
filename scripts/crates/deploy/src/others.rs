//! What a suite whose sessions are on Base starts from on Base and Ethereum, as network and book name it.

use alloy::primitives::Address;
use mrc53_console::failure::BadInput;
use mrc53_node::book::{BaseInputs, EthereumInputs, Input};
use mrc53_node::connection::Connection;
use mrc53_node::on_base::OnBase;

/// Both chains, and what stood there before the suite, but for the Diamond.
#[derive(Clone, Debug)]
pub struct Others {
    /// Base's chain id.
    pub base_chain_id: u64,
    /// Ethereum's chain id.
    pub ethereum_chain_id: u64,
    /// Base's portal.
    pub portal: Input,
    /// Arbitrum's inbox.
    pub inbox: Input,
}

impl Others {
    /// Those of `connection` and the Diamond on Base; none where sessions are counted on Arbitrum. What book and network
    /// both name they must name alike, for no owner can change it.
    ///
    /// # Errors
    /// [`BadInput`] that says what each of them says.
    pub(super) fn agreed(connection: &Connection) -> Result<Option<(Self, Input)>, BadInput> {
        let Some(OnBase { base, ethereum }) = &connection.network.on_base else { return Ok(None) };
        let kept = &connection.book.inputs;
        if let Some(kept) = &kept.base {
            agree_on_chain(connection, "Base", kept.chain_id, base.chain_id)?;
        }
        if let Some(kept) = &kept.ethereum {
            agree_on_chain(connection, "Ethereum", kept.chain_id, ethereum.chain_id)?;
        }
        let input = |what, kept, named, by: &str| {
            let kept = agree(connection, what, kept, Some(named))?;
            Ok(kept.unwrap_or_else(|| Input::unverified(named, connection.network.source(by))))
        };
        let diamond = input("diamond", kept.base.as_ref().map(|it| &it.diamond), base.diamond, "Morpheus")?;
        let portal = input("portal", kept.ethereum.as_ref().map(|it| &it.portal), ethereum.portal, "Base")?;
        let inbox = input("inbox", kept.ethereum.as_ref().map(|it| &it.inbox), ethereum.inbox, "Arbitrum")?;
        let (base_chain_id, ethereum_chain_id) = (base.chain_id, ethereum.chain_id);
        Ok(Some((Self { base_chain_id, ethereum_chain_id, portal, inbox }, diamond)))
    }

    /// As the book keeps them, with the `diamond` on Base.
    pub(super) fn inputs(&self, diamond: &Input, mark: impl Fn(&Input) -> Input) -> (BaseInputs, EthereumInputs) {
        let (portal, inbox) = (mark(&self.portal), mark(&self.inbox));
        (
            BaseInputs { chain_id: self.base_chain_id, diamond: mark(diamond) },
            EthereumInputs { chain_id: self.ethereum_chain_id, portal, inbox },
        )
    }
}

/// What the book has for `what`, which must be what the network names, if both do.
///
/// # Errors
/// [`BadInput`] that says what each of them says.
pub(super) fn agree(
    connection: &Connection,
    what: &str,
    kept: Option<&Input>,
    named: Option<Address>,
) -> Result<Option<Input>, BadInput> {
    match (kept, named) {
        (Some(kept), Some(named)) if kept.address != named => Err(BadInput::new(format!(
            "{what}: the book in {} says {} ({}), network {} says {named}: correct one of them",
            connection.folder.display(),
            kept.address,
            kept.source,
            connection.network.name
        ))),
        (kept, _) => Ok(kept.cloned()),
    }
}

fn agree_on_chain(connection: &Connection, what: &str, kept: u64, named: u64) -> Result<(), BadInput> {
    if kept == named {
        return Ok(());
    }
    let (folder, name) = (connection.folder.display(), &connection.network.name);
    Err(BadInput::new(format!(
        "{what}: the book in {folder} says chain {kept}, network {name} says chain {named}: correct one of them"
    )))
}
