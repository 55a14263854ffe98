package org.mawid.api.cooling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Gateway;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.engine.readmodel.CoolingView.Cooling;
import org.mawid.engine.readmodel.CoolingView.Era;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CommitCoolingSecret;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.Request;
import org.mawid.grpc.RevealCoolingSecret;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the secrets, commits to each before it is used, says of all that cools when it ends, and reveals each when it decides nothing any more. What is to be done is
 * read again and again from the read side, so that a life that was killed at any point is gone on with by the next one. On a thread of its own.
 */
public final class CoolingAdapter implements AutoCloseable {
    /** In the edge's folder of the data directory. */
    public static final String FILE = "cooling.secrets";
    private static final Logger LOG = LoggerFactory.getLogger(CoolingAdapter.class);
    private static final int FIRST_CORE_VERSION = 7;
    /** How often it is looked at what is to be done. Source: the shortest delay that is usual is minutes. */
    private static final long LOOK_MS = 250;
    /** How long what could not be done is left alone. */
    private static final long REST_MS = 10_000;
    /** The same of what was refused: each attempt is in the log. */
    private static final long REFUSED_REST_MS = 600_000;
    private static final int MOST_UNDER_WAY = 64;
    /** More than the core has to say which rules are in force. */
    private static final long STOP_SECONDS = 15;
    /** Of a command that is not answered yet. */
    private static final long UNANSWERED = Long.MAX_VALUE;

    /** Which rules the log is at. May wait some seconds for the core. */
    @FunctionalInterface
    public interface RulesInForce {
        /** @return 0 = not known now */
        int coreVersion() throws InterruptedException;
    }

    private final Gateway gateway;
    private final ReadModel readModel;
    private final CoolingView view;
    private final RulesInForce rules;
    private final Secrets secrets;
    private final long eraMs;
    private final ScheduledExecutorService thread;
    private final CoolingWriter writer;
    /** By number of what cools: position of the answer. The read side is behind until it has reached that. */
    private final Map<Long, Long> said = new HashMap<>();
    /** Of the command about an era that is under way, likewise; 0 = none is. */
    private long changing;
    private Era making;
    private long restedAtNanos = System.nanoTime();
    private boolean isAtRules;
    private long lostTold;

