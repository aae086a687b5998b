@NullMarked
package dev.vectorhub.billing;

import org.jspecify.annotations.NullMarked;
