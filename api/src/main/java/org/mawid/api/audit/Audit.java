package org.mawid.api.audit;

import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.mawid.api.access.AccessLog;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Grounds;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Role;
import org.mawid.api.access.Target;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/**
 * Writes into the log who was let see what, and who was refused. What is let happen is durable before it does; refusals are written beside, and so many of one caller that nobody fills the log with theirs
 * ({@link RefusalLimit}). A log whose rules know nothing of it yet has nothing of it, and one line says so. Any thread, does not wait.
 */
public final class Audit implements AccessLog, AutoCloseable {
    /** By which the log knows that things were deleted by rule, which nobody has asked for. Beyond what {@link Operation} has, and never given to something else. */
    static final int RETENTION_SWEEP = 1_200;
    /** Likewise: somebody who gives commands has come from an address. */
    static final int COMES_FROM = 1_210;
    private static final long LEFT_OVER_EVERY_MS = 60_000;

    private final Recording recording;
    private final AddressHash addresses;
    private final RefusalLimit refusals;
    private final Comings comings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "mawid-audit");
        thread.setDaemon(true);
        return thread;
    });

    /** @param nowMs log time */
    public Audit(final OwnCommands commands, final LongSupplier nowMs, final AddressHash addresses) {
        this(commands, nowMs, addresses, TimeMeter.SYSTEM_NANOTIME);
    }

    Audit(final OwnCommands commands, final LongSupplier nowMs, final AddressHash addresses, final TimeMeter clock) {
        recording = new Recording(commands, nowMs);
        this.addresses = addresses;
        refusals = new RefusalLimit(clock);
        comings = new Comings(() -> clock.currentTimeNanos() / 1_000_000);
        timer.scheduleWithFixedDelay(this::writeLeftOver, LEFT_OVER_EVERY_MS, LEFT_OVER_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<Result> allowed(final Caller caller, final Operation operation, final List<Target> targets, final long detail) {
        return recording.write(caller.key(), caller.onBehalfOf(), channel(caller), addresses.of(caller.address()), caller.reasonCode(), Operation.code(operation), Target.mostTelling(targets), detail,
                AccessVerdict.ALLOWED, 0);
    }

    /** The server has deleted things by rule, by itself. @param things how many */
    public CompletableFuture<Result> swept(final long things) {
        return recording.write(0, 0, Channel.SYSTEM, 0, 0, RETENTION_SWEEP, null, things, AccessVerdict.ALLOWED, 0);
    }

    @Override
    public void comes(final Caller caller) {
        if (comings.isNews(caller.key(), caller.address())) {
            recording.write(caller.key(), 0, channel(caller), addresses.of(caller.address()), 0, COMES_FROM, null, 0, AccessVerdict.ALLOWED, 0).thenAccept(result -> {
                if (result != Result.OK) {
                    comings.forget(caller.key(), caller.address());
                }
            });
        }
    }

    @Override
    public void refused(final Caller caller, final Operation operation, final Target target, final boolean asUnknown, final Grounds grounds) {
        final RefusalLimit.Who who = new RefusalLimit.Who(caller.key(), addresses.of(caller.address()));
        final int code = Operation.code(operation);
        final long before = refusals.take(who, code);
        if (before != RefusalLimit.LEFT_OUT) {
            recording.write(caller.key(), caller.onBehalfOf(), channel(caller), who.address(), caller.reasonCode(), code, target, grounds == null ? 0 : grounds.number(), asUnknown ? AccessVerdict.UNKNOWN : AccessVerdict.REFUSED, before)
                    .thenAccept(result -> {
                        if (result != Result.OK) {
                            refusals.giveBack(who, code, before);
                        }
                    });
        }
    }

    /** Of those who did not come again. */
    void writeLeftOver() {
        for (final RefusalLimit.LeftOut one : refusals.leftOver()) {
            recording.write(one.who().actor(), 0, Channel.SYSTEM, one.who().address(), 0, one.operation(), null, 0, AccessVerdict.REFUSED, one.count() - 1);
        }
    }

    /** The call itself says none. */
    private static Channel channel(final Caller caller) {
        return caller.roles().contains(Role.CALL_CENTRE) ? Channel.CALL_CENTRE : Channel.ONLINE;
    }

    /** What was left out until now is written, as far as the log takes it. Before the engine. */
    @Override
    public void close() {
        timer.shutdown();
        writeLeftOver();
    }
}
