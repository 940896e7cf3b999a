//! What an event is told by: its chapter, its sentence, its fields; one list makes the type and the catalogue of it.

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventCategory {
    /// The world around the movement.
    Surroundings,
    /// Mandates.
    Hubs,
    /// Money asked for and given.
    Grants,
    /// Affiliates that come, grow and go.
    Affiliates,
    /// Organisations that work together.
    Partnerships,
    /// Misconduct, and who stops it.
    Conduct,
    /// Work done twice.
    Duplication,
}

impl EventCategory {
    /// All of them, in the order in which a year is told.
    pub const ALL: [EventCategory; 7] = [
        EventCategory::Surroundings,
        EventCategory::Hubs,
        EventCategory::Grants,
        EventCategory::Affiliates,
        EventCategory::Partnerships,
        EventCategory::Conduct,
        EventCategory::Duplication,
    ];

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            EventCategory::Surroundings => "Surroundings",
            EventCategory::Hubs => "Hubs",
            EventCategory::Grants => "Grants",
            EventCategory::Affiliates => "Affiliates",
            EventCategory::Partnerships => "Partnerships",
            EventCategory::Conduct => "Conduct",
            EventCategory::Duplication => "Work done twice",
        }
    }
}

/// A kind of event.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Its name in files.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What it is about.
    pub chapter: EventCategory,
    /// How it is told.
    pub sentence: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

/// A field of an event.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in files.
    pub key: &'static str,
    /// What it holds.
    pub meaning: &'static str,
    /// Its unit; `-` where there is none.
    pub unit: &'static str,
}

macro_rules! events {
    ($(
        $(#[doc = $about:literal])+
        $event:ident: $name:literal in $chapter:ident, $sentence:literal {
            $($(#[doc = $doc:literal])+ $key:ident: $type:ty, $unit:literal;)+
        }
    )+) => {
        /// One thing that happened.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $(
                $(#[doc = $about])+
                $event {
                    $($(#[doc = $doc])+ #[doc = concat!("\n\nUnit: ", $unit, ".")] $key: $type,)+
                },
            )+
        }

        /// All kinds of events, in the order of their declaration.
        pub static EVENTS: &[Spec] = &[$(Spec {
            name: $name,
            meaning: concat!($($about),+),
            chapter: EventCategory::$chapter,
            sentence: $sentence,
            fields: &[$(Field { key: stringify!($key), meaning: concat!($($doc),+), unit: $unit },)+],
        },)+];

        impl Event {
            /// What kind it is of.
            pub fn spec(&self) -> &'static Spec {
                let name = match self {
                    $(Event::$event { .. } => $name,)+
                };
                EVENTS.iter().find(|spec| spec.name == name).expect("every event is in the list")
            }

            /// The values of its fields, in the order of [`Spec::fields`].
            pub fn facts(&self) -> Vec<FieldValue> {
                match self {
                    $(Event::$event { $($key),+ } => vec![$(FieldValue::from(*$key)),+],)+
                }
            }
        }
    };
}
