/** Pages of the plans. */
@NullMarked
package dev.vectorhub.console.plans.ui;

import org.jspecify.annotations.NullMarked;
