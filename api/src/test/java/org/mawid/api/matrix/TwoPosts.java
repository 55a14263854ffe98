package org.mawid.api.matrix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.api.access.Role;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.BreakType;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.Hold;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.JoinWaitlist;
import org.mawid.grpc.Leg;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.StartPayment;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.TakeTicket;

/** A whole server with two posts, Lille and Rome, where everything that can be named is there of each, and an issuer of tokens for any role. */
final class TwoPosts implements AutoCloseable {
    /** Who calls, when a role is a person's. */
    static final long AMINA = 0xA1_0000_0000_00A1L;
    static final long BADR = 0xB2_0000_0000_00B2L;
    static final long CHAMA = 0xC3_0000_0000_00C3L;
    static final int LILLE = 9;
    static final int ROME = 69;
    /** The calendar of both, of days that nobody closes. */
    static final int DAY = OnePost.FIRST_DAY;
    /** On which nobody has a calendar. */
    static final int NO_DAY = DAY + 20;
    /** Of which a quarter of an hour is closed for each closure. */
    static final int CLOSED_DAY = DAY + 3;

    /** Of a stamp, at the rate of both posts. */
    private static final long PRICE_MINOR = 4_650;
    private static final String UNLIMITED = "reads=0,commands=0,lookups=0,links=0,watches=0,open=0,uploads=0";

    final FakeIssuer issuer = new FakeIssuer();
    final Service service;
    private final MawidClient operator;
    private final MawidClient staff;
    private final AtomicLong next = new AtomicLong(0x7000_0000_0000L);
    private int closed;

    TwoPosts(final Path folder) throws Exception {
        MasterKey.make(folder.resolve("master.key"));
        service = Service.start(Settings.of(Map.ofEntries(Map.entry("mawid.data", folder.resolve("data").toString()), Map.entry("mawid.records.entries", "10000"), Map.entry("mawid.journal.segment.bytes", "4194304"),
                Map.entry("mawid.person.master.key", folder.resolve("master.key").toString()), Map.entry("mawid.http.port", "0"), Map.entry("mawid.grpc.port", "0"),
                Map.entry("mawid.reply.timeout.ms", "30000"), Map.entry("mawid.oidc.issuer", issuer.url().toString()), Map.entry("mawid.oidc.audience", FakeIssuer.AUDIENCE), Map.entry("mawid.capability", "off"),
                Map.entry("mawid.cooling", "false"), Map.entry("mawid.calendar.days", "0"), Map.entry("mawid.limit.address", UNLIMITED), Map.entry("mawid.limit.person", UNLIMITED), Map.entry("mawid.limit.staff", UNLIMITED),
                Map.entry("mawid.limit.portal", UNLIMITED)), Map.of(), null));
        service.ready();
        service.keepRecords();
        operator = client(token(Role.OPERATOR));
        staff = client(issuer.token(List.of("officer", "post-manager", "post-accountant"), "lille", "rome"));
        OnePost.define(operator);
        network(LILLE, "lille");
        network(ROME, "rome");
    }

