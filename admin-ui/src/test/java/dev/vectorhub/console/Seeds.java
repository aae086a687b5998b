package dev.vectorhub.console;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Data as an installation of a year has it: tenants of every state, usage of a month, keys, audit, nodes. */
final class Seeds {
    /** The tenant that the seeded member belongs to. */
    static final String MEMBER_TENANT = "0198a000-0000-7000-8000-000000000001";

    private static final List<String> ORGANISATIONS = List.of(
            "Northwind Robotics",
            "Lumen Health",
            "Halcyon Travel",
            "Arbor Legal",
            "Kestrel Aerospace",
            "Meridian Bank",
            "Copperleaf Energy",
            "Saffron Foods",
            "Quillon Press",
            "Tidewater Logistics",
            "Juniper Analytics",
            "Ostrava Steel",
            "Bluefin Research",
            "Marigold Retail",
            "Fernweh Reisen",
            "Cobalt Security",
            "Verdant Farms",
            "Pinnacle Insurance",
            "Aurora Media",
            "Basalt Engineering",
            "Clearwater Utilities",
            "Dovetail Furniture",
            "Ember Games",
            "Foxglove Pharma",
            "Granite Construction",
            "Harbour Shipping",
            "Indigo Textiles",
            "Jasper Minerals",
            "Kite Telecom",
            "Larkspur Education");

    private Seeds() {}

