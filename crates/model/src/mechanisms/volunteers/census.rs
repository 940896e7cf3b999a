//! Numbers of volunteers by region.
//!
//! [`reference::counts`](super::reference::counts) is the readable version of the count.

use crate::ids::MAX_REGIONS;
use crate::mechanisms::Context;
use crate::record::Record;
use crate::state::State;
use crate::state::volunteers::Volunteer;
use crate::units::QUARTERS_PER_YEAR;

/// Counts the volunteers of each region now, in people, and those who reached the end of their first year this quarter. No
/// draws.
pub fn count(cx: &Context, state: &mut State, record: &mut Record) {
    let a_year_ago = cx.now.quarter() as i32 - QUARTERS_PER_YEAR as i32;
    let counts = count_agents(&state.volunteers, a_year_ago);
    let regions = state.regions.iter_mut().zip(&mut record.regions);
    for (r, (region, sums)) in regions.enumerate() {
        let [all, affiliated, matured] = counts.map(|count| count[r] as f64 * state.people_per_agent);
        (region.volunteers, region.affiliated) = (all, affiliated);
        sums.matured += matured;
    }
}

/// Bits of each of three counts that share a word.
const BITS: u32 = 21;
/// Volunteers whom a block has at most: none of the three counts of a word overflows.
const BLOCK: usize = (1 << BITS) - 1;

/// Agents by region: all, the affiliated, and those who arrived in a quarter.
pub(super) fn count_agents(people: &[Volunteer], arrived: i32) -> [[u64; MAX_REGIONS]; 3] {
    let mut counts = [[0; MAX_REGIONS]; 3];
    people.chunks(BLOCK).for_each(|block| count_block(block, arrived, &mut counts));
    counts
}

fn count_block(people: &[Volunteer], arrived: i32, counts: &mut [[u64; MAX_REGIONS]; 3]) {
    // One word holds three counts: a volunteer costs one addition instead of three. Four tables in turn: neighbours are
    // often of one region, and an addition to the same place would wait for the previous one to be stored.
    let mut sums = [[0u64; MAX_REGIONS]; 4];
    let add = |sums: &mut [u64; MAX_REGIONS], volunteer: &Volunteer| {
        let (affiliated, matured) = (volunteer.affiliated(), i32::from(volunteer.arrived) == arrived);
        let all = 1 | u64::from(affiliated) << BITS | u64::from(matured) << (2 * BITS);
        // A product instead of a branch on who is active.
        sums[volunteer.region] += all * u64::from(volunteer.active());
    };
    let (fours, rest) = people.as_chunks::<4>();
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sums, volunteer)| add(sums, volunteer));
    }
    rest.iter().for_each(|volunteer| add(&mut sums[0], volunteer));
    for (counts, part) in counts.iter_mut().zip(0..) {
        for sums in &sums {
            counts.iter_mut().zip(sums).for_each(|(count, sum)| *count += sum >> (part * BITS) & ((1 << BITS) - 1));
        }
    }
}
