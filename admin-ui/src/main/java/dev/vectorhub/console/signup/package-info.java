/** Becoming a tenant from the browser. */
@NullMarked
package dev.vectorhub.console.signup;

import org.jspecify.annotations.NullMarked;
