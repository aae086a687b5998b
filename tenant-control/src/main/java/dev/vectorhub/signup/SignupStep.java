package dev.vectorhub.signup;

/** What a signup needs next. */
enum SignupStep {
    /** The address has an account: the signup ends without a trace. */
    CLOSE_KNOWN,
    /** An earlier signup with the address is still being taken back. */
    WAIT_FOR_OTHER,
    CREATE_TENANT,
    CREATE_USER,
    /** The user is there, made by us before a crash. */
    NOTE_USER,
    CREATE_ORGANISATION,
    SEND_MAIL,
    /** Everything is there; the person has not followed the link. */
    AWAIT_VERIFICATION,
    COMPLETE,
    /** Too late, or its user is gone: begin to take it back. */
    BEGIN_RETIRING,
    RETIRE
}