    /** @param subjects subject by e-mail of those who belong to {@link #MEMBER_TENANT} */
    static void write(String url, String owner, String password, Map<String, String> subjects) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, password);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local search_path = hub");
            sql.execute("select set_config('hub.system', 'on', true)");
            plans(sql);
            tenants(sql);
            keys(sql);
            audit(sql);
            usage(sql);
            nodes(sql);
            placements(sql);
            backups(sql);
            for (Map.Entry<String, String> member : new TreeMap<>(subjects).entrySet()) {
                sql.execute("insert into membership values ('%s', '%s', 'OWNER', '%s', now() - interval '200 days')"
                        .formatted(MEMBER_TENANT, member.getValue(), member.getKey()));
            }
            connection.commit();
        }
    }

    private static void plans(Statement sql) throws SQLException {
        sql.execute("""
                insert into plan (code, name, max_collections, max_vectors_per_collection, max_storage_bytes,
                    max_requests_per_minute, isolation, source, updated_at) values
                ('free', 'Free', 5, 100000, 1073741824, 300, 'NONE', 'BUILTIN', now()),
                ('default', 'Default', 100, 10000000, 107374182400, 1000, 'COLLECTION', 'CONFIG', now()),
                ('enterprise', 'Enterprise', 1000, 100000000, 1099511627776, 10000, 'STORAGE', 'OPERATOR', now())
                on conflict (code) do nothing
                """);
    }

    private static void tenants(Statement sql) throws SQLException {
        for (int i = 0; i < 140; i++) {
            String name = ORGANISATIONS.get(i % ORGANISATIONS.size()) + (i < 30 ? "" : " " + (i / 30 + 1));
            String id = i == 0 ? MEMBER_TENANT : "0198a000-%04x-7000-8000-00000000%04x".formatted(i, i);
            String state = i == 3
                    ? "READ_ONLY"
                    : i == 7
                            ? "SUSPENDED"
                            : i == 11 ? "DELETING" : i == 13 ? "PROVISIONING" : i % 29 == 28 ? "PENDING" : "ACTIVE";
            String plan = i % 9 == 2 ? "enterprise" : i % 3 == 1 ? "free" : "default";
            String reason = switch (state) {
                case "READ_ONLY" -> "'stores more than the plan allows'";
                case "SUSPENDED" -> "'Invoice 2026-0917 unpaid for 45 days'";
                case "DELETING" -> "'Contract ended, customer asked for deletion'";
                default -> "null";
            };
            sql.execute("""
                    insert into tenant (tenant_id, organisation, contact_email, state, state_since, state_reason,
                        return_state, plan_code, isolation, erase_after, created_at, updated_at)
                    values ('%s', '%s', '%s', '%s', now() - interval '%d hours', %s, %s, '%s', '%s', %s,
                        now() - interval '%d hours', now())
                    """.formatted(
                    id,
                    name,
                    "platform@" + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "") + ".example",
                    state,
                    3 + i * 5,
                    reason,
                    state.equals("SUSPENDED") || state.equals("DELETING") ? "'ACTIVE'" : "null",
                    plan,
                    plan.equals("enterprise") ? "STORAGE" : i % 2 == 0 ? "COLLECTION" : "NONE",
                    state.equals("DELETING") ? "now() + interval '19 days'" : "null",
                    30 + i * 41));
            double share = i == 0 ? 0.64 : i == 3 ? 1.02 : i == 5 ? 0.97 : i == 9 ? 0.86 : ((i * 37) % 70) / 100.0;
            long limit = plan.equals("enterprise") ? 1L << 40 : plan.equals("free") ? 1L << 30 : 100L << 30;
            long bytes = state.equals("PENDING") ? 0 : (long) (share * limit);
            long points = bytes / 12_000;
            sql.execute("insert into quota_usage values ('%s', %d, %d, %d, %d, %d, now() - interval '40 seconds')"
                    .formatted(id, 1 + i % 5, points, points / 2, bytes, bytes + bytes / 5));
        }
    }

    /** The first tenant is in its place, the third on its way, the sixth cannot go on. */
    private static void placements(Statement sql) throws SQLException {
        sql.execute("""
                insert into placement (tenant_id, node_id, generation, isolation, desired, updated_at)
                select tenant_id, 'engine-1', 3, isolation, 'PLACED', now() - interval '4 minutes'
                from tenant where state in ('ACTIVE', 'READ_ONLY', 'SUSPENDED')
                """);
        sql.execute("""
                insert into assignment (tenant_id, node_id, generation, observed, isolation, collections,
                    collections_to_move, points, points_to_move, fault, observed_at)
                select tenant_id, 'engine-1', 3, 'PLACED', isolation, 12,
                    case tenant_id when '0198a000-0002-7000-8000-000000000002' then 5
                        when '0198a000-0005-7000-8000-000000000005' then 1 else 0 end,
                    1840000,
                    case tenant_id when '0198a000-0002-7000-8000-000000000002' then 610000
                        when '0198a000-0005-7000-8000-000000000005' then 90000 else 0 end,
                    case tenant_id when '0198a000-0005-7000-8000-000000000005'
                        then 'shared/collections/0198c0/seg-12.vhsg fails its checksum' end,
                    now() - interval '2 seconds'
                from placement
                """);
    }

    private static void backups(Statement sql) throws SQLException {
        for (String tenant : List.of(MEMBER_TENANT, "0198a000-0002-7000-8000-000000000002")) {
            sql.execute("""
                    insert into backup (backup_id, tenant_id, state, label, requested_by, collections, points, bytes,
                        bytes_expected, log_index, sha256, error, attempts, due_at, created_at, finished_at) values
                    (gen_random_uuid(), '%1$s', 'READY', 'before the new embedding model', 'Mara Lindqvist', 12, 1840000,
                        3112000000, 3100000000, 4711, repeat('8f3a0c', 10) || 'beef', null, 1, now(),
                        now() - interval '3 days', now() - interval '3 days'),
                    (gen_random_uuid(), '%1$s', 'WRITING', 'nightly', 'Terraform', 0, 0, 1240000000, 3118000000, null, null,
                        null, 1, now() + interval '5 minutes', now() - interval '40 seconds', null)
                    """.formatted(tenant));
            sql.execute("""
                    insert into restore (restore_id, tenant_id, backup_id, state, prefix, requested_by, collections, points,
                        points_done, error, attempts, due_at, created_at, finished_at) values
                    (gen_random_uuid(), '%1$s', gen_random_uuid(), 'FAILED', 'old-', 'Mara Lindqvist', 12, 1840000, 0,
                        'The name `old-docs` is in use', 1, now(), now() - interval '2 days', now() - interval '2 days')
                    """.formatted(tenant));
        }
    }

    private static void keys(Statement sql) throws SQLException {
        String[][] keys = {
            {
                "Search service, production",
                "{READ}",
                "{}",
                "now() + interval '300 days'",
                "null",
                "now() - interval '20 seconds'"
            },
            {
                "Nightly import",
                "{READ,WRITE}",
                "{docs-*,products}",
                "now() + interval '4 days'",
                "null",
                "now() - interval '9 hours'"
            },
            {"Terraform", "{READ,WRITE,MANAGE}", "{}", "null", "null", "now() - interval '12 days'"},
            {"Old laptop", "{READ}", "{}", "null", "now() - interval '40 days'", "now() - interval '41 days'"},
        };
        for (int i = 0; i < keys.length; i++) {
            String[] key = keys[i];
            sql.execute("""
                    insert into api_key (key_id, tenant_id, name, env, hash, scopes, patterns, created_at, created_by,
                        expires_at, revoked_at, last_used_at)
                    values ('0198b000-0000-7000-8000-00000000000%d', '%s', '%s', 'live', decode(repeat('00', 32), 'hex'),
                        '%s', '%s', now() - interval '%d days', 'Mara Lindqvist', %s, %s, %s)
                    """.formatted(i, MEMBER_TENANT, key[0], key[1], key[2], 90 + i, key[3], key[4], key[5]));
        }
    }

    private static void audit(Statement sql) throws SQLException {
        String[][] events = {
            {
                "tenant.create",
                "tenant",
                "null",
                "{\"state\":\"PENDING\",\"plan\":\"free\"}",
                "SYSTEM",
                "signup",
                "200 days"
            },
            {
                "tenant.transition",
                "tenant",
                "'e-mail verified'",
                "{\"from\":\"PENDING\",\"to\":\"PROVISIONING\"}",
                "SYSTEM",
                "signup",
                "199 days"
            },
            {
                "tenant.plan",
                "tenant",
                "'Grew out of the free plan, see ticket 4411'",
                "{\"from\":\"free\",\"to\":\"default\"}",
                "OPERATOR",
                "Hub Operator",
                "90 days"
            },
            {"key.issue", "key", "null", "{\"name\":\"Nightly import\"}", "MEMBER", "Mara Lindqvist", "86 days"},
            {
                "key.revoke",
                "key",
                "'Laptop was lost'",
                "{\"name\":\"Old laptop\"}",
                "MEMBER",
                "Mara Lindqvist",
                "40 days"
            },
            {
                "collection.create",
                "collection",
                "null",
                "{\"collection\":\"docs-2026\"}",
                "KEY",
                "API key 0198b000",
                "2 days"
            },
        };
        for (int i = 0; i < events.length; i++) {
            String[] event = events[i];
            sql.execute("""
                    insert into audit_event values ('0198c000-0000-7000-8000-00000000000%d', '%s',
                        now() - interval '%s', 3004, 3, 1, '%s', 'id', '%s', '%s', '%s', 'x', %s, '%s')
                    """.formatted(
                            i, MEMBER_TENANT, event[6], event[4], event[5], event[0], event[1], event[2], event[3]));
        }
    }

    /** A month of requests with nights and week-ends; the member's tenant by the hour, a few others too. */
    private static void usage(Statement sql) throws SQLException {
        sql.execute("""
                insert into usage_event (tenant_id, key_id, meter, operation, quantity, occurred_at, node, epoch, seq)
                select t.tenant_id, null, m.meter, m.operation,
                       greatest(0, round(m.scale * (1 + 0.9 * sin((extract(hour from h) - 9) * pi() / 12))
                           * (case when extract(dow from h) in (0, 6) then 0.4 else 1 end)
                           * (0.7 + 0.6 * random())))::bigint,
                       h, 'seed-' || m.meter || t.tenant_id, 1, row_number() over ()
                from generate_series(now() - interval '30 days', now(), interval '1 hour') h,
                     (select tenant_id from tenant where state = 'ACTIVE' order by tenant_id limit 6) t,
                     (values ('requests_search', 'search', 900), ('requests_write', 'write', 150),
                             ('requests_read', 'read', 240), ('requests_manage', 'manage', 2),
                             ('vectors_scanned', 'search', 4200000), ('egress_bytes', 'search', 9000000),
                             ('storage_byte_hours', 'storage', 40000000000), ('vector_hours', 'storage', 25000000))
                         as m (meter, operation, scale)
                """);
    }

    private static void nodes(Statement sql) throws SQLException {
        sql.execute("""
                insert into engine_node (node_id, address, state, capacity_points, capacity_bytes, tenants, collections,
                    points, disk_bytes, disk_free_bytes, kernel, heartbeat_at, created_at) values
                ('engine-1', '10.20.0.11:7300', 'ACTIVE', 500000000, 2199023255552, 61, 207, 231400000, 1231453023109, 967570232443, 'AVX-512', now() + interval '40 minutes', now() - interval '200 days'),
                ('engine-2', '10.20.0.12:7300', 'ACTIVE', 500000000, 2199023255552, 58, 190, 301400000, 1891159999774, 307863255778, 'AVX-512', now() + interval '40 minutes', now() - interval '200 days'),
                ('engine-3', '10.20.0.13:7300', 'DRAINING', 500000000, 2199023255552, 12, 31, 20400000, 131453023109, 2067570232443, 'AVX2', now() - interval '4 minutes', now() - interval '90 days')
                """);
        sql.execute("""
                insert into tenant_collection (collection_id, tenant_id, name, state, spec, config, created_at, updated_at,
                    claimed_until)
                values ('0198c0aa-0001-7000-8000-000000000001', '%s', 'manuals', 'ACTIVE', ''::bytea, '{}'::jsonb, now(),
                    now(), now())
                """.formatted(MEMBER_TENANT));
        sql.execute("""
                update engine_node set quarantined_count = 1, backlog_points = 412000,
                    quarantined = '{"collection 0198c0aa-0001-7000-8000-000000000001: slab-00012 fails its checksum"}'
                where node_id = 'engine-2'
                """);
    }
}
