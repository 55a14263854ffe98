package org.mawid.api.server;

import org.mawid.api.limit.Payer;
import org.mawid.api.limit.Proxies;
import org.mawid.api.limit.Rates;
import org.mawid.api.oidc.OidcConfig;

/** Every property of the edge, beside the engine's own {@code org.mawid.engine.Setting}. Read once, at start. */
public enum EdgeSetting {
    /** Port of the HTTP edge. 0 = any free one. 0 to 65 535, default 8080. */
    HTTP_PORT("mawid.http.port", "8080", "0 to 65535", "Port of HTTP; 0 = any free one."),

    /** Port of gRPC. 0 = any free one. 0 to 65 535, default 9090. */
    GRPC_PORT("mawid.grpc.port", "9090", "0 to 65535", "Port of gRPC; 0 = any free one."),

    /** Address to listen on. Anything but loopback needs an {@link #OIDC_ISSUER} and TLS, or {@link #INSECURE}. Default 127.0.0.1. */
    BIND("mawid.bind", "127.0.0.1", "an address of this machine", "Address to listen on."),

    /** Whether it may listen beyond loopback although it authenticates nobody, or tokens would come in clear, as behind a proxy that ends TLS. Default false. */
    INSECURE("mawid.insecure", "false", "true or false", "Listen beyond loopback although nobody is authenticated, or without TLS."),

    /**
     * Issuer of bearer tokens (OpenID Connect), as they name it; with it every call is asked who makes it, and may do what the table of roles allows.
     * HTTP without TLS on this machine only. It needs {@link #OIDC_AUDIENCE}, and records. Default none: whoever reaches the ports may do anything.
     */
    OIDC_ISSUER("mawid.oidc.issuer", "", "https://HOST/PATH, or http:// of this machine", "Issuer of bearer tokens; none = whoever reaches the ports may do anything."),

    /** For whom tokens have to be: this server's name at the issuer. Needed with {@link #OIDC_ISSUER}. */
    OIDC_AUDIENCE("mawid.oidc.audience", "", "a name", "For whom tokens have to be: our name at the issuer."),

    /** With what tokens may be signed, separated by commas. Default RS256,PS256,ES256. */
    OIDC_ALGORITHMS("mawid.oidc.algorithms", OidcConfig.USUAL_ALGORITHMS, "some of " + OidcConfig.ALGORITHMS_TEXT, "With what tokens may be signed."),

    /** Claim with the roles: a list, or one text with blanks; dots lead into objects. Default roles; Keycloak's own place is realm_access.roles. */
    OIDC_CLAIM_ROLES("mawid.oidc.claim.roles", "roles", "a name, with dots into objects", "Claim with the roles of who calls."),

    /** Claim with the codes of the posts that they work for, likewise. Default posts. */
    OIDC_CLAIM_POSTS("mawid.oidc.claim.posts", "posts", "a name, with dots into objects", "Claim with the codes of the posts that they work for."),

    /** Claim with the name of a portal. Default portal. */
    OIDC_CLAIM_PORTAL("mawid.oidc.claim.portal", "portal", "a name, with dots into objects", "Claim with the name of a portal."),

    /** Claim with the key of an applicant, 16 hexadecimal digits. Default person. */
    OIDC_CLAIM_PERSON("mawid.oidc.claim.person", "person", "a name, with dots into objects", "Claim with the key of an applicant."),

    /**
     * Whether it takes a capability to see starts and to take them: what only applicants, portals, and where there are no roles all, have to bring. {@code required}, or {@code off}: for
     * benches, and for closed networks behind a portal that checks by itself. Default: required where records are kept, for who reads an application is given one.
     */
    CAPABILITY("mawid.capability", "", "required or off", "Whether it takes a capability to see starts and to hold them; none = required where records are kept."),

    /** How long a capability is good. Milliseconds of log time, 10 000 to 86 400 000, default 1 800 000. Source: our estimate of how long somebody looks for a time. */
    CAPABILITY_TTL_MS("mawid.capability.ttl.ms", "1800000", "10000 to 86400000", "How long a capability is good, in ms of the engine's time."),

