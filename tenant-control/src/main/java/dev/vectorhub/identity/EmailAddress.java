package dev.vectorhub.identity;

import java.util.regex.Pattern;

/** Which addresses the hub takes: the dot-atom form of RFC 5322 at a domain name with a dot; ASCII only. */
public final class EmailAddress {
    private static final int CHARS_MAX = 254;
    private static final int LOCAL_CHARS_MAX = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    // Possessive: hostile input costs linear time.
    private static final Pattern FORM =
            Pattern.compile(ATOM + "(?:\\." + ATOM + ")*+@" + LABEL + "(?:\\." + LABEL + ")++");

    private EmailAddress() {}

    public static boolean isValid(String text) {
        return text.length() <= CHARS_MAX
                && text.indexOf('@') <= LOCAL_CHARS_MAX
                && FORM.matcher(text).matches();
    }
}
