//! A node over JSON-RPC: signed transactions, their receipts, and why one was refused.

use std::time::{Duration, Instant};

use alloy::network::{EthereumWallet, TransactionBuilder};
use alloy::primitives::{Address, B256, Bytes, TxKind, U256};
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use alloy::signers::local::PrivateKeySigner;
use anyhow::{Context, Result, bail};
use mrc53_node::answers::{of_node, revert_data};
use mrc53_node::connection::require_stylus;
use mrc53_node::line::Line;
use mrc53_node::reader::Reader;
use mrc53_node::reading::Reading;
use mrc53_node::url::RpcUrl;

/// Gas limit of every transaction: below Arbitrum's 32 million of one transaction. A fixed limit, because an estimate
/// fails where the transaction would be refused, and a refusal is a result here.
const GAS_LIMIT: u64 = 30_000_000;
/// The same on Ethereum and Base: the most that they take of one transaction (EIP-7825).
const EVM_GAS_LIMIT: u64 = 1 << 24;
/// How long a node may take to answer with a receipt.
const RECEIPT_PATIENCE: Duration = Duration::from_mins(1);

/// A chain, and the keys that this tool sends with.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The node.
    pub provider: DynProvider,
    /// The account that pays, deploys and owns.
    pub main: Address,
    /// Where the node is.
    pub url: RpcUrl,
    gas_limit: u64,
}

/// A transaction that was refused: its gas and the data it reverted with.
#[derive(Clone, Debug)]
pub struct Reverted {
    /// Gas used, in the receipt's units.
    pub gas: u64,
    /// What the contract said.
    pub data: Bytes,
}

impl Chain {
    /// Connects to the node at `url` with the key `main` and the keys `others`, and checks that it runs Stylus.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if `url` is no address, or the chain is not one of Arbitrum's; a failure
    /// that names the node if it does not answer.
    pub async fn connect(
        url: &str,
        main: PrivateKeySigner,
        others: impl IntoIterator<Item = PrivateKeySigner>,
    ) -> Result<Self> {
        let chain = Self { gas_limit: GAS_LIMIT, ..Self::connect_evm(url, main, others)? };
        let id = chain.provider.get_chain_id().await.map_err(|error| chain.url.blame("its chain id", &error))?;
        require_stylus(&chain.provider, id, &chain.url).await?;
        Ok(chain)
    }

    /// As [`Self::connect`], where no Stylus program will run; nothing is asked.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if `url` is no address.
    pub fn connect_evm(
        url: &str,
        main: PrivateKeySigner,
        others: impl IntoIterator<Item = PrivateKeySigner>,
    ) -> Result<Self> {
        let address = main.address();
        let mut wallet = EthereumWallet::from(main);
        for signer in others {
            wallet.register_signer(signer);
        }
        let url = RpcUrl::parse(url, "--rpc-url")?;
        let provider = ProviderBuilder::new().wallet(wallet).connect_client(Line::new(&url)?.client()).erased();
        Ok(Self { provider, main: address, url, gas_limit: EVM_GAS_LIMIT })
    }

    /// The node as it is only read.
    ///
    /// # Errors
    /// A failure that names the node if it does not answer.
    pub async fn reading(&self) -> Result<Reading> {
        Reading::connect(self.url.clone(), None).await
    }

    /// Asks contracts, as they are now.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::now(&self.provider)
    }

    /// Sends `data` and `value` wei from `from` to `to` (or as initcode) and waits for the receipt.
    ///
    /// # Errors
    /// Fails if the node refuses to take the transaction or never answers.
    pub async fn send(&self, from: Address, to: TxKind, data: Bytes, value: U256) -> Result<TransactionReceipt> {
        let request = self.request(from, to, data, value);
        let sent = self.provider.send_transaction(request).await;
        let hash = *sent.with_context(|| format!("{} refused a transaction", self.url))?.tx_hash();
        self.receipt(hash).await
    }

    /// Calls `to` from `from` in a transaction; `Err` inside if the contract refuses.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn call(
        &self,
        from: Address,
        to: Address,
        data: impl Into<Bytes>,
    ) -> Result<Result<TransactionReceipt, Reverted>> {
        let data = data.into();
        let receipt = self.send(from, to.into(), data.clone(), U256::ZERO).await?;
        if receipt.status() {
            return Ok(Ok(receipt));
        }
        let block = receipt.block_number.context("a receipt without a block")?;
        let data = self.revert_data(from, to, data, U256::ZERO, block).await?;
        Ok(Err(Reverted { gas: receipt.gas_used, data }))
    }

    /// As [`Self::call`] where a refusal means that something is broken.
    ///
    /// # Errors
    /// As [`Self::send`], or if the contract refuses.
    pub async fn must(
        &self,
        what: &str,
        from: Address,
        to: Address,
        data: impl Into<Bytes>,
    ) -> Result<TransactionReceipt> {
        self.call(from, to, data).await?.map_err(|reverted| anyhow::anyhow!("{what} reverted with {}", reverted.data))
    }

    /// What a refused transaction reverted with: the same call again on the state and time of its block, which it
    /// left unchanged.
    pub(super) async fn revert_data(
        &self,
        from: Address,
        to: Address,
        data: Bytes,
        value: U256,
        block: u64,
    ) -> Result<Bytes> {
        match self.provider.call(self.request(from, to.into(), data, value)).block(block.into()).await {
            Ok(_) => bail!("a refused transaction of block {block} is accepted when called again"),
            Err(error) => {
                revert_data(&error).with_context(|| format!("why block {block} refused: {}", of_node(&error)))
            }
        }
    }

    /// Waits for the receipt of `hash`.
    pub(super) async fn receipt(&self, hash: B256) -> Result<TransactionReceipt> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        while started.elapsed() < RECEIPT_PATIENCE {
            if let Some(receipt) = self.provider.get_transaction_receipt(hash).await? {
                return Ok(receipt);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(500));
        }
        bail!("{} has no receipt of {hash} after {} s", self.url, RECEIPT_PATIENCE.as_secs())
    }

    fn request(&self, from: Address, to: TxKind, data: Bytes, value: U256) -> TransactionRequest {
        let request = TransactionRequest::default().with_from(from).with_input(data).with_value(value);
        request.with_kind(to).with_gas_limit(self.gas_limit)
    }
}
