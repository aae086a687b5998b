package dev.vectorhub.engine.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The engine's benchmarks; {@code ./hub bench} starts it with the JVM's flags. */
@Command(
        name = "bench",
        subcommands = {EngineCommand.class, KernelsCommand.class, DataCommand.class})
public final class Main {
    private Main() {}

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Failure) {
                System.err.println("bench: " + failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return 1;
        });
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
