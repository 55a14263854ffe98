package org.mawid.api.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.Condition;
import org.mawid.api.terminal.nexo.Incoming;
import org.mawid.api.terminal.nexo.Reply;
import org.mawid.api.terminal.nexo.Request;

/**
 * A till, a terminal, the network between them and a core, on one thread and a clock of its own. By chance messages are lost, late, twice or out of
 * order, connections end, and the till dies at any point; what the core and the terminal keep survives. A message of a dead connection arrives within
 * the settling time or never: this is the one thing that is promised.
 */
final class TillWorld {
    static final TerminalTimes TIMES = new TerminalTimes(9_000, 1_000, 1_000, 3_000, 4_000, 500, 4, 100, 60_000, 5_000, 100, 100);
    static final TerminalRegistration TERMINAL = new TerminalRegistration(7, 69, "localhost", 1, Transport.TCP, NaiveTerminal.POI, "MAD", 2, null);
    private static final long TROUBLE_ENDS_MS = 240_000;

    private record Due(long atMs, long order, Runnable what) {
    }

    final NaivePort port = new NaivePort();
    final NaiveTerminal terminal;
    final List<Incident> incidents = new ArrayList<>();
    int crashes;
    int ticks;
    private final Random chance;
    private final boolean isTroubled;
    private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.order, b.order));
    private long nowMs = 1_000_000;
    private final long endOfTroubleMs = nowMs + TROUBLE_ENDS_MS;
    private long orders;
    private long deafUntilMs;
    private Life life;
    private Connection connection;

    TillWorld(final long seed, final boolean isTroubled) {
        this.chance = new Random(seed);
        this.terminal = new NaiveTerminal(chance);
        this.isTroubled = isTroubled;
    }

    /** Runs until all payments are decided. @return whether they are, after a long time */
    boolean run(final int payments) {
        live();
        for (int i = 0; i < payments; i++) {
            in(chance.nextInt((int) TROUBLE_ENDS_MS), () -> {
                final PaymentStarted started = port.start(TERMINAL.terminalId(), 1 + chance.nextInt(100_000), "MAD", nowMs);
                final Life told = life; // dies with whom it was told
                for (int times = isTrouble(10) ? 2 : 1; times > 0; times--) {
                    in(chance.nextInt(50), () -> told.input(() -> told.till.started(started, nowMs)));
                }
            });
        }
        if (isTroubled) {
            for (int i = 0; i < 2; i++) {
                in(chance.nextInt((int) TROUBLE_ENDS_MS), this::crash);
            }
        }
        for (int step = 0; step < 200_000 && !due.isEmpty(); step++) {
            final Due next = due.remove();
            nowMs = next.atMs;
            next.what.run();
            if (nowMs > endOfTroubleMs && port.isAllDecided() && port.payments().size() == payments) {
                return true;
            }
            if (nowMs > endOfTroubleMs + 1_200_000) {
                return false;
            }
        }
        return false;
    }

    private boolean isTrouble(final int percent) {
        return isTroubled && nowMs < endOfTroubleMs && chance.nextInt(100) < percent;
    }

    private void in(final long delayMs, final Runnable what) {
        due.add(new Due(nowMs + delayMs, orders++, what));
    }

    private void live() {
        life = new Life();
        life.input(life.till::start);
        connectLater(life);
    }

    private void crash() {
        if (life.isAlive) {
            crashes++;
            life.isAlive = false;
            if (connection != null) {
                connection.cut();
            }
            in(1 + chance.nextInt(2_000), this::live);
        }
    }

    private void connectLater(final Life who) {
        in(10 + chance.nextInt(400), () -> {
            if (who.isAlive && (connection == null || !connection.isUp)) {
                connection = new Connection(who);
                who.input(() -> who.till.connected(nowMs));
            }
        });
    }

    /** One life of the adapter, and what its effects come to. */
    private final class Life implements Effects {
        private final TerminalTill till = new TerminalTill(TERMINAL, NaiveTerminal.SALE, TIMES, this, chance.nextLong(), "test");
        private final List<TillCommand> commands = new ArrayList<>();
        private boolean isAlive = true;
        private long wakeMs = Long.MAX_VALUE;

        private void input(final Runnable what) {
            if (!isAlive) {
                return;
            }
            what.run();
            final long wake = till.wakeMs();
            if (wake != wakeMs) {
                wakeMs = wake;
                if (wake != Long.MAX_VALUE) {
                    due.add(new Due(Math.max(wake, nowMs + 1), orders++, () -> {
                        if (wakeMs == wake) {
                            wakeMs = Long.MAX_VALUE;
                            ticks++;
                            input(() -> till.tick(nowMs));
                        }
                    }));
                }
            }
            if (isTrouble(100) && chance.nextInt(1_000) < 4) {
                crash();
            }
        }

        @Override
        public void send(final String serviceId, final Request request) {
            if (connection != null && connection.owner == this) {
                connection.send(serviceId, request);
            }
        }

        @Override
        public void disconnect(final String why) {
            if (connection != null && connection.isUp) {
                connection.cut();
                connectLater(this);
            }
        }

        @Override
        public void record(final TillCommand command) {
            commands.add(command);
            if (commands.size() == 1) {
                recordNext();
            }
        }

        /** It may be kept though the life that said it hears nothing. */
        private void recordNext() {
            final TillCommand command = commands.get(0);
            in(1 + chance.nextInt(isTrouble(10) ? 20_000 : 20), () -> {
                if (life != this || !isAlive && chance.nextBoolean()) {
                    return; // what was said before is kept before anybody asks again, or never
                }
                final TillPort.Recorded answer = port.record(command);
                in(1 + chance.nextInt(20), () -> input(() -> {
                    commands.remove(0);
                    if (!commands.isEmpty()) {
                        recordNext();
                    }
                    till.recorded(command, answer, nowMs);
                }));
            });
        }

        @Override
        public void askOpen() {
            in(1 + chance.nextInt(20), () -> {
                final OpenPayments open = port.open(TERMINAL.terminalId());
                in(1 + chance.nextInt(20), () -> input(() -> till.opened(open, nowMs)));
            });
        }

        @Override
        public void incident(final Incident incident) {
            incidents.add(incident);
        }

        @Override
        public void totals(final TerminalTotals totals) {
            throw new AssertionError("nobody asked");
        }
    }

    private final class Connection {
        private final Life owner;
        private boolean isUp = true;
        private long downMs;
        private long lastOutMs;
        private long lastBackMs;
        private Incoming heldBack;

        private Connection(final Life owner) {
            this.owner = owner;
            lastOutMs = nowMs;
            lastBackMs = nowMs;
        }

        private void send(final String serviceId, final Request request) {
            lastOutMs = Math.max(lastOutMs, nowMs + 1 + chance.nextInt(60));
            in(lastOutMs - nowMs, () -> {
                if (isUp) {
                    arrived(serviceId, request);
                } else if (chance.nextBoolean()) { // read by the terminal though its connection has ended
                    in(chance.nextInt((int) Math.max(1, downMs + TIMES.settleMs() - nowMs)), () -> arrived(serviceId, request));
                }
            });
            if (isTrouble(4)) {
                in(chance.nextInt(100), this::cut);
            }
        }

        private void arrived(final String serviceId, final Request request) {
            if (isTrouble(4)) {
                return; // the terminal loses it
            }
            if (isTrouble(2)) {
                deafUntilMs = nowMs + chance.nextInt(30_000); // to whoever asks what became of something
            }
            if (request instanceof Request.Payment payment) {
                answer(terminal.pay(serviceId, payment));
                final long customerMs = isTrouble(15) ? chance.nextInt(15_000) : chance.nextInt(2_000);
                in(customerMs, () -> answer(terminal.finish(serviceId, !isTroubled)));
            } else if (request instanceof Request.Abort abort) {
                answer(terminal.abort(abort.paymentServiceId()));
            } else if (request instanceof Request.Reversal reversal) {
                answer(terminal.reverse(serviceId, reversal));
                if (isTrouble(30)) {
                    crash();
                }
            } else if (request instanceof Request.TransactionStatus status && nowMs >= deafUntilMs) {
                answer(terminal.status(serviceId, status));
            } else if (request instanceof Request.Login) {
                answer(new Incoming.LoginAnswer(NaiveTerminal.envelope(Category.LOGIN, serviceId), 0, new Reply(Reply.Result.SUCCESS, Condition.NONE)));
            } else if (request instanceof Request.Diagnosis) {
                answer(new Incoming.DiagnosisAnswer(NaiveTerminal.envelope(Category.DIAGNOSIS, serviceId), 0, new Reply(Reply.Result.SUCCESS, Condition.NONE)));
            }
        }

        private void answer(final Incoming message) {
            if (message == null || isTrouble(6)) {
                return; // nothing to say, or silent
            }
            if (heldBack == null && isTrouble(5)) {
                heldBack = message;
                return;
            }
            back(message);
            if (isTrouble(5)) {
                back(message);
            }
            if (heldBack != null) {
                back(heldBack);
                heldBack = null;
            }
            if (isTrouble(4)) {
                cut();
            }
        }

        private void back(final Incoming message) {
            final long delayMs = isTrouble(3) ? chance.nextInt(12_000) : 1 + chance.nextInt(60);
            lastBackMs = Math.max(lastBackMs, nowMs + delayMs);
            in(lastBackMs - nowMs, () -> {
                if (isUp) {
                    owner.input(() -> owner.till.received(message, nowMs));
                }
            });
        }

        private void cut() {
            if (isUp) {
                isUp = false;
                downMs = nowMs;
                owner.input(() -> owner.till.disconnected(nowMs));
                connectLater(owner);
            }
        }
    }
}
