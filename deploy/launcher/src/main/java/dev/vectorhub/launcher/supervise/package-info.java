/** The background process that owns the servers of one state folder: starts, watches and stops them. */
@NullMarked
package dev.vectorhub.launcher.supervise;

import org.jspecify.annotations.NullMarked;
