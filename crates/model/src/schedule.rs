//! THE SCHEDULE: what happens in a year, in this order, and what each step draws.
//!
//! Each step visits individuals in the order of their ids unless it says otherwise; its draws are addressed by
//! (purpose, time, entity, index), so the order of the steps moves no draw.

use crate::mechanisms::{
    affiliates, capacity, conduct, environment, gate, learning, mandates, money, partnerships, power, problems,
    production, scanning, staffing, support, themes, uptake, volunteers,
};
use crate::policy::Policy;
use crate::state::World;
use crate::units::QUARTERS_PER_YEAR;

/// One year. The caller observes before the next year begins.
#[rustfmt::skip]
pub fn run(world: &mut World, policy: &Policy) {
    begin(world);
    environment::run(world);            //  1  pot, funding shock, prices, cut-off, surge
    themes::run(world);                 //  2  need drift, optimum, reinterest
    power::run(world, policy);          //     who keeps how much to itself; –
    scanning::run(world);               //  3  scan, pile-up
    mandates::run(world, policy);       //     review noise, notice, candidate noise, body seat, mandate lot, founding
    money::run(world, policy);          //  4  own income, interruption, apply, grant noise, vote, grant lot, regrant
    staffing::run(world);               //  5  –
    affiliates::run(world);             //  6  gathering, traits, maturing, closing
    partnerships::settle(world);        //     who works with whom after all that; –
    for _ in 0..QUARTERS_PER_YEAR {
        problems::run(world);           //  7  problem count, nature, need, dependency
        capacity::run(world, policy);   //     the quarter's work: applying, links, duties, scans, the rest split; –
        production::run(world, policy); //  8  theme choice, target, taste, aptitude, find, insist, package, stall, routing,
                                        //     craft
        gate::run(world, policy);       //     what was packaged before is checked: gate
        uptake::run(world, policy);     //     outsiders look around: uptake, taste
        support::run(world, policy);    //  9  request, queue, knows, help, door, routing, organisation request
        money::hubs::count_forgone(world); //  requests left by transitions and interruptions; –
        volunteers::run(world);         // 10  leave, join, arrive, interest, character
        learning::run(world);           // 11  explore
        partnerships::run(world);       //     some part, some meet and join forces, partners learn: partnership
        conduct::run(world, policy);    // 12  incident, notice; what was decided takes effect: as mandates
        world.quarter += 1;
    }
    learning::see(world);               //     prestige, from what was visible in the year; –
    scanning::close_year(world);        //     which requests were given up; –
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
        o.worked = [0.0; crate::ids::MAX_THEMES];
        o.spent = crate::units::Money::ZERO;
        o.production_work = crate::units::Work::ZERO;
        o.duplicated_work = crate::units::Work::ZERO;
        o.labour_of_year = crate::units::Work::ZERO;
        o.output = 0.0;
    }
    for m in &mut world.mandates {
        m.requests = [0.0; crate::ids::MAX_REGIONS];
        m.asked = [0.0; crate::ids::MAX_REGIONS];
        m.service = [0.0; crate::ids::MAX_REGIONS];
        m.requests_by_theme = [0.0; crate::ids::MAX_THEMES];
        m.service_by_theme = [0.0; crate::ids::MAX_THEMES];
        (m.forgone, m.counted) = (0.0, 0.0);
        m.built = 0;
        m.reused = 0;
        m.taken_up = 0;
    }
}
