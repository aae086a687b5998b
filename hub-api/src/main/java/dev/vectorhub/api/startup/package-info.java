/** What is checked and opened before the port is: configuration, readiness, health. */
@NullMarked
package dev.vectorhub.api.startup;

import org.jspecify.annotations.NullMarked;
