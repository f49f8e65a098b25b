//! The storage cache of a frame: what it has read and what it will write.
//!
//! A slot is read from the chain once; later reads and all writes stay here until the program flushes.
//! The cache itself charges by the number of accesses: reads 0 gas to the 32nd, 2 to the 128th, then 10;
//! writes 0 to the 8th, 7 to the 64th, then 10. Source: Nitro `arbutil/evm/storage.rs`.

use std::collections::BTreeMap;

use alloy::primitives::B256;

#[derive(Debug)]
struct Slot {
    value: B256,
    /// What the chain holds, if known.
    on_chain: Option<B256>,
}

/// Slots of the acting account as one frame sees them.
#[derive(Debug, Default)]
pub(crate) struct StorageCache {
    slots: BTreeMap<B256, Slot>,
    reads: u32,
    writes: u32,
}

impl StorageCache {
    /// Counts a read and gives its gas.
    pub(crate) fn read_gas(&mut self) -> u64 {
        self.reads = self.reads.saturating_add(1);
        match self.reads {
            0..=32 => 0,
            33..=128 => 2,
            _ => 10,
        }
    }

    /// Counts a write and gives its gas.
    pub(crate) fn write_gas(&mut self) -> u64 {
        self.writes = self.writes.saturating_add(1);
        match self.writes {
            0..=8 => 0,
            9..=64 => 7,
            _ => 10,
        }
    }

    /// The value as the frame sees it, if cached.
    pub(crate) fn get(&self, key: B256) -> Option<B256> {
        self.slots.get(&key).map(|slot| slot.value)
    }

    /// Remembers what the chain holds.
    pub(crate) fn learn(&mut self, key: B256, value: B256) {
        self.slots.insert(key, Slot { value, on_chain: Some(value) });
    }

    /// Writes into the cache.
    pub(crate) fn put(&mut self, key: B256, value: B256) {
        self.slots.entry(key).and_modify(|slot| slot.value = value).or_insert(Slot { value, on_chain: None });
    }

    /// The slots that differ from the chain, by ascending key. They count as written from now on; with
    /// `clear` everything is forgotten.
    pub(crate) fn flush(&mut self, clear: bool) -> Vec<(B256, B256)> {
        let mut dirty = Vec::new();
        for (key, slot) in &mut self.slots {
            if slot.on_chain != Some(slot.value) {
                slot.on_chain = Some(slot.value);
                dirty.push((*key, slot.value));
            }
        }
        if clear {
            self.slots.clear();
        }
        dirty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: B256 = B256::repeat_byte(1);
    const OLD: B256 = B256::repeat_byte(2);
    const NEW: B256 = B256::repeat_byte(3);

    #[test]
    fn a_slot_written_back_to_what_the_chain_holds_is_not_flushed() {
        let mut cache = StorageCache::default();
        cache.learn(KEY, OLD);
        cache.put(KEY, NEW);
        cache.put(KEY, OLD);
        assert_eq!(cache.flush(false), []);
    }

    #[test]
    fn a_slot_written_without_being_read_is_flushed_once() {
        let mut cache = StorageCache::default();
        cache.put(KEY, NEW);
        assert_eq!(cache.flush(false), [(KEY, NEW)]);
        assert_eq!(cache.flush(false), []);
        assert_eq!(cache.get(KEY), Some(NEW));
    }

    #[test]
    fn a_clearing_flush_forgets_every_slot() {
        let mut cache = StorageCache::default();
        cache.learn(KEY, OLD);
        assert_eq!(cache.flush(true), []);
        assert_eq!(cache.get(KEY), None);
    }

    #[test]
    fn accesses_get_dearer_with_their_number() {
        let mut cache = StorageCache::default();
        let reads: Vec<u64> = (0..130).map(|_| cache.read_gas()).collect();
        assert_eq!([reads[31], reads[32], reads[127], reads[128]], [0, 2, 2, 10]);
        let writes: Vec<u64> = (0..66).map(|_| cache.write_gas()).collect();
        assert_eq!([writes[7], writes[8], writes[63], writes[64]], [0, 7, 7, 10]);
    }
}
