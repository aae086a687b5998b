/** A tenant's API keys. */
@NullMarked
package dev.vectorhub.api.control.key;

import org.jspecify.annotations.NullMarked;
