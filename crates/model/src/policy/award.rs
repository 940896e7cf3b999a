//! Slot 4, award: who gets how much.

use crate::policy::docket::{Applicant, Award, Docket, Seat};
use crate::policy::levers::{AwardRule, GrantLevers, MandateAward};
use crate::policy::score::Score;
use crate::units::Money;

/// How a committee cuts requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cuts {
    /// What a factor of ten above the mean request costs, share.
    pub size: f64,
    /// What a score one standard deviation better brings, share.
    pub merit: f64,
}

/// The share of its request that a committee gives an average applicant before scaling (annual plan grants
/// 2013–15), and the least it gives to anybody.
const USUAL_SHARE: f64 = 0.93;
const LEAST_SHARE: f64 = 0.3;

/// A pot being divided: what is left, and what each has so far.
pub struct Division<'a> {
    docket: &'a Docket<'a>,
    rule: AwardRule,
    cap: Money,
    eligible: &'a [usize],
    scores: &'a [Score],
    amounts: Vec<Money>,
    left: Money,
}

impl<'a> Division<'a> {
    /// Nothing given yet.
    pub fn new(docket: &'a Docket, levers: &GrantLevers, eligible: &'a [usize], scores: &'a [Score]) -> Self {
        let cap = levers.cap.at(docket.year);
        Division {
            docket,
            rule: levers.award,
            cap: Money(if cap > 0.0 { cap } else { f64::INFINITY }),
            eligible,
            scores,
            amounts: vec![Money::ZERO; docket.applicants.len()],
            left: docket.pot,
        }
    }

    /// What nobody has yet.
    pub fn left(&self) -> Money {
        self.left.max(Money::ZERO)
    }

    /// What some have so far.
    pub fn given(&self, of: impl Fn(&Applicant) -> bool) -> Money {
        self.eligible.iter().filter(|&&i| of(&self.docket.applicants[i])).map(|&i| self.amounts[i]).sum()
    }

    /// Gives all that is left, by the rule, to some.
    pub fn give_rest(&mut self, to: impl Fn(&Applicant) -> bool) {
        self.give(self.left(), to);
    }

    /// Gives an amount, by the rule, to some; what they do not ask for stays in the pot.
    pub fn give(&mut self, amount: Money, to: impl Fn(&Applicant) -> bool) {
        let who: Vec<usize> = self
            .eligible
            .iter()
            .copied()
            .filter(|&i| to(&self.docket.applicants[i]) && self.wanted(i).0 > 0.0)
            .collect();
        match self.rule {
            AwardRule::Full => self.in_full(amount, &sorted(&who, |i| -self.scores[i].rank, self.docket)),
            AwardRule::Proportional => self.in_proportion(amount, &who, |i| self.scores[i].claim),
            AwardRule::Equal => self.in_proportion(amount, &who, |_| 1.0),
            AwardRule::Cuts => self.with_cuts(amount, &who),
            AwardRule::UniformLottery => {
                let bar = self.bar(&who);
                let above: Vec<usize> = who.into_iter().filter(|&i| self.scores[i].rank >= bar).collect();
                self.in_full(amount, &sorted(&above, |i| self.lot(i), self.docket));
            }
            AwardRule::Lottery => {
                let order = sorted(&who, |i| race(self.lot(i), self.scores[i].rank), self.docket);
                self.in_full(amount, &order);
            }
        }
    }

    /// Gives an amount to all in equal parts, never above the request.
    pub fn give_equally(&mut self, amount: Money) {
        let who = self.eligible.to_vec();
        self.in_proportion(amount, &who, |_| 1.0);
    }

    /// Gives an amount in full by a uniform lot.
    pub fn give_by_lot(&mut self, amount: Money) {
        if amount.0 > 0.0 {
            let order = sorted(self.eligible, |i| self.lot(i), self.docket);
            self.in_full(amount, &order);
        }
    }

    /// What each got, with its score.
    pub fn into_awards(self, scores: &[Score]) -> Vec<Award> {
        let amounts = self.amounts;
        let paid = self.eligible.iter().filter(|&&i| amounts[i].0 > 0.0);
        paid.map(|&i| Award { applicant: i, amount: amounts[i], score: scores[i].rank }).collect()
    }

    fn wanted(&self, i: usize) -> Money {
        (self.docket.applicants[i].request.min(self.cap) - self.amounts[i]).max(Money::ZERO)
    }

    fn lot(&self, i: usize) -> f64 {
        self.docket.stream.entity(self.docket.applicants[i].key).uniform(0)
    }

    fn pay(&mut self, i: usize, amount: Money) {
        self.amounts[i] += amount;
        self.left -= amount;
    }

    fn in_full(&mut self, amount: Money, order: &[usize]) {
        let mut open = amount.min(self.left());
        for &i in order {
            let paid = self.wanted(i).min(open);
            self.pay(i, paid);
            open -= paid;
            if open.0 <= 0.0 {
                break;
            }
        }
    }

