/** Prices and charge lines: pure arithmetic over usage. */
@NullMarked
package dev.vectorhub.billing.rating;

import org.jspecify.annotations.NullMarked;
