package dev.vectorhub.signup;

import dev.vectorhub.identity.PasswordHash;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code signup}. */
final class SignupRows {

    private SignupRows() {}

    /** An unfinished signup; empty once it is completed or closed. */
    static Optional<Signup> find(Tx tx, UUID id) throws SQLException {
        return tx.first(SignupRows::map, "select * from signup where signup_id = ? and state <> 'COMPLETED'", id);
    }

    static Optional<Signup> lockOpen(Tx tx, String email) throws SQLException {
        return tx.first(SignupRows::map, "select * from signup where email = ? and state = 'OPEN' for update", email);
    }

    static boolean lockUnfinished(Tx tx, UUID id) throws SQLException {
        return tx.first(row -> true, "select 1 from signup where signup_id = ? and state <> 'COMPLETED' for update", id)
                .isPresent();
    }

    static boolean isUnfinished(Tx tx, UUID id) throws SQLException {
        return find(tx, id).isPresent();
    }

    /** The tenant of a completed signup. */
    static Optional<TenantId> completed(Tx tx, UUID id) throws SQLException {
        return tx.first(
                row -> new TenantId(row.getObject(1, UUID.class)),
                "select tenant_id from signup where signup_id = ? and state = 'COMPLETED'",
                id);
    }

    /** False if the address has an open signup. */
    static boolean insert(Tx tx, Signup signup, Instant due) throws SQLException {
        PasswordHash password = signup.password();
        int inserted = tx.update(
                """
                insert into signup (signup_id, state, email, organisation, plan_code, isolation, password_salt,
                    password_hash, password_trusted, due_at, created_at)
                values (?, 'OPEN', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (email) where state = 'OPEN' do nothing
                """,
                signup.id(),
                signup.email(),
                signup.organisation(),
                signup.plan(),
                signup.isolation(),
                password == null ? null : password.salt(),
                password == null ? null : password.hash(),
                signup.passwordTrusted(),
                due,
                signup.createdAt());
        return inserted == 1;
    }

    static List<UUID> claim(Tx tx, Instant now, Instant leaseEnd, int limit) throws SQLException {
        return tx.list(row -> row.getObject(1, UUID.class), """
                update signup set due_at = ?, attempts = attempts + 1 where signup_id in (
                    select signup_id from signup where state in ('OPEN', 'RETIRING') and due_at <= ?
                    order by due_at limit ? for update skip locked)
                returning signup_id
                """, leaseEnd, now, limit);
    }

    static void noteTenant(Tx tx, UUID id, TenantId tenant) throws SQLException {
        tx.update("update signup set tenant_id = ? where signup_id = ?", tenant, id);
    }

    /** The identity provider has the password now. */
    static void noteUser(Tx tx, UUID id, String subject) throws SQLException {
        tx.update(
                "update signup set subject = ?, password_salt = null, password_hash = null where signup_id = ?",
                subject,
                id);
    }

    static void noteOrganisation(Tx tx, UUID id, String organisationId) throws SQLException {
        tx.update("update signup set organisation_id = ? where signup_id = ?", organisationId, id);
    }

    static void noteMail(Tx tx, UUID id, Instant now) throws SQLException {
        tx.update("update signup set mail_sent_at = ? where signup_id = ?", now, id);
    }

    static void retire(Tx tx, UUID id, String reason, Instant due) throws SQLException {
        tx.update("""
                update signup set state = 'RETIRING', retire_reason = ?, due_at = ?, password_salt = null,
                    password_hash = null
                where signup_id = ? and state = 'OPEN'
                """, reason, due, id);
    }

    static void again(Tx tx, UUID id, Instant due) throws SQLException {
        tx.update("update signup set due_at = ?, attempts = 0, last_error = null where signup_id = ?", due, id);
    }

    static void failed(Tx tx, UUID id, Instant due, String error) throws SQLException {
        tx.update("update signup set due_at = ?, last_error = ? where signup_id = ?", due, error, id);
    }

    /** Keeps the link between signup and tenant, and nothing of the person: the membership has that. */
    static void complete(Tx tx, UUID id, Instant now) throws SQLException {
        tx.update("""
                update signup set state = 'COMPLETED', closed_at = ?, email = null, organisation = null,
                    plan_code = null, isolation = null, password_salt = null, password_hash = null, subject = null,
                    organisation_id = null, last_error = null
                where signup_id = ?
                """, now, id);
    }

    static void delete(Tx tx, UUID id) throws SQLException {
        tx.update("delete from signup where signup_id = ?", id);
    }

    /** Ends whatever signup the tenant came from; answers the users that it made and that are no members yet. */
    static List<String> deleteOf(Tx tx, TenantId tenant) throws SQLException {
        List<Optional<String>> subjects = tx.list(
                row -> Optional.ofNullable(row.getString(1)),
                "delete from signup where tenant_id = ? returning subject",
                tenant);
        return subjects.stream().flatMap(Optional::stream).toList();
    }

    private static Signup map(ResultSet row) throws SQLException {
        UUID tenant = row.getObject("tenant_id", UUID.class);
        String isolation = row.getString("isolation");
        byte[] hash = row.getBytes("password_hash");
        String reason = row.getString("retire_reason");
        return new Signup(
                row.getObject("signup_id", UUID.class),
                tenant == null ? null : new TenantId(tenant),
                Signup.State.valueOf(row.getString("state")),
                row.getString("email"),
                row.getString("organisation"),
                row.getString("plan_code"),
                isolation == null ? null : IsolationMode.valueOf(isolation),
                hash == null ? null : new PasswordHash(row.getBytes("password_salt"), hash),
                row.getBoolean("password_trusted"),
                row.getString("subject"),
                row.getString("organisation_id"),
                Tx.instantOrNull(row, "mail_sent_at"),
                reason == null ? "" : reason,
                row.getInt("attempts"),
                Tx.instant(row, "created_at"));
    }
}