    /** PEM file of the certificate chain; with {@link #TLS_KEY} it turns TLS on. It may be replaced while running. Default none. */
    TLS_CERTIFICATE("mawid.tls.certificate", "", "a PEM file", "Certificate chain; turns TLS on. May be replaced while running."),

    /** PEM file of the private key of {@link #TLS_CERTIFICATE}. Default none. */
    TLS_KEY("mawid.tls.key", "", "a PEM file", "Private key of the certificate."),

    /** How often certificate and key are looked at, and used anew when they have changed. Milliseconds, 100 to 86 400 000, default 60 000. */
    TLS_RELOAD_MS("mawid.tls.reload.ms", "60000", "100 to 86400000", "How often certificate and key are looked at, in ms."),

    /**
     * Whether clients show a certificate as well, over both edges: {@code wanted}, who has none is let in all the same; {@code required}, nobody is, browsers and whoever looks after health included.
     * Needs {@link #TLS_CLIENT_CA}. Default off.
     */
    TLS_CLIENT("mawid.tls.client", "off", "off, wanted or required", "Whether clients show a certificate as well, over both edges."),

    /** PEM file with the certificates of those who issue clients' certificates. It may be replaced while running. Default none. */
    TLS_CLIENT_CA("mawid.tls.client.ca", "", "a PEM file", "Who issues clients' certificates. May be replaced while running."),

    /** Roles whose tokens are taken over connections with a client's certificate only, as {@code portal,officer}. Needs {@link #TLS_CLIENT}. Default none. */
    TLS_CLIENT_ROLES("mawid.tls.client.roles", "", "roles, separated by commas", "Roles whose tokens come with a client's certificate only."),

    /** Whether gRPC tells its own services to who asks. Default true. */
    REFLECTION("mawid.grpc.reflection", "true", "true or false", "gRPC server reflection."),

    /** Connections of gRPC at once; one more is closed. 1 to 100 000, default 1 000. Source: six for each of 163 posts, or a portal's hundreds. */
    GRPC_CONNECTIONS("mawid.grpc.connections", "1000", "1 to 100000", "Connections of gRPC at once; one more is closed."),

    /**
     * Bytes of answers over gRPC that wait for clients to read them, in all; when there are more, calls are told UNAVAILABLE with the cause
     * ANSWERS_UNREAD before anything is done. 4 194 304 to 1 TiB, default 0 = an eighth of the heap, 32 MiB at least.
     */
    GRPC_UNREAD_BYTES("mawid.grpc.unread.bytes", "0", "4194304 to 1099511627776, or 0", "Answers over gRPC that wait to be read, in bytes; 0 = an eighth of the heap."),

    /** As {@link #GRPC_UNREAD_BYTES}, on one connection. Default 0 = an eighth of those, 4 MiB at least. */
    GRPC_UNREAD_CONNECTION_BYTES("mawid.grpc.unread.connection.bytes", "0", "4194304 to 1099511627776, or 0",
            "The same on one connection; 0 = an eighth of those of all."),

    /**
     * How long the edge waits for the core before it answers PENDING, ask for the outcome. Milliseconds, 100 to 30 000, default 2 000.
     * Source: our estimate; to become ten times the p99.9 of bench/README.md.
     */
    REPLY_TIMEOUT_MS("mawid.reply.timeout.ms", "2000", "100 to 30000", "How long to wait for the core before answering PENDING, in ms."),

    /**
     * How long one request over HTTP may take, from its first byte to its answer, before it is told 408; event streams are not counted.
     * Milliseconds, 1 000 to 600 000, default 30 000. Source: our estimate, for a body of 64 KiB over the worst link of a post.
     */
    HTTP_REQUEST_TIMEOUT_MS("mawid.http.request.timeout.ms", "30000", "1000 to 600000", "How long a request over HTTP may arrive and be answered, in ms."),

