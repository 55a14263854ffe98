package org.mawid.engine.twin;

import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.Channel;

/**
 * Seeded traffic for a twin: mostly what could work, a share that is wrong in every way that the contract names, retries and
 * reused ids, a clock that dawdles and jumps. Looks at the twin's state to ask for something plausible, so each command must be
 * applied to the twin before the next one is asked for.
 */
final class CommandGenerator {
    /** 2026-03-24T05:00Z: a few days before clocks change. */
    static final long START_MS = 1_774_328_400_000L;
    private static final int REMEMBERED = 150;
    private static final int CLIENTS = 40;
    private static final int FEW_PERSONS = 300;
    private static final int MANY_PERSONS = 30_000;
    private static final long NEVER = Long.MAX_VALUE / 2;
    private static final int FIRST_LOOPS = 2_000;
    private static final int LOOPS = 500;
    private static final int FIRST_OVER = 2;
    static final int SHARE_OF_MONEY = 43;
    private static final int SHARE_OF_OFFLINE = 5;
    private static final int SHARE_OF_QUOTAS = 8;
    private static final int LOOPS_EVERY = 2_500;
    private static final int SHARE_OF_DISPLACEMENT = 18;
    private static final int SHARE_OF_HALL = 16;
    private static final int SHARE_OF_CUT_OVER = 5;
    private static final int SHARE_OF_WAITING = 25;

    private final Dice dice;
    private final int shareOfMoney;
    private final boolean crowded;
    private final boolean wide;
    private final NaiveEngine twin;
    private final Model model;
    private final WorldCommands world;
    private final TrafficCommands traffic;
    /** In the place of messages, by dice of its own: all other traffic is as it would be without. */
    private final TrafficCommands records;
    /** By dice of its own, too. */
    private final ReviewTraffic reviews;
    private final Dice coming;
    private final StampLoops stampLoops;
    private final MoneyTraffic money;
    private final OfflineTraffic offline;
    private final DisplacementTraffic displacement;
    private final HallTraffic hall;
    private final QuotaTraffic quotas;
    private final CutOverTraffic cutOver;
    private final WaitingTraffic waiting;
    private final MischiefCommands mischief;
    private final TurningPoints turningPoints;
    private final CommandWriter writer = new CommandWriter();
    private final ArrayDeque<Command> opening = new ArrayDeque<>();
    private final List<Entry> sent = new ArrayList<>();
    private long nowMs = START_MS;
    private long requests;
    private int firstDays = 60;
    private int standStill;
    /** By core version: request from which on it is asked for until it is in force. */
    private final long[] overAt;
    private long loopsAt;

    /**
     * Over to core version 2 never, soon or later, as the seed says: as soon as an application has more stamps than that allows, if it is not over yet.
     * Over to core version 3 some time after that, or from core version 1, or never; over to version 4 later still, at once, or never.
     * Over to core version 5 after that, or from core version 3, or never; over to version 6 soon after that, later, or never; over to version 7 soon after that, or never;
     * over to version 8 soon after that, later, or never; over to versions 9 and 10 likewise.
     */
    CommandGenerator(final long seed, final NaiveEngine twin) {
        this(seed, twin, seed % 4 == 0 || seed % 8 == 7 ? NEVER : FIRST_LOOPS + seed % 500, SHARE_OF_MONEY,
                switchOf(seed), moneyOf(seed), returnsOf(seed), closuresOf(seed), hallOf(seed), waitlistOf(seed), recordsOf(seed), reviewsOf(seed), newestOf(seed));
    }

