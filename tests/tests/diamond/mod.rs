//! The suite with a real diamond: solarity's base, as the Morpheus Compute Diamond has it, facets with the live ABI
//! (`tests/solidity/contracts/diamond`), and the hook cut in and out.

mod artifacts;
mod booking;
mod compute;
mod cutting;
mod deployed;
mod gas;
mod hostile;
mod naming;
mod rehearsal;
mod replaying;
mod supply;
