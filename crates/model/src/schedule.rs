//! THE SCHEDULE: the steps of a year, in this order.
//!
//! Each line names what the step does, and the [decisions](crate::random::Decision) that it draws. A step visits
//! entities in the order of their ids unless it says otherwise. A draw is addressed by (decision, time, entity, index),
//! so the order of the steps changes no draw.

use crate::mechanisms::money::GrantCall;
use crate::mechanisms::{
    Conditions, Context, affiliates, capacity, conduct, deciding, desk, environment, gate, governance_overhead,
    learning, mandates, money, partnerships, power, problems, production, regranting, scanning, staffing, support,
    themes, uptake, volunteers,
};
use crate::record::Record;
use crate::state::State;
use crate::units::QUARTERS_PER_YEAR;

/// Simulates one year. The caller records its rows before the next year begins.
#[rustfmt::skip]
pub fn run(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    begin(conditions, state, record);
    let cx = &conditions.context();
    environment::run(cx, state, record);          //  1   Pots, prices, people online and shocks move: Pot,
                                                  //      FundingShock, Prices, CutOff, Surge.
    themes::run(cx, state, record);               //  2   Needs and best approaches drift, volunteers turn to other
                                                  //      themes: NeedDrift, Optimum, InterestChange.
    power::run(cx, state, record);                //  3a  Incumbents decide how much to keep to themselves: no draws.
    scanning::run(cx, state, record);             //  3b  The movement notices new themes: ThemeScan, PileUp.
    mandates::run(cx, state, record);             //  3c  Deciding bodies review holders and appoint new ones:
                                                  //      ReviewNoise, Detection, CandidateNoise, DecidingBody,
                                                  //      MandateLottery, Founding.
    funding(cx, state, record);                   //  4   Money is raised, applied for and granted: see `funding`.
    staffing::run(cx, state, record);             //  5   Organisations and mandates spend, hire and dismiss: no draws.
    affiliates::run(cx, state, record);           //  6a  Groups form, mature and close: GroupFormation,
                                                  //      OrganisationTraits, Maturing, Closing.
    partnerships::update_collaborations(cx, state, record);      //  6b  Closed organisations leave their partnerships: no draws.
    for _ in 0..QUARTERS_PER_YEAR {
        quarter(&conditions.context(), state, record);
        conditions.now.next_quarter();
    }
    let cx = &conditions.context();
    learning::update_prestige(cx, state, record); // 13a  Prestige follows what was visible in the year: no draws.
    scanning::close_year(cx, state, record);      // 13b  Requests that were given up are counted by theme: no draws.
    money::count_waiting(cx, state, record);      // 13c  Requests for which no hub exists yet are counted: no draws.
    mandates::close_year(cx, state, record);      // 13d  The results for the next reviews are noted: no draws.
}

/// The money of a year. Each funder grants its money lot by lot: one lot for each region of its earmark.
#[rustfmt::skip]
pub(crate) fn funding(cx: &Context, state: &mut State, record: &mut Record) {
    money::begin_year(cx, state, record);                              //  4a  Sums of the year are cleared: no draws.
    regranting::begin_year(cx, state, record);                         //  4b  So are those of re-granting: no draws.
    money::raise(cx, state, record);                                   //  4c  Own income is raised: OwnIncome.
    money::pay_hubs(cx, state, record);                                //  4d  Hubs are paid: Interruption.
    desk::pay(cx, state, record);                                      //  4e  The foundation's service desk is paid: no draws.
    for funder in state.funders.ids() {
        let call = &mut GrantCall::new(cx, state, funder);
        while let Some(mut round) = call.next_lot(cx, state, record) { //  4f  Promises are paid, organisations apply:
                                                                       //      Apply, GrantNoise.
            deciding::vote_for_grants(cx, state, record, call, &mut round); //  4g  Volunteers vote: Vote.
            regranting::run(cx, state, record, call, &mut round);      //  4h  Regional hubs re-grant: Regranting,
                                                                       //      GrantLottery.
            money::decide(cx, state, record, call, round);             //  4i  The funder grants the rest: GrantLottery.
        }
        money::close_call(cx, state, record, call);                    //  4j  What was not granted is noted: no draws.
    }
    money::update_funding_histories(cx, state, record);                                //  4k  Funders remember their grants: no draws.
}

/// One quarter.
#[rustfmt::skip]
fn quarter(cx: &Context, state: &mut State, record: &mut Record) {
    problems::run(cx, state, record);             //  7a  Problems arise and close: ProblemCount, ProblemNature,
                                                  //      ProblemNeed, Dependency.
    capacity::run(cx, state, record);             //  7b  Work is split among applying, links and activities: no draws.
    desk::work(cx, state, record);                //  7c  The desk's work is added to the foundation's: no draws.
    governance_overhead::run(cx, state, record);  //  7d  The work of governing is taken from it: no draws.
    scanning::work(cx, state, record);            //  7e  The work of a scan is taken from it: no draws.
    capacity::note_regional_work(cx, state, record); // 7f  Each region's work is noted: no draws.
    production::run(cx, state, record);           //  8a  Organisations search, adapt and build materials: ThemeChoice,
                                                  //      Target, Taste, Aptitude, Search, Insistence, Packaging,
                                                  //      BlockedWork, Routing, BuildQuality.
    gate::run(cx, state, record);                 //  8b  Materials packaged in earlier quarters are checked: Gate.
    uptake::run(cx, state, record);               //  8c  Outside organisations adopt problems: Uptake, Taste.
    support::run(cx, state, record);              //  9a  Volunteers and small organisations ask for help: Request,
                                                  //      Rationing, Awareness, HelpAbility, ServicePoint, Routing,
                                                  //      OrganisationRequest.
    money::count_forgone(cx, state, record);      //  9b  Requests lost by transitions and interruptions are counted:
                                                  //      no draws.
    volunteers::run(cx, state, record);           // 10   Volunteers leave, join and arrive: Leaving, Joining, Arrival,
                                                  //      Interest, VolunteerTraits.
    learning::run(cx, state, record);             // 11a  Expertise and approaches change: Exploration.
    partnerships::run(cx, state, record);         // 11b  Partnerships end, form and teach: Partnership.
    conduct::run(cx, state, record);              // 12a  Misconduct begins, is detected and stopped: Misconduct,
                                                  //      Detection.
    mandates::carry_out_decisions(cx, state, record); // 12b  Decisions whose delay has run out take effect: as 3c.
}

/// Begins a year: advances the clock, clears the sums of the year, and keeps the service of the year before.
fn begin(conditions: &mut Conditions, state: &mut State, record: &mut Record) {
    conditions.now.next_year();
    record.clear_year();
    for organisation in &mut state.organisations {
        organisation.service_before = std::mem::take(&mut organisation.year).service;
    }
    for mandate in &mut state.mandates {
        mandate.year = Default::default();
    }
}
