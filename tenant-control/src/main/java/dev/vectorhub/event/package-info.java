/** News between processes over PostgreSQL's NOTIFY, and the caches that depend on it. */
@NullMarked
package dev.vectorhub.event;

import org.jspecify.annotations.NullMarked;
