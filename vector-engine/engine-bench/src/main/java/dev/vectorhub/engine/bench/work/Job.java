package dev.vectorhub.engine.bench.work;

import java.util.List;
import java.util.Map;

/** A part of a work that runs in a process of its own, for what is counted by process: heap, mappings, the first query. */
interface Job {
    /** Does the job and returns its figures by name. */
    Map<String, Double> run(List<String> arguments) throws Exception;
}
