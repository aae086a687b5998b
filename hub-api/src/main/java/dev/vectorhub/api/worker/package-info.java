/** Background work of the hub, on timers: each worker converges towards what the database says. */
@NullMarked
package dev.vectorhub.api.worker;

import org.jspecify.annotations.NullMarked;
