//! What test helpers of other nodes ask for and this one has in one form only: there is no pool of transactions, every
//! transaction is a block, and the figures of a block are fixed. A request for what is so anyway is done, another
//! refused with the reason.

use super::Module;
use super::answer::Failure;
use crate::chain::addresses::SEQUENCER;
use crate::chain::block::{BASE_FEE, BLOCK_GAS_LIMIT, PREV_RANDAO};
use alloy::primitives::{Address, B256, U64, U256};
use serde_json::{Value, json};

/// Refused, with the reason.
const REFUSED: [(&[&str], &str); 5] = [
    (&["miner_stop"], ALWAYS_MINES),
    (&["anvil_dumpState", "hardhat_dumpState"], "start the node with --dump-state"),
    (&["anvil_loadState", "hardhat_loadState"], "start the node with --load-state"),
    (&["anvil_setRpcUrl", "hardhat_setRpcUrl"], "this node forks no other chain"),
    (&["anvil_reorg", "anvil_rollback"], "there are no reorganisations: use evm_snapshot and evm_revert"),
];

const ALWAYS_MINES: &str = "every transaction is mined at once, always";

pub(crate) fn register(module: &mut Module) {
    for (names, reason) in REFUSED {
        module.method(names, usize::MAX, move |_, _| Err::<Value, _>(Failure::refused(reason)));
    }
    register_mining(module);
    register_pool(module);
    register_figures(module);
    let silent = ["anvil_setLoggingEnabled", "hardhat_setLoggingEnabled", "anvil_enableTraces"];
    module.method(&silent, 1, |_, _| Ok(Value::Null));
    module.method(&["hardhat_addCompilationResult"], 3, |_, _| Ok(false));
}

fn register_mining(module: &mut Module) {
    module.method(&["anvil_getAutomine", "hardhat_getAutomine"], 0, |_, _| Ok(true));
    module.method(&["miner_start"], 1, |_, _| Ok(true));
    module.method(&["evm_setAutomine", "anvil_setAutomine", "hardhat_setAutomine"], 1, |_, args| {
        fixed("automine", &true, &args.required()?, ALWAYS_MINES)
    });
}

fn register_pool(module: &mut Module) {
    module.method(&["anvil_dropTransaction", "hardhat_dropTransaction"], 1, |chain, args| {
        let hash: B256 = args.required()?;
        match chain.block_of_tx(hash) {
            Some(block) => Err(Failure::refused(format!(
                "transaction {hash} cannot be dropped: it is mined, in block {}",
                block.header.number
            ))),
            None => Ok(false),
        }
    });
    module.method(&["anvil_dropAllTransactions"], 0, |_, _| Ok(Value::Null));
    module.method(&["anvil_removePoolTransactions"], 1, |_, args| args.required::<Address>().map(|_| Value::Null));
    module.method(&["txpool_status"], 0, |_, _| Ok(json!({"pending": U64::ZERO, "queued": U64::ZERO})));
    module.method(&["txpool_content", "txpool_inspect"], 0, |_, _| Ok(json!({"pending": {}, "queued": {}})));
}

fn register_figures(module: &mut Module) {
    module.method(&["anvil_setNextBlockBaseFeePerGas", "hardhat_setNextBlockBaseFeePerGas"], 1, |_, args| {
        fixed("base fee", &U256::from(BASE_FEE), &args.word()?, "it is fixed")
    });
    module.method(&["anvil_setMinGasPrice", "hardhat_setMinGasPrice"], 1, |_, args| {
        let price = args.word()?;
        if price > U256::from(BASE_FEE) {
            return Err(Failure::refused(format!("the price of gas is {BASE_FEE} wei, not {price}: it is fixed")));
        }
        Ok(true)
    });
    module.method(&["evm_setBlockGasLimit", "anvil_setBlockGasLimit"], 1, |_, args| {
        fixed("gas limit of a block", &U256::from(BLOCK_GAS_LIMIT), &args.word()?, "it is Nitro's")
    });
    module.method(&["anvil_setCoinbase", "hardhat_setCoinbase"], 1, |_, args| {
        fixed("fee recipient of a block", &SEQUENCER, &args.required()?, "it is Nitro's sequencer")
    });
    module.method(&["anvil_setPrevRandao", "hardhat_setPrevRandao"], 1, |_, args| {
        fixed("`prevrandao` of a block", &U256::from_be_bytes(PREV_RANDAO.0), &args.word()?, "it is so on Arbitrum")
    });
    module.method(&["anvil_setChainId"], 1, |chain, args| {
        fixed("chain id", &chain.chain_id(), &args.number()?, "start the node with --chain-id")
    });
}

fn fixed<T: PartialEq + std::fmt::Display>(what: &str, is: &T, wanted: &T, why: &str) -> Result<bool, Failure> {
    if is != wanted {
        return Err(Failure::refused(format!("the {what} is {is}, not {wanted}: {why}")));
    }
    Ok(true)
}
