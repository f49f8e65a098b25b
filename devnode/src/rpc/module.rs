//! The methods by name, and how one is called.

use super::answer::Failure;
use super::params::{Args, Session};
use super::submit::{self, Read};
use crate::chain::Chain;
use crate::handle::ChainHandle;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::HashMap;
use std::sync::Arc;

type Serve = dyn Fn(&mut Chain, &mut Args) -> Result<Box<RawValue>, Failure> + Send + Sync;

struct Method {
    most_params: usize,
    work: Work,
}

/// What a method does.
enum Work {
    /// Answers at once.
    Serve(Arc<Serve>),
    /// Answers when the transaction that it reads is mined.
    Send(Read),
}

/// All methods.
#[derive(Default)]
pub(crate) struct Module(HashMap<&'static str, Method>);

impl Module {
    /// Adds a method that takes at most `most_params` parameters, under all its names. `serve` runs on the chain's
    /// thread.
    pub(crate) fn method<T: Serialize>(
        &mut self,
        names: &[&'static str],
        most_params: usize,
        serve: impl Fn(&mut Chain, &mut Args) -> Result<T, Failure> + Send + Sync + 'static,
    ) {
        let serve: Arc<Serve> = Arc::new(move |chain, args| {
            let value = serve(chain, args)?;
            to_raw_value(&value).map_err(|error| Failure::internal(&error))
        });
        for name in names {
            let before = self.0.insert(name, Method { most_params, work: Work::Serve(Arc::clone(&serve)) });
            debug_assert!(before.is_none(), "{name} is registered twice");
        }
    }

    /// As [`Module::method`] for one that reads a transaction from its parameters and answers when it is mined.
    pub(super) fn sending(&mut self, names: &[&'static str], most_params: usize, read: Read) {
        for name in names {
            let before = self.0.insert(name, Method { most_params, work: Work::Send(read) });
            debug_assert!(before.is_none(), "{name} is registered twice");
        }
    }

    /// Calls a method; `session` is the connection, if it can be told of what happens.
    pub(super) async fn call(
        &self,
        chain: &ChainHandle,
        name: &str,
        params: Option<&RawValue>,
        session: Option<Session>,
    ) -> Result<Box<RawValue>, Failure> {
        let method = self
            .0
            .get(name)
            .ok_or_else(|| Failure::method(format!("the method {name} does not exist/is not available")))?;
        let mut args = Args::new(params.map_or("[]", RawValue::get), method.most_params, session)?;
        match &method.work {
            Work::Serve(serve) => {
                let serve = Arc::clone(serve);
                chain.with(move |chain| serve(chain, &mut args)).await?
            }
            Work::Send(read) => {
                let hash = submit::submit(chain, *read, args).await?;
                to_raw_value(&hash).map_err(|error| Failure::internal(&error))
            }
        }
    }
}
