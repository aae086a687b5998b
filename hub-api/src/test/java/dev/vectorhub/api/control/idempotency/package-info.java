@NullMarked
package dev.vectorhub.api.control.idempotency;

import org.jspecify.annotations.NullMarked;
