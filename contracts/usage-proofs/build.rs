//! Lets a test binary hold `block_timestamp` twice: motsu's constant and the settable clock of `mrc53-testing`.

fn main() {
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() != Ok("wasm32") {
        println!("cargo:rustc-link-arg=-Wl,--allow-multiple-definition");
    }
}
