//! The sidebar helper.
