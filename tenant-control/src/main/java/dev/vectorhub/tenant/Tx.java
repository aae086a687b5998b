package dev.vectorhub.tenant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running transaction, made by {@link Scoped}. Arguments of statements may be strings, numbers, booleans, UUIDs,
 * instants, enums (by name), byte arrays, long arrays, collections of strings (as {@code text[]}) and null.
 */
public final class Tx {
    private final Connection connection;

    Tx(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** For what the helpers below do not cover; never committed or closed by the caller. */
    public Connection connection() {
        return connection;
    }

    /** Runs INSERT, UPDATE or DELETE and returns the rows it touched. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    public <T> List<T> list(RowMapper<T> mapper, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(mapper.map(rows));
                }
                return result;
            }
        }
    }

    /** The first row, if there is one; the query says which is first. */
    public <T> Optional<T> first(RowMapper<T> mapper, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
            }
        }
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, toSql(arguments[i]));
        }
    }

    private @Nullable Object toSql(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case TenantId tenant -> tenant.value();
            case Enum<?> constant -> constant.name();
            case long[] numbers -> {
                Long[] boxed = new Long[numbers.length];
                for (int i = 0; i < numbers.length; i++) {
                    boxed[i] = numbers[i];
                }
                yield connection.createArrayOf("bigint", boxed);
            }
            case Collection<?> texts ->
                connection.createArrayOf(
                        "text", texts.stream().map(Object::toString).toArray());
            default -> value;
        };
    }
}
