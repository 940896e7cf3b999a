//! Claims that ask for a table.

use crate::claims::told;

#[test]
fn tables_of_claims() {
    told(&[
        ("@kind = \"table\"\nmeasures = [\"ruin\"]", "`policies` is missing", "a table has", "add `policies"),
        (
            "@kind = \"table\"\npolicies = [\"hubs\", \"status-quo\"]",
            "`measures` is missing",
            "a table has",
            "add `measures",
        ),
        (
            "@kind = \"table\"\npolicies = «[\"hubs\"]\nmeasures = [\"ruin\"]",
            "`policies` has 1",
            "at least 2",
            "name at least 2",
        ),
        (
            "@kind = \"table\"\npolicies = [\"hubs\", «\"hubs\"]\nmeasures = [\"ruin\"]",
            "given twice",
            "at most once",
            "leave the second",
        ),
        (
            "@kind = \"table\"\npolicies = [\"hubs\", \"status-quo\"]\nmeasures = «[]",
            "`measures` is empty",
            "at least one",
            "name a measure",
        ),
        (
            "@kind = \"table\"\npolicies = [\"hubs\", \"status-quo\"]\nmeasures = [\"ruin\"]\n«expect = \"lower\"",
            "`expect` of a table",
            "and no parts",
            "leave `expect` out",
        ),
        (
            "@kind = \"table\"\npolicies = [\"hubs\", \"status-quo\"]\nmeasures = [\"ruin\"]\n«parts = [{ # }]",
            "`parts` of a table",
            "and no parts",
            "leave `parts` out",
        ),
    ]);
}
