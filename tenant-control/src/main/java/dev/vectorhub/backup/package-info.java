/**
 * Backups of tenants: asked for by people, written and restored by a worker, kept as files in a folder of the API's
 * processes.
 */
@NullMarked
package dev.vectorhub.backup;

import org.jspecify.annotations.NullMarked;
