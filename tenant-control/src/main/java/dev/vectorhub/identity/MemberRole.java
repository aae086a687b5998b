package dev.vectorhub.identity;

/** What a person may do inside one tenant. */
public enum MemberRole {
    /** Everything, members and deletion included. */
    OWNER,
    /** Keys, collections and usage, but neither members nor the tenant itself. */
    MEMBER
}