    private CoolingAdapter(final Gateway gateway, final RulesInForce rules, final Secrets secrets, final long eraMs) {
        this.gateway = gateway;
        this.readModel = gateway.engine().readModel();
        this.view = readModel.cooling();
        this.rules = rules;
        this.secrets = secrets;
        this.eraMs = eraMs;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread made = new Thread(task, "mawid-cooling");
            made.setDaemon(true);
            return made;
        });
        this.writer = new CoolingWriter(gateway, thread);
    }

    /**
     * @param folder where the secrets are kept
     * @param eraMs  how long a secret is used, log time, ms
     * @throws IOException in one line: the secrets that are there cannot be read
     */
    public static CoolingAdapter open(final Gateway gateway, final RulesInForce rules, final Path folder, final long eraMs) throws IOException {
        return new CoolingAdapter(gateway, rules, Secrets.open(folder.resolve(FILE)), eraMs);
    }

    /** Goes on with what the log says is to be done, until {@link #close}. */
    public void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            final long reflected = readModel.position();
            said.values().removeIf(position -> position <= reflected);
            tell();
            if (changing != 0 && changing <= reflected) {
                changing = 0;
                making = null;
            }
            if (changing == 0 && System.nanoTime() - restedAtNanos >= 0 && mayCool() && !thread.isShutdown()) {
                changeEras();
            }
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            LOG.error("{} cannot be written: what cools goes to everyone after the longest delay until it can: {}", secrets.file(), FileTrouble.of(e));
            rest(REST_MS);
        } catch (final RuntimeException ours) {
            LOG.error("what cools could not be looked at", ours);
            rest(REST_MS);
        }
    }

    /** Nothing is said to a log that knows no cooling, or has no post whose room could cool. */
    private boolean mayCool() throws InterruptedException {
        if (!isAtRules && !readModel.catalogue().posts().isEmpty()) {
            isAtRules = rules.coreVersion() >= FIRST_CORE_VERSION;
            if (!isAtRules) {
                rest(REST_MS);
            }
        }
        return isAtRules;
    }

    private void rest(final long ms) {
        restedAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    // ---- how long

    private void tell() {
        if (view.untoldCount() == 0) {
            return;
        }
        final Map<Long, Secret> usable = usable();
        for (final Cooling cooling : view.untold(MOST_UNDER_WAY - said.size(), one -> usable.containsKey(one.era()) && !said.containsKey(one.coolingId()))) {
            final long delayMs = usable.get(cooling.era()).delayMs(cooling.coolingId(), cooling.minMs(), cooling.maxMs());
            said.put(cooling.coolingId(), UNANSWERED);
            writer.submit(EndCoolingAt.newBuilder().setRequest(request()).setCoolingId(cooling.coolingId()).setDelayMs(delayMs).build(), answer -> told(cooling, answer));
        }
    }

    private void told(final Cooling cooling, final Answer answer) {
        if (answer.isWorthRepeating()) {
            said.remove(cooling.coolingId());
            return;
        }
        if (answer.result() == Result.CONFLICT) {
            LOG.warn("cooling {} ends at another time than its secret says: somebody else has told it, and 'mawid verify-cooling' will say so", cooling.coolingId());
        } else if (answer.result() != Result.OK && answer.result() != Result.COOLING_UNKNOWN) { // it may have ended meanwhile
            LOG.error("the end of cooling {} was refused: {}", cooling.coolingId(), answer.result());
        }
        said.put(cooling.coolingId(), answer.position());
    }

    // ---- by which secret

    /** One thing at a time: what is over is revealed, then the next one begins, if it is time. */
    private void changeEras() throws IOException {
        final long inForce = view.eraInForce();
        secrets.forget(era -> era <= inForce && view.unrevealed().stream().noneMatch(one -> one.era() == era));
        final Map<Long, Secret> usable = usable();
        final long over = view.unrevealed().stream().mapToLong(Era::era).filter(era -> era < inForce && usable.containsKey(era) && !view.cools(era)).findFirst().orElse(0);
        if (over != 0) {
            reveal(over, usable.get(over));
        } else if (!usable.containsKey(inForce)) {
            if (inForce != 0 && lostTold != inForce) {
                lostTold = inForce;
                LOG.warn("the secret of era {} is not in {}: era {} begins, and what cools by the old one goes to everyone after the longest delay", inForce, secrets.file(), inForce + 1);
            }
            commit(inForce + 1);
        } else if (secrets.madeMs(inForce) + eraMs <= gateway.nowMs()) {
            commit(inForce + 1);
        }
    }

    /** Secrets that are here, by era. */
    private Map<Long, Secret> usable() {
        final Map<Long, Secret> usable = new HashMap<>();
        for (final Era era : view.unrevealed()) {
            final Secret secret = secrets.of(era);
            if (secret != null) {
                usable.put(era.era(), secret);
            }
        }
        return usable;
    }

    /** Its hash is said when the secret is durable. One that was made and perhaps committed to in this life is used again. */
    private void commit(final long era) throws IOException {
        if (making == null || making.era() != era) {
            making = secrets.make(era, gateway.nowMs()).committed(era);
        }
        changing = UNANSWERED;
        writer.submit(CommitCoolingSecret.newBuilder().setRequest(request()).setEra(era).setWord1(making.word1()).setWord2(making.word2()).setWord3(making.word3())
                .setWord4(making.word4()).build(), answer -> changed("era " + era + " could not begin", answer));
    }

    private void reveal(final long era, final Secret secret) {
        changing = UNANSWERED;
        writer.submit(RevealCoolingSecret.newBuilder().setRequest(request()).setEra(era).setWord1(secret.word(0)).setWord2(secret.word(1)).setWord3(secret.word(2))
                .setWord4(secret.word(3)).build(), answer -> changed("the secret of era " + era + " could not be revealed", answer));
    }

    private void changed(final String failed, final Answer answer) {
        if (answer.result() == Result.OK) {
            changing = answer.position();
            return;
        }
        changing = 0;
        if (answer.isWorthRepeating()) {
            rest(REST_MS);
        } else {
            LOG.warn("{}: {}", failed, answer.result());
            rest(REFUSED_REST_MS);
        }
    }

    private Request request() {
        final UUID id = UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(gateway.nowMs())
                .setChannel(Channel.CHANNEL_SYSTEM).build();
    }

    /** Nothing is begun any more, and what has begun ends, within 15 s; what is still to be said is said by the next life. Before gateway and engine. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown(); // not by an interrupt: that would close the file of the secrets under the thread that writes it
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the cooling's thread did not end within {} s", STOP_SECONDS);
        }
    }
}
