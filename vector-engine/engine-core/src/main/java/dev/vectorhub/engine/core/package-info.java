/**
 * The face of the engine: {@link dev.vectorhub.engine.core.EngineStore} and the records that it takes and gives.
 *
 * <p>The packages below know these records and never the store itself.
 */
@NullMarked
package dev.vectorhub.engine.core;

import org.jspecify.annotations.NullMarked;
