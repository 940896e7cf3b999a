//! The declaration of levers.

/// Declares the levers of one section of a policy, each once.
///
/// ```
/// use hubsim_model::levers;
/// use hubsim_model::policy::levers::{Gate, LeverValue, Precondition};
///
/// levers! {
///     /// How materials are checked.
///     pub struct CheckLevers in "policy.check", needs [];
///
///     /// The body that checks a material.
///     gate: Gate = None, unit "-", neutral "none";
///
///     /// Most materials that are checked in a year.
///     most: f64 = 10.0 in 0.0..=500.0 whole, plausible 5.0..50.0, unit "materials/year",
///         needs [Precondition::new(|levers, _| levers.gate != Gate::None, "nothing is checked: `check.gate` is none")],
///         inactive "there were never that many materials";
/// }
///
/// let mut levers = CheckLevers::default();
/// assert_eq!(levers.most, 10.0);
/// assert_eq!(levers.get("gate"), Some(LeverValue::Word("none")));
/// levers.set("gate", &LeverValue::Word("peer")).expect("a word of the enumeration");
/// assert_eq!(levers.gate, Gate::Peer);
/// assert_eq!(CheckLevers::SECTION.spec("most").expect("it is declared").unit, "materials/year");
/// ```
///
/// A line is `key: type = default`, then these clauses in this order, under a doc comment that is the meaning:
///
/// | clause | for | says |
/// |---|---|---|
/// | `in LOW..=HIGH [whole], plausible LEAST..MOST` | `f64`, `Path` | values accepted (and whether only whole ones), values explored |
/// | `or "…"` | `Limit`, `LimitPath` | the word for no limit; their default may be `none` |
/// | `among WORDS` | `Vec`, `Names`, `DeskPlace` | the options, if they are fewer than the words of the enumeration; the kind of the list of names, and of the places |
/// | `, unit "…"` | all | the unit; `-` for none |
/// | `, neutral "…"` | most | the value at which the lever changes nothing, or why there is none; absent for a choice that has a base value instead |
/// | `, needs [only] […]` | some | [`Precondition`](crate::policy::levers::Precondition)s beside (with `only`: instead of) those of the section |
/// | `, inactive "…"` | some | the event that did not happen where the lever had no effect although its preconditions hold |
///
/// Types are `f64`, `Path`, `Limit`, `LimitPath`, `bool`, `ScoreMix` (default: `[word weight, …]`), an enumeration made by `words!` (default: a
/// variant), `Vec` of such an enumeration (default: `[variant, …]`), `Names` (default: `[]`), and `DeskPlace` (default: a variant). The macro gives the struct with its defaults and
/// its `serde` representation, the catalogue entries `SECTION`, the preconditions `LEVERS`, and `get` and `set` by key.
#[macro_export]
macro_rules! levers {
    (@default f64, $default:tt) => { $default };
    (@default bool, $default:tt) => { $default };
    (@default Path, $default:tt) => { $crate::catalogue::Path::Constant($default) };
    (@default Limit, none) => { Limit::None };
    (@default Limit, $default:tt) => { Limit::At($default) };
    (@default LimitPath, none) => { LimitPath::NONE };
    (@default LimitPath, $default:tt) => { LimitPath::from($default) };
    (@default ScoreMix, [$($word:ident $weight:literal),*]) => { ScoreMix { $($word: $weight,)* ..ScoreMix::NONE } };
    (@default Names, []) => { Names::default() };
    (@default Vec<$item:ident>, [$($variant:ident),*]) => { vec![$($item::$variant),*] };
    (@default $choice:ident, $variant:ident) => { $choice::$variant };

    (@kind f64, $default:tt, [$($number:tt)+] []) => {
        $crate::catalogue::Kind::Number($crate::levers!(@number $default, $($number)+))
    };
    (@kind Path, $default:tt, [$($number:tt)+] []) => {
        $crate::catalogue::Kind::Path($crate::levers!(@number $default, $($number)+))
    };
    (@kind Limit, $default:tt, [$($number:tt)+] [$word:literal]) => {
        $crate::levers!(@limit Fixed, $default, [$($number)+] $word)
    };
    (@kind LimitPath, $default:tt, [$($number:tt)+] [$word:literal]) => {
        $crate::levers!(@limit Path, $default, [$($number)+] $word)
    };
    (@limit $course:ident, $default:tt, [$($number:tt)+] $word:literal) => {
        $crate::catalogue::Kind::Limit($crate::catalogue::Limited {
            word: $word,
            number: $crate::levers!(@number $default, $($number)+),
            course: $crate::catalogue::Course::$course,
        })
    };
    (@kind bool, $default:tt, [] []) => { $crate::catalogue::Kind::Flag { default: $default } };
    (@kind ScoreMix, [$($word:ident $weight:literal),*], [] []) => {
        $crate::catalogue::Kind::Mix { options: ScoreMix::WORDS, default: &[$((stringify!($word), $weight)),*] }
    };
    (@kind Names, [], [] [$list:expr]) => { $list };
    (@kind DeskPlace, $variant:ident, [] [$places:expr]) => { $places };
    (@kind Vec<$item:ident>, $default:tt, [] []) => {
        $crate::levers!(@kind Vec<$item>, $default, [] [$item::WORDS])
    };
    (@kind Vec<$item:ident>, [$($variant:ident),*], [] [$options:expr]) => {
        $crate::catalogue::Kind::Set { options: $options, default: &[$($item::$variant.word()),*] }
    };
    (@kind $choice:ident, $variant:ident, [] []) => {
        $crate::catalogue::Kind::Choice { options: $choice::WORDS, default: $choice::$variant.word() }
    };
    (@number $default:tt, $low:literal $high:literal $least:literal $most:literal $($whole:ident)?) => {
        $crate::catalogue::Number {
            default: $crate::levers!(@some $default),
            bounds: ($low, $high),
            range: ($least, $most),
            whole: $crate::levers!(@whole $($whole)?),
        }
    };
    (@some none) => { None };
    (@some $default:tt) => { Some($default) };
    (@whole) => { false };
    (@whole whole) => { true };
    (@neutral) => { $crate::policy::levers::BASE };
    (@neutral $neutral:literal) => { $neutral };
    (@shared) => { Self::PRECONDITIONS };
    (@shared only) => { &[] };
    (@option) => { None };
    (@option $value:literal) => { Some($value) };

    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $section:literal, needs $shared:tt;
        $(
            $(#[doc = $doc:literal])+
            $key:ident: $type:ident $(<$item:ident>)? = $default:tt
                $(in $low:literal..=$high:literal $($whole:ident)?, plausible $least:literal..$most:literal $(or $word:literal)?)?
                $(among $options:expr)?,
                unit $unit:literal
                $(, neutral $neutral:literal)?
                $(, needs $($only:ident)? [$($need:expr),* $(,)?])?
                $(, inactive $inactive:literal)?;
        )+
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $doc])+ #[doc = concat!("\n\nUnit: ", $unit, ".")] pub $key: $type $(<$item>)?,)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $crate::levers!(@default $type $(<$item>)?, $default),)+ }
            }
        }

        impl $name {
            /// The catalogue entries of these levers.
            pub const SECTION: $crate::catalogue::Section = $crate::catalogue::Section {
                name: $section,
                meaning: concat!($($about),+).trim_ascii_start(),
                off: None,
                specs: &[$($crate::catalogue::Spec {
                    key: stringify!($key),
                    meaning: concat!($($doc),+).trim_ascii_start(),
                    kind: $crate::levers!(
                        @kind $type $(<$item>)?, $default, [$($low $high $least $most $($whole)?)?] [$($options)? $($($word)?)?]
                    ),
                    unit: $unit,
                    source: $crate::policy::levers::SOURCE,
                    neutral: $crate::levers!(@neutral $($neutral)?),
                },)+],
            };

            const PRECONDITIONS: &'static [$crate::policy::levers::Precondition<Self>] = &$shared;

            /// When each of these levers has an effect, in the order of the catalogue.
            pub const LEVERS: &'static [$crate::policy::levers::Lever<Self>] = &[$($crate::policy::levers::Lever {
                key: stringify!($key),
                shared: $crate::levers!(@shared $($($only)?)?),
                own: &[$($($need),*)?],
                inactive: $crate::levers!(@option $($inactive)?),
            },)+];

            /// The value of a lever; `None` if there is no lever of this key.
            pub fn get(&self, key: &str) -> Option<$crate::policy::levers::LeverValue> {
                use $crate::policy::levers::LeverType;
                match key {
                    $(stringify!($key) => Some(LeverType::to_value(&self.$key)),)+
                    _ => None,
                }
            }

            /// Sets a lever.
            ///
            /// # Errors
            /// If there is no lever of this key, or it cannot have this value.
            pub fn set(
                &mut self,
                key: &str,
                value: &$crate::policy::levers::LeverValue,
            ) -> Result<(), $crate::policy::levers::LeverError> {
                use $crate::policy::levers::{LeverError, LeverType};
                value.check(Self::SECTION.spec(key).ok_or(LeverError::UnknownKey)?)?;
                match key {
                    $(stringify!($key) => self.$key = LeverType::from_value(value).ok_or(LeverError::UnknownWord)?,)+
                    _ => return Err(LeverError::UnknownKey),
                }
                Ok(())
            }
        }
    };
}
