/** Pages of the quickstart. */
@NullMarked
package dev.vectorhub.console.quickstart.ui;

import org.jspecify.annotations.NullMarked;
