package dev.vectorhub.tenant;

import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to write a tenant.
 *
 * @param organisation display name, 1 to 200 characters
 * @param organisationId the identity provider's organisation, if it exists already
 * @param plan a plan's code
 * @param isolation null takes the plan's
 * @param state PENDING (awaits verification) or PROVISIONING
 */
public record NewTenant(
        String organisation,
        @Nullable String organisationId,
        @Nullable String contactEmail,
        String plan,
        @Nullable IsolationMode isolation,
        TenantState state) {
    static final int ORGANISATION_CHARS_MAX = 200;

    public NewTenant {
        List<FieldError> errors = new ArrayList<>();
        if (organisation.isBlank() || organisation.length() > ORGANISATION_CHARS_MAX) {
            errors.add(new FieldError("organisation", "must have 1 to " + ORGANISATION_CHARS_MAX + " characters"));
        }
        if (state != TenantState.PENDING && state != TenantState.PROVISIONING) {
            errors.add(new FieldError("state", "must be PENDING or PROVISIONING"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.validation(errors);
        }
        organisation = organisation.strip();
    }
}
