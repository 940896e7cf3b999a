//! JSON Schema of the scenario file, made from the catalogue, for editors.
