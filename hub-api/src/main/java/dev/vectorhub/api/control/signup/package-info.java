/** Signup, from the form to the link in the mail. */
@NullMarked
package dev.vectorhub.api.control.signup;

import org.jspecify.annotations.NullMarked;
