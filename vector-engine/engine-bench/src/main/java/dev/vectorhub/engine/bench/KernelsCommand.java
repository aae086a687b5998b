package dev.vectorhub.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.engine.bench.report.Machine;
import dev.vectorhub.engine.bench.report.Report;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.bench.report.Table;
import dev.vectorhub.engine.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hub bench kernels}: JMH over {@link KernelBenchmark}. */
@Command(name = "kernels")
final class KernelsCommand implements Callable<Integer> {
    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Machine.Start start = Machine.start();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(KernelBenchmark.class.getName())
                .shouldFailOnError(true)
                .output("/dev/stderr");
        if (quick) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(300))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(300))
                    .param("dimensions", "384");
        }
        Map<String, Map<String, Double>> nanos = new LinkedHashMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            String method = result.getParams().getBenchmark();
            nanos.computeIfAbsent(
                            method.substring(method.lastIndexOf('.') + 1) + " "
                                    + result.getParams().getParam("dimensions"),
                            work -> new LinkedHashMap<>())
                    .put(
                            result.getParams().getParam("kernel"),
                            result.getPrimaryResult().getScore());
        }
        List<Row> rows = new ArrayList<>();
        nanos.forEach((work, byKernel) -> {
            Double scalar = byKernel.get("scalar");
            byKernel.forEach((kernel, value) -> {
                if (!kernel.equals("scalar") && scalar != null) {
                    rows.add(Row.against("kernel " + work, kernel, null, value, "scalar", scalar, "ns"));
                }
            });
        });
        Report report = new Report(Machine.finish(start, Kernels.best().name()), rows, List.of(), List.of());
        Progress text = new Progress(json ? System.err : System.out);
        Table.lines(report).forEach(text::line);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("machine", report.machine());
            answer.put("rows", report.rows());
            System.out.println(new ObjectMapper().writeValueAsString(answer));
        }
        return 0;
    }
}
