/** Filter semantics, defined once, and the field indexes that have to agree with them. */
@NullMarked
package dev.vectorhub.engine.core.filter;

import org.jspecify.annotations.NullMarked;
