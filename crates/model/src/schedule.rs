//! THE SCHEDULE: what happens in a year, in this order, and what each step draws.
//!
//! Each step visits individuals in the order of their ids unless it says otherwise; its draws are addressed by
//! (purpose, time, entity, index), so the order of the steps moves no draw.

use crate::mechanisms::money::GrantCall;
use crate::mechanisms::{
    Conditions, Context, affiliates, capacity, conduct, deciding, environment, gate, governance_overhead, learning,
    mandates, money, partnerships, power, problems, production, regranting, scanning, staffing, support, themes,
    uptake, volunteers,
};
use crate::record::Record;
use crate::state::State;
use crate::units::QUARTERS_PER_YEAR;

/// One year. The caller observes before the next year begins.
#[rustfmt::skip]
pub fn run(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    begin(conditions, state, record);
    let cx = &conditions.context();
    environment::run(cx, state, record);          //  1   pot, funding shock, prices, cut-off, surge
    themes::run(cx, state, record);               //  2   need drift, optimum, reinterest
    power::run(cx, state, record);                //  3a  who keeps how much to itself; –
    scanning::run(cx, state, record);             //  3b  scan, pile-up
    mandates::run(cx, state, record);             //  3c  deciding bodies judge holders and candidates: review noise, notice,
                                                  //      candidate noise, body seat, mandate lot, founding
    funding(cx, state, record);                   //  4   own income, interruption, apply, grant noise, vote, grant lot, regrant
    staffing::run(cx, state, record);             //  5   –
    affiliates::run(cx, state, record);           //  6a  gathering, traits, maturing, closing
    partnerships::update_collaborations(cx, state, record);      //  6b  who works with whom after all that; –
    for _ in 0..QUARTERS_PER_YEAR {
        quarter(&conditions.context(), state, record);
        conditions.now.next_quarter();
    }
    let cx = &conditions.context();
    learning::see(cx, state, record);             // 13a  prestige, from what was visible in the year; –
    scanning::close_year(cx, state, record);      // 13b  which requests were given up; –
    money::count_waiting(cx, state, record);      // 13c  requests that no hub is for yet; –
    mandates::close_year(cx, state, record);      // 13d  what the next reviews will see; –
}

/// The money of a year. Grants are given funder by funder, lot by lot.
#[rustfmt::skip]
pub(crate) fn funding(cx: &Context, state: &mut State, record: &mut Record) {
    money::begin_year(cx, state, record);                              //  4a  –
    regranting::begin_year(cx, state, record);                         //  4b  –
    money::raise(cx, state, record);                                   //  4c  own income
    money::pay_hubs(cx, state, record);                                //  4d  interruption
    for funder in state.funders.ids() {
        let call = &mut GrantCall::new(cx, state, funder);
        while let Some(mut round) = call.next_lot(cx, state, record) { //  4e  promises, applications: apply, grant noise
            deciding::vote_for_grants(cx, state, record, call, &mut round); //  4f  vote
            regranting::run(cx, state, record, call, &mut round);      //  4g  envelopes of regional hubs: regrant, grant lot
            money::decide(cx, state, record, call, round);             //  4h  what is left: grant lot
        }
        money::close_call(cx, state, record, call);                    //  4i  –
    }
    money::update_funding_histories(cx, state, record);                                //  4j  –
}

/// One quarter.
#[rustfmt::skip]
fn quarter(cx: &Context, state: &mut State, record: &mut Record) {
    problems::run(cx, state, record);             //  7a  problem count, nature, need, dependency
    capacity::run(cx, state, record);             //  7b  the quarter's work: applying, links, the rest split; –
    governance_overhead::run(cx, state, record);               //  7c  the work of governing; –
    scanning::work(cx, state, record);            //  7d  the work of a scan; –
    capacity::note_regional_work(cx, state, record); // 7e  –
    production::run(cx, state, record);           //  8a  theme choice, target, taste, aptitude, find, insist, package, stall,
                                                  //      routing, craft
    gate::run(cx, state, record);                 //  8b  what was packaged before is checked: gate
    uptake::run(cx, state, record);               //  8c  outsiders look around: uptake, taste
    support::run(cx, state, record);              //  9a  request, queue, knows, help, door, routing, organisation request
    money::count_forgone(cx, state, record);      //  9b  requests left by transitions and interruptions; –
    volunteers::run(cx, state, record);           // 10   leave, join, arrive, interest, character
    learning::run(cx, state, record);             // 11a  explore
    partnerships::run(cx, state, record);         // 11b  some part, some meet and join forces, partners learn: partnership
    conduct::run(cx, state, record);              // 12a  incident, notice
    mandates::carry_out_decisions(cx, state, record); // 12b  what was decided takes effect: as mandates
}

/// Begins a year: its sums are empty, and last year's service is remembered.
fn begin(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    conditions.now.next_year();
    record.year.clear();
    for organisation in &mut state.organisations {
        organisation.service_before = std::mem::take(&mut organisation.year).service;
    }
    for mandate in &mut state.mandates {
        mandate.year = Default::default();
    }
}
