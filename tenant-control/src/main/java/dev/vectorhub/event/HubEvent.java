package dev.vectorhub.event;

import dev.vectorhub.tenant.Tx;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of news on the channel {@code hub_event}: {@code kind:tenantId:detail}, kind in lower case.
 *
 * @param tenant null where no single tenant is concerned
 * @param detail a key's id, a collection's name, a plan's code; may be empty
 */
public record HubEvent(EventKind kind, @Nullable UUID tenant, String detail) {
    static final String CHANNEL = "hub_event";
    // PostgreSQL refuses payloads of 8000 bytes and more; a detail is at most 255 characters of 4 bytes.
    private static final int PAYLOAD_CHARS_MAX = 2000;

    /** Sends the news with the commit of the transaction, and not at all if it rolls back; also to who polls. */
    public void publish(Tx tx) throws SQLException {
        tx.update("insert into news (payload) values (?)", encode());
        tx.first(row -> true, "select pg_notify(?, ?)", CHANNEL, encode());
    }

    String encode() {
        return kind.name().toLowerCase(Locale.ROOT) + ':' + (tenant == null ? "" : tenant) + ':' + detail;
    }

    /** Empty for what this version does not understand: a newer gateway may say more. */
    static Optional<HubEvent> decode(String payload) {
        if (payload.length() > PAYLOAD_CHARS_MAX) {
            return Optional.empty();
        }
        String[] parts = payload.split(":", 3);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            EventKind kind = EventKind.valueOf(parts[0].toUpperCase(Locale.ROOT));
            UUID tenant = parts[1].isEmpty() ? null : UUID.fromString(parts[1]);
            return Optional.of(new HubEvent(kind, tenant, parts[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
