//! Disk to people: charts, the page.
