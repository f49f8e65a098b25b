//! Prints the contract's ABI as a Solidity interface: what `cargo stylus export-abi` runs.

fn main() {
    stake_alignment::print_from_args();
}
