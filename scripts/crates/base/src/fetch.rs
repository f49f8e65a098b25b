//! Asking a node of Base what proves words of a block, and holding its answers against the header. Nothing is returned
//! that does not hold.

use alloy::primitives::{Address, B256, address, keccak256};
use alloy::providers::Provider;
use alloy::rpc::types::EIP1186AccountProofResponse as Answer;
use mrc53_node::answers::one_line;
use mrc53_node::reading::Reading;
use serde::{Deserialize, Serialize};

use crate::block::{self, Block};
use crate::evidence::{Evidence, Opening, Proven};
use crate::no_proof::{Fault, NoProof};
use crate::nodes::{self, hashed};
use crate::word::Word;

/// Base's message passer: the root of its storage is part of every root.
const MESSAGE_PASSER: Address = address!("4200000000000000000000000000000000000016");
/// Slots asked for at a time: nodes take a hundred, some more.
const TOGETHER: usize = 100;

/// `UsageBuckets` on Base: its address, and the hash of its code that `UsageProofs` expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buckets {
    /// Where it stands.
    #[serde(rename = "buckets")]
    pub address: Address,
    /// The hash of its code.
    pub code_hash: B256,
}

/// What proves `words` in block `number`, all of it checked.
///
/// # Errors
/// [`NoProof`].
pub async fn evidence(node: &Reading, buckets: Buckets, number: u64, words: &[Word]) -> Result<Evidence, NoProof> {
    let block = Block::fetch(node, number).await?;
    let mut chunks = words.chunks(TOGETHER);
    let first = chunks.next().unwrap_or_default();
    let answer = proof(node, buckets.address, first, number).await?;
    let passer = proof(node, MESSAGE_PASSER, &[], number).await?;

    let falsehood =
        |what: String, why| NoProof::False { url: NoProof::url(node), block: number, what: what.into(), why };
    let of_passer = nodes::account(block.state_root, keccak256(MESSAGE_PASSER), &hashed(passer.account_proof));
    let message_passer_root =
        of_passer.map_err(|why| falsehood("the message passer's account".into(), why))?.storage_root;
    let opened = Opening::checked(block, message_passer_root, buckets.address, hashed(answer.account_proof));
    let (opening, code_hash) = opened.map_err(|why| falsehood("the buckets' account".into(), why))?;
    require_code(buckets, code_hash, number)?;

    let mut listed = answer.storage_proof;
    for chunk in chunks {
        listed.extend(proof(node, buckets.address, chunk, number).await?.storage_proof);
    }
    let mut proven = Vec::with_capacity(words.len());
    for word in words {
        let of_word = |why| falsehood(format!("word {} of {}", word.number, word.subnet), why);
        let slot = word.slot();
        let told = listed.iter().position(|told| told.key.as_b256() == slot).ok_or_else(|| of_word(Fault::Missing))?;
        let told = listed.swap_remove(told);
        let checked = Proven::checked(*word, told.proof, opening.storage_root).map_err(of_word)?;
        let said = B256::from(told.value);
        if checked.value != said {
            return Err(of_word(Fault::Other { shown: checked.value, said }));
        }
        proven.push(checked);
    }
    Ok(Evidence::new(opening, proven))
}

fn require_code(buckets: Buckets, code_hash: Option<B256>, block: u64) -> Result<(), NoProof> {
    let what = match code_hash {
        Some(found) if found == buckets.code_hash => return Ok(()),
        Some(found) => format!("has code of the hash {found} and not {}", buckets.code_hash),
        None => "is no account".into(),
    };
    Err(NoProof::OtherCode { buckets: buckets.address, block, what: what.into() })
}

/// The node's proof of `account` and of `words` in its storage. Slots are sent with all of their 32 bytes, and the block
/// by its number: some nodes take neither short slots nor tags.
async fn proof(node: &Reading, account: Address, words: &[Word], number: u64) -> Result<Answer, NoProof> {
    let slots: Vec<B256> = words.iter().map(|word| word.slot()).collect();
    let error = match node.provider.get_proof(account, slots).number(number).await {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    let Some(said) = error.as_error_resp().map(|said| node.url.redact(&one_line(&said.message))) else {
        return Err(block::silent(node, &format!("the proof of {account} in block {number}"), error));
    };
    // Whether it has no proofs or not of that block, its words do not tell: nodes have as many as there are of them.
    let url = NoProof::url(node);
    let last = block::last(node).await?;
    match node.provider.get_proof(account, Vec::new()).number(last).await {
        Ok(_) => Err(NoProof::Pruned { url, block: number, words: said }),
        Err(_) => Err(NoProof::NoProofs { url, words: said }),
    }
}
