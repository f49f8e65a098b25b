//! `eth_`: blocks, transactions, receipts and accounts.

use super::answer::Failure;
use super::params::{Args, resolve, tagged};
use super::{Module, filter};
use crate::chain::At;
use crate::chain::Chain;
use crate::chain::block::{BASE_FEE, BLOCK_GAS_LIMIT, Block, MinedTx};
use crate::chain::view::View;
use alloy::consensus::Transaction as _;
use alloy::consensus::transaction::Recovered;
use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::primitives::{Address, B256, U64, U256};
use alloy::rpc::types::{self as rpc, BlockTransactions, FeeHistory, Header, Transaction, TransactionReceipt};
use revm::Database;
use serde_json::{Value, json};

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_blockNumber"], 0, |chain, _| Ok(U64::from(chain.number())));
    module.method(&["eth_getBlockByNumber"], 2, |chain, args| {
        let number = tagged(chain, args.required()?);
        let full = args.optional()?.unwrap_or(false);
        Ok(chain.block(number).map(|block| block_json(block, full)))
    });
    module.method(&["eth_getBlockByHash"], 2, |chain, args| {
        let block = by_hash(chain, args.required()?);
        let full = args.optional()?.unwrap_or(false);
        Ok(block.map(|block| block_json(block, full)))
    });
    module.method(&["eth_getBlockTransactionCountByNumber"], 1, |chain, args| {
        let number = tagged(chain, args.required()?);
        Ok(chain.block(number).map(count))
    });
    module.method(&["eth_getBlockTransactionCountByHash"], 1, |chain, args| {
        Ok(by_hash(chain, args.required()?).map(count))
    });
    module.method(&["eth_getTransactionByHash"], 1, |chain, args| {
        let block = chain.block_of_tx(args.required()?);
        Ok(block.and_then(transaction_json))
    });
    module.method(&["eth_getTransactionByBlockNumberAndIndex"], 2, |chain, args| {
        let number = tagged(chain, args.required()?);
        let index = args.number()?;
        let block = chain.block(number).filter(|_| index == 0);
        Ok(block.and_then(transaction_json))
    });
    module.method(&["eth_getTransactionByBlockHashAndIndex"], 2, |chain, args| {
        let hash = args.required()?;
        let index = args.number()?;
        let block = by_hash(chain, hash).filter(|_| index == 0);
        Ok(block.and_then(transaction_json))
    });
    module.method(&["eth_getTransactionReceipt"], 1, |chain, args| {
        let block = chain.block_of_tx(args.required()?);
        Ok(block.and_then(receipt_json))
    });
    module.method(&["eth_getBlockReceipts"], 1, |chain, args| {
        let At::Block(number) = resolve(chain, args.required()?)? else {
            return Ok(None);
        };
        let block = chain.block(number);
        Ok(block.map(|block| receipt_json(block).into_iter().collect::<Vec<_>>()))
    });
    module.method(&["eth_getUncleCountByBlockNumber", "eth_getUncleCountByBlockHash"], 1, |_, _| Ok(U64::ZERO));
    register_accounts(module);
    module.method(&["eth_feeHistory"], 3, fee_history);
}

fn register_accounts(module: &mut Module) {
    module.method(&["eth_getTransactionCount"], 2, |chain, args| {
        let address = args.required()?;
        account(chain, args, |view| U64::from(info(view, address).nonce))
    });
    module.method(&["eth_getBalance"], 2, |chain, args| {
        let address = args.required()?;
        account(chain, args, |view| info(view, address).balance)
    });
    module.method(&["eth_getCode"], 2, |chain, args| {
        let address = args.required()?;
        account(chain, args, |view| {
            let hash = info(view, address).code_hash;
            view.overlay.code(view.state, hash).original_bytes()
        })
    });
    module.method(&["eth_getStorageAt"], 3, |chain, args| {
        let address: Address = args.required()?;
        let key = args.word()?;
        account(chain, args, |view| B256::from(view.overlay.slot(view.state, address, key)))
    });
}

fn account<T>(chain: &Chain, args: &mut Args, read: impl FnOnce(&mut View<'_>) -> T) -> Result<T, Failure> {
    let overlay = chain.overlay_at(args.block(chain)?)?;
    Ok(read(&mut chain.view(&overlay)))
}

fn info(view: &mut View<'_>, address: Address) -> revm::state::AccountInfo {
    match view.basic(address) {
        Ok(info) => info.unwrap_or_default(),
    }
}

fn by_hash(chain: &Chain, hash: B256) -> Option<Block<'_>> {
    chain.number_of(hash).and_then(|number| chain.block(number))
}

fn count(block: Block<'_>) -> U64 {
    U64::from(u64::from(block.tx.is_some()))
}

