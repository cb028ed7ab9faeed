//! What follows from reports alone: clusters of reports of one act, contacts with their life.
