//! Prints the contract's ABI as a Solidity interface: what `cargo stylus export-abi` runs.

fn main() {
    usage_proofs::print_from_args();
}
