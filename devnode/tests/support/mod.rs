//! A node and a client for the tests.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod bench;
pub(crate) mod evm;
pub(crate) mod probe;

use alloy::network::{EthereumWallet, TransactionBuilder};
use alloy::primitives::{Address, Bytes};
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use serde_json::{Value, json};

/// A devnode and a provider that signs with the dev key.
pub(crate) struct Node {
    pub(crate) handle: Handle,
    pub(crate) provider: DynProvider,
}

impl Node {
    pub(crate) fn start() -> Self {
        Self::with(&Config::ephemeral())
    }

    pub(crate) fn with(config: &Config) -> Self {
        let handle = Devnode::start(config).unwrap();
        let signer = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
        let provider = ProviderBuilder::new()
            .wallet(EthereumWallet::from(signer))
            .connect_http(handle.url().parse().unwrap())
            .erased();
        Self { handle, provider }
    }

    pub(crate) async fn send(&self, request: TransactionRequest) -> TransactionReceipt {
        let pending = self.provider.send_transaction(request).await.unwrap();
        pending.get_receipt().await.unwrap()
    }

    pub(crate) async fn deploy(&self, init_code: Bytes) -> TransactionReceipt {
        self.send(TransactionRequest::default().with_deploy_code(init_code)).await
    }

    pub(crate) async fn rpc(&self, method: &'static str, params: Value) -> Result<Value, (i64, String)> {
        self.provider.raw_request::<_, Value>(method.into(), params).await.map_err(|error| {
            let payload = error.as_error_resp().unwrap();
            (payload.code, payload.message.to_string())
        })
    }

    pub(crate) async fn set_code(&self, address: Address, code: Bytes) {
        self.rpc("anvil_setCode", json!([address, code])).await.unwrap();
    }
}

/// Init code of a contract that adds 1 to slot 0, logs it and returns it.
pub(crate) fn counter_init_code() -> Bytes {
    let runtime = counter_code();
    // PUSH1 len, DUP1, PUSH1 11, PUSH0, CODECOPY, PUSH0, RETURN
    let mut init = vec![0x60, u8::try_from(runtime.len()).unwrap(), 0x80, 0x60, 0x09, 0x5f, 0x39, 0x5f, 0xf3];
    init.extend_from_slice(&runtime);
    init.into()
}

/// Runtime code of the counter.
pub(crate) fn counter_code() -> Bytes {
    Bytes::from_static(&[
        0x5f, 0x54, 0x60, 0x01, 0x01, // sload(0) + 1
        0x80, 0x5f, 0x55, // sstore(0, it)
        0x5f, 0x52, // mstore(0, it)
        0x60, 0x20, 0x5f, 0xa0, // log0(0, 32)
        0x60, 0x20, 0x5f, 0xf3, // return(0, 32)
    ])
}
