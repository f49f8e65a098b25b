//! A diamond as the chain has it at one block.

use std::collections::BTreeSet;

use alloy::eips::BlockId;
use alloy::primitives::{Address, Selector};
use alloy::providers::{DynProvider, Provider};
use alloy::sol;
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_node::answers::view;
use mrc53_node::connection::Connection;
use mrc53_node::diamond::{self, nobodys_selector};

use super::loupe::Loupe;

sol! {
    /// EIP-2535's views, and the owner.
    #[sol(rpc)]
    interface DiamondViews {
        struct FacetInfo { address facetAddress; bytes4[] functionSelectors; }

        function facets() external view returns (FacetInfo[]);
        function facetFunctionSelectors(address facet) external view returns (bytes4[]);
        function facetAddress(bytes4 selector) external view returns (address);
        function owner() external view returns (address);
    }
}

/// Reads one diamond at one block.
#[derive(Debug)]
pub struct Reader<'a> {
    connection: &'a Connection,
    diamond: Address,
    block: BlockId,
}

impl<'a> Reader<'a> {
    /// A reader of `diamond` at the latest block.
    ///
    /// # Errors
    /// [`BadInput`] if there is no code; a failure if the node does not answer.
    pub async fn new(connection: &'a Connection, diamond: Address) -> Result<Self> {
        let block: BlockId = connection.provider.get_block_number().await?.into();
        if connection.provider.get_code_at(diamond).block_id(block).await?.is_empty() {
            return Err(BadInput::new(format!("no contract at {diamond}, which is meant to be the diamond")).into());
        }
        Ok(Self { connection, diamond, block })
    }

    fn views(&self) -> DiamondViews::DiamondViewsInstance<&'a DynProvider> {
        DiamondViews::new(self.diamond, &self.connection.provider)
    }

    /// Who may cut.
    ///
    /// # Errors
    /// [`BadInput`] if the contract has no `owner()`.
    pub async fn owner(&self) -> Result<Address> {
        view("owner()", self.diamond, self.views().owner().block(self.block).call().into_future()).await
    }

    /// What stands where.
    ///
    /// # Errors
    /// [`BadInput`] if the contract has no loupe, or one that contradicts itself.
    pub async fn loupe(&self) -> Result<Loupe> {
        let facets =
            view("facets()", self.diamond, self.views().facets().block(self.block).call().into_future()).await?;
        let facets = facets.into_iter().map(|facet| (facet.facetAddress, facet.functionSelectors));
        let loupe = Loupe::new(facets);
        Ok(loupe.map_err(|selector| self.contradiction(&format!("facets() lists {selector} twice")))?)
    }

    /// Checks that the loupe's other two views say of `facets` and `selectors` what `loupe` says.
    ///
    /// # Errors
    /// [`BadInput`] if they do not.
    pub async fn check(&self, loupe: &Loupe, facets: &BTreeSet<Address>, selectors: &BTreeSet<Selector>) -> Result<()> {
        let views = self.views();
        for &facet in facets {
            let asked = views.facetFunctionSelectors(facet).block(self.block);
            let stands = view("facetFunctionSelectors()", self.diamond, asked.call().into_future()).await?;
            if BTreeSet::from_iter(stands) != loupe.selectors_of(facet) {
                return Err(self
                    .contradiction(&format!("facetFunctionSelectors({facet}) differs from facets()"))
                    .into());
            }
        }
        for &selector in selectors {
            let asked = views.facetAddress(selector).block(self.block);
            let facet = view("facetAddress()", self.diamond, asked.call().into_future()).await?;
            if facet != loupe.facet_of(selector).unwrap_or_default() {
                return Err(self.contradiction(&format!("facetAddress({selector}) differs from facets()")).into());
            }
        }
        Ok(())
    }

    /// Those of `selectors` that the diamond answers itself, before it looks for a facet. None of them may stand in its
    /// loupe.
    ///
    /// They are those to which it does not say what it says to a selector that nobody can have registered.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn own(&self, selectors: &BTreeSet<Selector>) -> Result<BTreeSet<Selector>> {
        let provider = &self.connection.provider;
        let refusal = diamond::answer(provider, self.diamond, nobodys_selector(), self.block).await?;
        let mut own = BTreeSet::new();
        for &selector in selectors {
            if diamond::answer(provider, self.diamond, selector, self.block).await? != refusal {
                own.insert(selector);
            }
        }
        Ok(own)
    }

    fn contradiction(&self, what: &str) -> BadInput {
        BadInput::new(format!("the diamond {} contradicts itself: {what}", self.diamond))
    }
}
