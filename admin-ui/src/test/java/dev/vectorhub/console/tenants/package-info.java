@NullMarked
package dev.vectorhub.console.tenants;

import org.jspecify.annotations.NullMarked;