    /**
     * @param loopsAt      request from which on stamps of one application are issued and made void again, for some hundred commands
     * @param shareOfMoney of the commands under core version 3, percent
     * @param overAt       requests from which on core versions 2, 3, 4... are asked for until they are in force
     */
    CommandGenerator(final long seed, final NaiveEngine twin, final long loopsAt, final int shareOfMoney, final long... overAt) {
        this.shareOfMoney = shareOfMoney;
        this.dice = new Dice(seed);
        this.crowded = seed % 4 == 0;
        this.wide = seed % 8 == 7;
        this.twin = twin;
        this.model = twin.model();
        this.world = new WorldCommands(dice, model, wide);
        this.traffic = new TrafficCommands(dice, model, new NaiveRoom(model, new NaiveCatalogue(model, new NaiveEvents())),
                wide ? MANY_PERSONS : FEW_PERSONS);
        this.records = new TrafficCommands(new Dice(~seed + 7), model, null, FEW_PERSONS);
        this.reviews = new ReviewTraffic(new Dice(~seed + 9), model, traffic);
        this.coming = new Dice(~seed + 11);
        this.displacement = new DisplacementTraffic(dice, model, traffic);
        this.hall = new HallTraffic(dice, model, traffic);
        this.quotas = new QuotaTraffic(dice, model, traffic);
        this.waiting = new WaitingTraffic(dice, model, traffic);
        this.stampLoops = new StampLoops(dice, model, traffic);
        this.money = new MoneyTraffic(dice, model, traffic);
        this.offline = new OfflineTraffic(dice, model, traffic);
        this.cutOver = new CutOverTraffic(dice, model, traffic);
        this.overAt = new long[FIRST_OVER + overAt.length];
        System.arraycopy(overAt, 0, this.overAt, FIRST_OVER, overAt.length);
        this.loopsAt = loopsAt;
        this.mischief = new MischiefCommands(dice, model, traffic, world);
        this.turningPoints = new TurningPoints(dice, twin, traffic, money, hall);
    }

    private static long switchOf(final long seed) {
        final Dice dice = new Dice(~seed);
        return switch ((int) Math.floorMod(seed, 3)) {
            case 0 -> NEVER;
            case 1 -> dice.between(1, 300);
            default -> dice.between(3_000, 6_000);
        };
    }

    private static long moneyOf(final long seed) {
        final Dice dice = new Dice(~seed + 1);
        return switch ((int) Math.floorMod(seed, 6)) {
            case 0 -> dice.between(3_000, 5_000);
            case 3 -> NEVER;
            case 1, 4 -> dice.between(400, 1_200);
            default -> dice.between(6_500, 8_000);
        };
    }

    private static long returnsOf(final long seed) {
        final long moneyAt = moneyOf(seed);
        return moneyAt == NEVER || seed % 5 == 4 ? NEVER : seed % 5 == 3 ? moneyAt : moneyAt + new Dice(~seed + 2).between(100, 1_500);
    }

    private static long closuresOf(final long seed) {
        final long before = returnsOf(seed) == NEVER ? moneyOf(seed) : returnsOf(seed);
        return before == NEVER ? NEVER : before + new Dice(~seed + 3).between(50, 400);
    }

    private static long hallOf(final long seed) {
        final long closuresAt = closuresOf(seed);
        return closuresAt == NEVER || seed % 7 == 5 ? NEVER : closuresAt + new Dice(~seed + 4).between(50, 2_000);
    }

    private static long waitlistOf(final long seed) {
        final long hallAt = hallOf(seed);
        return hallAt == NEVER || seed % 11 == 6 ? NEVER : hallAt + new Dice(~seed + 5).between(50, 1_000);
    }

    private static long recordsOf(final long seed) {
        final long waitlistAt = waitlistOf(seed);
        return waitlistAt == NEVER || seed % 5 == 3 ? NEVER : waitlistAt + new Dice(~seed + 6).between(20, 1_500);
    }

    private static long reviewsOf(final long seed) {
        final long recordsAt = recordsOf(seed);
        return recordsAt == NEVER || seed % 13 == 4 ? NEVER : recordsAt + new Dice(~seed + 8).between(20, 800);
    }

    private static long newestOf(final long seed) {
        final long reviewsAt = reviewsOf(seed);
        return reviewsAt == NEVER || seed % 11 == 3 ? NEVER : reviewsAt + new Dice(~seed + 10).between(20, 800);
    }

    Entry next() {
        if (requests == 0) {
            model.nowMs = nowMs;
            opening.addAll(world.opening(() -> request(0), crowded));
        }
        if (!opening.isEmpty()) {
            return entry(opening.remove());
        }
        if (firstDays > 0) {
            firstDays--;
            return entry(world.publishDay(request(0)));
        }
        passTime();
        for (int version = FIRST_OVER; version < overAt.length; version++) {
            if (requests >= overAt[version] || version == FIRST_OVER && overAt[version] < NEVER && stampLoops.areBeyondTheLimit()) {
                overAt[version] = model.coreVersion < version ? requests + 30 : NEVER; // a command may get lost
                return entry(new Command.SetCoreVersion(request(0), Math.max(version, model.coreVersion)));
            }
        }
        final long dueMs = twin.nextDueMs();
        if (dueMs <= nowMs && dice.percent(55) || dice.below(400) == 0) {
            return entry(new Command.Tick(Request.NOBODY));
        }
        if (!sent.isEmpty() && dice.percent(4)) {
            return again(dice.of(sent));
        }
        if (dice.below(250) == 0) {
            return malformed();
        }
        final Entry entry = entry(choose());
        if (sent.size() == REMEMBERED) {
            sent.set(dice.below(REMEMBERED), entry);
        } else {
            sent.add(entry);
        }
        return dice.below(2_000) == 0 ? new Entry(nowMs, 1, entry.command(), "skipped: ", entry.said()) : entry;
    }

