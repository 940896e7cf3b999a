//! The declaration of a mechanism's parameters.

/// Declares a mechanism's parameters, each once: a struct of quantities with its catalogue section.
///
/// ```
/// use hubsim_model::catalogue::Off;
/// use hubsim_model::parameters;
/// use hubsim_model::units::Money;
///
/// parameters! {
///     /// Courses for volunteers.
///     pub struct TrainingParameters in "training", off Off::Set(&[("taken", 0.0)]);
///     /// Cost of a place.
///     place: Money = 800.0, 0.0..=1e6, 300.0..2000.0, "USD/place", "assumed";
///     /// Share of the places that are taken.
///     taken: f64 = 0.7, 0.0..=1.0, 0.4..0.9, "share", "assumed";
/// }
///
/// let mut parameters = TrainingParameters::default();
/// assert_eq!((parameters.place, parameters.taken), (Money(800.0), 0.7));
/// assert!(parameters.set("place", 500.0) && !parameters.set("seat", 500.0));
/// assert_eq!(parameters.place, Money(500.0));
/// assert_eq!(TrainingParameters::SECTION.spec("place").expect("it is declared").unit, "USD/place");
/// ```
///
/// A line is `key: type = default, bounds, plausible range, "unit", "source";` under a doc comment that is the meaning. The
/// type is a [`Quantity`](crate::units::Quantity): `Money`, `Work`, `Capacity` or `Quarters`, also per something; `f64` for
/// shares, factors, rates and whatever else. A written unit that is not that of the type does not compile:
///
/// ```compile_fail
/// # use hubsim_model::catalogue::Off;
/// # use hubsim_model::parameters;
/// # use hubsim_model::units::Money;
/// parameters! {
///     /// Courses for volunteers.
///     pub struct TrainingParameters in "training", off Off::Never("somebody must learn");
///     /// Work for a place.
///     place: Money = 0.1, 0.0..=1.0, 0.0..0.2, "FTE-quarters/place", "assumed";
/// }
/// ```
///
/// `off` names the values (or the reason) of [`Off`](crate::catalogue::Off).
#[macro_export]
macro_rules! parameters {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $section:literal, off $off:expr;
        $(
            $(#[doc = $doc:literal])+
            $key:ident: $type:ty = $default:expr, $low:literal..=$high:literal, $least:literal..$most:literal, $unit:literal,
                $source:literal;
        )+
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $doc])+ #[doc = concat!("\n\nUnit: ", $unit, ". Source: ", $source, ".")] pub $key: $type,)+
        }

        $(const _: () = assert!(
            $crate::units::has_unit::<$type>($unit),
            concat!("the unit of `", stringify!($key), "` is not that of its type"),
        );)+

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $crate::units::Quantity::from_f64($default),)+ }
            }
        }

        impl $name {
            /// The catalogue entries of these parameters.
            pub const SECTION: $crate::catalogue::Section = $crate::catalogue::Section {
                name: $section,
                meaning: concat!($($about),+),
                specs: &[$(
                    $crate::catalogue::Spec {
                        key: stringify!($key),
                        meaning: concat!($($doc),+),
                        kind: $crate::catalogue::Kind::Number($crate::catalogue::Number {
                            default: Some($default),
                            bounds: ($low as f64, $high as f64),
                            range: ($least as f64, $most as f64),
                            whole: false,
                        }),
                        unit: $unit,
                        source: $source,
                        neutral: "",
                    },
                )+],
                off: Some($off),
            };

            /// Sets one of them by its key, in its unit. False if there is none of that name.
            pub fn set(&mut self, key: &str, value: f64) -> bool {
                match key {
                    $(stringify!($key) => self.$key = $crate::units::Quantity::from_f64(value),)+
                    _ => return false,
                }
                true
            }
        }
    };
}
