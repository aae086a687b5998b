@NullMarked
package dev.vectorhub.engine.bench.report;

import org.jspecify.annotations.NullMarked;