    /** Now and then the clock strikes an instant at which some answer changes, and stands still for a few commands. */
    private void passTime() {
        if (standStill > 0) {
            standStill--;
        } else if (dice.percent(2)) {
            final long instant = turningPoints.next();
            if (instant > nowMs && instant < nowMs + 12 * 3_600_000L) {
                nowMs = instant;
                standStill = 8;
            }
        } else {
            nowMs += pause();
        }
    }

    /** Seconds, mostly; sometimes the night, seldom days, once in a while a month or longer than any calendar reaches. */
    private long pause() {
        final int choice = dice.below(6_000);
        if (choice < 1) {
            return (dice.percent(20) ? dice.between(400, 600) : 40) * Model.DAY_MS;
        }
        if (choice < 5) {
            return dice.upTo(3 * Model.DAY_MS);
        }
        if (choice < 30) {
            return dice.upTo(6 * 3_600_000L);
        }
        return choice < 3_000 ? dice.upTo(1_000) : dice.upTo(60_000);
    }

    private Command choose() {
        final Request request = request(dice.below(100));
        if (standStill > 0 && dice.percent(50)) {
            return turningPoints.command(request);
        }
        if (requests >= loopsAt || dice.percent(2)) {
            loopsAt += requests >= loopsAt + LOOPS ? LOOPS_EVERY : 0;
            return stampLoops.next(request);
        }
        if (model.coreVersion >= 10 && coming.percent(4)) {
            return traffic.confirmAttendance(request);
        }
        if (model.coreVersion >= 9 && reviews.isTheirTurn()) {
            return reviews.next(request);
        }
        if (model.coreVersion >= 7 && dice.percent(1)) {
            final Command message = traffic.sendMessage(request);
            return model.coreVersion >= 8 ? records.orRecorded(message) : message;
        }
        if (model.coreVersion >= 6 && dice.percent(SHARE_OF_QUOTAS)) {
            return quotas.next(request);
        }
        if (model.coreVersion >= 6 && dice.percent(SHARE_OF_CUT_OVER)) {
            return cutOver.next(request);
        }
        if (model.coreVersion >= 5 && dice.percent(SHARE_OF_OFFLINE)) {
            return offline.next(request);
        }
        if (model.coreVersion >= 7 && dice.percent(SHARE_OF_WAITING)) {
            return waiting.next(request);
        }
        if (model.coreVersion >= 5 && dice.percent(SHARE_OF_DISPLACEMENT)) {
            return displacement.next(request);
        }
        if (model.coreVersion >= 6 && dice.percent(SHARE_OF_HALL)) {
            return hall.next(request);
        }
        if (model.coreVersion >= 3 && dice.percent(shareOfMoney)) {
            return money.next(request);
        }
        final int choice = dice.below(1_000);
        if (choice < 150) {
            return traffic.submit(request);
        } else if (choice < 230) {
            return traffic.validate(request);
        } else if (choice < 265) {
            return traffic.rejectOrWithdraw(request);
        } else if (choice < 500) {
            return traffic.hold(request);
        } else if (choice < 580) {
            return traffic.confirm(request);
        } else if (choice < 600) {
            return traffic.release(request);
        } else if (choice < 640) {
            return traffic.reschedule(request);
        } else if (choice < 665) {
            return traffic.cancel(request);
        } else if (choice < 700) {
            return traffic.checkIn(request);
        } else if (choice < 730) {
            return traffic.call(request);
        } else if (choice < 760) {
            return traffic.serve(request);
        } else if (choice < 780) {
            return traffic.markNoShow(request);
        } else if (choice < 805) {
            return traffic.walkIn(request);
        } else if (choice < 825) {
            return traffic.issueStamps(request);
        } else if (choice < 835) {
            return traffic.voidStamp(request);
        } else if (choice < 845) {
            return wide && !dice.percent(2) ? traffic.submit(request) : traffic.retire(request);
        } else if (choice < 905) {
            return world.publishDay(request);
        } else if (choice < 920) {
            return world.setCapacity(request);
        } else if (choice < 946) {
            return world.changeStep(request);
        } else if (choice < 955) {
            return world.change(request);
        } else if (choice < 958) {
            return world.setRules(request, twin.clients());
        } else if (choice < 968 && model.coreVersion >= 4) {
            return world.setFeeTime(request);
        }
        return mischief.any(request);
    }

