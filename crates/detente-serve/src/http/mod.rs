//! From a request to what is asked, and from what is found to a response.

mod answer;
mod asked;
mod fault;
mod headers;
pub mod href;
mod params;
mod shape;

pub use answer::{Answer, Csv, Frame, Page, answer, respond};
pub use asked::Asked;
pub use fault::{Fault, faults};
pub use headers::headers;
pub use params::Params;
pub use shape::{Shape, shaped};
