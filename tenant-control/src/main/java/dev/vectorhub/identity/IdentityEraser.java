package dev.vectorhub.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.outbox.OutboxItem;
import dev.vectorhub.outbox.OutboxKind;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the organisation of an erased tenant, and those of its people who signed up for it and belong to no other tenant,
 * out of the identity provider. Promised by the transaction that erased the tenant; repeated until it is done.
 */
@Singleton
public class IdentityEraser {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityEraser.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 20;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Outbox outbox;
    private final Scoped scoped;
    private final MemberService members;
    private final Identities identities;

    public IdentityEraser(Outbox outbox, Scoped scoped, MemberService members, Identities identities) {
        this.outbox = outbox;
        this.scoped = scoped;
        this.members = members;
        this.identities = identities;
    }

    /** Promises the erasure in the caller's system transaction. */
    public void promise(Tx tx, TenantId tenant, @Nullable String organisationId, List<String> subjects)
            throws SQLException {
        ObjectNode payload = JSON.createObjectNode();
        payload.put("organisationId", organisationId);
        ArrayNode array = payload.putArray("subjects");
        subjects.forEach(array::add);
        outbox.add(tx, OutboxKind.IDENTITY_ERASE, tenant, payload.toString());
    }

    /** Does what is due; answers how much of it succeeded. */
    public int runOnce() {
        int done = 0;
        for (OutboxItem item : outbox.claim(OutboxKind.IDENTITY_ERASE, BATCH, LEASE)) {
            try {
                erase(item);
                done++;
            } catch (RuntimeException e) {
                LOG.warn("cannot erase the identities of tenant {}: {}", item.tenant(), e.getMessage());
                outbox.failed(item, String.valueOf(e.getMessage()));
            }
        }
        return done;
    }

    private void erase(OutboxItem item) {
        JsonNode payload = parse(item.payload());
        for (JsonNode node : payload.path("subjects")) {
            String subject = node.asText();
            // People whom an operator made, or who belong elsewhere too, stay.
            boolean ours = identities
                    .findBySubject(subject)
                    .map(user -> user.signup() != null)
                    .orElse(false);
            if (ours && members.memberships(subject).isEmpty()) {
                identities.deleteUser(subject);
            }
        }
        JsonNode organisation = payload.path("organisationId");
        if (organisation.isTextual()) {
            identities.deleteOrganisation(organisation.asText());
        }
        scoped.doAsSystem(tx -> {
            // The row keeps no trace of the people.
            tx.update("update outbox set payload = '{}'::jsonb where outbox_id = ?", item.id());
            outbox.done(tx, item);
        });
    }

    private static JsonNode parse(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outbox row does not hold JSON", e);
        }
    }
}