    /** @param way 0 to 99: what kind of request it is */
    private Request request(final int way) {
        requests++;
        final Request plain = new Request(dice.percent(50) ? 0 : nowMs + dice.below(5_000), dice.any(), requests, nowMs - dice.below(3_000),
                0, dice.any(), dice.percent(90) ? 0 : dice.any(), 0,
                dice.oneOf(Channel.ONLINE, Channel.CALL_CENTRE, Channel.COUNTER, Channel.ASSISTED, Channel.SYSTEM));
        if (way < 88) {
            return plain;
        }
        if (way < 97) {
            final long client = dice.percent(15) ? 4_000_000_000L + dice.below(CLIENTS) : dice.between(1, 4);
            final long next = twin.watermark(client) + 1;
            return plain.withClient(client, dice.percent(85) ? next : Math.max(1, next + dice.between(-2, 2)));
        }
        if (way < 98) {
            return plain.withCreatedMs(dice.percent(20) ? nowMs + model.rules.createdSkewMs() + dice.below(2)
                    : nowMs + dice.upTo(2 * 3_600_000L));
        }
        if (way < 99) {
            return plain.withCreatedMs(dice.percent(30) ? twin.forgottenCreatedMs() + 1 - dice.below(2)
                    : Math.max(0, nowMs - dice.upTo(3 * Model.DAY_MS)));
        }
        return switch (dice.below(5)) {
            case 0 -> plain.withDeadlineMs(-1);
            case 1 -> plain.withCreatedMs(-1);
            case 2 -> plain.withClient(0, 5);
            case 3 -> plain.withClient(7, 0);
            default -> new Request(0, 0, 0, nowMs, 0, 0, 0, 0, Channel.ONLINE);
        };
    }

    /** A retry: the same bytes, or with another deadline, or another body under the same id. */
    private Entry again(final Entry earlier) {
        final byte[] bytes = earlier.command().clone();
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int choice = dice.below(10);
        if (choice < 3) {
            buffer.putLong(8, nowMs + 1_000, ByteOrder.LITTLE_ENDIAN);
            return new Entry(nowMs, 0, bytes, "later deadline: ", earlier.said());
        }
        if (choice < 4) {
            buffer.putShort(6, (short) 1, ByteOrder.LITTLE_ENDIAN);
            return new Entry(nowMs, 0, bytes, "by a client of the first version: ", earlier.said());
        }
        if (choice < 5) {
            bytes[8 + 40] ^= 1;
            return new Entry(nowMs, 0, bytes, "same id, other actor: ", earlier.said());
        }
        return new Entry(nowMs, 0, bytes, "again: ", earlier.said());
    }

    private Entry malformed() {
        final Entry good = entry(dice.percent(70) ? choose() : new Command.Tick(Request.NOBODY));
        byte[] bytes = good.command();
        switch (dice.below(8)) {
            case 0 -> bytes = Arrays.copyOf(bytes, dice.between(1, bytes.length - 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length - 1);
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + dice.between(1, 8));
            case 3 -> bytes[dice.below(8)] ^= (byte) (1 << dice.below(8));
            case 4 -> bytes[8 + 60] = dice.oneOf((byte) 5, (byte) 255);
            case 5 -> bytes[Math.min(bytes.length - 1, 72 + dice.below(30))] = (byte) dice.below(256);
            case 6 -> bytes[bytes.length - 1] = (byte) 255;
            default -> bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(8));
        }
        return new Entry(nowMs, 0, bytes, "spoilt: ", good.said());
    }

    private Entry entry(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
        final int length = writer.write(command, buffer, 0);
        return new Entry(nowMs, 0, Arrays.copyOf(buffer.byteArray(), length), "", command);
    }
}
