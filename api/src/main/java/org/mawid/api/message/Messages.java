package org.mawid.api.message;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mawid.api.person.Held;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.store.ContentName;

/** Texts of messages, sealed. Any thread that may wait. */
public final class Messages {
    private static final String REQUEST = "request";
    private static final int STRIPES = 64;

    private final PersonalData data;
    /** A request that comes twice at once is one of them after the other. */
    private final Object[] stripes = new Object[STRIPES];

    public Messages(final PersonalData data) {
        this.data = data;
        Arrays.setAll(stripes, i -> new Object());
    }

    /**
     * Seals a text, durably. The same request again gives the same hash, also after a restart: sealed anew it would be another one, and the core would take it for another command.
     *
     * @param request by which the command is known when it is repeated, empty = it cannot be
     * @return the hash that the command says, never 0
     * @throws MessageTextException the text is not taken
     */
    public long seal(final Owner owner, final String request, final String text) throws IOException, SealException, MessageTextException {
        final String checked = MessageText.checked(text);
        synchronized (stripes[Math.floorMod(request.hashCode(), STRIPES)]) {
            return sealed(owner, request, checked);
        }
    }

    private long sealed(final Owner owner, final String request, final String checked) throws IOException, SealException, MessageTextException {
        if (!request.isEmpty()) {
            for (final Held held : data.held(owner.personKey())) {
                if (held.kind() == Kind.MESSAGE && request.equals(held.facts().getString(REQUEST))) {
                    return again(held, owner, checked);
                }
            }
        }
        long hash;
        do {
            hash = ContentName.hash(data.keep(owner, Kind.MESSAGE, checked.getBytes(StandardCharsets.UTF_8), request.isEmpty() ? new JsonObject() : new JsonObject().put(REQUEST, request)).name());
        } while (hash == 0); // which says that there is none
        return hash;
    }

    private long again(final Held held, final Owner owner, final String text) throws IOException, SealException, MessageTextException {
        if (held.owner().application() != owner.application() || !text(held).equals(text)) {
            throw new MessageTextException(MessageTextException.Reason.REPEATED_OTHERWISE, -1);
        }
        return ContentName.hash(held.name());
    }

    /** @return null when no text of this application has this hash @throws SealException the person was erased, or it is damaged */
    public String read(final Owner owner, final long hash) throws IOException, SealException {
        for (final Held held : data.held(owner.personKey())) {
            if (held.kind() == Kind.MESSAGE && held.owner().application() == owner.application() && ContentName.hash(held.name()) == hash) {
                return text(held);
            }
        }
        data.refuseErased(owner);
        return null;
    }

    private String text(final Held held) throws IOException, SealException {
        return new String(data.read(held), StandardCharsets.UTF_8);
    }
}
