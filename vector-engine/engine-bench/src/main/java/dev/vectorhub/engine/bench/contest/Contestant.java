package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.data.Truth;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running contestant, seen from the benchmark. Pinned like all others, so only one may be asked at a time. */
public final class Contestant implements AutoCloseable {
    private static final int EXIT_WAIT_SECONDS = 10;

    private final String name;
    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Contestant(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** @param command its stderr becomes ours */
    static Contestant start(String name, List<String> command) {
        try {
            return new Contestant(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new Failure(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * What a build cost.
     *
     * @param cpuNanos of all the process's threads
     */
    public record Build(long cpuNanos, long wallNanos) {}

    /**
     * What a turn of searches took and found.
     *
     * @param cpuNanos of the searching thread
     * @param rows {@link Truth#K} a query
     */
    @SuppressWarnings("ArrayRecordComponent") // read once
    public record Round(int queries, long cpuNanos, long wallNanos, int[] rows) {}

    /**
     * What an index takes up.
     *
     * @param memoryBytes resident: private memory, or live heap and mapped files
     * @param diskBytes 0 for an index in memory
     */
    public record Size(long memoryBytes, long diskBytes) {}

    public String name() {
        return name;
    }

    public Build build(int m, int efConstruct) {
        return ask(Wire.BUILD, List.of(m, efConstruct), () -> {
            long cpu = LittleEndian.readLong(in);
            return new Build(cpu, LittleEndian.readLong(in));
        });
    }

    public Round search(int ef, int first, int count) {
        return ask(Wire.SEARCH, List.of(ef, first, count), () -> {
            long cpu = LittleEndian.readLong(in);
            long wall = LittleEndian.readLong(in);
            return new Round(count, cpu, wall, LittleEndian.readInts(in, count * Truth.K));
        });
    }

    public Size footprint() {
        return ask(Wire.FOOTPRINT, List.of(), () -> {
            long memory = LittleEndian.readLong(in);
            return new Size(memory, LittleEndian.readLong(in));
        });
    }

    private interface Answer<T> {
        T read() throws IOException;
    }

    private <T> T ask(int operation, List<Integer> arguments, Answer<T> answer) {
        try {
            LittleEndian.writeInt(out, operation);
            for (int argument : arguments) {
                LittleEndian.writeInt(out, argument);
            }
            out.flush();
            if (LittleEndian.readInt(in) == 0) {
                return answer.read();
            }
            int length = LittleEndian.readInt(in);
            if (length < 0 || length > Wire.ERROR_CHARS_MAX) {
                throw new Failure(name + " does not keep to the protocol");
            }
            throw new Failure(name + ": " + new String(in.readNBytes(length), StandardCharsets.UTF_8));
        } catch (EOFException e) {
            throw new Failure(name + " ended; what it said stands above", e);
        } catch (IOException e) {
            throw new Failure(name + " cannot be asked: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                LittleEndian.writeInt(out, Wire.QUIT);
                out.flush();
            }
            if (!process.waitFor(EXIT_WAIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
