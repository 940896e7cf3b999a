//! Contrasts: which differences are shown.

use crate::scenario::catalogue::CONTRAST;
use crate::scenario::check::{Checker, Given};
use crate::scenario::diagnostic::ClaimRule;
use crate::scenario::tree::Table;

/// A difference that is shown: between two arms, by label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownContrast {
    /// The arm.
    pub arm: String,
    /// The arm it is compared with.
    pub against: String,
}

impl Checker<'_> {
    /// All contrasts, in order, each once.
    pub(super) fn contrasts(&mut self, root: &Table) -> Vec<ShownContrast> {
        let mut contrasts: Vec<ShownContrast> = Vec::new();
        for (index, (node, table)) in self.tables(CONTRAST.name, root).into_iter().enumerate() {
            let path = format!("{}.{}", CONTRAST.name, index + 1);
            let filled = self.fill(&CONTRAST, Given { table, span: node.span, path: &path, others: &[] });
            let (Some(arm), Some(against)) = (filled.word("arm"), filled.word("against")) else { continue };
            if arm == against {
                let inherited = String::new();
                self.report(node.span_of(&["against"]), ClaimRule::AgainstItself { policy: against, inherited });
                continue;
            }
            // Said by a scenario and by the one it extends, it is the same contrast.
            let contrast = ShownContrast { arm: arm.to_owned(), against: against.to_owned() };
            if !contrasts.contains(&contrast) {
                contrasts.push(contrast);
            }
        }
        contrasts
    }
}
