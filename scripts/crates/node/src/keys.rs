//! Who signs. A key comes from a keystore or the environment; on the command line it is taken for a local network
//! only, where it is worth nothing. A key is never printed. Without one, transactions can be written down unsigned for
//! a hardware wallet or a Safe.

use std::env::VarError;
use std::path::{Path, PathBuf};

use alloy::primitives::Address;
use alloy::signers::local::{LocalSigner, LocalSignerError, PrivateKeySigner};
use anyhow::Result;
use eth_keystore::KeystoreError;
use mrc53_abi::arbitrum::DEV_PRIVATE_KEY;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde_json::Value;

use super::profile::Network;

/// Where a key is looked for in the environment.
const KEY_VARIABLE: &str = "MRC53_PRIVATE_KEY";
/// Where a keystore's password is looked for in the environment.
const PASSWORD_VARIABLE: &str = "MRC53_KEYSTORE_PASSWORD";

/// Who sends transactions. Without any of these: the key in `MRC53_PRIVATE_KEY`, or on the local network the devnode's
/// funded account.
#[derive(Clone, Debug, Default)]
pub struct KeyChoice {
    /// An encrypted JSON keystore; its password is asked for, or taken from `MRC53_KEYSTORE_PASSWORD`.
    pub keystore: Option<PathBuf>,
    /// A private key; on the local network only.
    pub private_key: Option<String>,
    /// Sign nothing: write down the transactions of this account.
    pub unsigned_from: Option<Address>,
}

/// Who sends.
#[derive(Clone, Debug)]
pub enum Signer {
    /// Transactions are signed with this key.
    Key(PrivateKeySigner),
    /// Transactions of this account are only written down.
    Unsigned(Address),
}

impl Signer {
    /// The sending account.
    #[must_use]
    pub fn address(&self) -> Address {
        match self {
            Self::Key(key) => key.address(),
            Self::Unsigned(address) => *address,
        }
    }
}

impl KeyChoice {
    /// As [`Self::signer`], for what is only tried: nobody, by the zero address, where nobody is named.
    ///
    /// # Errors
    /// [`BadInput`] if whoever is named cannot sign.
    pub fn signer_or_nobody(&self, network: &Network) -> Result<Signer> {
        let named = self.keystore.is_some() || self.private_key.is_some() || self.unsigned_from.is_some();
        if named || network.is_local() || variable(KEY_VARIABLE)?.is_some_and(|key| !key.is_empty()) {
            return self.signer(network);
        }
        Ok(Signer::Unsigned(Address::ZERO))
    }

    /// Who sends on `network`.
    ///
    /// # Errors
    /// [`BadInput`] if nobody is named, a key is given on the command line for a network that is not local, or the key
    /// or keystore cannot be read. Never says the key.
    pub fn signer(&self, network: &Network) -> Result<Signer> {
        if let Some(address) = self.unsigned_from {
            return Ok(Signer::Unsigned(address));
        }
        if let Some(file) = &self.keystore {
            return Ok(Signer::Key(keystore(file)?));
        }
        if let Some(key) = &self.private_key {
            if !network.is_local() {
                let name = &network.name;
                return Err(BadInput::new(format!(
                    "--private-key is for the local network: {name} takes --keystore FILE or {KEY_VARIABLE}"
                ))
                .into());
            }
            return Ok(Signer::Key(parse("--private-key", key)?));
        }
        // A variable that a shell has left empty names nobody.
        match variable(KEY_VARIABLE)?.filter(|key| !key.trim().is_empty()) {
            Some(key) => Ok(Signer::Key(parse(KEY_VARIABLE, &key)?)),
            None if network.is_local() => Ok(Signer::Key(dev_key()?)),
            None => Err(BadInput::new(format!(
                "nobody to sign: --keystore FILE, {KEY_VARIABLE}, or --unsigned-from ADDRESS"
            ))
            .into()),
        }
    }
}

/// The devnode's funded account, whose key everybody knows.
///
/// # Errors
/// Fails if it is no key.
pub fn dev_key() -> Result<PrivateKeySigner> {
    Ok(PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY)?)
}

/// The key that `text`, which stands at `place`, is: 64 hex digits, with or without 0x and space around.
///
/// # Errors
/// [`BadInput`] that says the place and never the text.
pub fn parse(place: &str, text: &str) -> Result<PrivateKeySigner, BadInput> {
    text.trim().parse().map_err(|_| {
        BadInput::new(format!("{place} is no private key (64 hex digits, not zero; a keystore goes to --keystore)"))
    })
}

