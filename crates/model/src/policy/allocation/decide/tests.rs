use crate::ids::{Key, RegionId};
use crate::policy::allocation::{Applicant, ApplicationRound, Cuts};
use crate::policy::levers::{AwardRule, GrantLevers, OrganisationKind, ScoreMix};
use crate::random::{Decision, Stream};
use crate::units::{Capacity, Money};

fn applicant(name: &str, region: u8, request: f64, history: f64) -> Applicant {
    Applicant {
        key: Key::from_name(name),
        kind: OrganisationKind::Chapter,
        region: RegionId(region),
        underserved: region == 1,
        age: 5.0,
        staff: Capacity(2.0),
        request: Money(request),
        history: Money(history),
        track_record: 0.5,
        evidence: 0.0,
        need: 0.0,
        prestige: 0.5,
        votes: 0.0,
        known_misconduct: false,
        outside: false,
        partners: 0,
        new: history == 0.0,
        newcomer: history == 0.0,
        held: 0,
        shortfall: 0.0,
    }
}

fn decide(applicants: &[Applicant], pot: f64, levers: &GrantLevers, seed: u64) -> Vec<f64> {
    let round = ApplicationRound {
        applicants,
        pot: Money(pot),
        year: 1,
        regional_shares: &[0.5, 0.5],
        cuts: Cuts { size: 0.16, merit: 0.1 },
        stream: Stream::new(seed, 0).decision(Decision::GrantLottery, 1),
    };
    let mut amounts = vec![0.0; applicants.len()];
    for award in round.decide(levers) {
        amounts[award.applicant] = award.amount.0;
    }
    amounts
}

fn levers(award: AwardRule) -> GrantLevers {
    GrantLevers { award, ..GrantLevers::default() }
}

#[test]
fn history_in_proportion_keeps_shares_exactly() {
    let field = [applicant("a", 0, 1e6, 30.0), applicant("b", 0, 1e6, 20.0), applicant("c", 1, 1e6, 50.0)];
    let amounts = decide(&field, 100.0, &levers(AwardRule::Proportional), 1);
    assert!(amounts.iter().zip([30.0, 20.0, 50.0]).all(|(a, b)| (a - b).abs() < 1e-12 * b), "{amounts:?}");
}

#[test]
fn what_the_satisfied_leave_goes_to_the_others() {
    let field = [applicant("a", 0, 10.0, 50.0), applicant("b", 0, 1e6, 25.0), applicant("c", 0, 1e6, 25.0)];
    assert_eq!(decide(&field, 100.0, &levers(AwardRule::Proportional), 1), [10.0, 45.0, 45.0]);
}

/// A division by history lets in who has none, once those who have some are satisfied: in the region's envelope and in
/// what is reserved for newcomers.
#[test]
fn what_those_with_a_history_leave_goes_to_those_without() {
    let field = [applicant("a", 0, 10.0, 50.0), applicant("b", 0, 1e6, 0.0), applicant("c", 0, 30.0, 0.0)];
    assert_eq!(decide(&field, 100.0, &levers(AwardRule::Proportional), 1), [10.0, 60.0, 30.0]);
    assert_eq!(decide(&field, 8.0, &levers(AwardRule::Proportional), 1), [8.0, 0.0, 0.0]);
    let mut levers = levers(AwardRule::Proportional);
    levers.newcomers_share = 0.5.into();
    assert_eq!(decide(&field, 20.0, &levers, 1), [10.0, 5.0, 5.0]);
}

#[test]
fn nobody_gets_more_than_asked_and_the_pot_is_never_exceeded() {
    let field = [applicant("a", 0, 40.0, 9.0), applicant("b", 1, 30.0, 5.0), applicant("c", 1, 20.0, 0.0)];
    for rule in [
        AwardRule::Full,
        AwardRule::Proportional,
        AwardRule::Equal,
        AwardRule::Cuts,
        AwardRule::UniformLottery,
        AwardRule::Lottery,
    ] {
        for pot in [10.0, 50.0, 500.0] {
            let mut levers = levers(rule);
            levers.baseline_share = 0.2.into();
            levers.newcomers_share = 0.1.into();
            levers.regional_envelopes = 1.0.into();
            let amounts = decide(&field, pot, &levers, 3);
            assert!(amounts.iter().sum::<f64>() <= pot + 1e-9, "{rule:?}");
            for (amount, applicant) in amounts.iter().zip(&field) {
                assert!(*amount <= applicant.request.0 + 1e-9, "{rule:?}");
            }
        }
    }
}

#[test]
fn envelopes_hold_regions_apart() {
    let field = [applicant("a", 0, 1e6, 90.0), applicant("b", 1, 1e6, 10.0)];
    let mut levers = levers(AwardRule::Proportional);
    levers.regional_envelopes = 1.0.into();
    assert_eq!(decide(&field, 100.0, &levers, 1), [50.0, 50.0]);
}

#[test]
fn the_screen_keeps_out_who_is_too_young() {
    let field = [applicant("a", 0, 1e6, 90.0), Applicant { age: 1.0, ..applicant("b", 0, 1e6, 90.0) }];
    let mut levers = levers(AwardRule::Equal);
    levers.min_age_years = 2.0.into();
    assert_eq!(decide(&field, 100.0, &levers, 1), [100.0, 0.0]);
}

/// A lottery in proportion to score: the first prize goes to scores 3 : 1 with probability 3/4.
/// 20,000 draws, |z| < 4.5; the uniform lottery is the mutant.
#[test]
fn a_lottery_draws_in_proportion_to_score() {
    let field = [applicant("a", 0, 1.0, 3.0), applicant("b", 0, 1.0, 1.0)];
    let z = |rule| {
        let wins: f64 = (0..20_000).map(|seed| decide(&field, 1.0, &levers(rule), seed)[0]).sum();
        (wins / 20_000.0 - 0.75) / (0.75f64 * 0.25 / 20_000.0).sqrt()
    };
    assert!(z(AwardRule::Lottery).abs() < 4.5);
    let mut flat = field;
    flat[1].history = Money(3.0);
    let uniform: f64 = (0..20_000).map(|seed| decide(&flat, 1.0, &levers(AwardRule::UniformLottery), seed)[0]).sum();
    assert!(((uniform / 20_000.0 - 0.75) / (0.75f64 * 0.25 / 20_000.0).sqrt()).abs() > 4.5);
}

#[test]
fn nothing_scored_ranks_everybody_alike() {
    let field = [applicant("a", 0, 1e6, 90.0), applicant("b", 0, 1e6, 10.0)];
    let mut levers = levers(AwardRule::Proportional);
    levers.score = ScoreMix::default();
    assert_eq!(decide(&field, 100.0, &levers, 1), [50.0, 50.0]);
}
