package org.mawid.bench.release.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a history back and balances it: every line is whole, every answer has its invocation before it and only one, a client does one thing at a
 * time, what is confirmed was held by the same person and not given back, and no unit of a desk had more takers than places.
 * <p>The last is asked for every order in which the server may have done things, each somewhere between its invocation and its answer. Certain in all
 * of them is a hold from its answer on, until it is asked to be given back or its time is over, or for ever once its confirmation is ok: more
 * certain takers than places at any instant are an oversold unit. What is unknown is counted both ways: as not done it is no certain taker; as done
 * it may have taken a place from its invocation on. So at the end what the server has taken of a unit must lie between the two sums. Resources that
 * desks share are not in a history; the books compare them.
 */
public final class HistoryCheck {
    /** What is known of a unit of a desk's day besides the history. */
    public interface Places {
        /** That were free before the history began. */
        int free(int deskId, int epochDay, int unit);

        /** Of those, taken by its end; negative: not known. */
        int taken(int deskId, int epochDay, int unit);

        /** Of a history whose server is not there to be asked: then no unit is known to be oversold. */
        Places NOT_KNOWN = new Places() {
            @Override
            public int free(final int deskId, final int epochDay, final int unit) {
                return Integer.MAX_VALUE;
            }

            @Override
            public int taken(final int deskId, final int epochDay, final int unit) {
                return -1;
            }
        };
    }

    /**
     * What was found.
     *
     * @param wrong        the first few things that cannot be; empty when all is well
     * @param unknown      operations without an answer
     * @param possiblyOver units that would be over their places if all that is unknown was done
     * @param isTorn       the last line has no end and was passed over
     */
    public record Findings(List<String> wrong, long operations, long searches, long unknown, long possiblyOver, boolean isTorn) {
    }

    private static final Set<String> OPS = Set.of("search", "hold", "confirm", "release");
    private static final int MOST_TOLD = 10;

    private final Map<String, HistoryLine> open = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<HistoryLine> commands = new ArrayList<>();
    private final Map<String, KnownHold> holds = new HashMap<>();
    private final List<KnownHold> unknownHolds = new ArrayList<>();
    private final Map<String, List<long[]>> byClient = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long lines;
    private long operations;
    private long searches;
    private long unknown;
    private long endNs;

    private HistoryCheck() {
    }

