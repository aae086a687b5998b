package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the server's CPU time goes, by samples of its threads' CPU time that the server's JVM takes while it is asked to, and
 * only then. A sample belongs to the innermost frame that says what it is for.
 */
final class Profile {
    /** By the beginning of a class's name; the first that matches counts. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        part("engine", "dev.vectorhub.engine.");
        part("write", "dev.vectorhub.api.qdrant.reply.", "dev.vectorhub.api.grpc.form.Answers");
        part("pipeline", "dev.vectorhub.api.pipeline.", "dev.vectorhub.apikey.", "dev.vectorhub.ratelimit.");
        part("pipeline", "dev.vectorhub.billing.", "dev.vectorhub.metrics.", "dev.vectorhub.tenant.");
        part("pipeline", "dev.vectorhub.collection.", "dev.vectorhub.api.qdrant.TenantEngine");
        part("parse", "dev.vectorhub.api.");
        part("transport", "io.netty.", "io.vertx.", "io.quarkus.", "org.jboss.resteasy.", "io.grpc.", "io.qdrant.");
        part("transport", "sun.nio.ch.", "org.jboss.threads.");
    }

    private Profile() {}

    private static void part(String name, String... prefixes) {
        for (String prefix : prefixes) {
            PARTS.put(prefix, name);
        }
    }

    /** Starts to record. */
    static void begin(long pid, Path file) {
        jcmd(
                pid,
                "JFR.start",
                "name=bench",
                "settings=none",
                "filename=" + file.toAbsolutePath(),
                "+jdk.CPUTimeSample#enabled=true",
                "+jdk.CPUTimeSample#throttle=1ms",
                "+jdk.ThreadAllocationStatistics#enabled=true",
                "+jdk.ThreadAllocationStatistics#period=everyChunk");
    }

    /**
     * What a recording has seen.
     *
     * @param shares of the samples, by part
     * @param allocatedBytes of all threads
     */
    record Spent(Map<String, Double> shares, long allocatedBytes) {}

    /** Ends it. */
    static Spent end(long pid, Path file) throws IOException {
        jcmd(pid, "JFR.stop", "name=bench");
        Map<String, Integer> samples = new LinkedHashMap<>();
        for (String part : PARTS.values()) {
            samples.put(part, 0);
        }
        samples.put("other", 0);
        int all = 0;
        Allocations allocations = new Allocations();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                String type = event.getEventType().getName();
                if (type.equals("jdk.ThreadAllocationStatistics")) {
                    RecordedThread thread = event.getThread("thread");
                    if (thread != null) {
                        allocations.add(event.getStartTime(), thread.getId(), event.getLong("allocated"));
                    }
                } else if (type.equals("jdk.CPUTimeSample") && event.getStackTrace() != null) {
                    samples.merge(part(event.getStackTrace().getFrames()), 1, Integer::sum);
                    all++;
                }
            }
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> part : samples.entrySet()) {
            shares.put(part.getKey(), part.getValue() / (double) Math.max(1, all));
        }
        return new Spent(shares, allocations.bytes());
    }

    static String part(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                if (type.startsWith(part.getKey())) {
                    return part.getValue();
                }
            }
        }
        return "other";
    }

    private static void jcmd(long pid, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(arguments));
        Commands.run(Path.of("."), "the JDK has no jcmd", command);
    }
}
