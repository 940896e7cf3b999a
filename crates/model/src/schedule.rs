//! THE SCHEDULE: what happens in a year, in this order, and what each step draws.
//!
//! Each step visits individuals in the order of their ids unless it says otherwise; its draws are addressed by
//! (purpose, time, entity, index), so the order of the steps moves no draw.

use crate::mechanisms::{
    Conditions, affiliates, capacity, conduct, environment, gate, learning, mandates, money, partnerships, power,
    problems, production, scanning, staffing, support, themes, uptake, volunteers,
};
use crate::record::Record;
use crate::state::State;
use crate::units::QUARTERS_PER_YEAR;

/// One year. The caller observes before the next year begins.
#[rustfmt::skip]
pub fn run(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    begin(conditions, state, record);
    let cx = &conditions.context();
    environment::run(cx, state, record);            //  1  pot, funding shock, prices, cut-off, surge
    themes::run(cx, state, record);                 //  2  need drift, optimum, reinterest
    power::run(cx, state, record);          //     who keeps how much to itself; –
    scanning::run(cx, state, record);               //  3  scan, pile-up
    mandates::run(cx, state, record);       //     review noise, notice, candidate noise, body seat, mandate lot, founding
    money::run(cx, state, record);          //  4  own income, interruption, apply, grant noise, vote, grant lot, regrant
    staffing::run(cx, state, record);               //  5  –
    affiliates::run(cx, state, record);             //  6  gathering, traits, maturing, closing
    partnerships::settle(cx, state, record);        //     who works with whom after all that; –
    for _ in 0..QUARTERS_PER_YEAR {
        let cx = &conditions.context();
        problems::run(cx, state, record);           //  7  problem count, nature, need, dependency
        capacity::run(cx, state, record);   //     the quarter's work: applying, links, duties, scans, the rest split; –
        production::run(cx, state, record); //  8  theme choice, target, taste, aptitude, find, insist, package, stall, routing,
                                        //     craft
        gate::run(cx, state, record);       //     what was packaged before is checked: gate
        uptake::run(cx, state, record);     //     outsiders look around: uptake, taste
        support::run(cx, state, record);    //  9  request, queue, knows, help, door, routing, organisation request
        money::hubs::count_forgone(cx, state, record); //  requests left by transitions and interruptions; –
        volunteers::run(cx, state, record);         // 10  leave, join, arrive, interest, character
        learning::run(cx, state, record);           // 11  explore
        partnerships::run(cx, state, record);       //     some part, some meet and join forces, partners learn: partnership
        conduct::run(cx, state, record);    // 12  incident, notice; what was decided takes effect: as mandates
        conditions.now.next_quarter();
    }
    let cx = &conditions.context();
    learning::see(cx, state, record);               //     prestige, from what was visible in the year; –
    scanning::close_year(cx, state, record);        //     which requests were given up; –
    money::hubs::count_waiting(cx, state, record); // requests that no hub is for yet; –
    mandates::close_year(cx, state, record);        //     what the next reviews will see; –
}

/// Clears the year's sums and remembers last year's service.
fn begin(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    conditions.now.next_year();
    record.clear_year();
    for o in &mut state.organisations {
        o.service_before = o.service;
        o.service = [0.0; crate::ids::MAX_THEMES];
        o.worked = [0.0; crate::ids::MAX_THEMES];
        o.spent = crate::units::Money::ZERO;
        o.production_work = crate::units::Work::ZERO;
        o.duplicated_work = crate::units::Work::ZERO;
        o.labour_of_year = crate::units::Work::ZERO;
        o.output = 0.0;
    }
    for m in &mut state.mandates {
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
