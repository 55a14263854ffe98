package org.mawid.api.document;

import io.vertx.core.json.JsonObject;
import org.mawid.api.person.Held;
import org.mawid.sbe.DocumentKind;

/**
 * A document that is kept.
 *
 * @param id        by which it was known on its way
 * @param line      of the application, from 0
 * @param kind      as whoever gave it says; NOT_SAID of those of before anybody was asked
 * @param thumbnail name of the small picture's sealed bytes, empty = there is none
 * @param held      where its own are, and whose it is; its name is the hash for the log
 */
public record Document(String id, int line, DocumentKind kind, Judged judged, int bytes, ScanState scan, String thumbnail, Held held) {
    private static final String ID = "document";

    static Document of(final Held held) {
        final JsonObject facts = held.facts();
        return new Document(facts.getString(ID), facts.getInteger("line"), DocumentKind.valueOf(facts.getString("kind", DocumentKind.NOT_SAID.name())),
                new Judged(DocumentType.valueOf(facts.getString("type")), facts.getInteger("pages"), facts.getInteger("width"), facts.getInteger("height")), facts.getInteger("bytes"),
                ScanState.valueOf(facts.getString("scan")), facts.getString("thumbnail"), held);
    }

    static JsonObject facts(final Arrival arrival, final Judged judged, final ScanState scan, final String thumbnail) {
        return new JsonObject().put(ID, arrival.id()).put("line", arrival.line()).put("kind", arrival.kind().name()).put("type", judged.type().name()).put("pages", judged.pages()).put("width", judged.width()).put("height", judged.height())
                .put("bytes", arrival.bytes()).put("scan", scan.name()).put("thumbnail", thumbnail);
    }

    JsonObject factsWhenClean() {
        return held.facts().copy().put("scan", ScanState.CLEAN.name());
    }
}
