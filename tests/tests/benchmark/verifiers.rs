//! Who reads proofs: our walk as a program of its own, and verifiers in Solidity, on one chain.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use mrc53_abi::ArbWasmCache;
use mrc53_abi::arbitrum::ARB_WASM_CACHE;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::chain::{At, Chain, Simulation};
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_wasm::{Artifact, Source};

use super::storage::Proof;
use crate::base::evm;

/// The Solidity contracts, from their artifacts.
macro_rules! artifact {
    ($module:ident, $contract:ident) => {
        mod $module {
            alloy::sol!($contract, concat!("solidity/artifacts/", stringify!($contract), ".json"));
        }
        use $module::$contract;
    };
}

artifact!(assembly, AssemblyVerifier);
artifact!(trusting, TrustingVerifier);
artifact!(openzeppelin, OpenZeppelinVerifier);

/// Who reads proofs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verifier {
    /// `contracts/trie`, in the chain's cache of programs.
    Cached,
    /// The same out of it.
    Uncached,
    /// Assembly with the same checks.
    Assembly,
    /// Assembly that does not look at the form of a node.
    Trusting,
    /// OpenZeppelin's `TrieProof`.
    OpenZeppelin,
}

impl Verifier {
    /// All of them; the one out of the cache before the one in it.
    pub(crate) const ALL: [Self; 5] =
        [Self::Uncached, Self::Cached, Self::Assembly, Self::Trusting, Self::OpenZeppelin];

    /// As snapshots call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Cached => "walk, cached",
            Self::Uncached => "walk, uncached",
            Self::Assembly => "assembly",
            Self::Trusting => "assembly, no look at forms",
            Self::OpenZeppelin => "OpenZeppelin",
        }
    }
}

/// Our walk.
fn walk() -> Artifact {
    let source = Source::from_environment().unwrap();
    mrc53_wasm::build_program(&Workspace::find().unwrap(), source, "proof-walk").unwrap()
}

/// All of them on one chain.
pub(crate) struct Verifiers {
    chain: Chain,
    walk: Address,
    assembly: Address,
    trusting: Address,
    openzeppelin: Address,
}

impl Verifiers {
    pub(crate) fn new() -> Self {
        let mut chain = evm::chain();
        let walk = chain.deploy_program(&walk().wasm().unwrap(), None).unwrap();
        let [assembly, trusting, openzeppelin] =
            [&AssemblyVerifier::BYTECODE, &TrustingVerifier::BYTECODE, &OpenZeppelinVerifier::BYTECODE]
                .map(|code| evm::create(&mut chain, code, Vec::new()).unwrap());
        Self { chain, walk, assembly, trusting, openzeppelin }
    }

    /// What `verifier` makes of a proof.
    pub(crate) fn ask(&mut self, verifier: Verifier, root: B256, proof: &Proof) -> Outcome {
        let (subnets, numbers) = (proof.subnets(), proof.numbers());
        let each = AssemblyVerifier::verifyCall { root, subnets, numbers, nodes: proof.joined() };
        match verifier {
            Verifier::Cached => {
                let now = self.chain.next_timestamp();
                let cache = ArbWasmCache::cacheProgramCall { program: self.walk };
                assert!(evm::send(&mut self.chain, now, ARB_WASM_CACHE, &cache).success);
                self.send(self.walk, each.abi_encode())
            }
            Verifier::Uncached => self.send(self.walk, each.abi_encode()),
            Verifier::Assembly => self.send(self.assembly, each.abi_encode()),
            Verifier::Trusting => self.send(self.trusting, each.abi_encode()),
            Verifier::OpenZeppelin => {
                let AssemblyVerifier::verifyCall { root, subnets, numbers, .. } = each;
                let proofs: Vec<Vec<Bytes>> = proof.nodes_of_each.clone();
                let call = OpenZeppelinVerifier::verifyCall { root, subnets, numbers, proofs };
                self.send(self.openzeppelin, call.abi_encode())
            }
        }
    }

    /// The answer of a call to our walk or one of the two in assembly; none if it is refused.
    pub(crate) fn call(
        &self,
        verifier: Verifier,
        root: B256,
        subnets: Vec<Address>,
        numbers: Vec<u32>,
        nodes: Bytes,
    ) -> Option<Bytes> {
        let to = match verifier {
            Verifier::Assembly => self.assembly,
            Verifier::Trusting => self.trusting,
            _ => self.walk,
        };
        let call = AssemblyVerifier::verifyCall { root, subnets, numbers, nodes };
        let request = TransactionRequest::default().with_to(to).with_input(call.abi_encode());
        self.chain.call(Simulation::new(request, At::Pending)).ok()
    }

    fn send(&mut self, to: Address, input: Vec<u8>) -> Outcome {
        let now = self.chain.next_timestamp();
        evm::send_with_gas(&mut self.chain, now, (DEV_ACCOUNT, to), input, 100_000_000)
    }
}
