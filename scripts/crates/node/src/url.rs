//! Where a node is. A URL may carry secrets: a user, a password, a key in its path or query. It is turned into text in
//! one way only, as scheme, host and port, with its chain where that is not Arbitrum; the whole of it goes to the HTTP
//! client and nowhere else. What others write
//! (a node's answer, a parser's error) is cleared of it before anybody sees it.

use std::fmt;

use alloy::transports::http::reqwest::Url;
use alloy::transports::{Authorization, TransportError, TransportErrorKind};
use mrc53_console::failure::BadInput;
use mrc53_suite::place::Place;
use serde::{Deserialize, Deserializer, de::Error};

use crate::answers::of_node;

/// What is shown in the place of a secret.
const HIDDEN: &str = "…";
/// From how many bytes on a part of a path or query can be a secret; shorter ones (`v2`, `rpc`) are words of messages.
const SECRET_LENGTH: usize = 4;

/// The address of a node. Shown as `https://host:port`, on another chain than Arbitrum as `https://host:port (Base)`.
#[derive(Clone, PartialEq, Eq)]
pub struct RpcUrl {
    url: Url,
    place: Place,
}

/// The text of a URL as somebody gave it, not read yet. Never shown.
#[derive(Clone)]
pub struct UrlText(String);

impl RpcUrl {
    /// Reads `text`, which stands at `place` (an argument, a key of a file).
    ///
    /// # Errors
    /// [`BadInput`] that names the place and never the text, if it is no `http://` or `https://` URL.
    pub fn parse(text: &str, place: &str) -> Result<Self, BadInput> {
        let text = text.trim();
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https") => {
                let url = Url::parse(text).map_err(|error| BadInput::new(format!("{place} is no URL: {error}")))?;
                Ok(Self { url, place: Place::Arbitrum })
            }
            Some("ws" | "wss") => Err(BadInput::new(format!(
                "{place} is a websocket address: requests go over http:// or https://, so name the node's HTTP address"
            ))),
            _ if text.is_empty() => Err(BadInput::new(format!("{place} is empty: it takes an address with http://"))),
            _ => Err(BadInput::new(format!("{place} must begin with http:// or https://, as http://127.0.0.1:8547"))),
        }
    }

    /// The same as the address of a node of `place`.
    #[must_use]
    pub fn of(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The whole address, for what connects: never for people.
    #[must_use]
    pub fn endpoint(&self) -> Url {
        self.url.clone()
    }

    /// `text` with every part of the address hidden that is not shown.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        self.secrets().iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), HIDDEN))
    }

    /// What helps where nothing answers there.
    #[must_use]
    pub fn advice(&self) -> String {
        let is_here = self.url.host_str().is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]"));
        let option = self.place.node_option();
        if is_here {
            format!("start the node (`cargo mrc53 devnode` is one), or name another with {option}")
        } else {
            format!("try again later, or name another node with {option}")
        }
    }

    /// `error`, by which `what` was not answered, naming the node.
    #[must_use]
    pub fn blame(&self, what: &str, error: &TransportError) -> anyhow::Error {
        let words = self.redact(&of_node(error));
        match error {
            // The line names the node itself.
            TransportError::Transport(TransportErrorKind::Custom(_) | TransportErrorKind::NonRetryable(_)) => {
                anyhow::anyhow!("{words} (asked for {what})")
            }
            TransportError::Transport(TransportErrorKind::HttpError(refused)) => {
                let advice = match refused.status {
                    401 | 403 => "; is its address whole, with the key that it takes?",
                    404 => "; is the path of its address right?",
                    _ => "",
                };
                anyhow::anyhow!("{self} does not answer {what}: {words}{advice}")
            }
            _ => anyhow::anyhow!("{self} does not answer {what}: {words}"),
        }
    }

    /// What must not be shown, the longest first.
    fn secrets(&self) -> Vec<String> {
        let url = &self.url;
        let whole = [Some(url.username()), url.password(), Some(url.path()), url.query(), url.fragment()];
        let whole = whole.into_iter().flatten().filter(|part| part.len() > 1).map(str::to_owned);
        let between = |letter: char| matches!(letter, '/' | '&' | '=');
        let parts = [url.path(), url.query().unwrap_or_default()].into_iter().flat_map(|text| text.split(between));
        let parts = parts.filter(|part| part.len() >= SECRET_LENGTH).map(str::to_owned);
        let as_written: Vec<String> = whole.chain(parts).collect();
        let mut secrets: Vec<String> = as_written.iter().map(|text| decoded(text)).collect();
        secrets.extend(as_written);
        // As the header has them.
        let login = Authorization::basic(decoded(url.username()), decoded(url.password().unwrap_or_default()));
        secrets.extend(login.to_string().strip_prefix("Basic ").map(str::to_owned));
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        secrets
    }
}

