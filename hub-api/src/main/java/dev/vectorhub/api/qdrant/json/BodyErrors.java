package dev.vectorhub.api.qdrant.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.vectorhub.api.pipeline.TenantApiException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Errors of a body in Qdrant's two kinds: 400 {@code Format error} where the body has the wrong form, 422
 * {@code Validation error} where a value of the right form is out of bounds. Both name the field.
 */
public final class BodyErrors {

    private static final int SHOWN_MAX = 64;
    private static final int SENTENCE_MAX = 300;

    /** Where the parser begins to speak of its settings, its source or its next line. */
    private static final Pattern TALK_OF_THE_PARSER =
            Pattern.compile("(?s)( \\((for|start marker|not recognized) |: enable |: maybe a |\\n).*");

    private BodyErrors() {}

    /** 400: the body has the wrong form at the path; an empty path is the body itself. */
    public static TenantApiException format(String path, String message) {
        return TenantApiException.badBody(path.isEmpty() ? message : path + ": " + message);
    }

    /** 422: the value at the path has the right form and is not allowed. */
    public static TenantApiException invalid(String path, String message) {
        return new TenantApiException(
                422, "Validation error in JSON body: [" + (path.isEmpty() ? "body" : path) + ": " + message + "]");
    }

    /** 422 for a number out of its bounds, in Qdrant's words. */
    public static TenantApiException outOfRange(String path, String shown, long min, long max) {
        return invalid(path, "value " + shown + " invalid, must be from " + min + " to " + max);
    }

    /** 400 for something that Qdrant has and the hub has not. */
    public static TenantApiException unsupported(String path, String what) {
        return TenantApiException.wrongInput(
                path.isEmpty() ? what + " not supported yet" : path + ": " + what + " not supported yet");
    }

    /** What the parser found wrong with the bytes, without its class names and without the bytes. */
    static TenantApiException malformed(JsonProcessingException e, String path) {
        if (e instanceof StreamConstraintsException) {
            String text = String.valueOf(e.getOriginalMessage());
            return format(
                    path,
                    text.contains("nesting depth")
                            ? "nested deeper than " + BodyLimits.DEPTH_MAX
                            : "a number, name or string is longer than allowed");
        }
        return format(path, sentence(e));
    }

    /** What the parser says and where: one line, bounded. */
    public static String sentence(JsonProcessingException e) {
        String text = TALK_OF_THE_PARSER
                .matcher(String.valueOf(e.getOriginalMessage()))
                .replaceFirst("");
        JsonLocation at = e.getLocation();
        return text.substring(0, Math.min(text.length(), SENTENCE_MAX))
                + (at == null ? "" : " at line " + at.getLineNr() + " column " + at.getColumnNr());
    }

    /** Text for a message: bounded. */
    public static String shown(@Nullable String text) {
        String value = String.valueOf(text);
        return value.length() <= SHOWN_MAX ? value : value.substring(0, SHOWN_MAX) + "…";
    }

    /** {@code points[3].vector} for where a parser stands. */
    static String path(@Nullable JsonStreamContext context) {
        StringBuilder out = new StringBuilder(32);
        append(out, context);
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return;
        }
        append(out, context.getParent());
        if (context.inArray()) {
            if (context.hasCurrentIndex()) {
                out.append('[').append(context.getCurrentIndex()).append(']');
            }
        } else if (context.hasCurrentName()) {
            if (!out.isEmpty()) {
                out.append('.');
            }
            out.append(shown(context.getCurrentName()));
        }
    }
}
