//! `NodeInterface`: what Nitro answers to calls of `0x…c8`, an address at which no contract stands. Transactions and
//! contracts find nothing there. What is about the parent chain is refused, as there is none.

use super::Chain;
use super::addresses::NODE_INTERFACE;
use super::at::At;
use super::block::BASE_FEE;
use super::error::ChainError;
use super::simulation::Simulation;
use alloy::primitives::{Address, Bytes, TxKind, U256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol;
use alloy::sol_types::{SolInterface, SolValue};

sol! {
    interface INodeInterface {
        function estimateRetryableTicket(address sender, uint256 deposit, address to, uint256 l2CallValue, address excessFeeRefundAddress, address callValueRefundAddress, bytes data) external;
        function constructOutboxProof(uint64 size, uint64 leaf) external view returns (bytes32, bytes32, bytes32[]);
        function findBatchContainingBlock(uint64 blockNum) external view returns (uint64);
        function getL1Confirmations(bytes32 blockHash) external view returns (uint64);
        function gasEstimateComponents(address to, bool contractCreation, bytes data) external payable returns (uint64, uint64, uint256, uint256);
        function gasEstimateL1Component(address to, bool contractCreation, bytes data) external payable returns (uint64, uint256, uint256);
        function legacyLookupMessageBatchProof(uint256 batchNum, uint64 index) external view returns (bytes32[], uint256, address, address, uint256, uint256, uint256, uint256, bytes);
        function nitroGenesisBlock() external pure returns (uint256);
        function blockL1Num(uint64 l2BlockNum) external view returns (uint64);
        function l2BlockRangeForL1(uint64 blockNum) external view returns (uint64, uint64);
    }
}

use INodeInterface::INodeInterfaceCalls as Method;

/// True for a call that Nitro answers itself.
pub(super) fn is_asked(request: &TransactionRequest) -> bool {
    request.to == Some(TxKind::Call(NODE_INTERFACE))
}

impl Chain {
    /// What Nitro answers to a call of [`NODE_INTERFACE`].
    pub(super) fn node_interface(&self, simulation: Simulation) -> Result<Bytes, ChainError> {
        let data = simulation.request.input.input().cloned().unwrap_or_default();
        let method = Method::abi_decode(&data).map_err(|_| {
            ChainError::refused("execution reverted: NodeInterface has no such method, or these are not its arguments")
        })?;
        let value = simulation.request.value.unwrap_or_default();
        let is_payable = matches!(method, Method::gasEstimateComponents(_) | Method::gasEstimateL1Component(_));
        if !value.is_zero() && !is_payable {
            return Err(ChainError::refused("execution reverted: this method of NodeInterface takes no value"));
        }
        let price = U256::from(BASE_FEE);
        let answer = match method {
            Method::gasEstimateComponents(m) => {
                let gas = self.gas_component(simulation, m.to, m.contractCreation, m.data)?;
                (gas, 0_u64, price, U256::ZERO).abi_encode()
            }
            Method::gasEstimateL1Component(_) => (0_u64, price, U256::ZERO).abi_encode(),
            Method::nitroGenesisBlock(_) => U256::from(self.first()).abi_encode(),
            Method::blockL1Num(m) => self.require_block(m.l2BlockNum)?.l1_number().abi_encode(),
            Method::l2BlockRangeForL1(m) => self.blocks_of_l1(m.blockNum)?.abi_encode(),
            Method::getL1Confirmations(m) => match self.number_of(m.blockHash) {
                Some(_) => 0_u64.abi_encode(),
                None => return Err(ChainError::refused("unknown block hash")),
            },
            Method::estimateRetryableTicket(_) => return Err(no_parent("estimateRetryableTicket")),
            Method::constructOutboxProof(_) => return Err(no_parent("constructOutboxProof")),
            Method::findBatchContainingBlock(_) => return Err(no_parent("findBatchContainingBlock")),
            Method::legacyLookupMessageBatchProof(_) => return Err(no_parent("legacyLookupMessageBatchProof")),
        };
        Ok(answer.into())
    }

    fn gas_component(&self, mut asked: Simulation, to: Address, creates: bool, data: Bytes) -> Result<u64, ChainError> {
        if to == NODE_INTERFACE && !creates {
            return Err(ChainError::refused("cannot estimate virtual contract"));
        }
        asked.request.to = Some(if creates { TxKind::Create } else { TxKind::Call(to) });
        asked.request.input = data.into();
        asked.at = At::Pending;
        self.estimate(asked)
    }

    /// The first and the last block made while the parent chain's newest block was `l1_number`.
    fn blocks_of_l1(&self, l1_number: u64) -> Result<(u64, u64), ChainError> {
        // L1 numbers never fall from block to block.
        let start = self.blocks.partition_point(|block| block.l1_number < l1_number);
        let end = self.blocks.partition_point(|block| block.l1_number <= l1_number);
        if start == end {
            return Err(ChainError::refused("requested L1 block number not found in chain"));
        }
        Ok((self.blocks[start].number, self.blocks[end - 1].number))
    }
}

fn no_parent(method: &str) -> ChainError {
    ChainError::refused(format!("NodeInterface.{method} is not supported: the devnode has no parent chain"))
}