    /**
     * Bytes of answers over HTTP that wait for clients to read them, in all; when there are more, reads are told UNAVAILABLE with the cause
     * ANSWERS_UNREAD, and on one connection from an eighth of it on. 4 194 304 to 1 TiB, default 0 = an eighth of the heap, 32 MiB at least.
     */
    HTTP_UNREAD_BYTES("mawid.http.unread.bytes", "0", "4194304 to 1099511627776, or 0", "Answers over HTTP that wait to be read, in bytes; 0 = an eighth of the heap."),

    /** How much calls without a token, or with one that is not good, may, by address, where tokens are asked for (see {@link Rates} and {@link Payer}). */
    LIMIT_ADDRESS("mawid.limit.address", Payer.ADDRESS.usual(), Rates.SHAPE, "How much calls without a good token may a minute, by address."),

    /** How much applicants may, and what is done for one person, whoever does it; likewise. */
    LIMIT_PERSON("mawid.limit.person", Payer.PERSON.usual(), Rates.SHAPE, "How much an applicant may a minute, and whoever acts for one."),

    /** How much all applicants at one address may together, beside what each may; likewise. */
    LIMIT_APPLICANTS("mawid.limit.applicants", Payer.APPLICANTS.usual(), Rates.SHAPE, "How much all applicants at one address may a minute."),

    /** How much tokens of posts, the call centre and the treasury may; likewise. */
    LIMIT_STAFF("mawid.limit.staff", Payer.STAFF.usual(), Rates.SHAPE, "How much tokens of posts, call centre and treasury may a minute."),

    /** How much tokens of portals and operators may; likewise. */
    LIMIT_PORTAL("mawid.limit.portal", Payer.PORTAL.usual(), Rates.SHAPE, "How much tokens of portals and operators may a minute."),

    /** How many of the connections of an edge one address may have, but this machine and {@link #LIMIT_PROXIES}. Percent, 1 to 100 (all), default 50: none takes all. */
    LIMIT_CONNECTIONS("mawid.limit.connections", "50", "1 to 100", "Percent of an edge's connections that one address may have, but this machine and proxies."),

    /**
     * Proxies that are believed about whom they speak for, on both edges: whoever else writes such a header is passed over. Limits and the audit go by the last address that is none of them.
     * Default none: whoever is at the other end of a connection calls.
     */
    LIMIT_PROXIES("mawid.limit.proxies", "", Proxies.SHAPE, "Proxies that say whom they speak for; none = who connects calls."),

    /** Header in which those proxies say so; the other one is not looked at. Default X-Forwarded-For. */
    LIMIT_PROXIES_HEADER("mawid.limit.proxies.header", "X-Forwarded-For", "X-Forwarded-For or Forwarded", "Header in which those proxies say so."),

    /** Origins of browsers that may call the HTTP edge from other sites, separated by commas. Default none. */
    CORS_ORIGINS("mawid.http.cors.origins", "", "origins, separated by commas", "Browsers' origins that may call from other sites."),

    /**
     * How many days ahead the calendars of an imported network are kept published while the server runs, as far as its holidays reach.
     * 0 (never) to 400, default 365.
     */
    CALENDAR_DAYS("mawid.calendar.days", "365", "0 to 400", "Days ahead that calendars are kept published; 0 = never."),

    /**
     * Where the payment terminals are, a line for each (see {@code TerminalPlaces}); read at start, and again when it has changed: a list with a mistake is
     * not taken, and the one before stays in force. Terminals that are not in it are not spoken to.
     * Default none: payments at terminals are for somebody else to carry out.
     */
    TERMINALS_FILE("mawid.terminals.file", "", "a file with lines as: 12 tcp://10.1.2.3:20000 poi=EPT-12", "Where the payment terminals are; none = they are not spoken to. May be changed while running."),

    /** How often {@link #TERMINALS_FILE} is looked at, and taken when it has changed. Milliseconds, 100 to 86 400 000, default 10 000. */
    TERMINALS_RELOAD_MS("mawid.terminals.reload.ms", "10000", "100 to 86400000", "How often the list of terminals is looked at, in ms."),

    /** What this server calls itself to payment terminals. A terminal that knew it by another name may not tell it what it has charged. Default MAWID. */
    TILL_ID("mawid.till.id", "MAWID", "1 to 64 letters, digits and -._", "What this server calls itself to payment terminals; the same at every start."),

