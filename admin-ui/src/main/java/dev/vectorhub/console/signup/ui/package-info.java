/** Pages of the signup. */
@NullMarked
package dev.vectorhub.console.signup.ui;

import org.jspecify.annotations.NullMarked;
