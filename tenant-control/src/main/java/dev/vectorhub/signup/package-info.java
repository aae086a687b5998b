/**
 * From the signup form to a tenant.
 *
 * <p>The request only writes one row of {@code signup} and answers, the same for every address, known or not. What follows
 * is decided by {@link dev.vectorhub.signup.SignupDecision} from that row and from what the identity provider shows, one
 * step at a time, by whichever process comes first: tenant PENDING, user, organisation, mail, and, once the provider says
 * that the address is verified, one transaction with tenant PROVISIONING, membership, placement and outbox.
 */
@NullMarked
package dev.vectorhub.signup;

import org.jspecify.annotations.NullMarked;
