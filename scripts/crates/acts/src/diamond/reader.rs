//! A diamond as the chain has it at one block.

use std::collections::BTreeSet;

use alloy::primitives::{Address, Selector};
use alloy::providers::Provider;
use alloy::sol;
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::diamond::{self, nobodys_selector};
use mrc53_node::reader;

use self::DiamondViews::{facetAddressCall, facetFunctionSelectorsCall, facetsCall, ownerCall};
use super::loupe::Loupe;

sol! {
    /// EIP-2535's views, and the owner.
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
    at_block: reader::Reader<'a>,
    diamond: Address,
}

impl<'a> Reader<'a> {
    /// A reader of `diamond` at the latest block.
    ///
    /// # Errors
    /// [`BadInput`] if there is no code; a failure if the node does not answer.
    pub async fn new(connection: &'a Connection, diamond: Address) -> Result<Self> {
        let block = connection.provider.get_block_number().await?;
        if connection.provider.get_code_at(diamond).number(block).await?.is_empty() {
            return Err(BadInput::new(format!("no contract at {diamond}, which is meant to be the diamond")).into());
        }
        Ok(Self { at_block: connection.reader().at(block), diamond })
    }

    /// Who may cut.
    ///
    /// # Errors
    /// [`BadInput`] if the contract has no `owner()`.
    pub async fn owner(&self) -> Result<Address> {
        self.at_block.view(self.diamond, ownerCall {}).await
    }

    /// What stands where.
    ///
    /// # Errors
    /// [`BadInput`] if the contract has no loupe, or one that contradicts itself.
    pub async fn loupe(&self) -> Result<Loupe> {
        let facets = self.at_block.view(self.diamond, facetsCall {}).await?;
        let facets = facets.into_iter().map(|facet| (facet.facetAddress, facet.functionSelectors));
        let loupe = Loupe::new(facets);
        Ok(loupe.map_err(|selector| self.contradiction(&format!("facets() lists {selector} twice")))?)
    }

    /// Checks that the loupe's other two views say of `facets` and `selectors` what `loupe` says.
    ///
    /// # Errors
    /// [`BadInput`] if they do not.
    pub async fn check(&self, loupe: &Loupe, facets: &BTreeSet<Address>, selectors: &BTreeSet<Selector>) -> Result<()> {
        for &facet in facets {
            let stands = self.at_block.view(self.diamond, facetFunctionSelectorsCall { facet }).await?;
            if BTreeSet::from_iter(stands) != loupe.selectors_of(facet) {
                return Err(self
                    .contradiction(&format!("facetFunctionSelectors({facet}) differs from facets()"))
                    .into());
            }
        }
        for &selector in selectors {
            let facet = self.at_block.view(self.diamond, facetAddressCall { selector }).await?;
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
        let refusal = diamond::answer(self.at_block, self.diamond, nobodys_selector()).await?;
        let mut own = BTreeSet::new();
        for &selector in selectors {
            if diamond::answer(self.at_block, self.diamond, selector).await? != refusal {
                own.insert(selector);
            }
        }
        Ok(own)
    }

    fn contradiction(&self, what: &str) -> BadInput {
        BadInput::new(format!("the diamond {} contradicts itself: {what}", self.diamond))
    }
}
