//! Production: organisations choose a problem, look for what exists, and adapt or build. What is done twice is counted.

use crate::parameters;
use crate::quantity::catalogue::Off;

parameters! {
    /// Solving problems, and finding (or not finding) what others have made.
    pub struct ProductionParameters in "production",
        off Off::Never("production is the movement's output");
    /// How strongly expertise draws an organisation to a theme: exponent.
    focus: 1.0, 0.0..=4.0, 0.5..2.0, "-", "assumed; above 1 organisations collapse onto one theme";
    /// Weight of private taste against shared salience in choosing a problem.
    taste: 2.0, 0.0..=20.0, 0.2..4.0, "factor", "assumed";
    /// Longest time a project may take to be begun.
    feasible_quarters: 12.0, 1.0..=100.0, 6.0..20.0, "quarters", "assumed";
    /// Work of a desk per project at a time.
    project_size: 1.0, 0.05..=100.0, 0.5..3.0, "FTE-quarters/quarter", "assumed";
    /// Fit (reusability × affinity) above which a material is usable in a region.
    reuse_threshold: 0.18, 0.0..=1.0, 0.1..0.4, "share", "assumed";
    /// Work to adapt a packaged material, as a share of building.
    adapt_cost: 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Work to adapt a material that is not packaged, relative to a packaged one.
    unpackaged_factor: 2.0, 1.0..=10.0, 1.2..3.5, "factor", "assumed";
    /// Extra work to package.
    package_cost: 0.25, 0.0..=2.0, 0.1..0.5, "share", "assumed";
    /// Chance that a maker of medium territoriality without mandate packages unasked.
    package_unasked: 0.2, 0.0..=1.0, 0.05..0.4, "share", "about a quarter of used open materials are reused (Duncan 2009)";
    /// Chance to find a material of the own region, without any catalogue.
    find: 0.45, 0.0..=1.0, 0.05..0.6, "share", "duplicate rates of 0.03-0.3 with and without a shared search (Ren et al. 2019; Anvik et al.)";
    /// How much likelier a packaged material is found.
    find_packaged: 1.3, 1.0..=5.0, 1.0..2.0, "factor", "assumed";
    /// Completeness of the foundation's own catalogue.
    central_catalogue: 0.2, 0.0..=1.0, 0.0..0.4, "share", "assumed";
    /// How much each further place to look dilutes a search.
    dilution: 0.05, 0.0..=2.0, 0.0..0.15, "1/hub", "assumed";
    /// Part of a theme's materials that a hub's catalogue takes in per FTE-quarter of outreach.
    cataloguing: 0.3, 0.0..=10.0, 0.1..0.8, "1/FTE-quarter", "assumed";
    /// Part of a catalogue that is out of date after a quarter.
    catalogue_decay: 0.03, 0.0..=1.0, 0.01..0.08, "1/quarter", "assumed";
    /// Chance to insist on making one's own.
    insist: 0.05, 0.0..=1.0, 0.0..0.2, "share", "assumed";
    /// That chance on top, at full prestige and territoriality.
    insist_power: 0.6, 0.0..=5.0, 0.0..1.5, "share", "assumed";
}
