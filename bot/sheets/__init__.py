"""Activities in sheets (CSV, XLSX): the columns, reading them with faults by cell, and writing them safely."""
