package dev.vectorhub.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    private static final PostgresPasswords PASSWORDS = new PostgresPasswords("s'uper", "own\"er", "app", "kc");

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasCommittedOverAKilledServerAndARestart() throws Exception {
        Path data = folder.resolve("pg");
        long killed;
        try (PostgresServer server = PostgresServer.start(data, 0, PASSWORDS)) {
            execute(server, "create table kept (n int)");
            execute(server, "insert into kept values (42)");
            killed = server.pid();
            ProcessHandle process = ProcessHandle.of(killed).orElseThrow();
            process.destroyForcibly();
            process.onExit().get(20, TimeUnit.SECONDS);
        }
        try (PostgresServer server = PostgresServer.start(data, 0, PASSWORDS)) {
            assertNotEquals(killed, server.pid());
            assertEquals("42", query(server, "select n from kept"));
            assertEquals("on", query(server, "show fsync"));
            assertEquals("on", query(server, "show synchronous_commit"));
        }
    }

    @Test
    void anInterruptedStartLeavesNothingInTheWay() throws Exception {
        Path data = folder.resolve("pg");
        Thread.currentThread().interrupt();
        assertThrows(ServerException.class, () -> PostgresServer.start(data, 0, PASSWORDS));
        assertTrue(Thread.interrupted(), "the interrupt is not swallowed");
        assertFalse(Files.exists(data.resolve("postmaster.pid")));
        try (PostgresServer server = PostgresServer.start(data, 0, PASSWORDS)) {
            assertEquals("1", query(server, "select 1"));
        }
    }

    @Test
    void stopsTheServerThatAKilledOwnerLeft() throws Exception {
        Path data = folder.resolve("pg");
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .start();
        int port;
        long leftover;
        try (var output = owner.inputReader()) {
            String ready = output.lines()
                    .filter(line -> line.startsWith("ready "))
                    .findFirst()
                    .orElseThrow();
            String[] words = ready.split(" ", -1);
            port = Integer.parseInt(words[1]);
            leftover = Long.parseLong(words[2]);
        }
        owner.destroyForcibly().waitFor();
        assertTrue(ProcessHandle.of(leftover).orElseThrow().isAlive(), "the server outlives its killed owner");

        try (PostgresServer server = PostgresServer.start(data, port, PASSWORDS)) {
            assertNotEquals(leftover, server.pid());
            assertEquals(port, server.port());
            assertEquals("7", query(server, "select n from left_over"));
        }
    }

    @Test
    void namesAnOccupiedPort() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortInUseException refused = assertThrows(
                    PortInUseException.class,
                    () -> PostgresServer.start(folder.resolve("pg"), other.getLocalPort(), PASSWORDS));
            assertEquals(other.getLocalPort(), refused.port());
            assertTrue(String.valueOf(refused.getMessage()).contains(Integer.toString(other.getLocalPort())));
        }
    }

    @Test
    void twoOwnersOfOneFolderAreKeptApart() {
        Path data = folder.resolve("pg");
        try (PostgresServer server = PostgresServer.start(data, 0, PASSWORDS)) {
            assertThrows(ServerException.class, () -> PostgresServer.start(data, 0, PASSWORDS));
            assertTrue(ProcessHandle.of(server.pid()).orElseThrow().isAlive());
        }
    }

    @Test
    void aStalePidFileOfAnotherProgramIsIgnored() throws IOException {
        Path data = folder.resolve("pg");
        PostgresServer.start(data, 0, PASSWORDS).close();
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n0\n5432\n\n\n");
        try (PostgresServer server = PostgresServer.start(data, 0, PASSWORDS)) {
            assertNotEquals(ProcessHandle.current().pid(), server.pid());
        }
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Path data = Files.createDirectory(folder.resolve("pg"));
        Files.writeString(data.resolve("thesis.txt"), "mine");
        ServerException refused = assertThrows(ServerException.class, () -> PostgresServer.start(data, 0, PASSWORDS));
        assertTrue(String.valueOf(refused.getMessage()).contains(data.toString()));
        assertEquals("mine", Files.readString(data.resolve("thesis.txt")));
    }

    @Test
    void rolesHaveTheirRightsAndNoMore() throws SQLException {
        TestDatabase database = TestServers.postgres();
        try (Connection owner =
                        DriverManager.getConnection(database.url(), database.ownerUser(), database.ownerPassword());
                Statement statement = owner.createStatement()) {
            statement.execute("create table here (n int)");
            try (ResultSet rows = statement.executeQuery("select schemaname from pg_tables where tablename = 'here'")) {
                assertTrue(rows.next());
                assertEquals("hub", rows.getString(1));
            }
        }
        try (Connection app = DriverManager.getConnection(database.url(), database.appUser(), database.appPassword());
                Statement statement = app.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute("create table mine (n int)"));
            assertThrows(SQLException.class, () -> statement.execute("create table public.mine (n int)"));
        }
        assertThrows(
                SQLException.class, () -> DriverManager.getConnection(database.url(), database.appUser(), "wrong"));
        TestDatabase other = TestServers.postgres();
        assertNotEquals(database.url(), other.url());
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl("hub"), "hub_owner", "own\"er");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl("hub"), "hub_owner", "own\"er");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    /** The program that the test kills: starts a server, writes, says so, waits. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            PostgresServer server = PostgresServer.start(Path.of(arguments[0]), 0, PASSWORDS);
            execute(server, "create table left_over (n int)");
            execute(server, "insert into left_over values (7)");
            System.out.println("ready " + server.port() + " " + server.pid());
            Thread.sleep(600_000);
        }
    }
}
