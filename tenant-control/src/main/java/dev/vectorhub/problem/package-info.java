/** What can go wrong, in the words of RFC 9457, and the only place that knows HTTP status codes. */
@NullMarked
package dev.vectorhub.problem;

import org.jspecify.annotations.NullMarked;
