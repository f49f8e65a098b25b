//! Prints the contract's ABI as a Solidity interface: what `cargo stylus export-abi` runs.

fn main() {
    reward_calculator::print_from_args();
}
