-- Who may do what inside a tenant. Rights come from here only, never from the identity provider's global roles.
create table hub.membership
(
    tenant_id  uuid        not null references hub.tenant (tenant_id),
    -- the identity provider's user
    subject    text        not null check (length(subject) between 1 and 255),
    role       text        not null check (role in ('OWNER', 'MEMBER')),
    email      text        not null check (length(email) between 3 and 254),
    created_at timestamptz not null,
    primary key (tenant_id, subject)
);
call hub.own_by_tenant('hub.membership');
create index membership_by_subject on hub.membership (subject);

-- One row for each wish to sign up, from the request until the tenant exists or the wish has lapsed. What the next step
-- is follows from the columns, so that any process can go on where another stopped. Rows hold personal data only while
-- the signup is open; the password only as a salted hash, and only until the identity provider has it.
create table hub.signup
(
    signup_id       uuid primary key,
    -- null until the address was found to be new
    tenant_id       uuid unique references hub.tenant (tenant_id),
    state           text        not null check (state in ('OPEN', 'RETIRING', 'COMPLETED')),
    -- lower case
    email           text,
    organisation    text,
    plan_code       text,
    isolation       text check (isolation in ('NONE', 'COLLECTION', 'STORAGE')),
    password_salt   bytea,
    password_hash   bytea,
    -- false: somebody signed up with this address before; whoever owns the mailbox chooses the password
    password_trusted boolean    not null,
    subject         text,
    organisation_id text,
    mail_sent_at    timestamptz,
    retire_reason   text,
    due_at          timestamptz not null,
    attempts        integer     not null default 0,
    last_error      text,
    created_at      timestamptz not null,
    closed_at       timestamptz,
    check (state = 'COMPLETED' or email is not null)
);
call hub.own_by_tenant('hub.signup');
create unique index signup_open_by_email on hub.signup (email) where state = 'OPEN';
create index signup_due on hub.signup (due_at) where state in ('OPEN', 'RETIRING');
create index signup_closed on hub.signup (closed_at) where state = 'COMPLETED';
