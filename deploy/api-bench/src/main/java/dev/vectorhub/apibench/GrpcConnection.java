package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * gRPC over HTTP/2 (RFC 9113), one call or several beside each other. Headers are sent once in full and entered into the dynamic
 * table (RFC 7541, 6.2.1), from then on by their index, as gRPC's own clients do. What is received is counted, not decoded: a
 * call that failed has no message.
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

    /** A buffer is filled with the beginnings and data of calls. */
    private static final int OUT_BYTES = 5 * (FRAME_HEAD + FRAME_MAX);

    /** Left in the buffer for a call's headers and the head of its data. */
    private static final int CALL_ROOM = 1_024;

    /** A call in flight; its buffers serve the next one. */
    private static final class Call {
        private int stream;
        private String path = "";
        private long request;
        private long sentNanos;
        private boolean opened;
        private long window;
        private ByteBuffer message = ByteBuffer.allocate(0);
        private ByteBuffer answer = ByteBuffer.allocate(1 << 12);

        void begin(Work work, long number, int id, long initialWindow) {
            int size = work.size(number);
            if (message.capacity() < size + MESSAGE_HEAD) {
                message = ByteBuffer.allocate(size + size / 8 + MESSAGE_HEAD);
            }
            message.clear().put((byte) 0).putInt(size);
            work.write(number, message);
            message.flip();
            answer.clear();
            stream = id;
            path = work.path();
            request = number;
            opened = false;
            window = initialWindow;
            sentNanos = System.nanoTime();
        }

        void received(ByteBuffer from, int at, int length) {
            if (answer.remaining() < length) {
                answer = ByteBuffer.allocate((answer.capacity() + length) * 2).put(answer.flip());
            }
            answer.put(answer.position(), from, at, length).position(answer.position() + length);
        }
    }

    private final String authority;
    private final String apiKey;
    private final Map<Integer, Call> calls = new HashMap<>();
    /** Of the calls, in their order, those that are not sent to their end. */
    private final Deque<Call> sending = new ArrayDeque<>();

    private final Deque<Call> idle = new ArrayDeque<>();
    private String path = "";
    private byte[] headers = {};
    private boolean greeted;
    private int stream = -1;
    private long connectionWindow = WINDOW_DEFAULT;
    private int initialWindow = WINDOW_DEFAULT;
    /** Answers to the server's own frames, sent with the next write. */
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();

    GrpcConnection(InetSocketAddress address, Selector selector, String apiKey) throws IOException {
        super(address, selector);
        this.authority = address.getHostString() + ":" + address.getPort();
        this.apiKey = apiKey;
    }

    @Override
    void send(Work work, long number) {
        stream += 2;
        Call call = idle.isEmpty() ? new Call() : idle.pop();
        call.begin(work, number, stream, initialWindow);
        calls.put(stream, call);
        sending.add(call);
    }

    @Override
    void flush() throws IOException {
        do {
            super.flush();
        } while (!out.hasRemaining() && fill());
    }

    /** Puts into the empty buffer what may be sent; false where that is nothing. */
    private boolean fill() {
        ByteBuffer buffer = fresh(OUT_BYTES + control.size());
        if (!greeted) {
            greeted = true;
            buffer.put(PREFACE);
            frame(buffer, 6, SETTINGS, 0, 0)
                    .putShort((short) INITIAL_WINDOW_SIZE)
                    .putInt(Integer.MAX_VALUE);
            frame(buffer, 4, WINDOW_UPDATE, 0, 0).putInt(Integer.MAX_VALUE - WINDOW_DEFAULT);
        }
        buffer.put(control.toByteArray());
        control.reset();
        for (Iterator<Call> i = sending.iterator(); i.hasNext() && buffer.remaining() > CALL_ROOM; ) {
            Call call = i.next();
            if (!call.opened) {
                call.opened = true;
                byte[] block = block(call.path);
                frame(buffer, block.length, HEADERS, END_HEADERS, call.stream).put(block);
            }
            data(buffer, call);
            if (!call.message.hasRemaining()) {
                i.remove();
            }
        }
        buffer.flip();
        return buffer.hasRemaining();
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
    private void data(ByteBuffer buffer, Call call) {
        ByteBuffer message = call.message;
        while (message.hasRemaining() && buffer.remaining() > FRAME_HEAD) {
            int n = (int) Math.min(
                    Math.min(message.remaining(), Math.min(FRAME_MAX, buffer.remaining() - FRAME_HEAD)),
                    Math.min(connectionWindow, call.window));
            if (n <= 0) {
                return;
            }
            frame(buffer, n, DATA, n == message.remaining() ? END_STREAM : 0, call.stream);
            int limit = message.limit();
            buffer.put(message.limit(message.position() + n));
            message.limit(limit);
            connectionWindow -= n;
            call.window -= n;
        }
    }

    @Override
    void take(Work work, Answered answered) throws IOException {
        int at = 0;
        while (in.position() - at >= FRAME_HEAD) {
            int length = in.getInt(at) >>> 8;
            if (in.position() - at < FRAME_HEAD + length) {
                break;
            }
            int id = in.getInt(at + 5);
            if (frame(in.get(at + 3), in.get(at + 4), id, at + FRAME_HEAD, length)) {
                Call call = calls.remove(id);
                if (call == null || call.answer.position() < MESSAGE_HEAD) {
                    throw new Failure("the hub refused a call of " + path);
                }
                work.answered(call.request, call.answer.flip().position(MESSAGE_HEAD));
                idle.push(call);
                answered.note(call.sentNanos);
            }
            at += FRAME_HEAD + length;
        }
        consumed(at);
    }

    /** Takes one frame; true for the last of an answer. */
    private boolean frame(int type, int flags, int id, int at, int length) {
        switch (type) {
            case DATA -> call(id).received(in, at, length);
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
                Call call = calls.get(id);
                if (id == 0) {
                    connectionWindow += in.getInt(at);
                } else if (call != null) {
                    call.window += in.getInt(at);
                }
            }
            case RST_STREAM, GOAWAY ->
                throw new Failure(
                        "the hub ended a stream of " + path + ", code " + in.getInt(type == GOAWAY ? at + 4 : at));
            default -> {}
        }
        return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
    }

    private Call call(int id) {
        Call call = calls.get(id);
        if (call == null) {
            throw new Failure("an answer that nobody has asked for");
        }
        return call;
    }

    private void settings(int at, int length) {
        for (int i = at; i < at + length; i += 6) {
            if (in.getShort(i) == INITIAL_WINDOW_SIZE) {
                int size = in.getInt(i + 2);
                for (Call call : calls.values()) {
                    call.window += (long) size - initialWindow;
                }
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
