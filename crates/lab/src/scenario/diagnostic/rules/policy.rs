//! Rules of policies: their levers are consistent with each other and with the scenario.

use crate::scenario::catalogue::written;
use crate::scenario::diagnostic::rule::rules;

rules! {
    /// Rules of the levers of a policy.
    pub enum PolicyRule;

    /// Policies extend each other in chains that end: none of them extends itself, directly or through others.
    "HS049" ExtendsCircle { names: &'a [&'a str] } =>
        match names {
            [name] => format!("policy \"{name}\" extends itself"),
            names => format!("policies extend each other in a circle: {}", names.join(" → ")),
        },
        "a policy extends another, and so on, to an end",
        if names.len() == 1 { "leave `extends` out: what the extended scenario says of it is kept" }
        else { "let one of them extend none of the others" };
    wrong "[[policy]]\nname = \"mine\"\nextends = \"mine\"", right "[[policy]]\nname = \"mine\"\nextends = \"status-quo\"";

    /// What a policy sets aside for groups, hubs and regions is together at most the whole pot, in every year.
    "HS050" AbovePot { policy: &'a str, total: String, year: u32, sum: String, excess: String } =>
        format!("policy \"{policy}\": {total} of the pot is set aside in year {year}: {sum}"),
        "what is set aside is together at most 1", format!("lower them by {excess} together");
    wrong "[[policy]]\nname = \"mine\"\ngrants = { baseline_share = 0.6, newcomers_share = 0.6 }",
    right "[[policy]]\nname = \"mine\"\ngrants = { baseline_share = 0.5, newcomers_share = 0.5 }";

    /// Some kind of organisation may apply for grants.
    "HS051" NobodyMayApply { policy: &'a str } =>
        format!("policy \"{policy}\": no organisation may apply for grants"), "at least one kind",
        "name at least one kind, or leave `kinds` out for all";
    wrong "[[policy]]\nname = \"mine\"\ngrants = { kinds = [] }",
    right "[[policy]]\nname = \"mine\"\ngrants = { kinds = [\"chapter\"] }";

    /// A minimum for a group of regions needs regions of that group.
    "HS052" FloorOfNothing { policy: &'a str, group: &'a str } =>
        format!("policy \"{policy}\": a minimum for regions of the group `{group}`, of which there are none"),
        "a minimum for a group needs regions of that group",
        format!("write `group = \"{group}\"` in a [[region]], or leave `underserved_floor` out");
    wrong "[[region]]\nname = \"South\"\ngroup = \"south\"\n[[policy]]\nname = \"mine\"\ngrants = { underserved_floor = 0.2 }",
    right "[[region]]\nname = \"South\"\ngroup = \"underserved\"\n[[policy]]\nname = \"mine\"\ngrants = { underserved_floor = 0.2 }";

    /// Own income goes into the common pot only where there is one: that of the governed funders.
    "HS053" NoCommonPot { policy: &'a str } =>
        format!("policy \"{policy}\": own income goes into the common pot, but there is none"),
        "the common pot is that of the governed funders",
        "add a [[funder]] that is governed, or leave this lever out";
    wrong "(a scenario without a governed funder, and a policy with `governance = { paid_in = 0.5 }`)", right "";

    /// A gate that is kept by the centre needs an organisation that is the foundation.
    "HS054" NoOverseer { policy: &'a str } =>
        format!("policy \"{policy}\": the centre is to check materials, but there is no foundation"),
        "the overseer is the foundation",
        "add an [[organisation]] of kind \"foundation\", or write `gate = \"peer\"`";
    wrong "[[organisation]]\nname = \"Foundation\"\nremove = true\n[[policy]]\nname = \"mine\"\ngovernance = { gate = \"overseer\" }",
    right "[[policy]]\nname = \"mine\"\ngovernance = { gate = \"overseer\" }";

    /// Money is set aside for hubs only where there are hubs.
    "HS055" MoneyForNoHubs { policy: &'a str } =>
        format!("policy \"{policy}\": money is set aside for hubs, but there are none"),
        "`share` is for hubs of some `kind`", "write `kind = \"thematic\"`, or `share = 0`";
    wrong "[[policy]]\nname = \"mine\"\nhubs = { share = 0.1 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1 }";

    /// Hubs have some money: a share of the pot, or what the foundation gives up.
    "HS056" HubsWithoutMoney { policy: &'a str } =>
        format!("policy \"{policy}\": hubs without any money: `share` is 0 and the foundation keeps everything"),
        "hubs get a share of the pot, or what the foundation gives up; else they are a title",
        "raise `share`, or write `foundation = \"keeps-core\"` or \"coordinates\"";
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1 }";

    /// Some kind of organisation may hold a mandate.
    "HS057" NobodyMayHold { policy: &'a str } =>
        format!("policy \"{policy}\": no organisation may hold a mandate"), "at least one kind",
        "name at least one kind, or leave `kinds` out for all";
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, kinds = [] }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, kinds = [\"chapter\"] }";

    /// Envelopes are delegated to regional hubs only where there are any.
    "HS058" EnvelopesOfNobody { policy: &'a str } =>
        format!("policy \"{policy}\": envelopes for regional hubs, of which there are none"),
        "envelopes are for hubs of regions", "write `kind = \"regional\"` or \"both\", or `delegated = 0`";
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, delegated = 0.2 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"regional\", share = 0.1, delegated = 0.2 }";

    /// A review has at least one outcome.
    "HS059" ReviewsOfNothing { policy: &'a str } =>
        format!("policy \"{policy}\": reviews that may end in nothing"), "a review may end in something",
        "name at least one outcome, or write `review_years = \"never\"`";
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, review_years = 3, outcomes = [] }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, review_years = 3, outcomes = [\"end\"] }";

    /// There is an organisation of a kind that may hold a mandate, or one may come to be.
    "HS060" NoHolder { policy: &'a str } =>
        format!("policy \"{policy}\": there is no organisation that may hold a mandate"), "an organisation may hold a mandate",
        "name a kind that an [[organisation]] has, or write `may_found = true`";
    wrong "[[organisation]]\nname = \"North thematic\"\nremove = true\n[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, kinds = [\"thematic-organisation\"] }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, kinds = [\"thematic-organisation\"] }";

    /// There are enough organisations for the partners that a mandate needs beside its holder.
    "HS061" TooManyPartners { policy: &'a str, partners: f64, all: f64 } =>
        format!("policy \"{policy}\": {} partners beside a holder, but {} {}", written(partners), written(all),
            if all == 1.0 { "organisation" } else { "organisations" }),
        "partners are organisations beside the holder", format!("write {} or less", written((all - 1.0).max(0.0)));
    wrong "[[organisation]]\nname = \"North group\"\nremove = true\n[[organisation]]\nname = \"South group\"\nremove = true\n[[organisation]]\nname = \"Middle chapter\"\nremove = true\n[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, min_partners = 10 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, min_partners = 2 }";

    /// There are at most as many pilots as there are themes or regions that can have a hub.
    "HS062" TooManyPilots { policy: &'a str, pilots: f64, seats: f64, noun: &'a str } =>
        format!("policy \"{policy}\": {} pilots, but {} {}", written(pilots), written(seats),
            if seats == 1.0 { noun.trim_end_matches('s') } else { noun }),
        match noun {
            "regions" => "at most one pilot for each region",
            "themes" => "at most one pilot for each theme",
            _ => "at most one pilot for each theme and region",
        },
        format!("write {} or less", written(seats));
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, pilots = 30 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, pilots = 2 }";

    /// Pilots are hubs: there are at most as many as there may be hubs.
    "HS063" PilotsAboveLimit { policy: &'a str, pilots: f64, most: f64 } =>
        format!("policy \"{policy}\": {} pilots, but at most {} hubs", written(pilots), written(most)),
        "pilots are hubs, too", format!("write `pilots = {}` or less, or raise `hubs_at_most`", written(most));
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, pilots = 2, hubs_at_most = 1 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, pilots = 2, hubs_at_most = 2 }";

    /// The first hubs come within the years that a trial simulates.
    "HS064" HubsTooLate { policy: &'a str, first: f64, years: u32 } =>
        format!("policy \"{policy}\": the first hubs come in year {}", written(first)),
        format!("the scenario has {years} years"), format!("write a year from 1 to {years}, or raise `years`");
    wrong "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, first_year = 99 }",
    right "[[policy]]\nname = \"mine\"\nhubs = { kind = \"thematic\", share = 0.1, first_year = 2 }";
}
