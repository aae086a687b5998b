package dev.vectorhub.console.part;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.textfield.TextField;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.List;
import java.util.Map;

/** Puts what a service found wrong beside the fields that it concerns. */
public final class FieldErrors {
    private FieldErrors() {}

    /**
     * Marks each field that the problem names; what belongs to no field of the form, or is no validation at all, is
     * told as a notice.
     */
    public static void show(ProblemException problem, Map<String, ? extends HasValidation> fields) {
        for (HasValidation field : fields.values()) {
            field.setInvalid(false);
        }
        List<String> elsewhere = new java.util.ArrayList<>();
        if (problem.type() == ProblemType.VALIDATION_FAILED
                && problem.members().get("errors") instanceof List<?> errors) {
            for (Object error : errors) {
                if (error instanceof FieldError(String name, String message)) {
                    HasValidation field = fields.get(name);
                    if (field == null) {
                        elsewhere.add(name + " " + message);
                    } else {
                        field.setErrorMessage(sentence(message));
                        field.setInvalid(true);
                    }
                }
            }
        } else {
            elsewhere.add(String.valueOf(problem.getMessage()));
        }
        if (!elsewhere.isEmpty()) {
            Notices.failed(String.join(" ", elsewhere));
        }
    }

    /** Marks an empty field; true if it holds something. */
    public static boolean required(TextField field, String advice) {
        boolean empty = field.getValue().isBlank();
        field.setErrorMessage(empty ? advice : "");
        field.setInvalid(empty);
        return !empty;
    }

    /** {@code is not an e-mail address}, said of a field elsewhere, becomes a sentence beside it. */
    static String sentence(String message) {
        if (message.isEmpty()) {
            return message;
        }
        String clause = message.startsWith("is ") ? "this " + message : message;
        String text = Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
        char last = text.charAt(text.length() - 1);
        return last == '.' || last == '!' || last == '?' ? text : text + ".";
    }
}
