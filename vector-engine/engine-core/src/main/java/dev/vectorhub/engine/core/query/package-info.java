/**
 * Queries that are more than the nearest neighbours of one vector: scores made of several vectors, results of several
 * searches put together, scored anew, spread, grouped. All of it stands above {@link QueryReader}, so that it knows no files,
 * parts or graphs.
 */
@NullMarked
package dev.vectorhub.engine.core.query;

import org.jspecify.annotations.NullMarked;
