package org.mawid.api.callcentre;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mawid.api.message.MessageTextException;
import org.mawid.api.message.Messages;
import org.mawid.api.person.Held;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.store.ContentName;
import org.mawid.grpc.HandOverNote;

/** Hand-over notes: sealed with the key of whom they are about, as messages are, and no command. Any thread that may wait. */
final class Notes {
    private static final String ACTOR = "actor";

    private final Messages texts;

    /** @param texts of notes */
    Notes(final Messages texts) {
        this.texts = texts;
    }

    /** Durable when it returns. @param request by which it is known when it is repeated, empty = it cannot be @throws MessageTextException the text is not taken */
    HandOverNote add(final Owner owner, final long actor, final String request, final String text) throws IOException, SealException, MessageTextException {
        return told(texts.keep(owner, request, text, new JsonObject().put(ACTOR, HexFormat.of().toHexDigits(actor))));
    }

    /** The newest first; none of who was erased. */
    List<HandOverNote> newest(final Owner owner, final int most) throws IOException, SealException {
        final List<HandOverNote> notes = new ArrayList<>();
        for (final Held held : texts.newest(owner, most)) {
            try {
                notes.add(told(held));
            } catch (final SealException shut) {
                if (!shut.isErased()) {
                    throw shut;
                }
            }
        }
        return notes;
    }

    private HandOverNote told(final Held held) throws IOException, SealException {
        return HandOverNote.newBuilder().setNote(ContentName.hash(held.name())).setWrittenMs(held.atMs()).setActor(HexFormat.fromHexDigitsToLong(held.facts().getString(ACTOR)))
                .setText(texts.text(held)).build();
    }
}