    private void network(final int post, final String code) {
        OnePost.done(operator, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(post).setCode(code).setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        OnePost.done(operator, Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(post).setMicroMadPerUnit(10_800_000)));
        for (final int desk : new int[] {desk(post), desk(post) + 1}) {
            OnePost.done(operator, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(desk).setPostId(post).setKind(PoolKind.POOL_KIND_DESK).setCode(code + '/' + desk)));
            OnePost.done(operator, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(desk).setServiceId(OnePost.SERVICE).setServes(true)));
        }
        for (int day = DAY; day <= CLOSED_DAY; day++) {
            OnePost.done(operator, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(desk(post)).setEpochDay(day).setStartMs(day * 86_400_000L + 8 * 3_600_000L).setUnitCount(OnePost.UNITS)
                    .setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(200))));
        }
        OnePost.done(operator, Command.newBuilder().setDefineTerminal(DefineTerminal.newBuilder().setTerminalId(terminal(post)).setPostId(post).setCode("EPT-" + code).setEnabled(true)));
    }

    static int desk(final int post) {
        return post * 10 + 1;
    }

    private static int terminal(final int post) {
        return post * 10 + 5;
    }

    /** One of each, made now. @param person whose they are @param post where */
    Things made(final long person, final int post) {
        final Map<Thing, Object> names = new EnumMap<>(Thing.class);
        names.put(Thing.PERSON, person);
        names.put(Thing.POST, (long) post);
        names.put(Thing.POST_CODE, post == LILLE ? "lille" : "rome");
        names.put(Thing.DESK, (long) desk(post));
        names.put(Thing.DESK_CODE, (post == LILLE ? "lille/" : "rome/") + desk(post));
        names.put(Thing.TERMINAL, (long) terminal(post));
        final String application = validated(person, post);
        names.put(Thing.APPLICATION, application);
        names.put(Thing.HOLD, done(Command.newBuilder().setHold(Hold.newBuilder().setApplication(validated(person, post)).addLegs(leg(post)))).getReference());
        final String visiting = validated(person, post);
        final String held = done(Command.newBuilder().setHold(Hold.newBuilder().setApplication(visiting).addLegs(leg(post)))).getReference();
        names.put(Thing.APPOINTMENT, done(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(held))).getReference());
        final CommandReply issued = done(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(visiting).setLines(1).setPostId(post)));
        names.put(Thing.STAMP, done(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(application).setLines(1).setPostId(post))).getStamps(0));
        names.put(Thing.SECRET, secret((String) names.get(Thing.STAMP)));
        names.put(Thing.PAYMENT, done(Command.newBuilder().setStartPayment(StartPayment.newBuilder().setApplication(visiting).addAllStamps(issued.getStampsList()).setPostId(post)
                .setMeans(PaymentMeans.PAYMENT_MEANS_ONLINE).setEpochDay(DAY - 2))).getReference());
        final String waiting = validated(person, post);
        done(Command.newBuilder().setJoinWaitlist(JoinWaitlist.newBuilder().setApplication(waiting).setLines(1).setPostId(post).setFromEpochDay(DAY).setToEpochDay(DAY + 2)));
        names.put(Thing.CHANGE, done(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(post))).getReference());
        names.put(Thing.BREAK, done(Command.newBuilder().setOpenBreak(OpenBreak.newBuilder().setKey(next.incrementAndGet()).setBreakType(BreakType.BREAK_TYPE_OTHER).setPostId(post).setCurrency("EUR"))).getReference());
        final String stamp = done(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(waiting).setLines(1).setPostId(post))).getStamps(0);
        done(Command.newBuilder().setRecordCounterReceipt(RecordCounterReceipt.newBuilder().setApplication(waiting).addStamps(stamp).setPostId(post).setEpochDay(DAY - 2).setAmountMinor(PRICE_MINOR).setCurrency("EUR")));
        names.put(Thing.BATCH, done(Command.newBuilder().setCloseBatch(CloseBatch.newBuilder().setPostId(post).setMeans(PaymentMeans.PAYMENT_MEANS_COUNTER).setCurrency("EUR").setEpochDay(DAY - 2)
                .setPaidMinor(PRICE_MINOR).setPaidCount(1))).getReference());
        names.put(Thing.TICKET, done(Command.newBuilder().setTakeTicket(TakeTicket.newBuilder().setPostId(post).setServiceId(OnePost.SERVICE).setEpochDay(DAY - 2))).getTicketId());
        final long closedMs = CLOSED_DAY * 86_400_000L + 8 * 3_600_000L + closed++ % 30 * 900_000L;
        final CommandReply closure = done(Command.newBuilder().setCloseDays(CloseDays.newBuilder().setPostId(post).setPoolId(desk(post)).setFromMs(closedMs).setToMs(closedMs + 900_000).setReasonCode(1)));
        names.put(Thing.CLOSURE, closure.getDetail());
        names.put(Thing.WAITER, waiter(waiting, post, closure.getPosition()));
        return new Things(names);
    }

    /** What nobody has; well-formed all the same. */
    Things nobodys() {
        final Map<Thing, Object> names = new EnumMap<>(Thing.class);
        for (final Thing thing : Thing.values()) {
            names.put(thing, switch (thing) {
                case POST -> 4_001L;
                case POST_CODE -> "lyon";
                case DESK -> 64_001L;
                case DESK_CODE -> "lyon/1";
                case TERMINAL -> 64_002L;
                case TICKET, CLOSURE, WAITER -> 9_000_000L;
                case PERSON -> 0xDEAD_0000_0000_BEEFL;
                case SECRET -> ""; // below
                default -> service.gateway().references().text(ReferenceKind.valueOf(thing.name()), References.MAX_NUMBER / 2);
            });
        }
        names.put(Thing.SECRET, secret((String) names.get(Thing.STAMP)));
        return new Things(names);
    }

    private String secret(final String stamp) {
        final References references = service.gateway().references();
        return references.secret().of(references.number(ReferenceKind.STAMP, stamp));
    }

    private long waiter(final String application, final int post, final long position) {
        final long number = service.gateway().references().number(ReferenceKind.APPLICATION, application);
        for (final long until = System.nanoTime() + Duration.ofSeconds(60).toNanos(); System.nanoTime() < until; Thread.onSpinWait()) {
            if (service.engine().readModel().position() >= position) {
                return service.engine().readModel().closures().queue(post, Integer.MAX_VALUE).stream().filter(each -> each.applicationId() == number).findAny().map(ClosuresView.Waiter::waiterId).orElseThrow();
            }
        }
        throw new AssertionError("nothing is read any more");
    }

    /** Of a person that nobody has met, for somebody: each may have a few at once only. */
    private String validated(final long person, final int post) {
        final String application = done(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setApplicant(person).setPostId(post).addLines(OnePost.line(next.incrementAndGet())))).getReference();
        done(OnePost.validate(application).toBuilder());
        return application;
    }

    private static Leg leg(final int post) {
        return Leg.newBuilder().setDeskId(desk(post)).setLines(1).setEpochDay(DAY).setStartUnit(0).setUnits(OnePost.VISIT_UNITS).build();
    }

    private CommandReply done(final Command.Builder command) {
        final CommandReply reply = staff.execute(command.build());
        if (reply.getResult() != Result.OK) {
            throw new AssertionError(reply.getResult() + " of " + command);
        }
        return reply;
    }

    /** Of somebody in one role. The other claims are there as well: they say nothing without the role that they belong to. */
    String token(final Role role) {
        return issuer.token(issuer.claims().subject("somebody who is " + role.word()).claim("roles", List.of(role.word())).claim("portal", "rdv").claim("posts", List.of("lille"))
                .claim("person", String.format("%016x", AMINA)).expirationTime(new java.util.Date(System.currentTimeMillis() + 3_600_000)).build());
    }

    private MawidClient client(final String token) throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token));
    }

    @Override
    public void close() {
        operator.close();
        staff.close();
        service.close();
        issuer.close();
    }
}
