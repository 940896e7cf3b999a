//! THE SCHEDULE: what happens in a year, in this order, and what each step draws.
//!
//! Each step visits individuals in the order of their ids unless it says otherwise; its draws are addressed by
//! (purpose, time, entity, index), so the order of the steps moves no draw.

use crate::model::mechanism::{
    affiliates, capacity, environment, learning, mandates, money, problems, production, staffing, support, themes,
    volunteers,
};
use crate::model::world::World;
use crate::policy::Policy;
use crate::quantity::QUARTERS;

/// One year. The caller observes before the next year begins.
#[rustfmt::skip]
pub fn run(world: &mut World, policy: &Policy) {
    begin(world);
    environment::run(world);            //  1  pot, funding shock, prices, cut-off, surge
    themes::run(world);                 //  2  need drift, optimum, reinterest
    mandates::run(world, policy);       //  3  candidate noise, review noise, mandate lot
    money::run(world, policy);          //  4  own income, interruption, apply, grant noise, grant lot
    staffing::run(world);               //  5  –
    affiliates::run(world);             //  6  gathering, traits, maturing, closing
    for _ in 0..QUARTERS {
        problems::run(world);           //  7  problem count, nature, need
        capacity::run(world, policy);   //     the quarter's work, split; –
        production::run(world);         //  8  theme choice, target, taste, find, insist, package, craft
        support::run(world);            //  9  request, queue, knows, help, door, organisation request
        money::hubs::count_forgone(world);     // requests left by transitions and interruptions; –
        volunteers::run(world);         // 10  leave, join, arrive, interest, character
        learning::run(world);           // 11  explore
        world.quarter += 1;             // 12  conduct has no mechanism yet
    }
    learning::see(world);               //     prestige, from what was visible in the year; –
    money::hubs::count_waiting(world, policy); // requests that no hub is for yet; –
    mandates::close_year(world);        //     what the next reviews will see; –
}

/// Clears the year's sums and remembers last year's service.
fn begin(world: &mut World) {
    world.year += 1;
    world.tally.clear();
    for o in &mut world.organisations {
        o.service_before = o.service;
        o.service = [0.0; crate::ids::MAX_THEMES];
        o.spent = crate::quantity::Money::ZERO;
        o.production_work = crate::quantity::Work::ZERO;
        o.duplicated_work = crate::quantity::Work::ZERO;
        o.labour_of_year = crate::quantity::Work::ZERO;
        o.output = 0.0;
    }
    for m in &mut world.mandates {
        m.requests = [0.0; crate::ids::MAX_REGIONS];
        m.asked = [0.0; crate::ids::MAX_REGIONS];
        m.service = [0.0; crate::ids::MAX_REGIONS];
        (m.forgone, m.counted) = (0.0, 0.0);
        m.built = 0;
        m.reused = 0;
    }
}
