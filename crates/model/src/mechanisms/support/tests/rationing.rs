//! Tests of rationing, and of debts of service points.

use super::*;

/// A service point that has work for a quarter of what it is asked for looks after a quarter of its callers: 4,000 requests;
/// the mutant, a third, is rejected. What it spends beyond its work is a debt, and nothing is cut off.
#[test]
fn where_work_is_short_each_has_the_same_chance() {
    let mut sim = with_hubs();
    sim.record.clear_year();
    let f = sim.state.foundation.expect("there is one");
    sim.state.organisations[f].expertise[0] = 1e9;
    let one = 0.006 * sim.state.people_per_agent;
    let there = Work(one * 1000.0);
    sim.state.organisations[f].support_left = there;
    let states = asked(&mut sim, Helpdesks::foundation, (0, 0), 4000);
    let looked_after = states.iter().filter(|&state| state & state::OUTSIDE != 0).count();
    assert!(z_of_count(looked_after, 4000, 0.25).abs() < REJECT);
    assert!(z_of_count(looked_after, 4000, 0.3).abs() > REJECT, "the mutant passes");
    let (left, spent) = (sim.state.organisations[f].support_left, sim.record.movement.support_work);
    assert!((left + spent - there).0.abs() < 1e-9);
    assert!((spent.0 - looked_after as f64 * one).abs() < 1e-9);
}

/// Members come first, and the order of the requests changes nothing.
#[test]
fn members_come_first_and_order_does_not_matter() {
    let mut sim = with_hubs();
    let home = fixture::named(&sim, "North 0");
    let one = 0.006 * sim.state.people_per_agent;
    let served = |sim: &Simulation, members: usize| {
        let (mut helpdesks, awareness) = open(&sim.conditions.under(&thematic()), &sim.state);
        let mut volunteer = sim.state.volunteers[0];
        (volunteer.region, volunteer.theme, volunteer.tried) = (sim.state.organisations[home].region, ThemeId(0), 1);
        let mut requests: Vec<Request> = (0..400)
            .map(|key| {
                volunteer.key = Key(key);
                let mut request = awareness.request_at(&helpdesks, 0, &volunteer, Helpdesks::NOBODY);
                awareness.send_home(&mut request, &helpdesks, &volunteer, home.0);
                request.state |= state::MEMBER * u16::from((key as usize) < members);
                request
            })
            .collect();
        let mut turned: Vec<Request> = requests.iter().rev().copied().collect();
        helpdesks.serve(&mut requests);
        helpdesks.serve(&mut turned);
        assert!(requests.iter().zip(turned.iter().rev()).all(|(one, other)| one.state == other.state));
        let of = |own: bool| {
            let mine = |r: &&Request| (r.state & state::MEMBER != 0) == own && r.state & state::AT_HOME != 0;
            requests.iter().filter(mine).count()
        };
        (of(true), of(false))
    };
    sim.state.organisations[home].expertise[0] = 1e9;
    sim.state.affinity[(RegionId(0), RegionId(0))] = 1.0;
    sim.state.organisations[home].support_left = Work(one * 200.0);
    let (members, others) = served(&sim, 100);
    assert_eq!(members, 100);
    assert!(z_of_count(others, 300, 1.0 / 3.0).abs() < REJECT);
    assert_eq!(served(&sim, 300).1, 0, "nothing is left for others");
}

/// What is overspent is paid back from the next quarter's work; what nobody called for produces, but for the work of four
/// agents' requests; a debt of one that closed is written off.
#[test]
fn debts_are_paid_back_or_written_off() {
    let mut sim = with_hubs();
    sim.record.clear_year();
    let ids: Vec<OrganisationId> = sim.state.affiliates().take(2).collect();
    let m = hub(&sim, 0);
    ids.iter().for_each(|&id| sim.state.organisations[id].support_left = Work(-0.5));
    sim.state.mandates[m].support_left = Work(2.0);
    let (helpdesks, _) = open(&sim.conditions.under(&thematic()), &sim.state);
    close(&sim.conditions.context(), &mut sim.state, &helpdesks);
    let kept = Work(4.0 * 0.006 * sim.state.people_per_agent);
    assert_eq!(sim.state.mandates[m].queue.carried, Work(2.0) - kept, "idle work of a hub produces");
    assert_eq!(sim.state.mandates[m].queue.balance, kept);
    sim.state.organisations[ids[1]].closed = true;
    sim.state.organisations[ids[0]].support_left = Work(1.25);
    take_up_balances(&mut sim.state, &mut sim.record);
    assert_eq!(sim.state.organisations[ids[0]].support_left, Work(0.75));
    assert_eq!(sim.record.movement.debt_written_off, Work(0.5));
}

/// A service point is called for once in 20 quarters, by one agent, for as much as its people would call for in these
/// quarters together. The support of the quarters between is there when the call comes, and the split neither forgets calls nor takes
/// half of that one for usual; a service point that goes by each quarter alone does both. Where many agents call, each quarter counts at once.
#[test]
fn the_calls_of_one_agent_are_evened_out() {
    let sim = simulation();
    let lump = 0.006 * sim.state.people_per_agent;
    let evening_out = EveningOut::new(&sim.conditions.context(), &sim.state);
    let usual = Work(lump / 20.0);
    let (mut queue, mut served) = (WorkQueue { useful: usual * 4.0, ..WorkQueue::default() }, Work::ZERO);
    for quarter in 0..400 {
        let asked = if quarter % 20 == 19 { Work(lump) } else { Work::ZERO };
        let there = queue.balance + usual;
        served += there.min(asked);
        queue.balance = evening_out.kept(&queue, there - there.min(asked));
        let called = evening_out.calls(&mut queue, asked, 0.4);
        assert!(called > usual && called.0 < 0.5 * lump, "{called:?} in quarter {quarter}");
    }
    assert!((served / (usual * 400.0) - 1.0).abs() < 0.01, "{served:?}");
    let many = Work(1000.0 * lump);
    assert!((evening_out.calls(&mut queue, many, 0.4) / many - 1.0).abs() < 0.01);
    queue.useful = Work::ZERO;
    assert_eq!(evening_out.kept(&queue, many), Work::ZERO, "nobody works here any more");
}