/// A block as Nitro prints it.
fn block_json(block: Block<'_>, full: bool) -> Value {
    let transactions = if full {
        BlockTransactions::Full(block.tx.iter().map(|tx| transaction(block, tx)).collect())
    } else {
        let hashes = block.tx.iter().map(|tx| *tx.envelope.tx_hash());
        BlockTransactions::Hashes(hashes.collect())
    };
    let header = Header {
        hash: block.hash,
        inner: block.header.clone(),
        total_difficulty: None,
        size: Some(U256::from(block_size(block))),
    };
    let mut json = json!(rpc::Block::new(header, transactions));
    json["l1BlockNumber"] = json!(U64::from(block.l1_number()));
    json["sendCount"] = json!(U64::ZERO);
    json["sendRoot"] = json!(B256::ZERO);
    json
}

fn block_size(block: Block<'_>) -> usize {
    use alloy::eips::eip2718::Encodable2718;
    alloy::rlp::Encodable::length(block.header) + block.tx.map_or(0, |tx| tx.envelope.encode_2718_len())
}

fn transaction(block: Block<'_>, tx: &MinedTx) -> Transaction {
    Transaction {
        inner: Recovered::new_unchecked(tx.envelope.clone(), tx.from),
        block_hash: Some(block.hash),
        block_number: Some(block.header.number),
        transaction_index: Some(0),
        effective_gas_price: Some(u128::from(BASE_FEE)),
        block_timestamp: None,
    }
}

pub(super) fn transaction_json(block: Block<'_>) -> Option<Value> {
    block.tx.map(|tx| json!(transaction(block, tx)))
}

/// A receipt as Nitro prints it.
fn receipt_json(block: Block<'_>) -> Option<Value> {
    let tx = block.tx?;
    let logs = (0..tx.outcome.logs.len()).map(|index| filter::rpc_log(block, tx, index)).collect::<Vec<_>>();
    let mut logs = logs.into_iter();
    let inner =
        tx.receipt().map_logs(|log| logs.next().unwrap_or_else(|| rpc::Log { inner: log, ..rpc::Log::default() }));
    let receipt = TransactionReceipt {
        inner,
        transaction_hash: *tx.envelope.tx_hash(),
        transaction_index: Some(0),
        block_hash: Some(block.hash),
        block_number: Some(block.header.number),
        gas_used: tx.outcome.gas_used,
        effective_gas_price: u128::from(BASE_FEE),
        blob_gas_used: None,
        blob_gas_price: None,
        from: tx.from,
        to: tx.envelope.to(),
        contract_address: tx.outcome.created,
    };
    let mut json = json!(receipt);
    json["gasUsedForL1"] = json!(U64::ZERO);
    json["l1BlockNumber"] = json!(U64::from(block.l1_number()));
    json["timeboosted"] = json!(false);
    Some(json)
}

/// The first percentile that lies outside 0 to 100, or not above the one before it.
fn out_of_order(percentiles: &[f64]) -> Option<f64> {
    let before = std::iter::once(None).chain(percentiles.iter().map(Some));
    let in_order =
        |at: f64, before: Option<&f64>| (0.0..=100.0).contains(&at) && before.is_none_or(|before| *before < at);
    percentiles.iter().zip(before).find(|(at, before)| !in_order(**at, *before)).map(|(at, _)| *at)
}

/// The base fee never changes, and tips are dropped.
fn fee_history(chain: &mut Chain, args: &mut Args) -> Result<FeeHistory, Failure> {
    const MOST: u64 = 1_024;
    let wanted = args.number()?.clamp(1, MOST);
    let newest: BlockNumberOrTag = args.required()?;
    let percentiles: Option<Vec<f64>> = args.optional()?;
    if let Some(wrong) = percentiles.as_deref().and_then(out_of_order) {
        return Err(Failure::params(format!(
            "invalid reward percentile: {wrong} is not from 0 to 100 and above the last"
        )));
    }
    let At::Block(newest) = resolve(
        chain,
        BlockId::Number(match newest {
            BlockNumberOrTag::Pending => BlockNumberOrTag::Latest,
            other => other,
        }),
    )?
    else {
        return Err(Failure::refused("header not found"));
    };
    let oldest = newest.saturating_sub(wanted - 1).max(chain.first());
    let blocks = usize::try_from(newest.saturating_sub(oldest) + 1).unwrap_or_default();
    #[allow(clippy::cast_precision_loss, reason = "a ratio for display")]
    let ratios = (oldest..=newest)
        .filter_map(|number| chain.block(number))
        .map(|block| block.header.gas_used as f64 / BLOCK_GAS_LIMIT as f64)
        .collect();
    Ok(FeeHistory {
        base_fee_per_gas: vec![u128::from(BASE_FEE); blocks + 1],
        gas_used_ratio: ratios,
        oldest_block: oldest,
        reward: percentiles.map(|p| vec![vec![0; p.len()]; blocks]),
        ..FeeHistory::default()
    })
}
