use super::*;

#[test]
fn a_scope_holds_its_cells_and_no_others() {
    let scope = Scope::theme(ThemeId(2), 32);
    assert!(scope.holds(RegionId(31), ThemeId(2)) && !scope.holds(RegionId(31), ThemeId(1)));
    let part = scope.keep(&[RegionId(1), RegionId(4)]);
    assert_eq!(part.regions().collect::<Vec<_>>(), [RegionId(1), RegionId(4)]);
    assert_eq!(part.cells().collect::<Vec<_>>(), [(RegionId(1), ThemeId(2)), (RegionId(4), ThemeId(2))]);
    let home = Scope::region(RegionId(3), 4);
    assert_eq!(home.regions().collect::<Vec<_>>(), [RegionId(3)]);
    assert!(home.holds(RegionId(3), ThemeId(3)) && !home.holds(RegionId(3), ThemeId(4)));
    let part = home.keep_themes(&[ThemeId(0), ThemeId(3), ThemeId(9)]);
    assert_eq!(part.themes().collect::<Vec<_>>(), [ThemeId(0), ThemeId(3)]);
    assert_eq!(part.regions().collect::<Vec<_>>(), [RegionId(3)]);
}