/// `text` of a URL without its percent signs: as a form's value, in which a plus would be a space.
fn decoded(text: &str) -> String {
    let form = format!("http://it/?it={}", text.replace('+', "%2B").replace('&', "%26").replace('#', "%23"));
    let url = Url::parse(&form).ok();
    let value = url.as_ref().and_then(|url| url.query_pairs().next()).map(|(_, value)| value.into_owned());
    value.unwrap_or_else(|| text.to_owned())
}

impl fmt::Display for RpcUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.url.scheme(), self.url.host_str().unwrap_or_default())?;
        if let Some(port) = self.url.port() {
            write!(f, ":{port}")?;
        }
        match self.place {
            Place::Arbitrum => Ok(()),
            other => write!(f, " ({other})"),
        }
    }
}

impl fmt::Debug for RpcUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'de> Deserialize<'de> for RpcUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?, "rpc_url").map_err(D::Error::custom)
    }
}

impl UrlText {
    /// The address that it is; `place` says where it stands.
    ///
    /// # Errors
    /// As [`RpcUrl::parse`].
    pub fn read(&self, place: &str) -> Result<RpcUrl, BadInput> {
        RpcUrl::parse(&self.0, place)
    }

    /// The text, for what reads it: never for people.
    #[must_use]
    pub fn unread(&self) -> &str {
        &self.0
    }
}

impl From<String> for UrlText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for UrlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

/// `text` with every URL in it cut to scheme, host and port: for messages that repeat what somebody typed anywhere.
#[must_use]
pub fn without_secrets(text: &str) -> String {
    let is_between =
        |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"' | '`' | '<' | '>' | '(' | ')');
    text.split_inclusive(is_between)
        .flat_map(|piece| {
            let word = piece.trim_end_matches(is_between);
            [host_only(word), piece[word.len()..].to_owned()]
        })
        .collect()
}