/// The key in the keystore at `file`. What the file is is said before a password is asked for.
fn keystore(file: &Path) -> Result<PrivateKeySigner> {
    let wrong = |why: String| BadInput::new(format!("{}: {why}", file.display()));
    let text = files::read(file)?;
    let is_keystore = serde_json::from_str::<Value>(&text).is_ok_and(|json| json.get("crypto").is_some());
    if !is_keystore {
        return Err(wrong(format!(
            "no keystore, which is encrypted JSON (`cast wallet import` makes one); a bare key goes to {KEY_VARIABLE}"
        ))
        .into());
    }
    let (password, origin) = password()?;
    let key = LocalSigner::decrypt_keystore(file, &password);
    Ok(key.map_err(|error| match error {
        LocalSignerError::EthKeystoreError(KeystoreError::MacMismatch) if password.is_empty() => {
            wrong(format!("wrong password, an empty one was given: {origin} takes the one that it was made with"))
        }
        LocalSignerError::EthKeystoreError(KeystoreError::MacMismatch) => {
            wrong(format!("wrong password: {origin} takes the one that it was made with"))
        }
        _ => wrong("a keystore that cannot be read: version 3 with scrypt or pbkdf2 is needed".into()),
    })?)
}

/// The variable called `name`; none if it is not set.
fn variable(name: &str) -> Result<Option<String>, BadInput> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(BadInput::new(format!("{name} is no text"))),
    }
}

/// The password of a keystore, and where it was taken from.
fn password() -> Result<(String, &'static str)> {
    if let Some(password) = variable(PASSWORD_VARIABLE)? {
        return Ok((password, PASSWORD_VARIABLE));
    }
    let typed = rpassword::prompt_password("password of the keystore: ");
    let typed = typed.map_err(|error| {
        BadInput::new(format!("no terminal to type a password at ({error}): set {PASSWORD_VARIABLE}"))
    })?;
    Ok((typed, "the prompt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0x0000000000000000000000000000000000000000000000000000000000000001";

    fn network(name: &str) -> Network {
        Network::find(name).unwrap()
    }

    #[test]
    fn a_key_on_the_command_line_signs_on_the_local_network() {
        let args = KeyChoice { private_key: Some(KEY.into()), ..KeyChoice::default() };
        assert!(matches!(args.signer(&network("local")), Ok(Signer::Key(_))));
    }

    #[test]
    fn a_key_on_the_command_line_is_refused_elsewhere_and_not_repeated() {
        let args = KeyChoice { private_key: Some(KEY.into()), ..KeyChoice::default() };
        let error = args.signer(&network("arbitrum-sepolia")).unwrap_err();
        assert_eq!(mrc53_console::failure::exit_code(&error), 2);
        assert!(!format!("{error:?}").contains(&KEY[2..]), "{error}");
    }

    #[test]
    fn a_malformed_key_is_refused_and_not_repeated() {
        let args = KeyChoice { private_key: Some("0xsecret".into()), ..KeyChoice::default() };
        let error = format!("{:?}", args.signer(&network("local")).unwrap_err());
        assert!(error.contains("no private key") && !error.contains("secret"), "{error}");
    }

    #[test]
    fn an_account_without_a_key_sends_unsigned() {
        let args = KeyChoice { unsigned_from: Some(Address::with_last_byte(7)), ..KeyChoice::default() };
        assert_eq!(args.signer(&network("arbitrum-sepolia")).unwrap().address(), Address::with_last_byte(7));
    }

    #[test]
    fn what_is_only_tried_needs_no_key_and_still_takes_no_wrong_one() {
        let network = network("arbitrum-sepolia");
        assert!(KeyChoice::default().signer_or_nobody(&network).is_ok());
        let wrong = KeyChoice { private_key: Some(KEY.into()), ..KeyChoice::default() };
        assert!(wrong.signer_or_nobody(&network).is_err());
    }

    #[test]
    fn a_missing_keystore_is_named_before_a_password_is_asked_for() {
        let args = KeyChoice { keystore: Some("no-such-file.json".into()), ..KeyChoice::default() };
        assert!(args.signer(&network("local")).unwrap_err().to_string().contains("no-such-file.json"));
    }
}
