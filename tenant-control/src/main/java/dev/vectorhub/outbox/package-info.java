/** Work that a transaction promises: written with it, claimed by any process, done at least once. */
@NullMarked
package dev.vectorhub.outbox;

import org.jspecify.annotations.NullMarked;
