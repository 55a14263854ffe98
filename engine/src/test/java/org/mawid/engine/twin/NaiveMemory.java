package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CLIENTS_FULL;
import static org.mawid.sbe.Result.CREATED_IN_FUTURE;
import static org.mawid.sbe.Result.REQUEST_ID_REUSED;
import static org.mawid.sbe.Result.REQUEST_TOO_OLD;
import static org.mawid.sbe.Result.SEQUENCE_GAP;
import static org.mawid.sbe.Result.SEQUENCE_REPEATED;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.engine.testkit.Command;

/** Which requests were answered how, and how far each numbered client has come. */
final class NaiveMemory {
    private static final int FORGOTTEN_AT_ONCE = 4;

    private final Model model;
    private final ArrayDeque<Remembered> inOrder = new ArrayDeque<>();
    private final Map<Id, Remembered> byId = new HashMap<>();
    private final Map<Long, Long> watermarks = new TreeMap<>();
    private long forgottenCreatedMs = -1;

    NaiveMemory(final Model model) {
        this.model = model;
    }

    record Id(long high, long low) {
    }

    record Remembered(Id id, byte[] body, Command.Request request, long nowMs, int template, Answer answer) {
    }

    /** The first answer to this request, null when it is new. @throws Refusal REQUEST_ID_REUSED */
    Answer answered(final Command.Request request, final byte[] body) {
        final Remembered known = byId.get(new Id(request.idHigh(), request.idLow()));
        Refusal.when(known != null && !Arrays.equals(known.body, body), REQUEST_ID_REUSED);
        return known == null ? null : known.answer;
    }

    /** Looks at the client's number and at the age of the request; then the client has come this far. */
    void admit(final Command.Request request) {
        final long client = request.clientId();
        if (client != 0) {
            final long watermark = watermark(client);
            Refusal.when(request.sequence() <= watermark, SEQUENCE_REPEATED);
            Refusal.when(request.sequence() > watermark + 1, SEQUENCE_GAP, watermark + 1);
            Refusal.when(!watermarks.containsKey(client) && watermarks.size() >= model.rules.maxClients(), CLIENTS_FULL);
        } else {
            Refusal.when(request.createdMs() <= forgottenCreatedMs, REQUEST_TOO_OLD);
        }
        Refusal.when(request.createdMs() > model.nowMs + model.rules.createdSkewMs(), CREATED_IN_FUTURE);
        if (client != 0) {
            watermarks.put(client, request.sequence());
        }
    }

    void remember(final Command.Request request, final byte[] body, final int template, final Answer answer) {
        for (int i = 0; i < FORGOTTEN_AT_ONCE && !inOrder.isEmpty(); i++) {
            final Remembered oldest = inOrder.peek();
            if (inOrder.size() < model.rules.maxRequests() && oldest.nowMs + model.rules.rememberMs() > model.nowMs) {
                break;
            }
            inOrder.remove();
            byId.remove(oldest.id);
            if (oldest.request.clientId() == 0) {
                forgottenCreatedMs = Math.max(forgottenCreatedMs, oldest.request.createdMs());
            }
        }
        final Id id = new Id(request.idHigh(), request.idLow());
        final Remembered one = new Remembered(id, body, request, model.nowMs, template, answer);
        inOrder.add(one);
        byId.put(one.id, one);
    }

    /** What is remembered under an id, or null. */
    Remembered find(final long idHigh, final long idLow) {
        return byId.get(new Id(idHigh, idLow));
    }

    long watermark(final long client) {
        return watermarks.getOrDefault(client, 0L);
    }

    int requests() {
        return inOrder.size();
    }

    long forgottenCreatedMs() {
        return forgottenCreatedMs;
    }

    int clients() {
        return watermarks.size();
    }
}
