package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code ./hub bench api} arrives once everything is built. */
@Command(name = "bench", subcommands = ApiCommand.class)
public final class Main {
    private Main() {}

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Failure || failure instanceof dev.vectorhub.launcher.Failure) {
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
