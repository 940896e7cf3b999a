//! Enumerations whose variants have a word in scenario files, declared once.

/// A value that scenario files write as one of a few words.
pub trait Word: Copy + PartialEq + 'static {
    /// All values, in the order of the declaration.
    const ALL: &'static [Self];

    /// The word for it.
    fn word(self) -> &'static str;

    /// The value that a word stands for; `None` for an unknown word.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}

/// Declares an enumeration with one word for each variant: `Variant = "word",` under a doc comment.
///
/// The word is what scenario files, the catalogue and serialised policies use. The macro gives the enumeration, its list
/// of words `WORDS`, a constant function `word`, an implementation of [`Word`] and the `serde` representation.
macro_rules! words {
    (
        $(#[$meta:meta])+
        pub enum $name:ident {
            $($(#[$doc:meta])+ $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])+ #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The words that scenario files write, in the order of the variants.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that scenario files write.
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        impl $crate::policy::levers::Word for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];

            fn word(self) -> &'static str {
                $name::word(self)
            }
        }
    };
}

pub(crate) use words;
