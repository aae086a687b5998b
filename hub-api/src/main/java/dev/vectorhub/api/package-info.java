/** The hub's API process: tenant API, control API and workers over the services of the other modules. */
@NullMarked
package dev.vectorhub.api;

import org.jspecify.annotations.NullMarked;
