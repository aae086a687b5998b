package dev.vectorhub.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The help texts, which the shell prints without a JVM, say what the parser accepts. */
class HelpTest {
    private static final Pattern OPTION = Pattern.compile("(?m)^  (--[a-z-]+)");

    @Test
    void eachCommandsHelpNamesExactlyItsOptions() throws IOException {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            String help = help(command.getCommandName());
            Set<String> described = new TreeSet<>();
            Matcher matcher = OPTION.matcher(help);
            while (matcher.find()) {
                described.add(matcher.group(1));
            }
            Set<String> accepted = new TreeSet<>();
            for (OptionSpec option : command.getCommandSpec().options()) {
                accepted.add(option.longestName());
            }
            assertEquals(accepted, described, command.getCommandName());
        }
    }

    @Test
    void theHelpNamesEachWork() throws IOException {
        String help = help("engine");
        for (String work : EngineCommand.workNames()) {
            assertTrue(help.contains(work), work);
        }
    }

    private static String help(String name) throws IOException {
        try (InputStream text = HelpTest.class.getResourceAsStream("/help/" + name + ".txt")) {
            assertNotNull(text, "no help for " + name);
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
