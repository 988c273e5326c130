//! End-to-end tests of Bellhop: flows over fakes, and the whole service over HTTP.
