package dev.vectorhub.api.worker;

import java.util.List;

/** A bean that brings workers. */
interface WorkerSource {
    List<Worker> workers();
}
