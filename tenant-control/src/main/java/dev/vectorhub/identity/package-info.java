/** People and organisations at the identity provider, and what they may do inside a tenant. */
@NullMarked
package dev.vectorhub.identity;

import org.jspecify.annotations.NullMarked;
