package dev.vectorhub.engine.bench.report;

import java.util.List;

/** All that a run found. */
public record Report(Machine machine, List<Row> rows, List<Curve> curves, List<String> notes) {}
