/** Who belongs to a tenant. */
@NullMarked
package dev.vectorhub.api.control.member;

import org.jspecify.annotations.NullMarked;
