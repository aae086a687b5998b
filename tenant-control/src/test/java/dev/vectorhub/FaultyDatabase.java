package dev.vectorhub;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A database whose client dies right before or right after a commit. */
public final class FaultyDatabase {

    private FaultyDatabase() {}

    public static DataSource of(DataSource inner, Faults faults) {
        return (DataSource) Proxy.newProxyInstance(
                FaultyDatabase.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    Object result = call(method, inner, arguments);
                    return result instanceof Connection connection ? wrap(connection, faults) : result;
                });
    }

    private static Connection wrap(Connection inner, Faults faults) {
        return (Connection) Proxy.newProxyInstance(
                FaultyDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("commit")) {
                        return call(method, inner, arguments);
                    }
                    faults.pass("before a commit");
                    Object result = call(method, inner, arguments);
                    faults.pass("after a commit");
                    return result;
                });
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
