/** What users run, run: the launcher's commands, foreign clients, a browser. */
@NullMarked
package dev.vectorhub.e2e;

import org.jspecify.annotations.NullMarked;