    /** Address of the treasury's interface; with it payments online are on. HTTP without TLS on this machine only. Default none. */
    TREASURY_URL("mawid.treasury.url", "", "https://HOST, or http://HOST of this machine", "Where the treasury's interface is; none = nothing is paid online."),

    /** Where it gives tokens (OAuth2, client credentials). Default: its usual path behind {@link #TREASURY_URL}. */
    TREASURY_TOKEN_URL("mawid.treasury.token.url", "", "https://HOST/PATH, or http:// of this machine", "Where the treasury gives tokens; none = at its usual path behind its interface."),

    /** Under which name we are registered at the treasury. Needed with {@link #TREASURY_URL}. */
    TREASURY_CLIENT("mawid.treasury.client", "", "a client id", "Under which client id the treasury knows us."),

    /** File with the secret of {@link #TREASURY_CLIENT}, in one line. Needed with {@link #TREASURY_URL}. */
    TREASURY_SECRET_FILE("mawid.treasury.secret.file", "", "a file", "Holds the secret of that client id, in one line."),

    /** File with the secret that the treasury signs its call-backs with (HMAC-SHA256), in one line. This or {@link #TREASURY_CALLBACK_KEYS}. */
    TREASURY_CALLBACK_SECRET_FILE("mawid.treasury.callback.secret.file", "", "a file", "Holds the secret of the treasury's call-backs, 16 bytes or more in one line."),

    /** JWK Set (RFC 7517) with the public keys, on P-256, that the treasury signs its call-backs with (ES256). This or {@link #TREASURY_CALLBACK_SECRET_FILE}. */
    TREASURY_CALLBACK_KEYS("mawid.treasury.callback.keys", "", "a JWK Set", "Holds the public keys of the treasury's call-backs, instead of a secret."),

    /** PEM file of what is trusted at the treasury's address. Default: what Java trusts. */
    TREASURY_TRUST("mawid.treasury.trust", "", "a PEM file", "Certificates to trust at the treasury's address; none = those that Java trusts."),

    /** PEM file of our certificate chain for the treasury; with {@link #TREASURY_KEY}. Default none. */
    TREASURY_CERTIFICATE("mawid.treasury.certificate", "", "a PEM file", "Our certificate chain for the treasury, where it wants one."),

    /** PEM file of the private key of {@link #TREASURY_CERTIFICATE}. Default none. */
    TREASURY_KEY("mawid.treasury.key", "", "a PEM file", "Private key of our certificate for the treasury."),

    /** How long one answer of the treasury may take; a question is repeated for three times as long. Milliseconds, 100 to 10 000, default 5 000. Source: our estimate. */
    TREASURY_TIMEOUT_MS("mawid.treasury.timeout.ms", "5000", "100 to 10000", "How long one answer of the treasury may take, in ms."),

    /** How often the treasury is asked about payments that wait. Milliseconds, 100 to 3 600 000, default 30 000. Source: our estimate. */
    TREASURY_ROUND_MS("mawid.treasury.round.ms", "30000", "100 to 3600000", "How often the treasury is asked about payments that wait, in ms."),

    /** Whether prices that the treasury publishes and the catalogue has otherwise are only told, or set. Default tell. */
    TREASURY_TARIFFS("mawid.treasury.tariffs", "tell", "tell or apply", "Whether the treasury's prices are only compared with the catalogue's, or set there."),

    /** How often the treasury is asked for its prices. Milliseconds, 100 to 86 400 000, default 3 600 000. Source: our estimate; prices change by the year. */
    TREASURY_TARIFFS_MS("mawid.treasury.tariffs.ms", "3600000", "100 to 86400000", "How often the treasury is asked for its prices, in ms."),

    /**
     * Contracts with acquirers, a line for each (see {@code Contracts}): code of a post or *, basis points, minor units for each payment, calendar days until the money is there. Read once, at
     * start. Default none: nothing was agreed about commissions, and money comes within 3 days.
     */
    STATEMENTS_CONTRACTS("mawid.statements.contracts", "", "a file with lines as: paris,120,0,3", "Contracts with acquirers by post; none = no commission was agreed, 3 days' delay."),

