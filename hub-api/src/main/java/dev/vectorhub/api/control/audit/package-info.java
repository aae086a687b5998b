/** The audit, of one tenant or of all. */
@NullMarked
package dev.vectorhub.api.control.audit;

import org.jspecify.annotations.NullMarked;
