//! What could not be read, told by Python's own logging.

use detente::model::Severity;
use detente_ingest::InputError;
use pyo3::prelude::*;

/// Tells the logger `detente`: a warning for what is broken, an information for what is merely in another language.
pub fn tell(error: &InputError) {
    let level = match error.problem.severity() {
        Severity::Error => "warning",
        _ => "info",
    };
    Python::attach(|py| {
        let told = py
            .import("logging")
            .and_then(|logging| logging.call_method1("getLogger", ("detente",)))
            .and_then(|logger| logger.call_method1(level, ("%s", error.to_string())));
        if let Err(broken) = told {
            broken.write_unraisable(py, None);
        }
    });
}
