//! Where the ledger lies: one SQLite file, or a PostgreSQL database, behind one interface.