    /** Folder into which a bank's transfer puts statement files; what was taken goes into its {@code taken}, what was not into its {@code refused}. Default none. */
    STATEMENTS_FOLDER("mawid.statements.folder", "", "a folder", "Where statement files are dropped, to be taken in order of name; none = over the edges only."),

    /** Days behind the contract's delay after which money that is in no statement is a break. 0 to 366, default 2. Source: our estimate, a weekend. */
    STATEMENTS_GRACE_DAYS("mawid.statements.grace.days", "2", "0 to 366", "Days behind the agreed delay after which money counts as missing."),

    /** Bytes that a statement file may have, offered or dropped. 1 024 to 16 GiB, default 1 GiB. Source: a day of a hundred million dirhams, payment by payment. */
    STATEMENTS_MOST_BYTES("mawid.statements.bytes", "1073741824", "1024 to 17179869184", "Bytes that a statement file may have."),

    /** Where daily closings are kept, for whoever carries them to the treasury. Default: {@code edge/closings} in the data directory, which a back-up takes along. */
    CLOSINGS_FOLDER("mawid.closings.folder", "", "a folder", "Where daily closings are kept; none = in the data directory, where a back-up takes them along."),

    /** How long after its local midnight a post's day is closed. Milliseconds, 0 to 43 200 000, default 900 000. Source: as long as a payment waits before it is in doubt. */
    CLOSINGS_AFTER_MS("mawid.closings.after.ms", "900000", "0 to 43200000", "How long after its local midnight a post's day is closed, in ms."),

    /**
     * Whether this server says when given-back room is everybody's, after a delay that nobody can know before. Off, somebody else may, and what nobody says
     * comes after the longest delay. Never in a simulation. Default true.
     */
    COOLING("mawid.cooling", "true", "true or false", "Whether this server says when given-back room is everybody's; off = somebody else does, or it comes after the longest delay."),

    /** How long a secret decides that, before it is revealed and another one does. Milliseconds of log time, 1 000 to 2 592 000 000, default 86 400 000. */
    COOLING_ERA_MS("mawid.cooling.era.ms", "86400000", "1000 to 2592000000", "How long a secret decides when given-back room is everybody's, before it is revealed, in ms."),

    /**
     * Master key that the keys of all persons are wrapped with ({@code mawid master-key --new}); with it texts and documents are kept. A file, mode 0600, anywhere but in the data directory or its back-ups; or a key
     * in a token that speaks PKCS#11, as {@code org.mawid.api.sealed.pkcs11.Pkcs11Key} has its address. Default none: what is personal is kept by somebody else, and only its hashes come here.
     */
    PERSON_MASTER_KEY("mawid.person.master.key", "", "a file, or pkcs11:…", "The master key of all persons' keys: a file, or a key in a token; none = no texts and documents are kept here."),

    /** Older master keys, as {@link #PERSON_MASTER_KEY}, separated by commas: keys that are still wrapped with them can be read (see {@code mawid master-key --rewrap}). Default none. */
    PERSON_MASTER_OLDER("mawid.person.master.older", "", "files, or pkcs11:…, separated by commas", "Older master keys, until all keys are wrapped anew."),

    /** Folder of the persons' keys, to be backed up apart from all else. Default: {@code keys} in the data directory, which a back-up leaves out. */
    PERSON_KEYS("mawid.person.keys", "", "a folder", "Where the persons' keys are; none = 'keys' in the data directory. Back it up apart."),

    /** Bucket in which sealed things are kept. Credentials are found as AWS' own tools find them: environment, profile, the machine's role. Default: {@code persons/sealed} in the data directory. */
    PERSON_S3_BUCKET("mawid.person.s3.bucket", "", "a bucket's name", "Where sealed things are; none = 'persons/sealed' in the data directory. Credentials as AWS' tools find them."),

