//! Numbers to disk: the run folder.
