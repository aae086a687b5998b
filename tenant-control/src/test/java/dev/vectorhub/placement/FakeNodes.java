package dev.vectorhub.placement;

import com.google.protobuf.ByteString;
import dev.vectorhub.Faults;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.node.EngineNodes;
import dev.vectorhub.tenant.TenantId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Several fake nodes by name. */
public final class FakeNodes implements EngineNodes {
    private final Map<String, FakeNode> nodes = new TreeMap<>();

    public FakeNodes(Faults faults, String... names) {
        for (String name : names) {
            nodes.put(name, new FakeNode(faults));
        }
    }

    FakeNode node(String name) {
        FakeNode node = nodes.get(name);
        if (node == null) {
            throw new EngineException(RejectionCode.UNAVAILABLE, "no node " + name);
        }
        return node;
    }

    /** The node holds the tenant already. */
    public void hold(String node, TenantId tenant) {
        node(node)
                .seen(
                        ByteString.copyFrom(ByteBuffer.allocate(16)
                                .putLong(tenant.value().getMostSignificantBits())
                                .putLong(tenant.value().getLeastSignificantBits())
                                .flip()),
                        1);
    }

    /** From now on the node fails. */
    public void breakDown(String node, EngineException failure) {
        node(node).broken = failure;
    }

    @Override
    public Set<String> ids() {
        return nodes.keySet();
    }

    @Override
    public EngineTransport transport(String node) {
        return node(node);
    }
}
