package dev.vectorhub.signup;

import dev.vectorhub.identity.EmailAddress;
import dev.vectorhub.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a signup form must look like; every message is fit to be shown beside its field. */
final class SignupValidation {
    static final int ORGANISATION_CHARS_MIN = 2;
    static final int ORGANISATION_CHARS_MAX = 80;
    static final int PASSWORD_CHARS_MIN = 10;
    static final int PASSWORD_CHARS_MAX = 128;
    private static final int PASSWORD_DISTINCT_MIN = 5;
    private static final int TELLING_CHARS_MIN = 4;

    private SignupValidation() {}

    static List<FieldError> check(SignupRequest request) {
        List<FieldError> errors = new ArrayList<>();
        organisation(request.organisation(), errors);
        String email = normalEmail(request.email());
        if (!EmailAddress.isValid(email)) {
            errors.add(new FieldError("email", "is not an e-mail address"));
        }
        password(request, email, errors);
        return errors;
    }

    /** Addresses are compared, stored and sent to in lower case. */
    static String normalEmail(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static void organisation(String organisation, List<FieldError> errors) {
        String name = organisation.strip();
        int length = name.codePointCount(0, name.length());
        if (length < ORGANISATION_CHARS_MIN || length > ORGANISATION_CHARS_MAX) {
            errors.add(new FieldError(
                    "organisation",
                    "must have " + ORGANISATION_CHARS_MIN + " to " + ORGANISATION_CHARS_MAX + " characters"));
        } else if (hasControl(name)) {
            errors.add(new FieldError("organisation", "must not contain control characters"));
        }
    }

    private static void password(SignupRequest request, String email, List<FieldError> errors) {
        String password = request.password();
        if (password.length() < PASSWORD_CHARS_MIN || password.length() > PASSWORD_CHARS_MAX) {
            errors.add(new FieldError(
                    "password", "must have " + PASSWORD_CHARS_MIN + " to " + PASSWORD_CHARS_MAX + " characters"));
            return;
        }
        if (hasControl(password)) {
            errors.add(new FieldError("password", "must not contain control characters"));
        }
        if (password.codePoints().distinct().count() < PASSWORD_DISTINCT_MIN) {
            errors.add(new FieldError(
                    "password", "must have at least " + PASSWORD_DISTINCT_MIN + " different characters"));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        int at = email.indexOf('@');
        if (tells(lower, at < 0 ? email : email.substring(0, at))) {
            errors.add(new FieldError("password", "must not contain the name of the e-mail address"));
        }
        if (tells(lower, request.organisation().strip().toLowerCase(Locale.ROOT))) {
            errors.add(new FieldError("password", "must not contain the organisation's name"));
        }
    }

    /** Short names are part of too many good passwords. */
    private static boolean tells(String password, String name) {
        return name.length() >= TELLING_CHARS_MIN && password.contains(name);
    }

    private static boolean hasControl(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }
}
