/** Finds the node that holds a tenant and calls it. */
@NullMarked
package dev.vectorhub.engine.client;

import org.jspecify.annotations.NullMarked;
