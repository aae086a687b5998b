package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1, kept alive: one request after another. */
final class RestConnection extends Connection {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,10})\r\n");
    private static final int SHOWN_MAX = 500;

    private final String headers;
    /** Of the answer that is coming: bytes of its head, 0 while that is not whole. */
    private int head;

    private int length;
    private long request;
    private long sentNanos;

    RestConnection(InetSocketAddress address, Selector selector, String apiKey) throws IOException {
        super(address, selector);
        headers = " HTTP/1.1\r\nhost: " + address.getHostString() + ":" + address.getPort() + "\r\napi-key: " + apiKey
                + "\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ";
    }

    @Override
    void send(Work work, long number) throws IOException {
        int size = work.size(number);
        byte[] start = (work.path() + headers + size + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer buffer = fresh(start.length + size).put(start);
        work.write(number, buffer);
        buffer.flip();
        request = number;
        sentNanos = System.nanoTime();
    }

    @Override
    void take(Work work, Answered answered) throws IOException {
        if ((head == 0 && !headArrived()) || in.position() < head + length) {
            return;
        }
        work.answered(request, in.duplicate().flip().position(head).limit(head + length));
        consumed(head + length);
        head = 0;
        answered.note(sentNanos);
    }

    private boolean headArrived() {
        int end = -1;
        for (int i = 3; i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
                end = i + 1;
                break;
            }
        }
        if (end < 0) {
            return false;
        }
        byte[] bytes = new byte[end];
        in.get(0, bytes);
        String text = new String(bytes, StandardCharsets.US_ASCII);
        if (!text.startsWith("HTTP/1.1 200")) {
            byte[] all = new byte[Math.min(in.position(), SHOWN_MAX)];
            in.get(0, all);
            throw new Failure("the hub answered: " + new String(all, StandardCharsets.UTF_8));
        }
        Matcher found = LENGTH.matcher(text);
        if (!found.find()) {
            throw new Failure("an answer without a length: " + text);
        }
        head = end;
        length = Integer.parseInt(found.group(1));
        return true;
    }
}
