#!/usr/bin/env bash
# alloy-primitives 1.7.3: parse_ether turns "" into 0, "-1" into 2^256 - 10^18, and cuts off what is below a wei.
#
# Expected: an error for each; the function returns an unsigned number of wei.
# Seen: no error. A minus sign is read as a signed number whose bits are then taken for an unsigned one; a point, an
# underscore or nothing at all is zero; a 19th decimal is dropped. Of the same texts with a plus sign or a space, errors.
# Why it matters: a keeper's limit or a stake that comes from an empty variable of the shell is 0 without a word, and a
# negative one is more than all tokens there are. Look at the text before the parser does, or call parse_units, whose
# result says whether it is signed.
#
# Needs cargo. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
alloy-primitives = "=1.7.3"
ruint = "=1.21.1"
TOML
cat > src/main.rs <<'RUST'
use alloy_primitives::utils::{parse_ether, parse_units, ParseUnits};

fn main() {
    for text in ["1", "", ".", "_", "1_000", "-1", "1.0000000000000000009", "+1", " 1"] {
        let wei = parse_ether(text).map_or("an error".to_owned(), |wei| wei.to_string());
        let signed = parse_units(text, "ether").is_ok_and(|units| matches!(units, ParseUnits::I256(_)));
        println!("{text:?} {wei}{}", if signed { ", by parse_units signed" } else { "" });
    }
}
RUST
cat > expected <<'TEXT'
"1" 1000000000000000000
"" 0
"." 0
"_" 0
"1_000" 1000000000000000000000
"-1" 115792089237316195423570985008687907853269984665640564039456584007913129639936, by parse_units signed
"1.0000000000000000009" 1000000000000000000
"+1" an error
" 1" an error
TEXT
cargo run --quiet | tee seen
diff expected seen
