//! The Solidity contracts of these tests, from their artifacts.

/// Declares an artifact in a module of its own, because structs are named after the contract that declares them.
macro_rules! artifact {
    ($module:ident, $contract:ident, $folder:literal) => {
        #[allow(clippy::too_many_arguments, reason = "as many as the contract's events and functions have")]
        mod $module {
            alloy::sol!(
                #[sol(all_derives)]
                $contract,
                concat!($folder, stringify!($contract), ".json")
            );
        }
        pub(crate) use self::$module::$contract;
    };
}

artifact!(recorder, SessionRecorder, "../contracts/solidity/artifacts/");
artifact!(buckets, UsageBuckets, "../contracts/solidity/artifacts/");
artifact!(relay, RootRelay, "../contracts/solidity/artifacts/");
artifact!(harness, DiamondHarness, "solidity/artifacts/");
artifact!(scripted, Scripted, "solidity/artifacts/");
artifact!(portal, PortalStandIn, "solidity/artifacts/");
artifact!(registry, RegistryStandIn, "solidity/artifacts/");
artifact!(factory, GameFactoryStandIn, "solidity/artifacts/");
artifact!(game, GameStandIn, "solidity/artifacts/");
artifact!(bridge, NitroBridge, "solidity/artifacts/");
artifact!(inbox, NitroInbox, "solidity/artifacts/");

pub(crate) use recorder::SessionRecorder::Hosted;
pub(crate) use recorder::SessionRecorder::SessionRecorderErrors as Refusal;
pub(crate) use relay::RootRelay::RootRelayErrors as RelayRefusal;
