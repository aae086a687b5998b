/** Pages and dialogs of API keys. */
@NullMarked
package dev.vectorhub.console.keys.ui;

import org.jspecify.annotations.NullMarked;
