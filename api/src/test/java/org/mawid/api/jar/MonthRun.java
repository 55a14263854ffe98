package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.CutLine;
import org.mawid.grpc.ApplyScheduleReply;
import org.mawid.grpc.ApplyScheduleRequest;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.Call;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.GetRulesRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListPoolsRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Pool;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PreviewScheduleRequest;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.ScheduleFile;
import org.mawid.grpc.ScheduleServiceGrpc;
import org.mawid.grpc.Serve;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.Slot;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WaiterState;
import org.mawid.grpc.Waiting;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WithdrawLines;

/**
 * The month of one seed. Citizens come with a wish, are validated, book, change their minds, come or do not; in it are Ramadan hours and the feast, a strike, an adoul who is ill, a day
 * without a line, lines that are cut, a server that is killed and the night in which the clocks change. Then what is left is settled, and everything is held against everything.
 */
final class MonthRun {
    static final LocalDate FIRST = LocalDate.of(2027, 2, 22);
    /** The last with new wishes. */
    private static final LocalDate LAST = LocalDate.of(2027, 3, 26);
    /** By then nobody has a visit any more. */
    static final LocalDate END = LocalDate.of(2027, 4, 20);
    private static final LocalDate STRIKE = LocalDate.of(2027, 3, 4);
    private static final LocalDate ADOUL_ILL = LocalDate.of(2027, 3, 16);
    private static final LocalDate OFFLINE = LocalDate.of(2027, 3, 18);
    /** Of two days, expected a day before it is seen that the moon is late. */
    private static final LocalDate FEAST_EXPECTED = LocalDate.of(2027, 3, 10);
    private static final LocalDate FEAST_ANNOUNCED = LocalDate.of(2027, 3, 8);
    private static final LocalDate FEAST = LocalDate.of(2027, 3, 11);
    private static final LocalDate OPEN_DAY = LocalDate.of(2027, 3, 20);
    private static final long MINUTE_MS = 60_000L;
    private static final long HOUR_MS = 3_600_000L;
    static final long DAY_MS = 86_400_000L;
    private static final long UNIT_MS = 300_000L;
    private static final int MOST_TRIES = 12;