    public static Findings of(final Path file, final Places places) throws IOException {
        final HistoryCheck check = new HistoryCheck();
        final boolean isTorn = isTorn(file);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) { // what is damaged is told by its line
            String text = in.readLine();
            while (text != null) {
                final String next = in.readLine();
                if (next != null || !isTorn) {
                    check.line(text);
                }
                text = next;
            }
        }
        check.unanswered();
        check.follow();
        check.oneThingAtATime();
        final UnitBalance balance = new UnitBalance(places, check.endNs, check::wrong);
        check.holds.values().forEach(balance::given);
        check.unknownHolds.forEach(balance::unknown);
        balance.check();
        return new Findings(check.wrong, check.operations, check.searches, check.unknown, balance.possiblyOver(), isTorn);
    }

    /** Whether it ends in the middle of a line. */
    private static boolean isTorn(final Path file) throws IOException {
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            final ByteBuffer last = ByteBuffer.allocate(1);
            return in.size() > 0 && in.position(in.size() - 1).read(last) == 1 && last.get(0) != '\n';
        }
    }

    private void line(final String text) {
        lines++;
        try {
            final HistoryLine line = HistoryLine.of(text);
            if (!OPS.contains(line.op) || !Set.of("ok", "fail", "unknown").contains(line.result) || !"search".equals(line.op) && line.legs.isEmpty() && line.ref == null) {
                wrong("line " + lines + " is no operation");
            } else if (line.isAnswered() == "unknown".equals(line.result)) {
                wrong("line " + lines + ": what is unknown has no answer's time, and nothing else");
            } else if (line.isAnswered()) {
                completed(line);
            } else {
                invoked(line);
            }
        } catch (final IOException | RuntimeException e) {
            wrong("line " + lines + " " + e.getMessage());
        }
    }

    private void invoked(final HistoryLine line) {
        operations++;
        searches += "search".equals(line.op) ? 1 : 0;
        endNs = Math.max(endNs, line.invokeNs);
        if (!ids.add(line.id)) {
            wrong("line " + lines + ": id " + line.id + " came before");
        }
        open.put(line.id, line);
    }

    private void completed(final HistoryLine line) {
        final HistoryLine invoked = open.remove(line.id);
        if (invoked == null) {
            wrong("line " + lines + " answers what was not sent, or was answered before");
        } else if (invoked.invokeNs != line.invokeNs || !invoked.op.equals(line.op) || !invoked.client.equals(line.client) || !invoked.legs.equals(line.legs)) {
            wrong("line " + lines + " says otherwise than what was sent");
        }
        if (line.completeNs < line.invokeNs) {
            wrong("line " + lines + " was answered before it was sent");
        }
        endNs = Math.max(endNs, line.completeNs);
        known(line);
    }

    private void unanswered() {
        unknown = open.size();
        open.values().forEach(this::known);
    }

    private void known(final HistoryLine line) {
        byClient.computeIfAbsent(line.client, nothing -> new ArrayList<>(2)).add(new long[] {line.invokeNs, line.completeNs});
        if (!"search".equals(line.op)) {
            commands.add(line);
        }
    }

    /** Holds first: one's answer may stand behind that of what followed from it, for no two transports are alike. */
    private void follow() {
        for (final HistoryLine line : commands) {
            if ("hold".equals(line.op) && line.isOk()) {
                if (line.ref == null || holds.putIfAbsent(line.ref, new KnownHold(line)) != null) {
                    wrong("hold " + line.ref + " was given twice");
                }
            } else if ("hold".equals(line.op) && !line.isAnswered()) {
                unknownHolds.add(new KnownHold(line));
            }
        }
        for (final HistoryLine line : commands) {
            if (!"hold".equals(line.op)) {
                after(line, holds.containsKey(line.ref) ? holds.get(line.ref) : foundOutAbout(line));
            }
        }
    }

    /** A hold whose answer never came: somebody asked what became of it, and goes on from there. @return null = there is none of that person */
    private KnownHold foundOutAbout(final HistoryLine line) {
        for (final KnownHold hold : unknownHolds) {
            if (!"fail".equals(line.result) && hold.line.person.equals(line.person) && hold.line.invokeNs <= line.invokeNs) {
                unknownHolds.remove(hold);
                holds.put(line.ref, hold);
                return hold;
            }
        }
        return null;
    }

    private void after(final HistoryLine line, final KnownHold hold) {
        if (hold == null || !hold.line.person.equals(line.person)) {
            if (!"fail".equals(line.result)) {
                wrong("hold " + line.ref + " was " + ("confirm".equals(line.op) ? "confirmed" : "given back") + " and the same person never had it");
            }
            return;
        }
        if ("confirm".equals(line.op)) {
            if (line.isOk() && hold.isConfirmed) {
                wrong("hold " + line.ref + " was confirmed twice");
            }
            hold.isConfirmed |= line.isOk();
            hold.isPossiblyConfirmed |= !line.isAnswered();
        } else if (!"fail".equals(line.result)) {
            hold.endInvokedNs = Math.min(hold.endInvokedNs, line.invokeNs);
            hold.isGivenBack |= line.isOk();
        }
        if (hold.isConfirmed && hold.isGivenBack) {
            wrong("hold " + line.ref + " was confirmed and given back");
        }
    }

    private void oneThingAtATime() {
        byClient.forEach((client, all) -> {
            all.sort((a, b) -> Long.compare(a[0], b[0]));
            for (int i = 1; i < all.size(); i++) {
                if (all.get(i)[0] < all.get(i - 1)[1]) {
                    wrong(client + " began something before its last was answered");
                }
            }
        });
    }

    private void wrong(final String what) {
        if (wrong.size() < MOST_TOLD) {
            wrong.add(what);
        }
    }
}
