package dev.vectorhub.api.qdrant;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.tenant.TenantId;
import java.nio.ByteBuffer;
import java.util.UUID;

/** A collection that a request addresses, as the engine names it. */
public record Target(CollectionHandle collection, CollectionRef ref, VectorSchema schema, StrictMode strict) {

    static Target of(TenantId tenant, CollectionHandle collection) {
        CollectionRef ref = CollectionRef.newBuilder()
                .setTenant(bytes(tenant.value()))
                .setCollection(bytes(collection.id()))
                .build();
        return new Target(collection, ref, VectorSchema.of(collection.spec()), StrictMode.of(collection));
    }

    static ByteString bytes(UUID id) {
        return UnsafeByteOperations.unsafeWrap(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }
}
