//! Tables as CSV and JSON, with all digits.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::report::number::exact;

use super::{Cell, Table};

impl Table {
    /// The table as CSV with a header. An interval has three columns: the mean, `… low` and `… high`. A missing number is
    /// empty.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let names = self.names();
        let mut header = Vec::new();
        for (name, &wide) in names.iter().zip(&self.intervals()) {
            header.push(name.clone());
            if wide {
                header.extend([format!("{name} low"), format!("{name} high")]);
            }
        }
        // Writing to memory does not fail.
        let _ = writer.write_record(&header);
        for row in &self.rows {
            let mut record = Vec::new();
            for (cell, &wide) in row.iter().zip(&self.intervals()) {
                match cell {
                    Cell::Empty => record.push(String::new()),
                    Cell::Text(text) => record.push(text.clone()),
                    Cell::Number(value) | Cell::Share(value) => record.push(exact(*value)),
                    Cell::Count(count) => record.push(count.to_string()),
                    Cell::Flag(flag) => record.push(flag.to_string()),
                    Cell::Verdict(verdict, _) => record.push(verdict.words().to_owned()),
                    Cell::Interval(of) => record.extend([exact(of.mean), exact(of.low), exact(of.high)]),
                }
                if wide && !matches!(cell, Cell::Interval(_)) {
                    record.extend([String::new(), String::new()]);
                }
            }
            let _ = writer.write_record(&record);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// The table as JSON: `{"title": …, "units": {column: unit}, "rows": [{column: value}]}`, in the table's order. An interval
    /// is `{"mean", "low", "high"}`; a missing number is `null`.
    pub fn json(&self) -> String {
        // Serialising can only fail for maps whose keys are not strings.
        serde_json::to_string_pretty(&TableObject(self)).unwrap_or_default() + "\n"
    }

    /// Unique names of the columns: a policy may have the name of another column.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for column in &self.columns {
            let mut name = column.title.clone();
            let mut number = 2;
            while names.contains(&name) {
                name = format!("{} ({number})", column.title);
                number += 1;
            }
            names.push(name);
        }
        names
    }

    /// For each column, whether it contains intervals.
    fn intervals(&self) -> Vec<bool> {
        let holds = |position: usize| self.rows.iter().any(|row| matches!(row.get(position), Some(Cell::Interval(_))));
        (0..self.columns.len()).map(holds).collect()
    }
}

struct TableObject<'a>(&'a Table);
struct UnitsObject<'a>(&'a Table, &'a [String]);
struct RowObject<'a>(&'a [Cell], &'a [String]);

impl Serialize for TableObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.0.names();
        let rows: Vec<RowObject> = self.0.rows.iter().map(|row| RowObject(row, &names)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &self.0.title)?;
        map.serialize_entry("units", &UnitsObject(self.0, &names))?;
        map.serialize_entry("rows", &rows)?;
        map.end()
    }
}

impl Serialize for UnitsObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let units = self.1.iter().zip(&self.0.columns).filter(|(_, column)| !column.unit.is_empty());
        serializer.collect_map(units.map(|(name, column)| (name, &column.unit)))
    }
}

impl Serialize for RowObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().zip(self.0))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Count(count) => serializer.serialize_u64(*count),
            Cell::Flag(flag) => serializer.serialize_bool(*flag),
            Cell::Verdict(verdict, _) => serializer.serialize_str(verdict.words()),
            // A number that is not finite becomes null.
            Cell::Number(value) | Cell::Share(value) => serializer.serialize_f64(*value),
            Cell::Interval(of) => serializer.collect_map([("mean", of.mean), ("low", of.low), ("high", of.high)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Table, TableColumn};
    use crate::report::number::Interval;

    fn table() -> Table {
        let of = Interval { mean: 0.5, low: f64::NAN, high: 0.75 };
        Table {
            title: "A \"title\"".to_owned(),
            columns: [
                TableColumn::text("name"),
                TableColumn::numbers("name").in_unit("USD"),
                TableColumn::numbers("p"),
                TableColumn::text("so"),
            ]
            .to_vec(),
            rows: vec![
                vec!["a,b".into(), Cell::Interval(of), Cell::Share(0.125), Cell::Flag(true)],
                vec![Cell::Empty, Cell::Empty, Cell::Number(f64::NAN), Cell::Flag(false)],
            ],
            notes: vec![],
        }
    }

    #[test]
    fn csv_has_all_digits_and_three_columns_for_an_interval() {
        assert_eq!(
            table().csv(),
            "name,name (2),name (2) low,name (2) high,p,so\n\"a,b\",0.5,,0.75,0.125,true\n,,,,,false\n"
        );
    }

    #[test]
    fn json_keeps_the_order_and_has_null_for_missing_numbers() {
        let text = table().json();
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["title"], "A \"title\"");
        assert_eq!(value["units"]["name (2)"], "USD");
        assert_eq!(value["rows"][0]["name (2)"]["mean"], 0.5);
        assert!(value["rows"][0]["name (2)"]["low"].is_null() && value["rows"][1]["p"].is_null());
        assert_eq!((&value["rows"][0]["so"], &value["rows"][1]["so"]), (&true.into(), &false.into()));
        assert!(text.find("\"mean\"") < text.find("\"low\""));
    }
}
