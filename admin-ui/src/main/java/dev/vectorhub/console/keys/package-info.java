/** API keys of a tenant. */
@NullMarked
package dev.vectorhub.console.keys;

import org.jspecify.annotations.NullMarked;
