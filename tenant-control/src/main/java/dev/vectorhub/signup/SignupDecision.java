package dev.vectorhub.signup;

import dev.vectorhub.identity.IdentityUser;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides the next step of a signup from what is; pure, so that it does not matter who stopped where. */
final class SignupDecision {
    private static final Duration POLL_FIRST = Duration.ofSeconds(5);
    private static final Duration POLL_LATER = Duration.ofSeconds(30);
    private static final Duration POLL_LAST = Duration.ofMinutes(10);

    private SignupDecision() {}

    /**
     * @param user the identity provider's user of the address, if there is one
     * @param otherUnfinished whether that user belongs to another signup that is not finished
     */
    static SignupStep next(
            Signup signup, @Nullable IdentityUser user, boolean otherUnfinished, Instant now, Duration expiry) {
        boolean ours = user != null && signup.id().toString().equals(user.signup());
        boolean verified = user != null && ours && user.emailVerified();
        if (signup.state() == Signup.State.RETIRING) {
            // A link followed at the last moment counts.
            return verified ? finishing(signup) : SignupStep.RETIRE;
        }
        if (user != null && !ours) {
            return otherUnfinished && !user.emailVerified() ? SignupStep.WAIT_FOR_OTHER : SignupStep.CLOSE_KNOWN;
        }
        if (!verified && !signup.createdAt().plus(expiry).isAfter(now)) {
            return SignupStep.BEGIN_RETIRING;
        }
        if (signup.tenant() == null) {
            return SignupStep.CREATE_TENANT;
        }
        if (user == null) {
            boolean hadUser = signup.subject() != null;
            return hadUser ? SignupStep.BEGIN_RETIRING : SignupStep.CREATE_USER;
        }
        return verified ? finishing(signup) : preparing(signup);
    }

    private static SignupStep preparing(Signup signup) {
        if (signup.subject() == null) {
            return SignupStep.NOTE_USER;
        }
        if (signup.organisationId() == null) {
            return SignupStep.CREATE_ORGANISATION;
        }
        return signup.mailSentAt() == null ? SignupStep.SEND_MAIL : SignupStep.AWAIT_VERIFICATION;
    }

    /** A person may follow the link between the sending of the mail and our noting it: the same steps, less the mail. */
    private static SignupStep finishing(Signup signup) {
        SignupStep step = preparing(signup);
        return step == SignupStep.SEND_MAIL || step == SignupStep.AWAIT_VERIFICATION ? SignupStep.COMPLETE : step;
    }

    /** How long until somebody looks again whether the address is verified; the link itself makes us look at once. */
    static Duration poll(Duration sinceMail) {
        if (sinceMail.compareTo(Duration.ofMinutes(10)) < 0) {
            return POLL_FIRST;
        }
        return sinceMail.compareTo(Duration.ofHours(1)) < 0 ? POLL_LATER : POLL_LAST;
    }
}
