package org.mawid.api.message;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.api.person.Held;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.store.ContentName;

/** Texts of messages, of notes, or of reasons, sealed. Any thread that may wait. */
public final class Messages {
    private static final String WRITER = "writer";
    private static final String TOPIC = "topic";
    private static final String REASON = "reasonCode";
    private static final String REQUEST = "request";
    private static final int STRIPES = 64;

    private final PersonalData data;
    private final Kind kind;
    private final int most;
    /** A request that comes twice at once is one of them after the other. */
    private final Object[] stripes = new Object[STRIPES];

    /** @param kind of what is sealed @param most code points of a text */
    public Messages(final PersonalData data, final Kind kind, final int most) {
        this.data = data;
        this.kind = kind;
        this.most = most;
        Arrays.setAll(stripes, i -> new Object());
    }

    /**
     * Seals a text, durably. The same request again gives the same hash, also after a restart: sealed anew it would be another one, and the core would take it for another command.
     *
     * @param request by which the command is known when it is repeated, empty = it cannot be
     * @param facts   nothing personal
     * @return the hash that the command says, never 0
     * @throws MessageTextException the text is not taken
     */
    public long seal(final Owner owner, final String request, final String text, final JsonObject facts) throws IOException, SealException, MessageTextException {
        return ContentName.hash(keep(owner, request, text, facts).name());
    }

    /** As {@link #seal}. */
    public Held keep(final Owner owner, final String request, final String text, final JsonObject facts) throws IOException, SealException, MessageTextException {
        final String checked = MessageText.checked(text, most);
        synchronized (stripes[Math.floorMod(request.hashCode(), STRIPES)]) {
            return sealed(owner, request, checked, facts);
        }
    }

    private Held sealed(final Owner owner, final String request, final String checked, final JsonObject facts) throws IOException, SealException, MessageTextException {
        if (!request.isEmpty()) {
            for (final Held held : data.held(owner.personKey())) {
                if (held.kind() == kind && request.equals(held.facts().getString(REQUEST))) {
                    return again(held, owner, checked);
                }
            }
        }
        final JsonObject all = request.isEmpty() ? facts : facts.copy().put(REQUEST, request);
        Held kept;
        do {
            kept = data.keep(owner, kind, checked.getBytes(StandardCharsets.UTF_8), all);
        } while (ContentName.hash(kept.name()) == 0); // which says that there is none
        return kept;
    }

    private Held again(final Held held, final Owner owner, final String text) throws IOException, SealException, MessageTextException {
        if (held.owner().application() != owner.application() || !text(held).equals(text)) {
            throw new MessageTextException(MessageTextException.Reason.REPEATED_OTHERWISE, -1);
        }
        return held;
    }

    /** @return null when no text of this application has this hash @throws SealException the person was erased, or it is damaged */
    public String read(final Owner owner, final long hash) throws IOException, SealException {
        for (final Held held : data.held(owner.personKey())) {
            if (held.kind() == kind && held.owner().application() == owner.application() && ContentName.hash(held.name()) == hash) {
                return text(held);
            }
        }
        data.refuseErased(owner);
        return null;
    }

    /** What is known of a message beside its text. @param writer by the number of the contract */
    public static JsonObject about(final int writer, final int topicCode) {
        return new JsonObject().put(WRITER, writer).put(TOPIC, topicCode);
    }

    /** Likewise of a reason. */
    public static JsonObject aboutReason(final int reasonCode) {
        return new JsonObject().put(REASON, reasonCode);
    }

    /** By the number of the contract; 0 = it is not known, as of those of before. */
    public static int writer(final Held held) {
        return held.facts().getInteger(WRITER, 0);
    }

    /** Likewise. */
    public static int topicCode(final Held held) {
        return held.facts().getInteger(TOPIC, 0);
    }

    /** Those of an application, the newest first. */
    public List<Held> newest(final Owner owner, final int count) throws IOException {
        final List<Held> found = new ArrayList<>();
        final List<Held> all = data.held(owner.personKey());
        for (int i = all.size() - 1; i >= 0 && found.size() < count; i--) {
            if (all.get(i).kind() == kind && all.get(i).owner().application() == owner.application()) {
                found.add(all.get(i));
            }
        }
        return found;
    }

    /** @throws SealException the person was erased, or it is damaged */
    public String text(final Held held) throws IOException, SealException {
        return new String(data.read(held), StandardCharsets.UTF_8);
    }
}
