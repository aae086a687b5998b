/** Tenants as an operator sees and changes them. */
@NullMarked
package dev.vectorhub.console.tenants;

import org.jspecify.annotations.NullMarked;
