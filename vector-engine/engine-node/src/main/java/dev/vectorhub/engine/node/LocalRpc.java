package dev.vectorhub.engine.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;

/**
 * Ratis's network for a group of one: there is none. The embedded engine so opens no port, which nobody could then guard,
 * and starts no network threads. Ratis makes it by its class name.
 */
public final class LocalRpc implements RpcType {

    /** By reflection. */
    public LocalRpc() {}

    @Override
    public String name() {
        return LocalRpc.class.getName();
    }

    @Override
    public ServerFactory newFactory(Parameters parameters) {
        return new Factory();
    }

    private static final class Factory implements ServerFactory {
        @Override
        public RpcType getRpcType() {
            return new LocalRpc();
        }

        @Override
        public RaftServerRpc newRaftServerRpc(RaftServer server) {
            return new Nowhere();
        }
    }

    private static final class Nowhere implements RaftServerRpc {
        private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("localhost", 0);

        @Override
        public RpcType getRpcType() {
            return new LocalRpc();
        }

        @Override
        public InetSocketAddress getInetSocketAddress() {
            return ADDRESS;
        }

        @Override
        public void start() {}

        @Override
        public void close() {}

        @Override
        public void addRaftPeers(Collection<RaftPeer> peers) {}

        @Override
        public void handleException(RaftPeerId serverId, Exception e, boolean reconnect) {}

        @Override
        public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
            throw noPeers();
        }

        @Override
        public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) throws IOException {
            throw noPeers();
        }

        @Override
        public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) throws IOException {
            throw noPeers();
        }

        @Override
        public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
                throws IOException {
            throw noPeers();
        }

        private static IOException noPeers() {
            return new IOException("a group of one has no other peer");
        }
    }
}
