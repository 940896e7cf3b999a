//! Rules of parts of the movement: which measures can be asked for them.

use crate::scenario::diagnostic::rule::rules;
use crate::scenario::nearest::listed;
use hubsim_model::measures::{Dimension, by_part};

rules! {
    /// Rules of parts of the movement.
    pub enum PartRule;

    /// A claim is about one part of the movement: a region, a group of regions or a theme.
    "HS123" TwoParts { first: &'a str, second: &'a str } =>
        format!("`{second}` beside `{first}`"), "a claim is about one part of the movement: a region, a group or a theme",
        "leave one of them out";
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\nregion = \"Middle\"\ntheme = \"education\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"need_met\"\ntheme = \"education\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"";

    /// Only measures that are known for each region, or for each theme, can be asked for a part of the movement.
    "HS124" NoParts { measure: &'a str, dimension: Dimension, inherited: String } =>
        format!("`{measure}` of a {}{inherited}", dimension.word()),
        format!("measures of a {} are {}", dimension.word(), listed(by_part(dimension).map(|measure| measure.key), "and")),
        format!("name one of these, or leave `{}` out", dimension.word());
    wrong "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"service_gap\"\ntheme = \"education\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"",
    right "[[claim]]\nid = \"mine\"\nstatement = \"Hubs help\"\nmeasure = \"people_helped\"\ntheme = \"education\"\npolicy = \"thematic-hubs\"\nagainst = \"status-quo\"\nexpect = \"higher\"";
}
