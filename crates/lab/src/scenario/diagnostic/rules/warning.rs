//! Rules whose violation is valid, but does not do what it seems to: they are warned of.

use crate::scenario::catalogue::written;
use crate::scenario::diagnostic::rule::rules;

/// A number to three digits at most.
fn short(number: f64) -> String {
    written((number * 1e3).round() / 1e3)
}

rules! {
    /// Rules that are warned of.
    pub enum WarningRule;

    /// A lever has an effect under some policy that runs. It is idle where it needs another lever, or a fact, that is not
    /// there. A warning: the scenario runs.
    "HS114" IdleLever { lever: &'a str, policy: &'a str, reason: &'a str } =>
        format!("`{lever}` has no effect under \"{policy}\""), reason,
        format!("set what it needs as well, or leave it out: `hubsim explain policy.{lever}`");
    wrong "policies = [\"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"thematic-hubs\"\nhubs = { term_limit = \"unlimited\", term_years = 3 }",
    right "policies = [\"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"thematic-hubs\"\nhubs = { term_limit = 2, term_years = 3 }";

    /// A new policy extends another one. Otherwise it has the default of every lever that it does not set, and its difference
    /// from others is that of all levers in which they differ. A warning: the scenario runs.
    "HS115" NoExtends { policy: &'a str } =>
        format!("policy \"{policy}\" extends no other"), "a policy differs from another one in what it sets",
        "add `extends = \"status-quo\"`, or the policy with which it is to be compared";
    wrong "policies = [\"status-quo\", \"mine\"]\n[[policy]]\nname = \"mine\"\ngrants = { years = 3 }",
    right "policies = [\"status-quo\", \"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"status-quo\"\ngrants = { years = 3 }";

    /// All hubs together may have what is set aside for them. A warning: the scenario runs, and what is left over goes to grants.
    "HS116" HubCapBinds { policy: &'a str, cap: f64, seats: f64, most: f64, share: f64 } =>
        format!("policy \"{policy}\": of the share {} for hubs, {} can be paid at most", short(share), short(most)),
        format!("`hub_cap` {} × {} hubs", short(cap), short(seats)), "raise `hub_cap`, or lower `share`";
    wrong "policies = [\"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"thematic-hubs\"\nhubs = { share = 0.3, hub_cap = 0.01 }",
    right "policies = [\"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"thematic-hubs\"\nhubs = { share = 0.3, hub_cap = 0.2 }";

    /// All applicants together may have the pot. A warning: the scenario runs, and money stays unspent.
    "HS117" CapBinds { policy: &'a str, cap: f64, applicants: f64, pot: f64 } =>
        format!("policy \"{policy}\": at the cap, all applicants of the start get less than the pot"),
        format!("`cap` {} × {} organisations, of {} USD", short(cap), short(applicants), short(pot)), "raise `cap`";
    wrong "policies = [\"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"status-quo\"\ngrants = { cap = 10 }",
    right "policies = [\"mine\"]\n[[policy]]\nname = \"mine\"\nextends = \"status-quo\"\ngrants = { cap = 1000000 }";

    /// Somebody may apply to a funder: an organisation of a kind and in a region that it funds. A warning: the scenario runs,
    /// and the pot stays unspent.
    "HS118" NobodyApplies { funder: &'a str, policy: &'a str } =>
        format!("nobody can apply to \"{funder}\" under \"{policy}\""),
        "an organisation of the start, or one that forms, is of a kind and in a region that it funds",
        "give it other `regions`, or its policy other `grants.kinds`";
    wrong "[affiliates]\nformation = 0\n[[region]]\nname = \"East\"\npopulation = 5\nonline = 1\nvolunteers = 10\n[[funder]]\nname = \"Eastern fund\"\ngoverned = false\npot = 1000\nregions = { East = 1 }",
    right "[affiliates]\nformation = 0\n[[funder]]\nname = \"Northern fund\"\ngoverned = false\npot = 1000\nregions = { North = 1 }";

    /// A distribution draws different numbers. A warning: the scenario runs.
    "HS119" NotUncertain { key: &'a str, value: f64 } =>
        format!("`{key}` is {} in every world", short(value)), "a distribution draws different numbers",
        format!("write {}, or widen it", short(value));
    wrong "[production]\nfind = { choice = [0.3] }",
    right "[production]\nfind = { uniform = [0.2, 0.4] }";

    /// An uncertain number has an effect under some policy that runs. A warning: the scenario runs.
    "HS120" IdleNumber { key: &'a str, reason: &'a str } =>
        format!("`{key}` has no effect"), reason, "leave it out, or run a policy that feels it";
    wrong "policies = [\"status-quo\"]\n[regranting]\nfavour = { uniform = [0, 0.2] }",
    right "policies = [\"both-clear\"]\n[regranting]\nfavour = { uniform = [0, 0.2] }";

    /// An arm runs if `policies` names it, or names nothing. A warning: the scenario runs without it.
    "HS121" IdleArm { arm: &'a str } =>
        format!("arm \"{arm}\" does not run"), "`policies` names all that runs, arms too",
        format!("add \"{arm}\" to `policies`, or leave the arm out");
    wrong "[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = 0.6 }",
    right "policies = [\"status-quo\", \"eager\"]\n[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"production.find\" = 0.6 }";

    /// A factor leaves a number within the bounds of its key. A warning: the scenario runs, with the number at its bound.
    "HS122" FactorCut { keys: &'a [String] } =>
        match keys {
            [key] => format!("the factor on `{key}` is cut by a bound"),
            keys => format!("the factors on {} keys, `{}` among them, are cut by a bound", keys.len(), keys[0]),
        }, "what each world has, multiplied, lies within the bounds of the key",
        "write a smaller factor, or the bound itself";
    wrong "policies = [\"eager\"]\n[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.*.foundation_known\" = { times = 1000 } }",
    right "policies = [\"eager\"]\n[[arm]]\nname = \"eager\"\npolicy = \"status-quo\"\nset = { \"region.*.foundation_known\" = { times = 0.5 } }";
}