    private final Random dice;
    private final MonthCalls calls;
    private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparingLong(Step::ms).thenComparingLong(Step::order));
    private final List<MonthCitizen> citizens = new ArrayList<>();
    private final Map<String, Integer> services = new TreeMap<>();
    private final Map<String, Integer> happened = new TreeMap<>();
    private MonthPost large;
    private MonthPost small;
    private Server server;
    private Path data;
    private long orders;

    private interface Action {
        void run() throws Exception;
    }

    private record Step(long ms, long order, Action action) {
    }

    MonthRun(final long seed) {
        dice = new Random(seed);
        calls = new MonthCalls(seed, FIRST.toEpochDay() * DAY_MS + 5 * HOUR_MS);
    }

    /** @return what happened how often */
    Map<String, Integer> in(final Path folder) throws Exception {
        data = folder.resolve("data");
        large = new MonthPost("MA-CG-BRUXELLES", ZoneId.of("Europe/Brussels"), new TreeMap<>(Map.of("D1", 4, "D2", 5, "D4", 4, "D5", 2, "RECEPTION_SEAT", 114)), List.of("CNIE_RENEW", "PASSPORT_ADULT", "LEGALIZATION", "POA_ADOUL"), 24, Set.of(),
                new SyncRig(folder.resolve("large"), "MA-CG-BRUXELLES", calls::nowMs));
        small = new MonthPost("MA-EM-VIENNE", ZoneId.of("Europe/Vienna"), new TreeMap<>(Map.of("D1", 1, "RECEPTION_SEAT", 6)), List.of("PASSPORT_ADULT", "LEGALIZATION"), 4, Set.of(OFFLINE),
                new SyncRig(folder.resolve("small"), "MA-EM-VIENNE", calls::nowMs));
        try {
            serve();
            learn();
            for (final MonthPost post : List.of(large, small)) {
                assertThat(schedule(post, "").getResult()).isEqualTo(Result.OK);
            }
            plan();
            for (Step step = steps.poll(); step != null; step = steps.poll()) {
                calls.now(step.ms);
                step.action.run();
            }
            calls.now(END.toEpochDay() * DAY_MS + 12 * HOUR_MS);
            final MonthTruth truth = new MonthTruth(calls, List.of(large, small), citizens, happened);
            truth.assertFolders(server);
            truth.assertCitizens();
            truth.assertDays();
            truth.assertReports(server);
            server.kill();
            truth.assertInspected(data);
            return happened;
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    private void serve() throws Exception {
        server = Server.on(data).with("--demo", "--no-roles", "--simulation", "--simulation-from", FIRST.toString()).set("mawid.journal.segment.bytes", 16 << 20).start();
        calls.to(server);
    }

    private void learn() {
        final var catalogue = CatalogueServiceGrpc.newBlockingStub(calls.channel());
        calls.done(Command.newBuilder().setSetRules(catalogue.getRules(GetRulesRequest.getDefaultInstance()).getRules().toBuilder().setRequest(calls.request())
                .setRetainMs(365 * DAY_MS))); // nothing is retired before it was looked at
        catalogue.listServices(ListServicesRequest.getDefaultInstance()).getServicesList().forEach(one -> services.put(one.getCode(), one.getServiceId()));
        for (final MonthPost post : List.of(large, small)) {
            post.postId = catalogue.listPosts(ListPostsRequest.getDefaultInstance()).getPostsList().stream().filter(one -> one.getCode().equals(post.code)).findFirst().orElseThrow()
                    .getPostId();
            catalogue.listPools(ListPoolsRequest.newBuilder().setPostId(post.postId).build()).getPoolsList().forEach(pool -> post.pools.put(pool.getCode(), pool.getPoolId()));
        }
    }

    // ---- what is known beforehand

    private void plan() {
        for (LocalDate date = FIRST; !date.isAfter(END); date = date.plusDays(1)) {
            final LocalDate day = date;
            for (final MonthPost post : List.of(large, small)) {
                if (!day.isAfter(LAST) && isWorkday(day)) {
                    for (int i = 0; i < post.arrivals; i++) {
                        at(post.ms(day, 8, dice.nextInt(60)), () -> wish(post));
                    }
                    at(post.ms(day, 9 + dice.nextInt(3), 5 * dice.nextInt(12)), () -> walkIn(post));
                }
                at(post.ms(day, 6, 30), () -> sync(post));
                at(post.ms(day, 19, 0), () -> sync(post));
            }
        }
        at(large.ms(STRIKE.minusDays(1), 17, 0), () -> close(large, STRIKE, 0));
        at(large.ms(STRIKE.minusDays(1), 17, 30), this::killAndStartAgain);
        for (final MonthPost post : List.of(large, small)) {
            at(post.ms(FEAST_ANNOUNCED, 12, 0), () -> announced(post));
        }
        at(large.ms(ADOUL_ILL.minusDays(1), 12, 0), () -> close(large, ADOUL_ILL, adoul()));
    }

    /** The feast included, for until it was announced nobody knows which of the days are its. */
    private static boolean isWorkday(final LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY && (date.isBefore(FEAST_EXPECTED) || date.isAfter(FEAST.plusDays(1)));
    }

    // ---- what the posts want

    /** @param confirmed feasts that were announced */
    private ApplyScheduleReply schedule(final MonthPost post, final String confirmed) {
        final StringBuilder pools = new StringBuilder();
        post.places.forEach((desk, places) -> {
            final String quotas = post == large && desk.startsWith("D") && places > 2 ? "{\"CALL_CENTRE\": 2, \"WALK_IN\": 1}" : "{}";
            pools.append(pools.isEmpty() ? "" : ",").append(String.format("""
                    {"pool": "%s", "alignMinutes": 10, "weekly": [{"days": ["MON", "TUE", "WED", "THU", "FRI"], "open": "09:00", "close": "15:00", "places": %d, "quotas": %s}],
                     "ramadan": [{"days": ["MON", "TUE", "WED", "THU", "FRI"], "open": "09:00", "close": "14:00", "places": %d, "quotas": %s}]}""", desk, places, quotas, places, quotas));
        });
        final String wanted = String.format("""
                {"spill": {"CALL_CENTRE": {"hoursBefore": 48}}, "release": {"daysAhead": 21, "at": "08:00", "staggerMinutes": 10}, "holidays": {"confirmed": [%s]}, "pools": [%s],
                 "exceptions": [{"from": "%s", "to": "%s", "pools": ["%s", "RECEPTION_SEAT"], "hours": [{"open": "10:00", "close": "12:00", "places": 1}], "reason": "open day"}]}""",
                confirmed, pools, OPEN_DAY, OPEN_DAY, post == large ? "D4" : "D1");
        final int first = (int) post.date(calls.nowMs()).plusDays(1).toEpochDay();
        return ScheduleServiceGrpc.newBlockingStub(calls.channel()).applySchedule(ApplyScheduleRequest.newBuilder().setWanted(PreviewScheduleRequest.newBuilder().setPostId(post.postId)
                .setFirstEpochDay(first).setLastEpochDay((int) END.plusDays(2).toEpochDay())
                .setFile(ScheduleFile.newBuilder().setContentType("application/json").setContent(ByteString.copyFromUtf8(wanted)))).build());
    }

    /** The feast is a day later than everybody thought: who has a visit on what is its second day now is offered another, and then the schedule is sent again. */
    private void announced(final MonthPost post) throws Exception {
        final String confirmed = String.format("{\"expected\": \"%s\", \"date\": \"%s\"}, {\"expected\": \"%s\", \"date\": \"%s\"}", FEAST_EXPECTED, FEAST,
                FEAST_EXPECTED.plusDays(1), FEAST.plusDays(1));
        final boolean booked = citizens.stream().anyMatch(one -> one.fate == null && one.post == post && one.appointment != null && !one.displaced
                && post.date(one.startMs).equals(FEAST.plusDays(1)));
        final ApplyScheduleReply refused = schedule(post, confirmed);
        assertThat(refused.getResult() == Result.OK).as("%s", refused.getDifference().getRefusedList()).isEqualTo(!booked);
        if (booked) {
            count("schedule refused");
            close(post, FEAST.plusDays(1), 0);
            final ApplyScheduleReply taken = schedule(post, confirmed);
            assertThat(taken.getResult()).as("%s", taken.getDifference().getRefusedList()).isEqualTo(Result.OK);
        }
        assertThat(schedule(post, confirmed).getDifference().getChangesList()).as("the same again, whatever was taken of quotas and has spilled").isEmpty();
    }

    private int adoul() {
        return CatalogueServiceGrpc.newBlockingStub(calls.channel()).listPools(ListPoolsRequest.newBuilder().setPostId(large.postId).build()).getPoolsList().stream()
                .filter(pool -> pool.getKind() == PoolKind.POOL_KIND_ADOUL_PAIR).mapToInt(Pool::getPoolId).findFirst().orElseThrow();
    }

    private void at(final long ms, final Action action) {
        steps.add(new Step(Math.max(ms, calls.nowMs()), orders++, action));
    }

    private void count(final String what) {
        happened.merge(what, 1, Integer::sum);
    }

    // ---- somebody wants something

    private void wish(final MonthPost post) {
        final MonthCitizen citizen = new MonthCitizen(1_000_000L + citizens.size(), post, post.services.get(dice.nextInt(post.services.size())));
        citizens.add(citizen);
        citizen.application = calls.done(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(calls.request()).setPostId(post.postId)
                .addLines(line(citizen)))).getReference();
        at(calls.nowMs() + 20 * HOUR_MS + dice.nextInt(8) * HOUR_MS, () -> {
            calls.done(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setRequest(calls.request()).setApplication(citizen.application).setLines(1)));
            book(citizen);
        });
    }

    private Request by(final MonthCitizen citizen) {
        return citizen.asksByPhone() ? calls.request().toBuilder().setChannel(Channel.CHANNEL_CALL_CENTRE).build() : calls.request();
    }

    private NewLine line(final MonthCitizen citizen) {
        return NewLine.newBuilder().setPersonKey(citizen.key).setServiceId(services.get(citizen.service)).setQuantity(1).build();
    }

    private void book(final MonthCitizen citizen) {
        final Leg leg = search(citizen);
        if (leg == null) {
            if (++citizen.tries > MOST_TRIES) {
                giveUp(citizen);
            } else {
                at(calls.nowMs() + DAY_MS, () -> book(citizen));
            }
            return;
        }
        final CommandReply held = calls.send(Command.newBuilder().setHold(Hold.newBuilder().setRequest(by(citizen)).setApplication(citizen.application).addLegs(leg)));
        if (held.getResult() != Result.OK) {
            count("refused " + held.getResult());
            at(calls.nowMs() + HOUR_MS, () -> book(citizen));
        } else if (dice.nextInt(12) == 0) {
            at(calls.nowMs() + HOUR_MS, () -> { // forgot it
                final CommandReply late = calls.send(Command.newBuilder().setConfirm(Confirm.newBuilder().setRequest(calls.request()).setHold(held.getReference())));
                assertThat(late.getResult()).isEqualTo(Result.HOLD_EXPIRED);
                count("hold expired");
                book(citizen);
            });
        } else {
            at(calls.nowMs() + 2 * MINUTE_MS, () -> confirm(citizen, held.getReference()));
        }
    }

    private void giveUp(final MonthCitizen citizen) {
        calls.done(Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setRequest(calls.request()).setApplication(citizen.application).setLines(1)));
        citizen.fate = MonthCitizen.Fate.CANCELLED;
    }

    /** From tomorrow on, for what a post without a line does not know of nobody can be received there. Null = nothing. */
    private Leg search(final MonthCitizen citizen) {
        final int serviceId = services.get(citizen.service);
        final int from = (int) citizen.post.date(calls.nowMs()).toEpochDay() + 1;
        final FirstStartsReply found = AvailabilityServiceGrpc.newBlockingStub(calls.channel()).firstStarts(AvailabilityQuery.newBuilder().addPostIds(citizen.post.postId)
                .setFromEpochDay(from).setDays(21).addServices(ServiceNeed.newBuilder().setServiceId(serviceId)).setLimit(400)
                .setKeptFor(citizen.asksByPhone() ? QuotaClass.QUOTA_CLASS_CALL_CENTRE : QuotaClass.QUOTA_CLASS_NONE).build());
        final List<Slot> slots = found.getSlotsList().stream().filter(slot -> slot.getEpochDay() < END.toEpochDay()).toList();
        if (slots.isEmpty()) {
            return null;
        }
        final List<Slot> onOpenDay = slots.stream().filter(one -> one.getEpochDay() == OPEN_DAY.toEpochDay()).toList();
        final List<Slot> liked = !onOpenDay.isEmpty() && dice.nextInt(3) == 0 ? onOpenDay : slots;
        final Slot slot = liked.get(dice.nextInt(liked.size()));
        return Leg.newBuilder().setDeskId(slot.getDeskId()).setLines(1).setEpochDay(slot.getEpochDay()).setStartUnit(slot.getStartUnit()).setUnits(found.getUnits()).build();
    }

    /** @return false when it is too late for it */
    private boolean confirm(final MonthCitizen citizen, final String hold) {
        final CommandReply confirmed = calls.send(Command.newBuilder().setConfirm(Confirm.newBuilder().setRequest(calls.request()).setHold(hold)));
        if (confirmed.getResult() != Result.OK) {
            assertThat(confirmed.getResult()).as("%s", citizen).isEqualTo(Result.HOLD_EXPIRED);
            at(calls.nowMs() + HOUR_MS, () -> { // a closure had its room: if it was an offer there will be another
                if (citizen.displaced) {
                    answer(citizen);
                } else {
                    book(citizen);
                }
            });
            return false;
        }
        citizen.appointment = confirmed.getReference();
        citizen.agreedMs = calls.nowMs();
        booked(citizen, confirmed.getDetail());
        return true;
    }

    private void booked(final MonthCitizen citizen, final long startMs) {
        citizen.startMs = startMs;
        citizen.displaced = false;
        final int visit = ++citizen.visits;
        assertHours(citizen.post, startMs);
        final long leftMs = startMs - calls.nowMs();
        final long sometimeMs = calls.nowMs() + (long) (dice.nextDouble() * Math.max(0, leftMs - 2 * HOUR_MS));
        final int choice = dice.nextInt(100);
        if (choice < 8) {
            at(sometimeMs, () -> ifStill(citizen, visit, () -> cancel(citizen)));
        } else if (choice < 15) {
            at(sometimeMs, () -> ifStill(citizen, visit, () -> move(citizen)));
        } else if (choice < 25) {
            at(startMs + 25 * MINUTE_MS, () -> ifStill(citizen, visit, () -> absent(citizen)));
        } else {
            at(startMs - 5 * MINUTE_MS, () -> ifStill(citizen, visit, () -> come(citizen)));
        }
    }

    private static void ifStill(final MonthCitizen citizen, final int visit, final Action action) throws Exception {
        if (citizen.fate == null && !citizen.displaced && citizen.visits == visit) {
            action.run();
        }
    }

    private void cancel(final MonthCitizen citizen) {
        calls.done(Command.newBuilder().setCancel(Cancel.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment)));
        giveUp(citizen);
        count("cancelled");
    }

    private void move(final MonthCitizen citizen) {
        final Leg leg = search(citizen);
        final CommandReply moved = leg == null ? null : calls.send(Command.newBuilder().setReschedule(Reschedule.newBuilder().setRequest(by(citizen)).setAppointment(citizen.appointment)
                .addLegs(leg)));
        if (moved != null && moved.getResult() == Result.OK) {
            count("moved");
            citizen.agreedMs = calls.nowMs();
            booked(citizen, moved.getDetail());
        } else {
            booked(citizen, citizen.startMs);
        }
    }

    // ---- the day of the visit

    private void come(final MonthCitizen citizen) throws Exception {
        final long atMs = calls.nowMs();
        if (citizen.post.isOffline(atMs)) {
            assertThat(citizen.post.list(citizen.post.date(atMs))).as("the list of the day has who comes").containsKey(citizen.appointment);
            citizen.post.record(atMs, new JsonObject().put("do", "check-in").put("appointment", citizen.appointment));
            at(atMs + 15 * MINUTE_MS, () -> citizen.post.record(calls.nowMs(), new JsonObject().put("do", "serve").put("appointment", citizen.appointment)
                    .put("served", new JsonArray().add(0)).put("counter", 1)));
            count("served without a line");
        } else {
            calls.done(Command.newBuilder().setCheckIn(CheckIn.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment)));
            at(atMs + 8 * MINUTE_MS, () -> {
                calls.done(Command.newBuilder().setCall(Call.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment).setCounter(1)));
                at(calls.nowMs() + 7 * MINUTE_MS, () -> calls.done(
                        Command.newBuilder().setServe(Serve.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment).setFulfilled(1))));
            });
        }
        citizen.fate = MonthCitizen.Fate.SERVED;
    }

    private void absent(final MonthCitizen citizen) throws Exception {
        if (citizen.post.isOffline(calls.nowMs())) {
            citizen.post.record(calls.nowMs(), new JsonObject().put("do", "no-show").put("appointment", citizen.appointment));
        } else {
            calls.done(Command.newBuilder().setMarkNoShow(MarkNoShow.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment)));
        }
        citizen.fate = MonthCitizen.Fate.NO_SHOW;
    }

    private void walkIn(final MonthPost post) throws Exception {
        if (post == large && post.date(calls.nowMs()).equals(STRIKE)) {
            return; // the door is closed
        }
        final MonthCitizen citizen = new MonthCitizen(1_000_000L + citizens.size(), post, "LEGALIZATION");
        citizens.add(citizen);
        citizen.fate = MonthCitizen.Fate.SERVED;
        final int serviceId = services.get(citizen.service);
        if (post.isOffline(calls.nowMs())) {
            post.record(calls.nowMs(), new JsonObject().put("do", "walk-in").put("served", new JsonArray().add(0)).put("counter", 1)
                    .put("lines", new JsonArray().add(new JsonObject().put("person", String.format("%016x", citizen.key)).put("serviceId", serviceId))));
            count("walked in without a line");
            return;
        }
        final int deskId = CatalogueServiceGrpc.newBlockingStub(calls.channel()).listPools(ListPoolsRequest.newBuilder().setPostId(post.postId).build()).getPoolsList().stream()
                .filter(pool -> pool.getCode().equals(post == large ? "MA-CG-BRUXELLES/D4" : "MA-EM-VIENNE/D1") || pool.getCode().equals(post == large ? "D4" : "D1"))
                .mapToInt(Pool::getPoolId).findFirst().orElseThrow();
        citizen.appointment = calls.done(Command.newBuilder().setWalkIn(WalkIn.newBuilder().setRequest(calls.request()).setDeskId(deskId)
                .setEpochDay((int) post.date(calls.nowMs()).toEpochDay()).addLines(line(citizen)))).getReference();
        count("walked in");
        at(calls.nowMs() + 20 * MINUTE_MS, () -> {
            calls.done(Command.newBuilder().setCall(Call.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment).setCounter(2)));
            calls.done(Command.newBuilder().setServe(Serve.newBuilder().setRequest(calls.request()).setAppointment(citizen.appointment).setFulfilled(1)));
        });
    }

    // ---- closed

    private void close(final MonthPost post, final LocalDate date, final int poolId) throws Exception {
        final List<MonthCitizen> touched = citizens.stream().filter(one -> one.fate == null && one.post == post && one.appointment != null && !one.displaced
                && post.date(one.startMs).equals(date) && (poolId == 0 || one.service.endsWith("_ADOUL"))).toList();
        assertThat(touched).as("somebody has a visit on %s", date).isNotEmpty();
        calls.done(Command.newBuilder().setCloseDays(CloseDays.newBuilder().setRequest(calls.request()).setPostId(post.postId).setPoolId(poolId)
                .setFromMs(post.ms(date, 0, 0)).setToMs(post.ms(date.plusDays(1), 0, 0)).setReasonCode(1)));
        for (final MonthCitizen citizen : touched) {
            citizen.displaced = true;
            citizen.displacements++;
            citizen.appointment = null;
            count("displaced");
        }
        // Nobody is left without an offer or a word that there is no room.
        for (final MonthCitizen citizen : touched) {
            await().atMost(Server.PATIENCE).untilAsserted(() -> assertThat(calls.waiting(citizen.application)).as("%s", citizen).isNotNull()
                    .extracting(Waiting::getState).isNotEqualTo(WaiterState.WAITER_STATE_WAITING));
            at(calls.nowMs() + (2 + dice.nextInt(20)) * HOUR_MS, () -> answer(citizen));
        }
    }

    private void answer(final MonthCitizen citizen) {
        final Waiting waiting = calls.waiting(citizen.application);
        assertThat(waiting).as("%s waits until there is an answer", citizen).isNotNull();
        if (waiting.getState() != WaiterState.WAITER_STATE_OFFERED) {
            if (calls.nowMs() < END.toEpochDay() * DAY_MS - 2 * DAY_MS) {
                at(calls.nowMs() + 12 * HOUR_MS, () -> answer(citizen));
            } else {
                citizen.fate = MonthCitizen.Fate.NO_ROOM;
            }
            return;
        }
        final int choice = dice.nextInt(10);
        if (choice < 6 || waiting.getOffers() > 1) {
            count("offer accepted");
            confirm(citizen, waiting.getOffer().getHold());
        } else if (choice < 8) {
            calls.done(Command.newBuilder().setRelease(Release.newBuilder().setRequest(calls.request()).setHold(waiting.getOffer().getHold())));
            giveUp(citizen);
            count("offer declined");
        } else {
            count("offer not answered");
            at(waiting.getOffer().getUntilMs() + HOUR_MS, () -> answer(citizen));
        }
    }

    // ---- the line, and the server

    /** The line of the small post breaks off now and then; it is tried again until all is told. */
    private void sync(final MonthPost post) throws Exception {
        if (post.isOffline(calls.nowMs())) {
            return;
        }
        calls.tell();
        for (int tries = 0; post == small && dice.nextInt(2) == 0; tries++) {
            try (CutLine line = new CutLine(server.grpcPort)) {
                line.cutBehind(20 + dice.nextInt(4_000));
                post.rig.once(line.port());
                count("synced over a bad line");
            } catch (final Exception cut) {
                count("line cut");
            }
            assertThat(tries).isLessThan(100);
        }
        post.rig.once(server.grpcPort);
        assertThat(post.rig.names("refused")).as("%s", post.rig.notes).isEmpty();
    }

    private void killAndStartAgain() throws Exception {
        server.kill();
        server.close();
        serve();
        count("killed");
    }

    // ---- what must be true

    /** Ramadan hours until the feast, then the usual ones; the clocks change on 28 March, and nine stays nine. */
    private void assertHours(final MonthPost post, final long startMs) {
        final LocalDate date = post.date(startMs);
        final LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(startMs), post.zone);
        if (date.equals(OPEN_DAY)) {
            assertThat(time).isBetween(LocalTime.of(10, 0), LocalTime.of(11, 55));
            count("open day");
            return;
        }
        final boolean announced = !post.date(calls.nowMs()).isBefore(FEAST_ANNOUNCED);
        final LocalDate feast = announced ? FEAST : FEAST_EXPECTED;
        assertThat(date.getDayOfWeek()).as("%s %s", date, time).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        assertThat(date).isNotIn(feast, feast.plusDays(1));
        assertThat(time).as("%s", date).isBetween(LocalTime.of(9, 0), LocalTime.of(date.isBefore(FEAST) ? 13 : 14, 55));
    }
}
