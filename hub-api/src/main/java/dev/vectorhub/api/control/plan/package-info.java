/** Plans, for operators. */
@NullMarked
package dev.vectorhub.api.control.plan;

import org.jspecify.annotations.NullMarked;
