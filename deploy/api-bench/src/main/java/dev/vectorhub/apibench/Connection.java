package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection with requests in flight, driven by {@link Load}'s loop: never blocks. */
abstract class Connection implements AutoCloseable {
    private static final int IN_BYTES = 1 << 16;
    private static final int IN_BYTES_MAX = 1 << 26;

    private final SocketChannel channel;
    private final SelectionKey key;
    /** From 0 to its position: what has come and is not consumed. */
    protected ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);

    /** From its position to its limit: what is to be sent. */
    protected ByteBuffer out = ByteBuffer.allocateDirect(IN_BYTES).limit(0);

    /** Takes note that a request has been answered; may send another one. */
    interface Answered {
        void note(long sentNanos) throws IOException;
    }

    Connection(InetSocketAddress address, Selector selector) throws IOException {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(address);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Takes a request on; {@link #flush} sends it. */
    abstract void send(Work work, long number) throws IOException;

    /** Reads what has come, gives the bodies of whole answers to {@code work}, and sends what is to be sent. */
    final void receive(Work work, Answered answered) throws IOException {
        if (!in.hasRemaining()) {
            in = larger(in);
        }
        if (channel.read(in) < 0) {
            throw new Failure("the hub closed a connection during a measurement");
        }
        take(work, answered);
        flush();
    }

    /** Looks at {@link #in}. */
    abstract void take(Work work, Answered answered) throws IOException;

    /** Sends as much as the socket takes; the rest when it takes more. */
    void flush() throws IOException {
        if (out.hasRemaining()) {
            channel.write(out);
        }
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** An empty buffer to fill, with room for so many bytes; flip it afterwards. */
    protected final ByteBuffer fresh(int bytes) {
        if (out.hasRemaining()) {
            throw new IllegalStateException("a request is still being sent");
        }
        if (out.capacity() < bytes) {
            out = ByteBuffer.allocateDirect(bytes + bytes / 8);
        }
        return out.clear();
    }

    /** Drops the first bytes of {@link #in}. */
    protected final void consumed(int bytes) {
        in.flip().position(bytes);
        in.compact();
    }

    private static ByteBuffer larger(ByteBuffer full) {
        if (full.capacity() >= IN_BYTES_MAX) {
            throw new Failure("the hub's answer is over " + IN_BYTES_MAX + " bytes");
        }
        return ByteBuffer.allocateDirect(full.capacity() * 2).put(full.flip());
    }

    @Override
    public final void close() throws IOException {
        channel.close();
    }
}
