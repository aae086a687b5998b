/** Start and waiting pages. */
@NullMarked
package dev.vectorhub.console.welcome.ui;

import org.jspecify.annotations.NullMarked;
