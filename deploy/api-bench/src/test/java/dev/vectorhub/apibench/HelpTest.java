package dev.vectorhub.apibench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The help text, which the shell prints without a JVM, says what the parser accepts. */
class HelpTest {
    private static final Pattern OPTION = Pattern.compile("(?m)^  (--[a-z-]+)");

    @Test
    void theHelpNamesExactlyTheOptions() throws IOException {
        CommandLine command =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("api"));
        Set<String> described = new TreeSet<>();
        Matcher matcher = OPTION.matcher(help());
        while (matcher.find()) {
            described.add(matcher.group(1));
        }
        Set<String> accepted = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            accepted.add(option.longestName());
        }
        assertEquals(accepted, described);
    }

    private static String help() throws IOException {
        try (InputStream text = HelpTest.class.getResourceAsStream("/help/api.txt")) {
            assertNotNull(text, "no help");
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
