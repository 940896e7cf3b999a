//! Sets of communities as bits, and counts over many sets: the fast path.
//!
//! [`reference`](super::reference) is the readable version: a list of ids, and one loop over the sets.

use crate::ids::CommunityId;

/// Words of 64 communities that are stored in place.
const IN_PLACE: usize = 8;

/// A set of communities: one bit a community, 64 in a word.
#[derive(Clone, Debug, Default)]
pub struct CommunitySet {
    /// The first 512 communities. They are stored in the problem itself, because whether it is missing somewhere is asked
    /// for every open problem of a theme: a list elsewhere would be one more cache miss each.
    in_place: [u64; IN_PLACE],
    rest: Vec<u64>,
}

impl CommunitySet {
    /// 64 communities as bits; 0 beyond what is stored.
    #[inline]
    pub(super) fn word(&self, word: usize) -> u64 {
        if word < IN_PLACE { self.in_place[word] } else { self.rest.get(word - IN_PLACE).copied().unwrap_or(0) }
    }

    #[inline]
    pub(super) fn word_mut(&mut self, word: usize) -> &mut u64 {
        if word < IN_PLACE {
            return &mut self.in_place[word];
        }
        if word - IN_PLACE >= self.rest.len() {
            self.rest.resize(word - IN_PLACE + 1, 0);
        }
        &mut self.rest[word - IN_PLACE]
    }

    /// Whether it contains a community.
    #[inline]
    pub fn holds(&self, id: CommunityId) -> bool {
        self.word(id.index() / 64) >> (id.index() % 64) & 1 == 1
    }

    /// Its communities, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = CommunityId> + '_ {
        self.in_place.iter().chain(&self.rest).enumerate().flat_map(|(word, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                // Clears the lowest bit that is set: as many steps as there are communities, not 64.
                left &= left.wrapping_sub(1);
                (bit < 64).then(|| CommunityId::from_index(word * 64 + bit))
            })
        })
    }

    /// Removes a community.
    pub fn remove(&mut self, id: CommunityId) {
        *self.word_mut(id.index() / 64) &= !(1 << (id.index() % 64));
    }

    /// Removes all communities. What is allocated stays.
    pub fn clear(&mut self) {
        self.in_place = [0; IN_PLACE];
        self.rest.fill(0);
    }
}

/// For each community, how many of some sets contain it.
///
/// The counts are stored digit by digit: word `n` of an entry has the binary digits of value 2ⁿ of the counts of 64
/// communities. Adding a set is a binary addition of 1 to up to 64 counts at once, with a carry from digit to digit, where a
/// loop over its communities would take a step for each. Measured with callgrind, 40 sets of 300 of 512 communities: 0.6 of the
/// instructions of such a loop, with the reading of all counts.
#[derive(Clone, Debug, Default)]
pub struct CommunityCounts {
    digits: Vec<[u64; 32]>,
}

impl CommunityCounts {
    /// Counts the communities of a set.
    pub fn add(&mut self, set: &CommunitySet) {
        let words = IN_PLACE + set.rest.len();
        if self.digits.len() < words {
            self.digits.resize(words, [0; 32]);
        }
        for (digits, &word) in self.digits.iter_mut().zip(set.in_place.iter().chain(&set.rest)) {
            let mut carry = word;
            for digit in digits {
                if carry == 0 {
                    break;
                }
                // 1 + 1 = 0, carry 1, in each of 64 columns.
                let next = *digit & carry;
                *digit ^= carry;
                carry = next;
            }
        }
    }

    /// How many sets contain a community.
    pub fn of(&self, id: CommunityId) -> u32 {
        let Some(digits) = self.digits.get(id.index() / 64) else { return 0 };
        let digit = |(n, word): (usize, &u64)| ((word >> (id.index() % 64) & 1) as u32) << n;
        digits.iter().enumerate().map(digit).sum()
    }
}
