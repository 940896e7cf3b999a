//! Step 4, award: how much each applicant gets, and which candidate gets a mandate.

use super::application::{Applicant, ApplicationRound, Appointment, Award};
use super::order::Field;
use super::score::Score;
use crate::policy::levers::{AwardRule, GrantLevers, MandateAward};
use crate::units::Money;

/// Share of its request that a committee grants an average applicant, before scaling to the pot (annual plan grants
/// 2013–15).
const USUAL_SHARE: f64 = 0.93;
/// Least share of a request that a committee grants, before scaling to the pot.
const LEAST_SHARE: f64 = 0.3;
/// Amounts below this are treated as spent, USD.
const REMAINDER: f64 = 1e-6;

/// A pot that is being divided.
pub struct Division<'a> {
    round: &'a ApplicationRound<'a>,
    field: Field<'a>,
    rule: AwardRule,
    cap: Money,
    eligible: &'a [usize],
    amounts: Vec<Money>,
    left: Money,
}

impl<'a> Division<'a> {
    /// A division in which nothing has been given yet.
    pub fn new(round: &'a ApplicationRound, levers: &GrantLevers, eligible: &'a [usize], scores: &'a [Score]) -> Self {
        Division {
            round,
            field: Field { applicants: round.applicants, scores, stream: round.stream },
            rule: levers.award,
            cap: Money(levers.cap.bound(round.year)),
            eligible,
            amounts: vec![Money::ZERO; round.applicants.len()],
            left: round.pot,
        }
    }

    /// Money that is not given yet.
    pub fn left(&self) -> Money {
        self.left.max(Money::ZERO)
    }

    /// Money given so far to the applicants that the condition selects.
    pub fn given(&self, selects: impl Fn(&Applicant) -> bool) -> Money {
        self.eligible.iter().filter(|&&i| selects(&self.round.applicants[i])).map(|&i| self.amounts[i]).sum()
    }

    /// Gives all that is left to the selected applicants, by the rule of the policy.
    pub fn give_rest(&mut self, selects: impl Fn(&Applicant) -> bool) {
        self.give(self.left(), selects);
    }

    /// Gives an amount to the selected applicants, by the rule of the policy. Money that exceeds their requests stays in
    /// the pot.
    pub fn give(&mut self, amount: Money, selects: impl Fn(&Applicant) -> bool) {
        let selected: Vec<usize> = self
            .eligible
            .iter()
            .copied()
            .filter(|&i| selects(&self.round.applicants[i]) && self.wanted(i).0 > 0.0)
            .collect();
        match self.rule {
            AwardRule::Full => self.in_full(amount, &self.field.by_score(&selected)),
            AwardRule::UniformLottery => self.in_full(amount, &self.field.by_lot_from_median(&selected)),
            AwardRule::Lottery => self.in_full(amount, &self.field.by_weighted_lot(&selected)),
            AwardRule::Proportional => self.by_claim(amount, &selected),
            AwardRule::Equal => self.in_proportion(amount, &selected, |_| 1.0),
            AwardRule::Cuts => self.with_cuts(amount, &selected),
        }
    }

    /// Gives an amount to all eligible applicants in equal parts, never above a request.
    pub fn give_equally(&mut self, amount: Money) {
        self.in_proportion(amount, self.eligible, |_| 1.0);
    }

    /// Gives an amount to eligible applicants in the order of a uniform lottery, each request in full.
    pub fn give_by_lot(&mut self, amount: Money) {
        if amount.0 > 0.0 {
            self.in_full(amount, &self.field.by_lot(self.eligible));
        }
    }

    /// The awards that were made.
    pub fn into_awards(self) -> Vec<Award> {
        let paid = self.eligible.iter().filter(|&&i| self.amounts[i].0 > 0.0);
        paid.map(|&i| Award { applicant: i, amount: self.amounts[i], score: self.field.scores[i].rank }).collect()
    }

    fn wanted(&self, position: usize) -> Money {
        (self.round.applicants[position].request.min(self.cap) - self.amounts[position]).max(Money::ZERO)
    }

    fn pay(&mut self, position: usize, amount: Money) {
        self.amounts[position] += amount;
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

    /// In proportion to claims. What those with a claim do not want goes to the others in equal parts: a division by
    /// history alone would never let in anybody new.
    fn by_claim(&mut self, amount: Money, selected: &[usize]) {
        let before = self.left();
        self.in_proportion(amount, selected, |i| self.field.scores[i].claim);
        let rest = amount.min(before) - (before - self.left());
        let without: Vec<usize> = selected.iter().copied().filter(|&i| self.field.scores[i].claim <= 0.0).collect();
        if rest.0 > REMAINDER {
            self.in_proportion(rest, &without, |_| 1.0);
        }
    }

    /// Water-filling: pays in proportion to weight, never above what is wanted. Whatever exceeds the wants of some goes
    /// to the others.
    fn in_proportion(&mut self, amount: Money, selected: &[usize], weight: impl Fn(usize) -> f64) {
        let mut open = amount.min(self.left());
        let mut unsatisfied: Vec<(usize, f64)> =
            selected.iter().map(|&i| (i, weight(i))).filter(|&(_, w)| w > 0.0).collect();
        while open.0 > REMAINDER && !unsatisfied.is_empty() {
            let total: f64 = unsatisfied.iter().map(|&(_, w)| w).sum();
            let level = open / total;
            let (full, rest): (Vec<_>, Vec<_>) =
                unsatisfied.iter().copied().partition(|&(i, w)| self.wanted(i).0 <= level.0 * w);
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
            unsatisfied = rest;
        }
    }

    /// A committee grants a share of each request that rises with the score and falls with the size of the request. All
    /// shares are scaled down where the pot does not suffice.
    fn with_cuts(&mut self, amount: Money, selected: &[usize]) {
        let scores = self.field.scores;
        let n = selected.len() as f64;
        let mean = |value: &dyn Fn(usize) -> f64| selected.iter().map(|&i| value(i)).sum::<f64>() / n;
        let rank = mean(&|i| scores[i].rank);
        let spread = mean(&|i| (scores[i].rank - rank) * (scores[i].rank - rank)).sqrt();
        let size = mean(&|i| self.wanted(i).0);
        let shares: Vec<(usize, Money)> = selected
            .iter()
            .map(|&i| {
                let better = if spread > 0.0 { (scores[i].rank - rank) / spread } else { 0.0 };
                let larger = libm::log10(self.wanted(i).0 / size).max(0.0);
                let share = USUAL_SHARE + self.round.cuts.merit * better - self.round.cuts.size * larger;
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
}

/// The candidate that a mandate goes to; `None` without eligible candidates.
pub fn appointee(rule: MandateAward, appointment: &Appointment, eligible: &[usize], scores: &[Score]) -> Option<Award> {
    let field = Field { applicants: appointment.candidates, scores, stream: appointment.stream };
    let order = match rule {
        MandateAward::Full => field.by_score(eligible),
        MandateAward::UniformLottery => field.by_lot_from_median(eligible),
        MandateAward::Lottery => field.by_weighted_lot(eligible),
    };
    let &first = order.first()?;
    Some(Award { applicant: first, amount: appointment.candidates[first].request, score: scores[first].rank })
}