    /** Address of what speaks S3, when it is not Amazon's. Default none. */
    PERSON_S3_ENDPOINT("mawid.person.s3.endpoint", "", "https://HOST, or http://HOST", "Where S3 is spoken; none = at Amazon."),

    /** Region of {@link #PERSON_S3_BUCKET}. Default us-east-1, which others than Amazon take for theirs. */
    PERSON_S3_REGION("mawid.person.s3.region", "us-east-1", "a region's name", "Region of that bucket."),

    /** ClamAV's daemon, which looks for malware in documents. Default none: documents are told as not scanned. */
    PERSON_CLAMD("mawid.person.clamd", "", "HOST:PORT", "Where ClamAV's daemon (clamd) listens; none = documents are not scanned, and told so."),

    /** How long that daemon may take for one document. Milliseconds, 100 to 600 000, default 30 000. */
    PERSON_CLAMD_TIMEOUT_MS("mawid.person.clamd.timeout.ms", "30000", "100 to 600000", "How long that daemon may take for one document, in ms."),

    /**
     * How long documents are kept after the last line of their application has ended. Days, 0 (for ever) to 36 500, default 180. Source: an act may be contested for 60 days, its office may be silent about a complaint for 60,
     * and 60 more are left then (Moroccan Law 41-90, Article 23); whoever reopens it has not to ask for them again.
     */
    RETENTION_DOCUMENTS_DAYS("mawid.retention.documents.days", "180", "0 to 36500", "Days that documents are kept after their application has ended; 0 = for ever."),

    /** How long messages are kept, likewise: they say why it was decided so. Days, 0 to 36 500, default 180. */
    RETENTION_MESSAGES_DAYS("mawid.retention.messages.days", "180", "0 to 36500", "Days that messages are kept after their application has ended; 0 = for ever."),

    /** How long the call centre's notes are kept, likewise. Days, 0 to 36 500, default 30. Source: our estimate, whoever takes over has done so. */
    RETENTION_NOTES_DAYS("mawid.retention.notes.days", "30", "0 to 36500", "Days that the call centre's notes are kept after their application has ended; 0 = for ever."),

    /** How long contacts are kept after the last application that names the person has ended. Days, 0 to 36 500, default 180: as long as somebody may have to be told something about it. */
    RETENTION_CONTACTS_DAYS("mawid.retention.contacts.days", "180", "0 to 36500", "Days that contacts are kept after a person's last application has ended; 0 = for ever."),

    /** How long it is known how a callback ended. Days, 0 to 36 500, default 7: the same answer is given to whoever says it again. */
    RETENTION_CALLBACKS_DAYS("mawid.retention.callbacks.days", "7", "0 to 36500", "Days that callbacks are kept after they have ended; 0 = for ever."),

    /**
     * How long sealed things stay that stand in no book, since they were stored. Days, 0 to 36 500, default 30: a book that was lost can be brought back from its copy before. Where several servers share a bucket it has to be 0, for
     * each knows its own books only.
     */
    RETENTION_ORPHANS_DAYS("mawid.retention.orphans.days", "30", "0 to 36500", "Days that sealed things stay that stand in no book; 0 = for ever, as a shared bucket needs it."),

    /**
     * Mail server to which e-mail to applicants is given; with it they are told what becomes of their requests. {@code smtp} begins TLS by STARTTLS, and says nothing without it, but to this machine; {@code smtps} is TLS from
     * the first byte on. It needs {@link #NOTIFY_FROM}, {@link #PERSON_MASTER_KEY} and records. Default none: no e-mail.
     */
    NOTIFY_SMTP_URL("mawid.notify.smtp.url", "", "smtp://HOST:PORT or smtps://HOST:PORT", "Mail server for e-mail to applicants; none = none is sent."),

    /** As whom we are known there; with {@link #NOTIFY_SMTP_SECRET_FILE}. Default none: nobody is asked. */
    NOTIFY_SMTP_USER("mawid.notify.smtp.user", "", "a name", "As whom the mail server knows us; none = it asks nobody."),

    /** File with the password of {@link #NOTIFY_SMTP_USER}, in one line. */
    NOTIFY_SMTP_SECRET_FILE("mawid.notify.smtp.secret.file", "", "a file", "Holds the password for the mail server, in one line."),

