package dev.vectorhub.launcher;

import dev.vectorhub.launcher.bench.BenchCommand;
import dev.vectorhub.launcher.demo.DemoCommand;
import dev.vectorhub.launcher.supervise.SuperviseCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code ./hub} arrives once a JDK is found and everything is built. */
@Command(
        name = "hub",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            SignupCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            DevCommand.class,
            SuperviseCommand.class
        })
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The parser; its texts lie in {@code help/}, where the shell script reads them without a JVM. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, arguments) -> {
            System.err.println("hub: " + wrong.getMessage());
            System.err.println("'./hub " + wrong.getCommandLine().getCommandName() + " --help' explains the options");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failed, command, parsed) -> {
            if (failed instanceof Failure) {
                System.err.println("hub: " + failed.getMessage());
            } else if (failed instanceof InterruptedException) {
                System.err.println("hub: interrupted");
            } else {
                System.err.println("hub: unexpected failure; please report it with these lines");
                failed.printStackTrace();
            }
            return FAILED;
        });
        return line;
    }
}
