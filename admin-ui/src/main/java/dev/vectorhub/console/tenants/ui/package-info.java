/** Pages of the tenants. */
@NullMarked
package dev.vectorhub.console.tenants.ui;

import org.jspecify.annotations.NullMarked;
