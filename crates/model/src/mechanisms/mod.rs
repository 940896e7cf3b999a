//! The mechanisms, one file each: what it claims, equation, source, parameters with units, off setting, tests.
//!
//! # The way through
//!
//! [`year`](crate::schedule) calls them in order. Some have no line of their own there, because they are a part of what
//! others do; these are in *italics*. Where a file has grown, its rooms stand in a folder beside it.
//!
//! - The world around: [`environment`] (money, prices, cut-offs), [`themes`] (what is needed, and the best way of doing
//!   it), [`scanning`] (who sees a new need).
//! - Responsibility: [`mandates`] (hubs are created, reviewed, split, moved, ended), *[`deciding`]* (who decides, what they
//!   know and want), [`power`] (what the mighty do to keep what they hold), [`conduct`] (what goes astray, and who stops
//!   it), *[`duties`]* (the work that governing takes).
//! - Money and people at work: [`money`] (applications, awards, promises, own income), *[`regranting`]* (envelopes of
//!   regional hubs), [`staffing`], [`affiliates`] (groups form, mature, close), [`capacity`] (the quarter's work, split).
//! - What is done: [`problems`] (what needs solving), [`production`] (adapt, build, find, do twice), *[`dependencies`]*
//!   (what needs another theme first), *[`autonomy`]* (who chooses a hub's work), [`gate`] (who checks it), [`uptake`] (by
//!   those outside the movement).
//! - People: [`support`] (who finds help at which door), [`volunteers`] (who comes, stays, goes), [`learning`] (what
//!   organisations know, and how they are seen), [`partnerships`] (who works together, consortia included).
//!
#![doc = include_str!("README.md")]

pub mod affiliates;
pub mod autonomy;
pub mod capacity;
pub mod conduct;
pub mod deciding;
pub mod dependencies;
pub mod duties;
pub mod environment;
pub mod gate;
pub mod learning;
pub mod mandates;
pub mod money;
pub mod partnerships;
pub mod power;
pub mod problems;
pub mod production;
pub mod regranting;
pub mod scanning;
pub mod staffing;
pub mod support;
pub mod themes;
pub mod uptake;
pub mod volunteers;
