package dev.vectorhub.launcher.bench;

import dev.vectorhub.launcher.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection that repeats one request: as little work on this side as can be. */
final class LoadClient implements AutoCloseable {
    private static final int LINE_BYTES_MAX = 16_384;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] line = new byte[LINE_BYTES_MAX];

    LoadClient(String host, int port) {
        try {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress(host, port), 10_000);
            in = new BufferedInputStream(socket.getInputStream(), 65_536);
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new Failure("cannot connect to " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    static byte[] request(String method, String path, String host, String apiKey) {
        return (method + " " + path + " HTTP/1.1\r\nhost: " + host + "\r\napi-key: " + apiKey
                        + "\r\naccept: application/json\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the request {@code count} times, one after the other; every answer must be 200. */
    void repeat(byte[] request, int count) {
        try {
            for (int i = 0; i < count; i++) {
                out.write(request);
                int status = answer();
                if (status != 200) {
                    throw new Failure("the hub answered " + status + " to a measured request");
                }
            }
        } catch (IOException e) {
            throw new Failure("the connection broke during a measurement: " + e.getMessage(), e);
        }
    }

    private int answer() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        long length = 0;
        boolean chunked = false;
        while (true) {
            String header = line();
            if (header.isEmpty()) {
                break;
            }
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            }
        }
        if (!chunked) {
            in.skipNBytes(length);
            return status;
        }
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            in.skipNBytes(size);
            line();
            if (size == 0) {
                return status;
            }
        }
    }

    private String line() throws IOException {
        int length = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed by the hub");
            }
            if (next == '\n') {
                return new String(
                        line,
                        0,
                        length > 0 && line[length - 1] == '\r' ? length - 1 : length,
                        StandardCharsets.US_ASCII);
            }
            if (length == LINE_BYTES_MAX) {
                throw new IOException("a header line over " + LINE_BYTES_MAX + " bytes");
            }
            line[length++] = (byte) next;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new Failure("cannot close a connection", e);
        }
    }
}
