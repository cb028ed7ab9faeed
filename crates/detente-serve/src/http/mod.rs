//! From a request to what is asked, and from what is found to a response.

mod answer;
mod asked;
mod fault;
mod headers;
pub mod href;
mod params;
mod shape;
mod visitor;

pub use answer::{Answer, Csv, Frame, Page, answer, answer_json, respond};
pub use asked::Asked;
pub use fault::{Fault, faults};
pub use headers::headers;
pub use params::Params;
pub use shape::{Shape, shaped};
pub use visitor::{COOKIE_NAME, cookie};
