package dev.vectorhub.console.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.audit.AuditService;
import dev.vectorhub.console.Schema;
import dev.vectorhub.console.backups.BackupDesk;
import dev.vectorhub.console.backups.OwnBackupDesk;
import dev.vectorhub.console.isolation.IsolationDesk;
import dev.vectorhub.console.keys.KeyDesk;
import dev.vectorhub.console.members.MemberDesk;
import dev.vectorhub.console.nodes.NodeDesk;
import dev.vectorhub.console.overview.OverviewDesk;
import dev.vectorhub.console.plans.PlanDesk;
import dev.vectorhub.console.tenants.TenantDesk;
import dev.vectorhub.console.usage.UsageDesk;
import dev.vectorhub.identity.Identities;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Calls every method of every desk in the name of somebody who has no right to it. The methods are found, not listed, so
 * one that is added without asking for the right fails here.
 */
class DeskAccessIT {
    private static final List<Class<?>> FOR_MEMBERS =
            List.of(KeyDesk.class, UsageDesk.class, MemberDesk.class, OwnBackupDesk.class, IsolationDesk.class);
    private static final List<Class<?>> FOR_OPERATORS =
            List.of(TenantDesk.class, OverviewDesk.class, PlanDesk.class, NodeDesk.class, BackupDesk.class);

    private static final Viewer ANN = new Viewer("subject-ann", "Ann", "ann@one.example", false);
    private static final Viewer BOB = new Viewer("subject-bob", "Bob", "bob@two.example", false);
    private static final Viewer OPERATOR = new Viewer("subject-op", "Ola", "ola@hub.example", true);

    private static Admissions admissions;
    private static TenantId one;
    private static TenantId two;

    @BeforeAll
    static void twoTenantsWithAMemberEach() {
        TestDatabase database = Schema.migrated();
        PGSimpleDataSource app = new PGSimpleDataSource();
        app.setUrl(database.url());
        app.setUser(database.appUser());
        app.setPassword(database.appPassword());
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids(new SecureRandom());
        Scoped scoped = new Scoped(app);
        AuditService audit = new AuditService(scoped, ids, clock);
        TenantService tenants = new TenantService(scoped, audit, ids, clock);
        MemberService members = new MemberService(scoped, tenants, never(Identities.class), audit, clock);
        admissions = new Admissions(members, tenants);
        scoped.doAsSystem(tx -> tx.update("""
                insert into plan (code, name, max_collections, max_vectors_per_collection, max_storage_bytes,
                    max_requests_per_minute, isolation, source, updated_at)
                values ('p', 'P', 1, 1, 1, 1, 'NONE', 'BUILTIN', now())
                """));
        Actor actor = Actor.system("test");
        Tenant first = tenants.create(tenant("One"), actor);
        Tenant second = tenants.create(tenant("Two"), actor);
        one = first.id();
        two = second.id();
        scoped.doAsSystem(tx -> {
            members.add(tx, one, ANN.subject(), ANN.email(), MemberRole.OWNER, actor);
            members.add(tx, two, BOB.subject(), BOB.email(), MemberRole.MEMBER, actor);
        });
    }

    @Test
    void membersAreAdmittedToTheirOwnTenantOnly() {
        assertEquals(ANN.subject(), admissions.member(ANN, one).id());
        assertEquals(Actor.Kind.MEMBER, admissions.member(BOB, two).kind());
        assertEquals(
                List.of(one),
                admissions.tenantsOf(ANN).stream().map(MemberTenant::id).toList());
        assertEquals(ProblemType.NOT_FOUND, refusal(() -> admissions.member(ANN, two)));
        assertEquals(ProblemType.NOT_FOUND, refusal(() -> admissions.member(OPERATOR, one)));
        assertEquals(ProblemType.NOT_FOUND, refusal(() -> admissions.owner(ANN, two)));
        assertEquals(ProblemType.FORBIDDEN, refusal(() -> admissions.owner(BOB, two)));
    }

    @Test
    void aForeignTenantLooksExactlyLikeAMissingOne() {
        TenantId missing = new TenantId(UUID.randomUUID());
        ProblemException foreign = problem(() -> admissions.member(ANN, two));
        ProblemException absent = problem(() -> admissions.member(ANN, missing));
        assertEquals(
                String.valueOf(absent.getMessage()).replace(missing.toString(), "ID"),
                String.valueOf(foreign.getMessage()).replace(two.toString(), "ID"));
        assertEquals(absent.type(), foreign.type());
    }

    @Test
    void noMethodForMembersServesSomebodyElse() throws Exception {
        int called = 0;
        for (Class<?> desk : FOR_MEMBERS) {
            for (Method method : callable(desk)) {
                assertEquals(ProblemType.NOT_FOUND, refusal(desk, method, BOB), method + " let Bob into tenant one");
                assertEquals(ProblemType.NOT_FOUND, refusal(desk, method, OPERATOR), method + " let an operator in");
                called++;
            }
        }
        assertTrue(called >= 8, "found only " + called + " methods");
    }

    @Test
    void noMethodForOperatorsServesAMember() throws Exception {
        int called = 0;
        for (Class<?> desk : FOR_OPERATORS) {
            for (Method method : callable(desk)) {
                assertEquals(ProblemType.FORBIDDEN, refusal(desk, method, ANN), method + " served a member");
                called++;
            }
        }
        assertTrue(called >= 9, "found only " + called + " methods");
    }

    @Test
    void operatorsAreAdmittedAsSuch() {
        assertEquals(
                Actor.Kind.OPERATOR,
                assertDoesNotThrow(() -> admissions.operator(OPERATOR)).kind());
    }

    private static NewTenant tenant(String organisation) {
        return new NewTenant(organisation, null, null, "p", IsolationMode.NONE, TenantState.PROVISIONING);
    }

    private static List<Method> callable(Class<?> desk) {
        List<Method> methods = new ArrayList<>();
        for (Method method : desk.getMethods()) {
            if (method.getDeclaringClass() != Object.class
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic()) {
                methods.add(method);
            }
        }
        return methods;
    }

    /** Calls the method about tenant one; every argument beside viewer and tenant is absent. */
    private static ProblemType refusal(Class<?> desk, Method method, Viewer viewer) throws Exception {
        @Nullable Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            arguments[i] = type == Viewer.class
                    ? viewer
                    : type == TenantId.class ? one : type == int.class ? (Object) 1 : type == long.class ? 1L : null;
        }
        try {
            method.invoke(make(desk), arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return problem.type();
            }
            throw new AssertionError(method + " went on without the right", e.getCause());
        }
        throw new AssertionError(method + " answered");
    }

    /** A desk that has nothing but its admissions: whatever it would do without them fails. */
    private static Object make(Class<?> desk) throws ReflectiveOperationException {
        Constructor<?> constructor = desk.getConstructors()[0];
        @Nullable Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = constructor.getParameterTypes()[i] == Admissions.class ? admissions : null;
        }
        return constructor.newInstance(arguments);
    }

    private static ProblemType refusal(Runnable call) {
        return problem(call).type();
    }

    private static ProblemException problem(Runnable call) {
        try {
            call.run();
        } catch (ProblemException e) {
            return e;
        }
        throw new AssertionError("admitted");
    }

    /** Something that must not be called. */
    private static <T> T never(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            throw new AssertionError(method + " was called");
        }));
    }
}
