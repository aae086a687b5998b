package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/**
 * gRPC over HTTP/2 (RFC 9113), one stream at a time. Headers are sent once in full and entered into the dynamic table (RFC
 * 7541, 6.2.1), from then on by their index, as gRPC's own clients do. What is received is counted, not decoded: a call that
 * failed has no message.
 */
final class GrpcConnection extends Connection {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_HEAD = 9;
    private static final int FRAME_MAX = 16_384;
    private static final int MESSAGE_HEAD = 5;
    private static final int WINDOW_DEFAULT = 65_535;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;
    /** Static table: POST, http. */
    private static final int[] STATIC = {0x83, 0x86};

    private static final int DYNAMIC_FIRST = 0x80 | 62;

    private final String authority;
    private final String apiKey;
    private String path = "";
    private byte[] headers = {};
    private boolean greeted;
    private int stream = -1;
    private long connectionWindow = WINDOW_DEFAULT;
    private long streamWindow = WINDOW_DEFAULT;
    private int initialWindow = WINDOW_DEFAULT;
    private ByteBuffer message = ByteBuffer.allocate(0);
    private ByteBuffer answer = ByteBuffer.allocate(1 << 16);
    /** Answers to the server's own frames, sent with the next write. */
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();

    GrpcConnection(InetSocketAddress address, Selector selector, String apiKey) throws IOException {
        super(address, selector);
        this.authority = address.getHostString() + ":" + address.getPort();
        this.apiKey = apiKey;
    }

    @Override
    void send(Work work, long number) throws IOException {
        int size = work.size(number);
        if (message.capacity() < size + MESSAGE_HEAD) {
            message = ByteBuffer.allocate(size + size / 8 + MESSAGE_HEAD);
        }
        message.clear().put((byte) 0).putInt(size);
        work.write(number, message);
        message.flip();
        request = number;
        stream += 2;
        streamWindow = initialWindow;
        answer.clear();
        byte[] block = block(work.path());
        ByteBuffer buffer = fresh(PREFACE.length + 64 + FRAME_HEAD + block.length + 5 * (FRAME_HEAD + FRAME_MAX));
        if (!greeted) {
            greeted = true;
            buffer.put(PREFACE);
            frame(buffer, 6, SETTINGS, 0, 0)
                    .putShort((short) INITIAL_WINDOW_SIZE)
                    .putInt(Integer.MAX_VALUE);
            frame(buffer, 4, WINDOW_UPDATE, 0, 0).putInt(Integer.MAX_VALUE - WINDOW_DEFAULT);
        }
        frame(buffer, block.length, HEADERS, END_HEADERS, stream).put(block);
        data(buffer);
        buffer.flip();
        flush();
    }

    /** The first block of a path states its headers, later ones point at them. */
    private byte[] block(String wanted) {
        if (wanted.equals(path)) {
            return headers;
        }
        if (!path.isEmpty()) {
            throw new IllegalStateException("a connection calls one method");
        }
        path = wanted;
        String[][] pairs = {
            {":path", wanted},
            {":authority", authority},
            {"te", "trailers"},
            {"content-type", "application/grpc"},
            {"user-agent", "hub-bench"},
            {"api-key", apiKey}
        };
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream later = new ByteArrayOutputStream();
        for (int index : STATIC) {
            first.write(index);
            later.write(index);
        }
        for (int i = 0; i < pairs.length; i++) {
            first.write(0x40);
            for (String text : pairs[i]) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                if (bytes.length > 126) {
                    throw new Failure("a header of " + bytes.length + " bytes");
                }
                first.write(bytes.length);
                first.writeBytes(bytes);
            }
            // The newest entry has the smallest index.
            later.write(DYNAMIC_FIRST + pairs.length - 1 - i);
        }
        headers = later.toByteArray();
        return first.toByteArray();
    }

    private static ByteBuffer frame(ByteBuffer buffer, int length, int type, int flags, int stream) {
        return buffer.putInt(length << 8 | type).put((byte) flags).putInt(stream);
    }

    /** As much of the message as the windows and the buffer allow. */
    private void data(ByteBuffer buffer) {
        while (message.hasRemaining() && buffer.remaining() > FRAME_HEAD) {
            int n = (int) Math.min(
                    Math.min(message.remaining(), Math.min(FRAME_MAX, buffer.remaining() - FRAME_HEAD)),
                    Math.min(connectionWindow, streamWindow));
            if (n <= 0) {
                return;
            }
            frame(buffer, n, DATA, n == message.remaining() ? END_STREAM : 0, stream);
            int limit = message.limit();
            buffer.put(message.limit(message.position() + n));
            message.limit(limit);
            connectionWindow -= n;
            streamWindow -= n;
        }
    }

    @Override
    void flush() throws IOException {
        while (true) {
            super.flush();
            if (out.hasRemaining()
                    || (control.size() == 0
                            && (!message.hasRemaining() || Math.min(connectionWindow, streamWindow) <= 0))) {
                return;
            }
            ByteBuffer buffer =
                    fresh(control.size() + 4 * (FRAME_HEAD + FRAME_MAX)).put(control.toByteArray());
            control.reset();
            data(buffer);
            buffer.flip();
        }
    }

    @Override
    boolean answered(Work work) throws IOException {
        boolean whole = false;
        int at = 0;
        while (in.position() - at >= FRAME_HEAD) {
            int length = in.getInt(at) >>> 8;
            if (in.position() - at < FRAME_HEAD + length) {
                break;
            }
            whole |= frame(in.get(at + 3), in.get(at + 4), in.getInt(at + 5), at + FRAME_HEAD, length);
            at += FRAME_HEAD + length;
        }
        consumed(at);
        if (control.size() > 0 || message.hasRemaining()) {
            flush();
        }
        if (whole) {
            if (answer.position() < MESSAGE_HEAD) {
                throw new Failure("the hub refused a call of " + path);
            }
            work.answered(request, answer.flip().position(MESSAGE_HEAD));
        }
        return whole;
    }

    /** Takes one frame; true for the last of the answer. */
    private boolean frame(int type, int flags, int id, int at, int length) {
        switch (type) {
            case DATA -> {
                if (answer.remaining() < length) {
                    answer = ByteBuffer.allocate((answer.capacity() + length) * 2)
                            .put(answer.flip());
                }
                answer.put(answer.position(), in, at, length).position(answer.position() + length);
            }
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    settings(at, length);
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    byte[] opaque = new byte[length];
                    in.get(at, opaque);
                    control(length, PING, opaque);
                }
            }
            case WINDOW_UPDATE -> {
                if (id == 0) {
                    connectionWindow += in.getInt(at);
                } else if (id == stream) {
                    streamWindow += in.getInt(at);
                }
            }
            case RST_STREAM, GOAWAY ->
                throw new Failure(
                        "the hub ended a stream of " + path + ", code " + in.getInt(type == GOAWAY ? at + 4 : at));
            default -> {}
        }
        return id == stream && (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
    }

    private void settings(int at, int length) {
        for (int i = at; i < at + length; i += 6) {
            if (in.getShort(i) == INITIAL_WINDOW_SIZE) {
                int size = in.getInt(i + 2);
                streamWindow += (long) size - initialWindow;
                initialWindow = size;
            }
        }
        control(0, SETTINGS, new byte[0]);
    }

    private void control(int length, int type, byte[] content) {
        control.writeBytes(
                frame(ByteBuffer.allocate(FRAME_HEAD), length, type, ACK, 0).array());
        control.writeBytes(content);
    }
}
