/** What stands between the socket and a resource: identity, state, limits, usage, errors. */
@NullMarked
package dev.vectorhub.api.pipeline;

import org.jspecify.annotations.NullMarked;
