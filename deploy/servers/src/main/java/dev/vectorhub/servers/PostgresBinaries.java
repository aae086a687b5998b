package dev.vectorhub.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The PostgreSQL programs of this machine's kind, unpacked once from the class path. */
final class PostgresBinaries {
    private final Path bin;
    private final List<String> prefix;

    private PostgresBinaries(Path bin, List<String> prefix) {
        this.bin = bin;
        this.prefix = prefix;
    }

    static PostgresBinaries resolve() {
        String resource = "/postgres-" + system() + "-" + architecture() + ".txz";
        Path folder = CacheFolder.once("postgres-" + Distributions.postgresVersion() + "-" + architecture(), target -> {
            try (InputStream archive = PostgresBinaries.class.getResourceAsStream(resource)) {
                if (archive == null) {
                    throw new IOException("no PostgreSQL binaries for this machine (" + resource
                            + "); set hub.datasource.* to an external server");
                }
                Archives.unpack(archive, "xz", target, 0);
            }
        });
        return new PostgresBinaries(folder.resolve("bin"), rootPrefix());
    }

    void run(Path log, Duration limit, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        // A locale of the caller that is not installed would end initdb.
        Commands.run(program, command, Map.of("LC_ALL", "C"), log, limit);
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("linux")) {
            return "linux";
        }
        if (os.contains("mac")) {
            return "darwin";
        }
        throw new ServerException("no embedded PostgreSQL for " + System.getProperty("os.name")
                + "; set hub.datasource.* to an external server");
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> throw new ServerException("no embedded PostgreSQL for " + System.getProperty("os.arch"));
        };
    }

    /** PostgreSQL refuses the effective user 0; in a user namespace of its own the same user is not 0. */
    private static List<String> rootPrefix() {
        if (!"root".equals(System.getProperty("user.name")) || !"linux".equals(system())) {
            return List.of();
        }
        try {
            Process probe = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (probe.waitFor() == 0) {
                return List.of("unshare", "-U");
            }
        } catch (IOException e) {
            throw new ServerException("PostgreSQL cannot run as root here: 'unshare' is missing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ServerException("PostgreSQL cannot run as root here: user namespaces are switched off;"
                + " run as a normal user or use an external server");
    }
}
