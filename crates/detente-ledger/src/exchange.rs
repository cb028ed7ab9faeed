//! The formats of other event data sets: what goes out, what comes in.