    /** PEM file of what is trusted as the mail server. Default: what Java trusts. */
    NOTIFY_SMTP_TRUST("mawid.notify.smtp.trust", "", "a PEM file", "Certificates to trust as the mail server; none = those that Java trusts."),

    /** From whom e-mail comes: an address, or one with a name in front of it. Needed with {@link #NOTIFY_SMTP_URL}. */
    NOTIFY_FROM("mawid.notify.from", "", "as in: Rendez-vous <no-reply@example.org>", "From whom e-mail to applicants comes."),

    /** Gateway to which short messages are given (see {@code SmsSender}). HTTP without TLS on this machine only. It needs {@link #NOTIFY_SMS_TOKEN_FILE}, {@link #PERSON_MASTER_KEY} and records. Default none: no short messages. */
    NOTIFY_SMS_URL("mawid.notify.sms.url", "", "https://HOST/PATH, or http:// of this machine", "Gateway for short messages to applicants; none = none is sent."),

    /** File with the bearer token for {@link #NOTIFY_SMS_URL}, in one line. */
    NOTIFY_SMS_TOKEN_FILE("mawid.notify.sms.token.file", "", "a file", "Holds the bearer token for the gateway, in one line."),

    /** Where applicants sign in; it is in each letter, and doing something there takes more than following it. Default none: letters lead nowhere. */
    NOTIFY_PORTAL_URL("mawid.notify.portal.url", "", "https://HOST/PATH without a slash at its end", "Where applicants sign in, for letters; none = letters lead nowhere."),

    /** Where this server's HTTP is reached by applicants' calendar programs. Default none: letters have no link to a calendar. */
    NOTIFY_EDGE_URL("mawid.notify.edge.url", "", "https://HOST without a slash at its end", "Where this server's HTTP is reached by calendar programs; none = letters have no link for them."),

    /** How long before a visit it is reminded of. Hours, 0 (never) to 336, default 48: time enough for whoever waits for it. */
    NOTIFY_REMIND_HOURS("mawid.notify.remind.hours", "48", "0 to 336", "Hours before a visit at which it is reminded of; 0 = never."),

    /** Letters a second, each way. 1 to 1 000, default 20. Source: our estimate of what a mail server takes from one client. */
    NOTIFY_PER_SECOND("mawid.notify.per.second", "20", "1 to 1000", "Letters a second, by e-mail and by short message each."),

    /** Letters a day to one person; what is more waits. 1 to 1 000, default 20. Source: our estimate, a family's busiest day. */
    NOTIFY_PER_DAY("mawid.notify.per.day", "20", "1 to 1000", "Letters a day to one person; more of them wait."),

    /** How often a letter is tried before it is given up. 1 to 100, default 12: some six hours. */
    NOTIFY_ATTEMPTS("mawid.notify.attempts", "12", "1 to 100", "How often a letter is tried before it is given up."),

    /** How long after the first attempt that has failed the next one follows; twice as long each time, an hour at most. Milliseconds, 100 to 3 600 000, default 30 000. */
    NOTIFY_RETRY_MS("mawid.notify.retry.ms", "30000", "100 to 3600000", "How soon a letter is tried again, in ms; twice as long each time, an hour at most."),

    /** How long one letter may take to be accepted. Milliseconds, 100 to 300 000, default 30 000. */
    NOTIFY_TIMEOUT_MS("mawid.notify.timeout.ms", "30000", "100 to 300000", "How long one letter may take to be accepted, in ms.");

    private final String key;
    private final String defaultText;
    private final String range;
    private final String purpose;

    EdgeSetting(final String key, final String defaultText, final String range, final String purpose) {
        this.key = key;
        this.defaultText = defaultText;
        this.range = range;
        this.purpose = purpose;
    }

    public String key() {
        return key;
    }

    public String defaultText() {
        return defaultText;
    }

    /** What may be given, for help and errors. */
    public String range() {
        return range;
    }

    /** One line for help. */
    public String purpose() {
        return purpose;
    }
}
