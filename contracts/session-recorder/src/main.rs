//! Prints the contract's ABI as a Solidity interface: what `cargo stylus export-abi` runs.

fn main() {
    session_recorder::print_from_args();
}
