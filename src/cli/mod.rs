//! The command line, thin.
