package dev.vectorhub.launcher.supervise;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The last lines of a log file, for an error message. */
public final class LogTail {
    private static final int BYTES_MAX = 8_192;

    private LogTail() {}

    public static String of(Path log, int linesMax) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - BYTES_MAX);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
            StringBuilder tail = new StringBuilder();
            for (int i = Math.max(0, lines.length - linesMax); i < lines.length; i++) {
                tail.append("  ").append(lines[i]).append('\n');
            }
            return tail.toString();
        } catch (IOException e) {
            return "  (" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
