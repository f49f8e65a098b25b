//! Making a history that breaks a rule short.

use crate::{
    calls::History,
    run::{play, Broken},
};

/// Leaves out calls, many at a time and then one by one, for as long as what is left still breaks a rule.
pub(crate) fn shrink(history: &History, broken: Broken) -> (History, Broken) {
    let (mut least, mut why) = (history.clone(), broken);
    least.calls.truncate(why.call + 1);
    let mut size = least.calls.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < least.calls.len() {
            let mut shorter = least.clone();
            shorter.calls.drain(at..least.calls.len().min(at + size));
            match play(&shorter) {
                Err(broken) => {
                    shorter.calls.truncate(broken.call + 1);
                    (least, why) = (shorter, broken);
                }
                Ok(_) => at += size,
            }
        }
        size /= 2;
    }
    (least, why)
}
