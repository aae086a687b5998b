/** Who did what to which tenant, when and why; OCSF-shaped. */
@NullMarked
package dev.vectorhub.audit;

import org.jspecify.annotations.NullMarked;