/// `word` without user, password, path and query if it is a URL, or looks like one without its scheme.
fn host_only(word: &str) -> String {
    let (scheme, rest) = match word.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None if word.contains('@') => (String::new(), word),
        None => return word.to_owned(),
    };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}{}", host.split(['/', '?', '#']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = "https://someone:passw0rd@node.example:8443/v2/k3yInPath?apikey=k3yInQuery&net=one#frag";

    fn url(text: &str) -> RpcUrl {
        RpcUrl::parse(text, "--rpc-url").unwrap()
    }

    fn shows_nothing(text: &str) {
        for secret in ["someone", "passw0rd", "k3yInPath", "k3yInQuery", "apikey", "frag"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }

    #[test]
    fn a_url_is_shown_as_scheme_host_and_port() {
        for (text, shown) in [
            (FULL, "https://node.example:8443"),
            ("http://127.0.0.1:8547/", "http://127.0.0.1:8547"),
            ("  HTTP://[::1]:8547\n", "http://[::1]:8547"),
            ("https://sepolia-rollup.arbitrum.io/rpc", "https://sepolia-rollup.arbitrum.io"),
        ] {
            assert_eq!((url(text).to_string(), format!("{:?}", url(text))), (shown.into(), shown.into()));
        }
        assert_eq!(format!("{:?}", UrlText::from(FULL.to_owned())), HIDDEN);
    }

    #[test]
    fn a_node_of_this_machine_can_be_started_and_another_is_waited_for() {
        for here in ["http://localhost:8547", "http://127.0.0.1", "http://[::1]:1"] {
            assert!(url(here).advice().contains("cargo mrc53 devnode"), "{here}");
        }
        assert!(url(FULL).advice().starts_with("try again later"));
    }

    #[test]
    fn a_node_of_another_chain_is_shown_with_it_and_named_by_an_option_of_its_own() {
        let base = url(FULL).of(Place::Base);
        assert_eq!(base.to_string(), "https://node.example:8443 (Base)");
        assert!(base.advice().ends_with("--base-rpc-url"), "{}", base.advice());
        let ethereum = url("http://localhost:8545").of(Place::Ethereum);
        assert!(ethereum.advice().ends_with("--ethereum-rpc-url"), "{}", ethereum.advice());
    }

    #[test]
    fn a_gateway_that_wants_a_key_is_told_from_one_that_has_nothing_there() {
        for (status, advice) in [(401, "with the key"), (403, "with the key"), (404, "is the path")] {
            let error = TransportErrorKind::http_error(status, String::new());
            assert!(url(FULL).blame("its chain id", &error).to_string().contains(advice), "{status}");
        }
    }

    #[test]
    fn what_is_no_address_of_http_is_refused_by_its_place_and_not_repeated() {
        for text in
            ["", " ", "k3yInPath", "localhost:8547", "someone:passw0rd@node.example", "ws://node.example/k3yInPath"]
        {
            let refusal = RpcUrl::parse(text, "--rpc-url").unwrap_err().to_string();
            assert!(refusal.starts_with("--rpc-url ") && refusal.contains("http://"), "{refusal}");
            shows_nothing(&refusal);
        }
        for text in ["http://", "http://host:99999/k3yInPath", "http://someone:passw0rd@/x"] {
            let refusal = RpcUrl::parse(text, "--rpc-url").unwrap_err().to_string();
            assert!(refusal.starts_with("--rpc-url is no URL: "), "{refusal}");
            shows_nothing(&refusal);
        }
    }

    #[test]
    fn what_a_node_repeats_of_its_address_is_hidden() {
        let echo = "404: no /v2/k3yInPath?apikey=k3yInQuery&net=one for someone (passw0rd), key k3yInPath";
        shows_nothing(&url(FULL).redact(echo));
        let nothing_to_hide = "execution reverted: / is 1";
        assert_eq!(url("http://127.0.0.1:8547").redact(nothing_to_hide), nothing_to_hide);
    }

    #[test]
    fn a_secret_is_hidden_however_it_is_spelt() {
        let url = url("https://some%21one:pass%21word@node.example/v2/k3y%2BPath?apikey=k3y%2FQuery+x");
        let echo = "some%21one some!one pass%21word pass!word c29tZSFvbmU6cGFzcyF3b3Jk /v2/k3y%2BPath k3y+Path \
                    apikey=k3y%2FQuery+x k3y%2FQuery+x k3y/Query+x";
        let hidden = url.redact(echo);
        for secret in ["one", "word", "c29t", "Path", "Query"] {
            assert!(!hidden.contains(secret), "{secret} in {hidden}");
        }
    }

    #[test]
    fn an_answer_of_another_kind_is_not_repeated() {
        let error = serde_json::from_str::<u64>("7x").unwrap_err();
        let error = TransportError::deser_err(error, "no such key: /v2/k3yInPath");
        shows_nothing(&url(FULL).blame("its chain id", &error).to_string());
    }

    #[test]
    fn urls_in_any_message_are_cut_to_what_is_shown() {
        let message = format!("error: unexpected argument '{FULL}' found, (http://a:b@c/d): x@y/z, 1/2");
        let cut = without_secrets(&message);
        shows_nothing(&cut);
        assert_eq!(cut, "error: unexpected argument 'https://node.example:8443' found, (http://c): y 1/2");
    }
}
