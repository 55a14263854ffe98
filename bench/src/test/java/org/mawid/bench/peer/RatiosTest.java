package org.mawid.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mawid.bench.peer.work.Books;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Taken;
import org.mawid.bench.wire.loop.Tally;
import picocli.CommandLine;

/** What is said of two peers of which one does four times as much, in half the time and with a fifth of the processor. */
class RatiosTest {
    private static final int OURS = 400;
    private static final int THEIRS = 100;
    private static final Pattern LINE = Pattern.compile("peer=(\\w+) durability=fsync mode=spread clients=2 batch=1 ops_per_s=(\\d+) p50_us=(\\d+) p99_us=(\\d+) p999_us=(\\d+)"
            + " rejected=3 errors=2 server_cpu_us_per_op=([0-9.e+]+) client_cpu_us_per_op=([0-9.e+-]+) not_admitted=1");
    private static final Pattern ROW = Pattern.compile("spread +2 +1 +(\\w+) +1 +([0-9.]+)× +([0-9.]+)×");

    private static String[] text;

    /** Says what it is told to say: so many done as soon as it is measured, each after so long. */
    private static final class Said extends EmptyPeer {
        private final int calls;
        private final long tookNs;
        private final long serverNsEach;
        private boolean isMeasured;
        private Thread client;
        private int asked;

        Said(final PeerName name, final int calls, final long tookNs, final long serverNsEach) {
            super(name, new Calendar(2, 2, 4, 4, 4));
            this.calls = calls;
            this.tookNs = tookNs;
            this.serverNsEach = serverNsEach;
        }

        /** Once it is measured, once everything is given back: then nothing is to be done. */
        @Override
        public void start(final List<Books> books, final Books.Asking asking, final int batch, final Tally tally) {
            isMeasured = !isMeasured;
            if (!isMeasured) {
                return;
            }
            client = new Thread(() -> {
                while (tally.count() < calls && !tally.isStopping()) {
                    tally.done(1, tookNs);
                }
                tally.refused(3);
                tally.lost(2);
                tally.notAdmitted(1);
            }, "client");
            client.start();
        }

        @Override
        public void await() throws Exception {
            client.join();
        }

        @Override
        public long cpuNs() {
            return calls * serverNsEach * asked++;
        }

        @Override
        public Taken taken(final BitSet days) {
            return new Taken(calendar());
        }
    }

    private static Bout bout(final Peer peer) throws Exception {
        final Bout bout = Bout.of(peer, Mode.spread, 2, 1, 2, 100, new Streams(1));
        bout.round(1, perSecond -> { });
        return bout;
    }

    @BeforeAll
    static void run() throws Exception {
        final PeersBench bench = new PeersBench();
        new CommandLine(bench).parseArgs();
        bench.keep(Mode.spread, 2, List.of(bout(new Said(PeerName.redis, THEIRS, 2_000_000, 50_000_000)), bout(new Said(PeerName.mawid, OURS, 1_000_000, 10_000_000))));
        text = bench.text().split("\\R");
    }

    private static Matcher matched(final Pattern pattern, final String line) {
        final Matcher matcher = pattern.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher;
    }

    @Test
    void givenWhatWasMeasured_whenTold_thenEachPeerHasOneLineOfTheKnownForm() {
        final Matcher theirs = matched(LINE, text[0]);
        final Matcher ours = matched(LINE, text[1]);

        assertThat(theirs.group(1)).isEqualTo("redis");
        assertThat(Double.parseDouble(theirs.group(2))).isCloseTo(THEIRS, within(0.2 * THEIRS)); // rates are by the clock
        assertThat(Double.parseDouble(theirs.group(3))).isCloseTo(2_000, within(2.0));
        assertThat(Double.parseDouble(theirs.group(6))).isEqualTo(50_000);
        assertThat(ours.group(1)).isEqualTo("mawid");
        assertThat(Double.parseDouble(ours.group(2))).isCloseTo(OURS, within(0.2 * OURS));
        assertThat(Double.parseDouble(ours.group(4))).isCloseTo(1_000, within(1.0));
        assertThat(Double.parseDouble(ours.group(5))).isCloseTo(1_000, within(1.0));
        assertThat(Double.parseDouble(ours.group(6))).isEqualTo(10_000);
    }

    @Test
    void givenOursAndAnother_whenSetSideBySide_thenTheTableHasHowMuchMoreWeDoAndHowMuchLessItTakes() {
        assertThat(text).hasSize(5);
        assertThat(text[2]).isEmpty();
        assertThat(text[3].trim().split("  +")).containsExactly("mode", "clients", "in call", "against", "in call", "rate", "less cpu");
        final Matcher row = matched(ROW, text[4]);

        assertThat(row.group(1)).isEqualTo("redis");
        assertThat(Double.parseDouble(row.group(2))).as("rate").isCloseTo((double) OURS / THEIRS, within(0.8));
        assertThat(Double.parseDouble(row.group(3))).as("processor time of both sides").isBetween(2.5, 10.0);
    }
}
