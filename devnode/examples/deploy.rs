//! Puts any Stylus program on a fresh chain: `cargo run --example deploy -- PROGRAM.wasm [CONSTRUCTOR-ARGUMENTS]`, the
//! arguments ABI-encoded, as hexadecimal digits (`0x` if the constructor takes none).

use mrc53_devnode::{config::Config, node::Devnode};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let wasm = std::fs::read(words.next().ok_or("which wasm file?")?)?;
    let arguments = words.next().map(alloy::hex::decode).transpose()?;

    let node = Devnode::start(&Config::ephemeral())?;
    let program = node.deploy_program(wasm, arguments).await?;

    let code = node.chain().with(move |chain| chain.code(program)).await?;
    println!("{program} holds {} bytes of code and answers at {}", code.len(), node.url());
    Ok(())
}
