/** Requests a minute: local buckets refilled by leases from the database. */
@NullMarked
package dev.vectorhub.ratelimit;

import org.jspecify.annotations.NullMarked;
