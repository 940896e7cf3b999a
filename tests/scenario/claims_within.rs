//! Claims about a region, a group of regions or a theme.

use hubsim_model::measures::MEASURES;

use crate::claims::told;
use crate::tiny::{valid, with};

#[test]
fn a_claim_may_be_about_a_part_of_the_movement() {
    let text = with(
        "\n[[claim]]\nid = \"P\"\nstatement = \"Where\"\nparts = [\n\
         { measure = \"need_met\", theme = \"Education\", policy = \"hubs\", against = \"status-quo\", expect = \"higher\" },\n\
         { measure = \"skill\", group = \"underserved\", policy = \"hubs\", against = \"status-quo\", expect = \"higher\" },\n]\n\
         [[claim]]\nid = \"I\"\nstatement = \"In line\"\nmeasure = \"volunteers\"\nregion = \"South.East\"\npolicy = \"hubs\"\n\
         expect = \"above\"\nby = 1\n\
         [[claim]]\nid = \"T\"\nstatement = \"A table\"\nkind = \"table\"\npolicies = [\"status-quo\", \"hubs\"]\n\
         measures = [\"need_met\", \"people_helped\"]\ntheme = \"Technology\"\n",
    );
    let scenario = valid(&text);
    assert_eq!(valid(&scenario.to_toml()), scenario);
    let wanted = |claim: usize| -> Vec<(&str, String)> {
        let wanted = scenario.claims[claim].part_measures().into_iter();
        wanted.map(|of| (MEASURES[of.measure].key, of.part.to_string())).collect()
    };
    assert_eq!(wanted(0), [("need_met", "theme Education".into()), ("skill", "group underserved".into())]);
    assert_eq!(wanted(1), [("volunteers", "region South.East".into())]);
    let theme = || "theme Technology".to_owned();
    assert_eq!(wanted(2), [("need_met", theme()), ("people_helped", theme())]);
    assert!(scenario.claims[0].sentences()[0].starts_with("Need met (need_met) in theme Education under hubs"));
    // For each region, a study keeps two more.
    assert_eq!(scenario.part_measures().len(), 5 + 2 * 2);
}

#[test]
fn parts_of_the_movement_are_known_and_not_every_measure_has_them() {
    told(&[
        ("@parts = [{ #, region = «\"Nort\" }]", "no region \"Nort\"", "[[region]]", "did you mean \"North\"?"),
        ("@parts = [{ #, theme = «\"Educaton\" }]", "no theme \"Educaton\"", "[[theme]]", "\"Education\"?"),
        ("@parts = [{ #, group = «\"served\" }]", "no group \"served\"", "`group` of a [[region]]", "only the group"),
        ("@parts = [{ #, region = «3 }]", "`region` is a number", "[[region]]", "quotes"),
        (
            "@parts = [{ #, region = \"North\", theme = «\"Education\" }]",
            "`theme` beside `region`",
            "about one part of the movement",
            "leave one of them out",
        ),
        (
            "@parts = [{ measure = \"service_gap\", region = «\"North\", policy = \"hubs\", expect = \"below\", by = 0.1 }]",
            "`service_gap` of a region",
            "measures of a region are `need_met`, `people_helped`",
            "name one of these, or leave `region` out",
        ),
        (
            "@kind = \"table\"\npolicies = [\"status-quo\", \"hubs\"]\nmeasures = [\"need_met\", \"volunteers\"]\ntheme = «\"Education\"",
            "`volunteers` of a theme",
            "measures of a theme are `need_met` and `people_helped`",
            "leave `theme` out",
        ),
    ]);
}
