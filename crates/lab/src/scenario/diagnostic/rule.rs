//! Rules of scenario files, and the text of their violations.

/// A rule of scenario files, as `hubsim explain HS030` explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `HS` and three digits. The meaning of a code never changes.
    pub code: &'static str,
    /// The rule and its reason.
    pub meaning: &'static str,
    /// A scenario that violates it; a description if no scenario can. See [`Rule::example`].
    pub wrong: &'static str,
    /// The same scenario, corrected; may be empty where `wrong` is a description.
    pub right: &'static str,
}

impl Rule {
    /// A full scenario text of an example. It begins with a name of its own, or extends the scenario `small`. None where
    /// the example is a description or options of the command line.
    pub fn example(text: &str) -> Option<String> {
        if text.starts_with("name =") || text.starts_with("# whole") {
            return Some(text.to_owned());
        }
        let described = text.is_empty() || text.starts_with('(') || text.starts_with("--set ");
        (!described).then(|| format!("name = \"example\"\nextends = \"small\"\n{text}\n"))
    }
}

/// The text of one violation of a rule.
pub(in crate::scenario) struct RuleText {
    /// The problem.
    pub message: String,
    /// The rule that does not hold.
    pub rule: String,
    /// A correction; may be empty.
    pub help: String,
}

/// A broken rule, with the data from which its text is made.
pub(in crate::scenario) trait Violation {
    /// The rule's code.
    fn code(&self) -> &'static str;

    /// Message, rule and help.
    fn text(self) -> RuleText;
}

/// Declares rules: an enum with a variant for each, which holds the data of one violation.
///
/// Each rule is its meaning as doc comment, `"CODE" Name { data } => message, rule, help;` and
/// `wrong "…", right "…";`: an example that breaks it and one that does not, see [`Rule::example`].
macro_rules! rules {
    (
        $(#[doc = $about:literal])+
        pub enum $Rules:ident;
        $(
            $(#[doc = $meaning:literal])+
            $code:literal $name:ident { $($field:ident: $type:ty),* $(,)? } => $message:expr, $rule:expr, $help:expr;
            wrong $wrong:literal, right $right:literal;
        )+
    ) => {
        $(#[doc = $about])+
        pub(in crate::scenario) enum $Rules<'a> {
            $($name { $($field: $type),* },)+
            #[doc(hidden)]
            #[allow(dead_code)]
            Never(&'a std::convert::Infallible),
        }

        impl $crate::scenario::diagnostic::rule::Violation for $Rules<'_> {
            fn code(&self) -> &'static str {
                match self {
                    $($Rules::$name { .. } => $code,)+
                    $Rules::Never(never) => match **never {},
                }
            }

            fn text(self) -> $crate::scenario::diagnostic::rule::RuleText {
                match self {
                    $($Rules::$name { $($field),* } => $crate::scenario::diagnostic::rule::RuleText {
                        message: $message.into(),
                        rule: $rule.into(),
                        help: $help.into(),
                    },)+
                    $Rules::Never(never) => match *never {},
                }
            }
        }

        /// These rules as they are explained, in the order of their codes.
        pub(super) const RULES: &[$crate::scenario::diagnostic::rule::Rule] = &[
            $($crate::scenario::diagnostic::rule::Rule {
                code: $code,
                meaning: concat!($($meaning),+),
                wrong: $wrong,
                right: $right,
            },)+
        ];
    };
}

pub(super) use rules;
