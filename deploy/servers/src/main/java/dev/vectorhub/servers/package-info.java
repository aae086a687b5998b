/** PostgreSQL, Keycloak and a mail catcher as processes on loopback, for the launcher and for tests. */
@NullMarked
package dev.vectorhub.servers;

import org.jspecify.annotations.NullMarked;
