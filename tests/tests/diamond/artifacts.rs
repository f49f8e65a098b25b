//! The Solidity contracts of these tests, from their artifacts.

/// Declares an artifact in a module of its own, because structs are named after the contract that declares them.
macro_rules! artifact {
    ($module:ident, $contract:ident) => {
        mod $module {
            alloy::sol!($contract, concat!("solidity/artifacts/", stringify!($contract), ".json"));
        }
        pub(crate) use self::$module::$contract;
    };
}

artifact!(diamond, ComputeDiamond);
artifact!(harness, DiamondHarness);
artifact!(market, MarketFacet);
artifact!(hooked, SessionFacetWithHook);
artifact!(session, SessionFacet);

pub(crate) use diamond::Diamond::Facet as Cut;
pub(crate) use session::ComputeStorage::Session;
