//! Whether what the suite was built upon is what it is taken for, as far as a chain can say.

use alloy::primitives::{Address, B256};
use alloy::providers::Provider;
use anyhow::{Context, Result};
use mrc53_abi::{Diamond, Erc20};
use mrc53_console::show::count;
use mrc53_node::book::Input;
use serde::Serialize;

use super::reader::{Reader, Reading, Target};

/// Decimals of MOR: amounts would be read wrongly with any other.
const MOR_DECIMALS: u8 = 18;

/// An input of the book, and what was found at its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What it is for.
    pub input: &'static str,
    /// Where it stands.
    pub address: Address,
    /// Where the address was taken from.
    pub source: String,
    /// Whether the book calls it verified.
    pub verified: bool,
    /// What was found there.
    pub found: String,
    /// Whether that is what it has to be; none for accounts, of which nothing is asked.
    pub right: Option<bool>,
}

/// Reads every input that the book names.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn read(reader: &Reader<'_>) -> Result<Vec<Checked>> {
    let inputs = &reader.connection.book.inputs;
    let mut checked = Vec::new();
    if let Some(token) = &inputs.token {
        let (right, found) = token_at(reader, token.address).await?;
        checked.push(entry("token", token, found, Some(right)));
    }
    if let Some(diamond) = &inputs.diamond {
        let (right, found) = diamond_at(reader, diamond.address).await?;
        checked.push(entry("diamond", diamond, found, Some(right)));
    }
    let accounts = [
        ("compute pool", &inputs.compute_pool),
        ("owner", &inputs.owner),
        ("owner of the distributor", &inputs.distributor_owner),
    ];
    for (name, account) in accounts {
        if let Some(account) = account {
            checked.push(entry(name, account, account_at(reader, account.address).await?, None));
        }
    }
    Ok(checked)
}

fn entry(input: &'static str, from: &Input, found: String, right: Option<bool>) -> Checked {
    let Input { address, source, verified } = from.clone();
    Checked { input, address, source, verified, found, right }
}

async fn token_at(reader: &Reader<'_>, address: Address) -> Result<(bool, String)> {
    let token = Target { name: "token", address };
    let (decimals, symbol) =
        tokio::try_join!(reader.ask(token, Erc20::decimalsCall {}), reader.ask(token, Erc20::symbolCall {}))?;
    let right = decimals.known() == Some(&MOR_DECIMALS);
    let words = symbol.show(|symbol| format!("\"{}\"", symbol.escape_debug()));
    Ok((right, format!("symbol {words}, decimals {}", decimals.show(u8::to_string))))
}

/// An unknown id is answered with zeros by the Diamond, never refused.
async fn diamond_at(reader: &Reader<'_>, address: Address) -> Result<(bool, String)> {
    let diamond = Target { name: "diamond", address };
    let (session, bid) = tokio::try_join!(
        reader.ask(diamond, Diamond::getSessionCall { sessionId: B256::ZERO }),
        reader.ask(diamond, Diamond::getBidCall { bidId: B256::ZERO }),
    )?;
    let right = session.known().is_some() && bid.known().is_some();
    let (session, bid) = (answers(&session), answers(&bid));
    Ok((right, format!("getSession {session}, getBid {bid}")))
}

fn answers<T>(reading: &Reading<T>) -> String {
    reading.show(|_| "answers".into())
}

async fn account_at(reader: &Reader<'_>, address: Address) -> Result<String> {
    let code = reader.connection.provider.get_code_at(address).block_id(reader.head.id()).await;
    let code = code.with_context(|| format!("the code of {address}"))?;
    Ok(if code.is_empty() {
        "an account without code".into()
    } else {
        format!("a contract of {}", count(code.len(), "byte"))
    })
}
