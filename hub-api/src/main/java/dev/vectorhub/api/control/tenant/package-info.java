/** Tenants: a tenant's view of itself, and the operator's of all. */
@NullMarked
package dev.vectorhub.api.control.tenant;

import org.jspecify.annotations.NullMarked;
