package dev.vectorhub.problem;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that the caller is told about.
 *
 * <p>{@link #detail()}, which is also the message, is shown to clients: it holds no secret and nothing of
 * another tenant.
 */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> members;

    public ProblemException(ProblemType type, String detail, Map<String, Object> members) {
        super(detail);
        this.type = type;
        this.detail = detail;
        this.members = Map.copyOf(members);
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /** The same with the failure that led to it, for the log; clients never see the cause. */
    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, detail);
        initCause(cause);
    }

    public static ProblemException validation(List<FieldError> errors) {
        return new ProblemException(
                ProblemType.VALIDATION_FAILED,
                errors.size() == 1
                        ? errors.getFirst().field() + " " + errors.getFirst().message()
                        : errors.size() + " fields are not valid",
                Map.of("errors", List.copyOf(errors)));
    }

    public static ProblemException validation(String field, String message) {
        return validation(List.of(new FieldError(field, message)));
    }

    /** The answer for what does not exist and, word for word, for what belongs to somebody else. */
    public static ProblemException notFound(String kind, Object id) {
        return new ProblemException(ProblemType.NOT_FOUND, kind + " " + id + " does not exist");
    }

    /**
     * A quota would be passed.
     *
     * @param quota the quota's name, for instance {@code collections}
     * @param limit the ceiling
     * @param used what is in use now
     * @param requested what the refused call would have added
     */
    public static ProblemException quotaExceeded(String quota, long limit, long used, long requested) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("quota", quota);
        members.put("limit", limit);
        members.put("used", used);
        members.put("requested", requested);
        return new ProblemException(
                ProblemType.QUOTA_EXCEEDED,
                "The quota of " + quota + " is " + limit + ": " + used + " in use, " + requested + " more requested",
                members);
    }

    public ProblemType type() {
        return type;
    }

    /** What happened, in a sentence. */
    public String detail() {
        return detail;
    }

    /** Members beside type, title, status and detail; values are JSON-ready (strings, numbers, lists, records). */
    public Map<String, Object> members() {
        return members;
    }
}