    /// Water-filling: in proportion to weight, never above what is wanted; what the satisfied leave goes to the
    /// others.
    fn in_proportion(&mut self, amount: Money, who: &[usize], weight: impl Fn(usize) -> f64) {
        let mut open = amount.min(self.left());
        let mut who: Vec<(usize, f64)> = who.iter().map(|&i| (i, weight(i))).filter(|&(_, w)| w > 0.0).collect();
        while open.0 > 1e-6 && !who.is_empty() {
            let total: f64 = who.iter().map(|&(_, w)| w).sum();
            let level = open / total;
            let (full, rest): (Vec<_>, Vec<_>) =
                who.iter().copied().partition(|&(i, w)| self.wanted(i).0 <= level.0 * w);
            if full.is_empty() {
                for &(i, w) in &rest {
                    self.pay(i, level * w);
                }
                return;
            }
            for &(i, _) in &full {
                let paid = self.wanted(i);
                self.pay(i, paid);
                open -= paid;
            }
            who = rest;
        }
    }

    /// A committee: a share of each request that rises with the score and falls with size, scaled down where the
    /// pot falls short.
    fn with_cuts(&mut self, amount: Money, who: &[usize]) {
        let n = who.len() as f64;
        let mean = |value: &dyn Fn(usize) -> f64| who.iter().map(|&i| value(i)).sum::<f64>() / n;
        let rank = mean(&|i| self.scores[i].rank);
        let spread = mean(&|i| (self.scores[i].rank - rank) * (self.scores[i].rank - rank)).sqrt();
        let size = mean(&|i| self.wanted(i).0);
        let shares: Vec<(usize, Money)> = who
            .iter()
            .map(|&i| {
                let better = if spread > 0.0 { (self.scores[i].rank - rank) / spread } else { 0.0 };
                let larger = libm::log10(self.wanted(i).0 / size).max(0.0);
                let share = USUAL_SHARE + self.docket.cuts.merit * better - self.docket.cuts.size * larger;
                (i, self.wanted(i) * share.clamp(LEAST_SHARE, 1.0))
            })
            .collect();
        let total: Money = shares.iter().map(|&(_, paid)| paid).sum();
        let open = amount.min(self.left());
        let scale = if total.0 > open.0 { open / total } else { 1.0 };
        for (i, paid) in shares {
            self.pay(i, paid * scale);
        }
    }

    /// The median score of some.
    fn bar(&self, who: &[usize]) -> f64 {
        median(who.iter().map(|&i| self.scores[i].rank).collect())
    }
}

/// Who gets one indivisible seat.
pub fn seat(rule: MandateAward, seat: &Seat, eligible: &[usize], scores: &[Score]) -> Option<Award> {
    let lot = |i: usize| seat.stream.entity(seat.candidates[i].key).uniform(0);
    let bar = median(eligible.iter().map(|&i| scores[i].rank).collect());
    let order = |i: usize| match rule {
        MandateAward::Full => -scores[i].rank,
        MandateAward::UniformLottery if scores[i].rank >= bar => lot(i),
        MandateAward::UniformLottery => 1.0 + lot(i),
        MandateAward::Lottery => race(lot(i), scores[i].rank),
    };
    let by = |a: &&usize, b: &&usize| {
        order(**a).total_cmp(&order(**b)).then(seat.candidates[**a].key.cmp(&seat.candidates[**b].key))
    };
    let &first = eligible.iter().min_by(by)?;
    Some(Award { applicant: first, amount: seat.candidates[first].request, score: scores[first].rank })
}

/// Finishing time of a runner with this rate: whoever is first among several is so with probability in proportion
/// to the rates, and so on down the field. A rate of 0 never finishes before another.
fn race(lot: f64, rate: f64) -> f64 {
    if rate > 0.0 { -libm::log1p(-lot) / rate } else { f64::MAX * (0.5 + 0.5 * lot) }
}

/// Positions in the order of a number, ties by key.
fn sorted(who: &[usize], by: impl Fn(usize) -> f64, docket: &Docket) -> Vec<usize> {
    let mut order: Vec<(f64, usize)> = who.iter().map(|&i| (by(i), i)).collect();
    let key = |i: usize| docket.applicants[i].key;
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(key(a.1).cmp(&key(b.1))));
    order.into_iter().map(|(_, i)| i).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n => values[(n - 1) / 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Key, RegionId};
    use crate::policy::levers::{OrganisationKind, ScoreMix};
    use crate::random::{Decision, Stream};
    use crate::units::Capacity;

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
            astray: false,
            outside: false,
            partners: 0,
            new: history == 0.0,
            newcomer: history == 0.0,
            held: 0,
            shortfall: 0.0,
        }
    }

    fn decide(applicants: &[Applicant], pot: f64, levers: &GrantLevers, seed: u64) -> Vec<f64> {
        let docket = Docket {
            applicants,
            pot: Money(pot),
            year: 1,
            regional_shares: &[0.5, 0.5],
            cuts: Cuts { size: 0.16, merit: 0.1 },
            stream: Stream::new(seed, 0).decision(Decision::GrantLottery, 1),
        };
        let mut amounts = vec![0.0; applicants.len()];
        for award in docket.decide(levers) {
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
        let uniform: f64 =
            (0..20_000).map(|seed| decide(&flat, 1.0, &levers(AwardRule::UniformLottery), seed)[0]).sum();
        assert!(((uniform / 20_000.0 - 0.75) / (0.75f64 * 0.25 / 20_000.0).sqrt()).abs() > 4.5);
    }

    #[test]
    fn nothing_scored_ranks_everybody_alike() {
        let field = [applicant("a", 0, 1e6, 90.0), applicant("b", 0, 1e6, 10.0)];
        let mut levers = levers(AwardRule::Proportional);
        levers.score = ScoreMix::default();
        assert_eq!(decide(&field, 100.0, &levers, 1), [50.0, 50.0]);
    }
}
