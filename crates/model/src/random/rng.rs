//! The draws of a stream as a `rand` generator.

use std::convert::Infallible;

use rand::rand_core::TryRng;

use super::Stream;

/// A generator over one stream: each word is the draw with the next index.
#[derive(Clone, Debug)]
pub struct StreamRng {
    stream: Stream,
    index: u32,
}

impl StreamRng {
    #[inline(always)]
    pub(super) fn new(stream: Stream, index: u32) -> StreamRng {
        StreamRng { stream, index }
    }
}

impl TryRng for StreamRng {
    type Error = Infallible;

    #[inline(always)]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    #[inline(always)]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let word = self.stream.bits(self.index);
        self.index = self.index.wrapping_add(1);
        Ok(word)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let Ok(word) = self.try_next_u64();
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}
