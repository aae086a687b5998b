/** What a run found: rows, curves, the machine; as a table, as JSON, as a page. */
@NullMarked
package dev.vectorhub.engine.bench.report;

import org.jspecify.annotations.NullMarked;
