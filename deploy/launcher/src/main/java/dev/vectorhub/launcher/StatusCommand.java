package dev.vectorhub.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./hub status}. */
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 1;
    private static final long KIB = 1_024;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        Progress progress = common.progress();
        Optional<RunState> live = RunState.live(common.folder());
        if (live.isEmpty()) {
            progress.say("no hub runs in " + common.folder().root());
            common.answer(Map.of("running", false));
            return NOT_RUNNING;
        }
        RunState run = live.get();
        List<Map<String, Object>> rows = new ArrayList<>();
        // The servers are the supervisor's children and have rows of their own.
        long supervisor =
                run.supervisor().handle().map(handle -> resident(handle.pid())).orElse(0L);
        row(rows, progress, "supervisor", run.supervisor(), 0, run.step(), supervisor);
        long total = supervisor;
        for (RunState.Component component : run.components()) {
            ProcessRef process = component.process();
            long resident = process == null
                    ? 0
                    : process.handle().map(StatusCommand::residentTree).orElse(0L);
            row(rows, progress, component.name(), process, component.port(), component.state(), resident);
            total += resident;
        }
        progress.say(String.format("%-12s %8s %6s %6d MiB", "together", "", "", total / KIB / KIB));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("running", true);
        answer.put("phase", run.phase());
        answer.put("api", run.apiUrl());
        answer.put("grpc", run.grpcAddress());
        answer.put("console", run.consoleUrl());
        answer.put("resident_bytes", total);
        answer.put("components", rows);
        common.answer(answer);
        return 0;
    }

    private static void row(
            List<Map<String, Object>> rows,
            Progress progress,
            String name,
            @Nullable ProcessRef process,
            int port,
            String state,
            long resident) {
        String shownState = process == null || process.alive() ? state : "gone";
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("pid", process == null ? null : process.pid());
        row.put("port", port);
        row.put("state", shownState);
        row.put("resident_bytes", resident);
        rows.add(row);
        progress.say(String.format(
                "%-12s %8s %6s %6d MiB  %s",
                name, process == null ? "" : process.pid(), port == 0 ? "" : port, resident / KIB / KIB, shownState));
    }

    /** The process and its descendants: PostgreSQL is many. */
    private static long residentTree(ProcessHandle handle) {
        return resident(handle.pid())
                + handle.descendants().mapToLong(child -> resident(child.pid())).sum();
    }

    /** Proportional set size where the kernel tells it (shared pages divided), else resident size. */
    private static long resident(long pid) {
        for (String source : List.of("smaps_rollup", "status")) {
            Path file = Path.of("/proc", Long.toString(pid), source);
            String wanted = source.equals("status") ? "VmRSS:" : "Pss:";
            try {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith(wanted)) {
                        return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
                    }
                }
            } catch (IOException e) {
                // No such file on this system, or the process is gone: the next source may tell.
            }
        }
        return 0;
    }
}
