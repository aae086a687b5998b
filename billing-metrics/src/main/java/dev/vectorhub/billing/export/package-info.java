/** Usage and charges as files for finance: FOCUS CSV and JSON lines. */
@NullMarked
package dev.vectorhub.billing.export;

import org.jspecify.annotations.NullMarked;
