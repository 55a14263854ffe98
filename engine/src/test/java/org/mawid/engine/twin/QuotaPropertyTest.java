package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.ChannelPlaces;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.availability.LiveAvailability;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/** A small, crowded post that keeps places for channels: they always add up, and what is given back is where it was. */
class QuotaPropertyTest {
    private static final int SEEDS = 8;
    private static final int COMMANDS = 3_000;
    private static final int POST = 1;
    private static final int SEATS = 9;
    private static final int[] DESKS = {11, 12};
    private static final int DAYS = 3;
    private static final int UNITS = 24;
    private static final int RESTORE_EVERY = 401;
    private static final int CHECK_EVERY = 101;

    private final Map<Result, Integer> answers = new EnumMap<>(Result.class);
    private final Map<String, Integer> seen = new TreeMap<>();
    private Dice dice;
    private NaiveEngine twin;
    private Model model;
    private Answered.Teller twinTeller;
    private EngineCore core;
    private Answered.Teller coreTeller;
    private EventBook book;
    private PositionGate gate;
    private LiveAvailability masks;
    private NaiveSearch search;
    private final CommandWriter writer = new CommandWriter();
    private long nowMs;
    private long requests;
    private String again;

    @Test
    void givenACrowdedPost_whenItKeepsPlacesForChannels_thenTheyAddUpAtEveryPosition() {
        for (long seed = Seeds.FIRST; seed < Seeds.FIRST + SEEDS; seed++) {
            begin(seed);
            for (int i = 0; i < COMMANDS; i++) {
                nowMs = dice.percent(2) && twin.nextDueMs() > nowMs && twin.nextDueMs() < nowMs + Model.DAY_MS ? twin.nextDueMs() : nowMs + dice.upTo(40_000);
                tell(twin.nextDueMs() <= nowMs && dice.percent(60) ? new Command.Tick(Request.NOBODY) : next());
                addsUp();
                if (i % CHECK_EVERY == 0) {
                    core.check();
                    search.isWhatIsSaidBy(masks);
                    tellsWhatIsKept();
                }
                if (i % RESTORE_EVERY == 0) {
                    restore();
                }
            }
            core.check();
            assertThat(NaiveRecords.of(core)).as(again).isEqualTo(NaiveRecords.of(model));
            model.quotasSeen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        assertThat(seen).as("what was seen, and how often").containsKeys("taken for CALL_CENTRE", "taken for WALK_IN", "taken for ASSISTED", "taken for EMERGENCY",
                "spilled", "spilled while staged", "spilled with nothing left", "closure leaves less");
        assertThat(answers).as("answers, and how often").containsKeys(Result.KEPT_FOR_CHANNEL, Result.SOLD_OUT, Result.HELD_BY_OTHER, Result.OVERFLOW, Result.CAPACITY_BELOW_TAKEN,
                Result.QUOTA_ABOVE_CAPACITY, Result.QUOTA_OF_RESOURCE, Result.CLOSED_BY_CLOSURE);
        assertThat(seen.get("taken for CALL_CENTRE")).as("often enough to mean something: %s", seen).isGreaterThan(100);
    }

    @Test
    void givenADay_whenAllThatWasTakenIsGivenBackBeforeItSpills_thenItIsAsItWas() {
        for (long seed = Seeds.FIRST; seed < Seeds.FIRST + SEEDS; seed++) {
            begin(seed);
            final TreeSet<String> before = days();
            for (int i = 0; i < 300; i++) {
                nowMs += 1_000;
                tell(dice.percent(60) ? hold() : dice.percent(50) ? confirm() : reschedule());
            }
            assertThat(days()).as(again).isNotEqualTo(before);
            List.copyOf(model.holds.keySet()).forEach(hold -> tell(new Command.Release(request(), hold)));
            model.appointments.values().stream().filter(each -> each.state == AppointmentState.CONFIRMED).map(each -> each.id).toList()
                    .forEach(id -> tell(new Command.Cancel(request(), id)));
            assertThat(model.quotasSeen).as(again).isNotEmpty();
            assertThat(days()).as(again).isEqualTo(before);
        }
    }

    private TreeSet<String> days() {
        final TreeSet<String> days = NaiveRecords.of(core);
        days.removeIf(text -> !text.contains("DayRecord") && !text.contains("QuotaRecord"));
        return days;
    }

    // ---- the post

    private void begin(final long seed) {
        again = Seeds.again(QuotaPropertyTest.class, seed);
        dice = new Dice(seed);
        twin = new NaiveEngine();
        model = twin.model();
        twinTeller = new Answered.Teller(twin::apply);
        core = new EngineCore();
        coreTeller = new Answered.Teller(core::apply);
        book = new EventBook();
        gate = new PositionGate();
        masks = new LiveAvailability(gate, System::nanoTime);
        search = new NaiveSearch(model, seed);
        nowMs = CommandGenerator.START_MS;
        requests = 0;
        tell(new Command.SetCoreVersion(request(), 6));
        tell(new Command.DefinePost(request(), POST, "post", "EUR", 2, 1));
        tell(new Command.DefinePool(request(), SEATS, POST, PoolKind.RECEPTION_SEAT, "seats"));
        tell(new Command.DefineService(request(), 1, 10, "short", ServiceScope.ANY_POST, false, true, false, 0, 1));
        tell(new Command.DefineService(request(), 2, 25, "long", ServiceScope.ANY_POST, false, true, false, 0, 1));
        for (final int desk : DESKS) {
            tell(new Command.DefinePool(request(), desk, POST, PoolKind.DESK, "desk-" + desk));
            tell(new Command.SetDeskService(request(), desk, 1, true));
            tell(new Command.SetDeskService(request(), desk, 2, true));
        }
        for (int day = 0; day < DAYS; day++) {
            tell(new Command.PublishDay(request(), bare(SEATS, model.today() + day, 40)));
            for (final int desk : DESKS) {
                final Command.DayPlan plan = bare(desk, model.today() + day, 6);
                tell(new Command.PublishDay(request(), plan.withQuotas(List.of(new Command.Quota(0, 12, QuotaClass.CALL_CENTRE, 1, 0), new Command.Quota(0, UNITS, QuotaClass.WALK_IN, 1, 0),
                        new Command.Quota(6, 18, QuotaClass.ASSISTED, 2, 0), new Command.Quota(0, UNITS, QuotaClass.EMERGENCY, 1, 0)))));
            }
        }
        for (int i = 0; i < 40; i++) {
            tell(submit());
        }
    }

    private static Command.DayPlan bare(final int pool, final int epochDay, final int capacity) {
        return new Command.DayPlan(pool, epochDay, epochDay * Model.DAY_MS + 43_200_000, 0, UNITS, 1, List.of(new Command.Run(0, UNITS, capacity, 0)));
    }

    private Command next() {
        final int choice = dice.below(1_000);
        if (choice < 150) {
            return submit();
        } else if (choice < 500) {
            return hold();
        } else if (choice < 620) {
            return confirm();
        } else if (choice < 690) {
            return reschedule();
        } else if (choice < 740) {
            final Long hold = dice.of(model.holds.keySet());
            return hold == null ? hold() : new Command.Release(request(), hold);
        } else if (choice < 790) {
            final Model.Appointment visit = visit();
            return visit == null ? confirm() : dice.percent(70) ? new Command.Cancel(request(), visit.id) : new Command.MarkNoShow(request(), visit.id);
        } else if (choice < 850) {
            return new Command.WalkIn(request(), 0, 7, desk(), model.today(), 0, false, persons());
        } else if (choice < 930) {
            return publish();
        } else if (choice < 940) {
            final int from = dice.below(UNITS);
            return new Command.SetCapacity(request(), desk(), date(), from, dice.between(1, UNITS - from), dice.between(0, 9), 0);
        } else if (choice < 970) {
            return change();
        }
        return dice.percent(40) ? closure() : hold();
    }

    private Command publish() {
        final int epochDay = date();
        if (dice.percent(4)) {
            return new Command.PublishDay(request(), bare(SEATS, epochDay, 40).withQuotas(List.of(new Command.Quota(0, 1, QuotaClass.WALK_IN, 1, 0))));
        }
        return new Command.PublishDay(request(), plan(epochDay));
    }

    private Command.DayPlan plan(final int epochDay) {
        final int capacity = dice.between(3, 9);
        final List<Command.Quota> quotas = new ArrayList<>();
        int left = capacity + (dice.percent(3) ? 2 : 0);
        for (int quota = 1; quota < Model.CLASSES; quota++) {
            final long spillMs = dice.percent(40) ? 0 : nowMs + dice.upTo(6 * 3_600_000L);
            final int places = dice.between(0, Math.min(4, left));
            left -= places;
            int unit = dice.below(6);
            while (places > 0 && unit < UNITS) {
                final int units = dice.between(1, UNITS - unit);
                quotas.add(new Command.Quota(unit, units, QuotaClass.get((short) quota), dice.between(1, places), spillMs));
                unit += units + dice.below(9);
            }
        }
        return bare(desk(), epochDay, capacity).withQuotas(quotas);
    }

    private Command change() {
        final Long change = dice.of(model.changes.keySet());
        if (change == null) {
            return new Command.BeginChange(request(), POST);
        }
        return switch (dice.below(4)) {
            case 0, 1 -> new Command.AddToChange(request(), change, plan(date()));
            case 2 -> new Command.ApplyChange(request(), change, model.posts.get(POST).version);
            default -> dice.percent(50) ? new Command.AbandonChange(request(), change) : new Command.AddToChange(request(), change, plan(date()));
        };
    }

    private Command closure() {
        if (!model.displacement.closures.isEmpty() && dice.percent(80)) {
            return new Command.ReopenDays(request(), dice.of(model.displacement.closures.keySet()));
        }
        final long fromMs = date() * Model.DAY_MS + 43_200_000 + dice.below(UNITS) * Model.UNIT_MS;
        return new Command.CloseDays(request(), POST, dice.percent(70) ? desk() : 0, fromMs, fromMs + dice.between(1, 12) * Model.UNIT_MS, dice.below(5), 1, 1);
    }

    private Command submit() {
        return new Command.SubmitApplication(request(), 3, POST, persons());
    }

    private List<Command.LineAsked> persons() {
        final List<Command.LineAsked> lines = new ArrayList<>();
        final Priority priority = dice.percent(25) ? Priority.EMERGENCY : Priority.NONE;
        for (int i = dice.percent(60) ? 1 : dice.between(2, 4); i > 0; i--) {
            lines.add(new Command.LineAsked(dice.any() | 1, dice.between(1, 2), 0, 1, AgeBand.ADULT, dice.percent(90) ? priority : Priority.SENIOR, false));
        }
        return lines;
    }

    private Command hold() {
        final List<Model.Application> free = model.applications.values().stream().filter(each -> each.lines.stream().allMatch(Model.Line::isFree)).toList();
        final Model.Application application = dice.of(free);
        return application == null ? submit() : new Command.Hold(request(), application.id, false, legs(application));
    }

    /** All at once, or person by person at one desk or several, and where the days begin rather than anywhere. */
    private List<Command.Leg> legs(final Model.Application application) {
        final int epochDay = date();
        final int start = dice.percent(60) ? dice.below(4) : dice.below(UNITS - 5);
        final List<Command.Leg> legs = new ArrayList<>();
        if (dice.percent(50)) {
            legs.add(leg(application, application.allLines(), epochDay, start));
        } else {
            for (int i = 0; i < application.lines.size(); i++) {
                legs.add(leg(application, 1 << i, epochDay, start));
            }
        }
        return legs;
    }

    private Command.Leg leg(final Model.Application application, final int lines, final int epochDay, final int start) {
        final boolean isLong = NaiveApplications.linesOf(application, lines).stream().anyMatch(line -> line.serviceId == 2);
        return new Command.Leg(dice.percent(70) ? DESKS[0] : DESKS[1], lines, epochDay, start, isLong ? 5 : 2);
    }

    private Command confirm() {
        final Long hold = dice.of(model.holds.keySet());
        return hold == null ? hold() : new Command.Confirm(request(), hold, false);
    }

    private Command reschedule() {
        final Model.Appointment visit = visit();
        return visit == null || visit.visit.legs().isEmpty() ? confirm() : new Command.Reschedule(request(), visit.id, legs(visit.application));
    }

    private Model.Appointment visit() {
        return dice.of(model.appointments.values().stream().filter(each -> each.state == AppointmentState.CONFIRMED).toList());
    }

    private int desk() {
        return dice.percent(60) ? DESKS[0] : DESKS[1];
    }

    private int date() {
        return model.today() + dice.below(DAYS);
    }

    private Request request() {
        return new Request(0, 1, ++requests, nowMs, 0, 1, 0, 0, dice.oneOf(Channel.ONLINE, Channel.CALL_CENTRE, Channel.COUNTER, Channel.ASSISTED, Channel.SYSTEM));
    }

    // ---- what must be

    private void tell(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
        final int length = writer.write(command, buffer, 0);
        assertThat(length).as("no command is larger than 1 KiB").isLessThanOrEqualTo(1_024);
        final byte[] bytes = Arrays.copyOf(buffer.byteArray(), length);
        final long position = core.position() + 1;
        final Answered expected = twinTeller.tell(position, nowMs, 0, bytes);
        assertThat(coreTeller.tell(position, nowMs, 0, bytes)).as("%s%n%s", command, again).isEqualTo(expected);
        assertThat(core.nextDueMs()).as("%s%n%s", command, again).isEqualTo(twin.nextDueMs());
        answers.merge(expected.result(), 1, Integer::sum);
        book.forgetBefore(model.today() - 10);
        book.read(expected.events());
        book.checkBetweenPositions();
        show(position, expected.events());
    }

    private void show(final long position, final byte[] frames) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            masks.onMessage(position, buffer, at + EventWriter.FRAME_BYTES);
        }
        masks.onBatchEnd(position, nowMs);
        gate.moveTo(position);
    }

    /** What is left, what is withheld otherwise and what is taken have room beside each other, on every unit, now and when the staged day comes. */
    private void addsUp() {
        model.days.forEach((key, day) -> {
            for (int unit = 0; unit < UNITS; unit++) {
                int takenOf = 0;
                boolean holds = true;
                for (int quota = 1; quota < Model.CLASSES; quota++) {
                    takenOf += day.takenOf[quota][unit];
                    holds &= day.takenOf[quota][unit] >= 0;
                }
                holds &= takenOf <= day.taken(unit);
                holds &= day.live == null || day.open(day.live, unit) >= day.taken(unit);
                holds &= day.staged == null || day.open(day.staged, unit) >= day.taken(unit);
                if (!holds) { // the words are made only then: this is asked for each unit
                    fail("%s unit %d: taken %d, of quotas %d%n%s", key, unit, day.taken(unit), takenOf, again);
                }
            }
        });
    }

    /** A reader of a single day learns what is kept of it, what of that is taken, and until when. */
    private void tellsWhatIsKept() {
        model.days.forEach((key, day) -> {
            if (day.live == null) {
                return;
            }
            final ChannelPlaces told = masks.day(key.poolId(), key.epochDay()).channels();
            for (int quota = 1; quota < Model.CLASSES; quota++) {
                final String where = key + " class " + quota + again;
                assertThat(told.spillMs(quota)).as(where).isEqualTo(day.live.spillMs[quota]);
                for (int unit = 0; unit < UNITS; unit++) {
                    if (told.kept(quota, unit) != day.live.kept[quota][unit] || told.taken(quota, unit) != day.takenOf[quota][unit]
                            || told.left(quota, unit) != day.left(day.live, unit, quota)) {
                        fail("%s unit %d: kept %d, taken %d", where, unit, told.kept(quota, unit), told.taken(quota, unit));
                    }
                }
            }
        });
    }

    private void restore() {
        final long hash = core.stateHash();
        core = ReplayTest.restored(ReplayTest.saved(core));
        coreTeller = new Answered.Teller(core::apply);
        assertThat(core.stateHash()).as(again).isEqualTo(hash);
        assertThat(core.nextDueMs()).as(again).isEqualTo(twin.nextDueMs());
        core.check();
        rebuild();
    }

    /** The masks, from what the core tells of its state. */
    private void rebuild() {
        masks.beginRebuild();
        for (final RecordKind kind : List.of(RecordKind.POOLS, RecordKind.CHANGES, RecordKind.DAYS, RecordKind.QUOTAS)) {
            core.dump(kind, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> masks.onMessage(core.position(), buffer, offset));
        }
        masks.endRebuild(core.position(), nowMs);
        search.isWhatIsSaidBy(masks);
        tellsWhatIsKept();
    }
}
