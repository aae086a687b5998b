package dev.vectorhub.servers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server of our own on loopback, with the databases {@code hub} and {@code keycloak}.
 *
 * <p>The data folder outlives the process; acknowledged commits are on disk. The server outlives a killed owner: the next
 * {@link #start} on the same folder recognises and stops it. A lock file beside the data folder keeps two living owners
 * apart. Runs as root too (in a user namespace).
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int START_TRIES = 3;

    private final PostgresBinaries binaries;
    private final Path dataDir;
    private final FileLock lock;
    private final int port;
    private final PostgresPasswords passwords;

    private PostgresServer(
            PostgresBinaries binaries, Path dataDir, FileLock lock, int port, PostgresPasswords passwords) {
        this.binaries = binaries;
        this.dataDir = dataDir;
        this.lock = lock;
        this.port = port;
        this.passwords = passwords;
    }

    /**
     * Starts the server and returns when it answers and has its roles and databases.
     *
     * @param dataDir made if absent
     * @param port 0 for a free one
     * @throws PortInUseException if something else listens on the port
     * @throws ServerException if the folder is another hub's or the server does not start; says why
     */
    public static PostgresServer start(Path dataDir, int port, PostgresPasswords passwords) {
        return start(dataDir, port, passwords, true);
    }

    static PostgresServer start(Path dataDir, int port, PostgresPasswords passwords, boolean durable) {
        Path data = dataDir.toAbsolutePath().normalize();
        PostgresBinaries binaries = PostgresBinaries.resolve();
        FileLock lock = lock(data);
        try {
            stopRunning(binaries, data);
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialise(binaries, data, passwords.superuser(), durable);
            }
            int actual = launch(binaries, data, port, durable);
            PostgresServer server = new PostgresServer(binaries, data, lock, actual, passwords);
            server.databases().ensure("hub", "keycloak");
            return server;
        } catch (RuntimeException e) {
            stopRunning(binaries, data);
            release(lock);
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public PostgresPasswords passwords() {
        return passwords;
    }

    /** For example {@code jdbc:postgresql://127.0.0.1:5433/hub}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The process id of the server's first process. */
    public long pid() {
        return readPid(dataDir).orElseThrow(() -> new ServerException("PostgreSQL is not running in " + dataDir));
    }

    HubDatabases databases() {
        return new HubDatabases(jdbcUrl("postgres"), "postgres", passwords);
    }

    /** Stops the server within seconds; open transactions are rolled back. Calling it again does nothing. */
    @Override
    public void close() {
        if (lock.isValid()) {
            stopRunning(binaries, dataDir);
            release(lock);
        }
    }

    private static void initialise(PostgresBinaries binaries, Path data, String password, boolean durable) {
        // Made beside its place and renamed: a run killed in between leaves no half-made data folder.
        Path partial = data.resolveSibling(data.getFileName() + ".partial");
        Path passwordFile = data.resolveSibling(data.getFileName() + ".password");
        try (Closeable _ = () -> Files.deleteIfExists(passwordFile)) {
            CacheFolder.deleteTree(partial);
            if (Files.isDirectory(data)) {
                try (var entries = Files.newDirectoryStream(data)) {
                    if (entries.iterator().hasNext()) {
                        throw new ServerException(data + " holds files but no PostgreSQL data; give an empty folder");
                    }
                }
                Files.delete(data);
            }
            Files.deleteIfExists(passwordFile);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, password + "\n");
            List<String> arguments = new ArrayList<>(List.of(
                    "-D",
                    partial.toString(),
                    "-U",
                    "postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8"));
            if (!durable) {
                arguments.add("--no-sync");
            }
            binaries.run(log(data), LIMIT, "initdb", arguments);
            Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServerException("cannot make the PostgreSQL data folder " + data + ": " + e.getMessage(), e);
        }
    }

    private static int launch(PostgresBinaries binaries, Path data, int port, boolean durable) {
        for (int attempt = 1; ; attempt++) {
            int chosen = Ports.require("PostgreSQL", port);
            try {
                binaries.run(
                        log(data),
                        LIMIT,
                        "pg_ctl",
                        List.of(
                                "start",
                                "-w",
                                "-t",
                                "60",
                                "-D",
                                data.toString(),
                                "-l",
                                log(data).toString(),
                                "-o",
                                options(chosen, durable)));
                return chosen;
            } catch (ServerException e) {
                // Between our look and the start another process may have taken a port that we chose ourselves.
                if (port != 0 || attempt == START_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static String options(int port, boolean durable) {
        String sync = durable ? "on" : "off";
        return "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c fsync=" + sync + " -c synchronous_commit=" + sync + " -c full_page_writes=" + sync
                + " -c max_connections=200 -c shared_buffers=64MB -c timezone=UTC -c log_timezone=UTC"
                + " -c password_encryption=scram-sha-256 -c jit=off";
    }

    /** Stops the server of that folder, our own or one that a killed owner left; none is fine. */
    static void stopRunning(PostgresBinaries binaries, Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> leftover =
                readPid(data).flatMap(ProcessHandle::of).filter(process -> serves(process, data));
        if (leftover.isPresent()) {
            try {
                binaries.run(log(data), LIMIT, "pg_ctl", List.of("stop", "-D", data.toString(), "-m", "fast", "-w"));
            } catch (ServerException e) {
                Commands.endTree(leftover.get(), Duration.ZERO);
            }
            return;
        }
        try {
            // The pid is free or another program's by now; PostgreSQL would refuse to start while any process has it.
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new ServerException("cannot remove the stale " + pidFile, e);
        }
    }

    private static boolean serves(ProcessHandle process, Path data) {
        // A defunct process has no command line any more.
        return process.info()
                .commandLine()
                .map(line -> line.contains("postgres") && line.contains(data.toString()))
                .orElse(false);
    }

    private static Optional<Long> readPid(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static FileLock lock(Path data) {
        Path file = data.resolveSibling(data.getFileName() + ".lock");
        try {
            Path parent = data.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new ServerException("the data folder " + data + " is in use by another running hub");
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            throw new ServerException("the data folder " + data + " is in use in this process", e);
        } catch (IOException e) {
            throw new ServerException("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new ServerException("cannot release a lock", e);
        }
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }
}
